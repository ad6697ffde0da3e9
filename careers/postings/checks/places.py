"""Rules for places, and for places that contradict what the posting says about remote work."""

import re

from careers.geo.countries import subdivision_name
from careers.geo.place_search import find_city, subdivision_of
from careers.postings.text.render import Place

from .finding import FORMATS, GOOGLE, Note, Rule, quoted

REMOTE_WORDS = re.compile(
    r"\b(?:fully remote|100 ?% remote|remote[- ]first position|work from anywhere|remote from anywhere"
    r"|this (?:is a )?(?:role is )?"
    r"(?:fully )?remote (?:role|position)|entirely remote)\b",
    re.IGNORECASE,
)
OFFICE_WORDS = re.compile(
    r"\b(?:this (?:is an? |role is |position is )(?:fully )?(?:on[- ]?site|in[- ]office|in[- ]person)"
    r"(?: role| position)?"
    r"|(?:\d|two|three|four|five) (?:or more )?days (?:a|per|each) week (?:in|at|from) (?:the|our)\b"
    r"[^.]{0,30}\boffices?"
    r"|in (?:the|our) office (?:\d|two|three|four|five) days|must (?:be able to )?(?:commute|work on[- ]?site)"
    r"|must (?:live|reside|be based) (?:with)?in (?:commuting|driving)"
    r"|(?:is|as) a hybrid (?:role|position)|not (?:a )?remote)\b",
    re.IGNORECASE,
)


def codes_of(place: Place):
    return {place.country, place.subdivision} - {""}


def posting_is_at(codes, subject):
    """Whether a place or remote country of the posting has one of these ISO 3166 codes."""
    return any(codes_of(place) & set(codes) for place in subject.places) or bool(
        set(subject.remote_countries) & set(codes)
    )


def remote_without_country(subject):
    if subject.is_remote and subject.places and not subject.remote_countries:
        yield Note(
            "remote_countries",
            "The work is remote, but you have not said which countries people can apply from. Search engines use "
            "the countries of its places.",
        )


def remote_against_text(subject):
    if subject.is_remote and (found := [match[0] for match in OFFICE_WORDS.finditer(subject.text)]):
        yield Note(
            "workplace", f"The workplace is remote, which means all of the work, but the text says {quoted(found)}."
        )
    remote = [match[0] for match in REMOTE_WORDS.finditer(subject.text)]
    if remote and subject.workplace == "onsite":
        yield Note("workplace", f"The workplace is on site, but the text says {quoted(remote)}.")


def city_without_state(subject):
    """In these countries pay laws and place search go by state."""
    for place in subject.places:
        if place.country in ("US", "CA") and place.city and not place.subdivision:
            yield Note(
                "places",
                f"{place}: add the state or province. Without it we cannot check pay laws, and searches by place may "
                "miss the job.",
            )


def city_unknown(subject):
    for place in subject.places:
        if not place.city or find_city(place.country, place.city, place.subdivision):
            continue
        if elsewhere := find_city(place.country, place.city):
            yield Note(
                "places",
                f"The {quoted([place.city])} we know is in {subdivision_name(subdivision_of(elsewhere))}, not in "
                f"{subdivision_name(place.subdivision)}: people who search around it will not find this job. Check the state "
                "or province.",
            )
        else:
            yield Note(
                "places",
                f"We don’t know the city {quoted([place.city])} there, so people who search by distance will not "
                "find this job. Check the spelling.",
            )


RULES = [
    Rule("remote_without_country", "Remote without country", GOOGLE, remote_without_country),
    Rule("remote_against_text", "Workplace against text", FORMATS, remote_against_text),
    Rule("place_without_state", "Place without state", FORMATS, city_without_state),
    Rule("city_unknown", "Unknown city", "GeoNames: places of 5,000 people and more", city_unknown),
]
