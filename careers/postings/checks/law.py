"""Rules from laws of the places a posting is for: hints with their source, not legal advice."""

import re
from dataclasses import dataclass

from careers.core.money import Pay

from .benefits import names_benefits
from .dates import days_in
from .facts import is_called_closing_day
from .finding import STYLE, Note, Rule, joined
from .phrases import Phrases
from .places import codes_of
from .tables import Law, table

NOT_ADVICE = "Not legal advice."
CLOSING_WORDS = re.compile(
    r"\b(?:apply by|deadline|applications? (?:close|are accepted|will be accepted)|closing da(?:y|te)"
    r"|open until filled|until (?:the (?:position|vacancy|post) is|it is) filled|rolling basis|ongoing basis"
    r"|no (?:closing|end) date)\b",
    re.IGNORECASE,
)
PART_NAMES = {
    "from": "since when it is in force", "until": "until when it is in force", "employers": "from which size on",
    "closing_day": "the closing day", "asks": "what exactly it asks for", "spread": "how wide a range may be",
    "citation": "the number of the section", "remote": "whether remote work counts",
}  # fmt: skip


@dataclass(frozen=True)
class LawMatch:
    """A law that applies to the posting; ``is_remote`` if it applies only because of remote work."""

    law: Law
    is_remote: bool = False


def matching_laws(subject):
    """Laws in force on the day of the check at the posting's places, and those that apply to its remote work."""
    laws = [law for law in table("pay_law.toml") if law.is_in_force(subject.on)] if subject.on else []
    matches = [LawMatch(law) for law in laws if any(applies_at(law, place) for place in subject.places)]
    if subject.is_remote:
        here = {match.law for match in matches}
        matches += [LawMatch(law, True) for law in laws if law not in here and applies_to_remote_work(law, subject)]
    return matches


def applies_at(law, place):
    if law.cities:
        is_city = place.city.casefold() in {name.casefold() for name in law.cities}
        return is_city and place.country == law.place[:2] and place.subdivision in ("", law.place)
    return law.place in codes_of(place)


def applies_to_remote_work(law, subject):
    """A country's law applies to remote work there; a state's law if it covers remote work that may be done anywhere in it."""
    if law.place in subject.remote_countries:
        return law.remote != "no"
    return law.remote == "anywhere" and law.place[:2] in subject.remote_countries


def laws_asking(subject, what):
    return [match for match in matching_laws(subject) if what in match.law.asks]


def law_note(matches, field, sentence):
    """One note for all laws that ask for the same thing."""
    return Note(
        field,
        f"{law_prefix(matches)} {sentence} {NOT_ADVICE}{unconfirmed_parts(matches)}",
        sources(matches),
        is_law=True,
    )


def law_prefix(matches):
    names = joined(match.law.name for match in matches)
    remote = " for remote work that may be done there" if all(match.is_remote for match in matches) else ""
    return f"Law of {names}{remote}:"


def unconfirmed_parts(matches):
    """Sentence naming the parts of the table that nobody confirmed, except section numbers, which are in the source."""
    parts = {
        f"{PART_NAMES[part]} ({match.law.name})"
        for match in matches
        for part in match.law.unconfirmed
        if part != "citation"
    }
    return f" Unverified: {joined(sorted(parts), 4)}." if parts else ""


def sources(matches):
    return "; ".join(
        f"{match.law.name}: {match.law.source}, in force from {match.law.begins:%-d %B %Y}, employers {match.law.employers}"
        + (", unverified" if match.law.unconfirmed else "")
        for match in matches
    )


def pay_not_stated(subject):
    if subject.pay:
        return
    for before, sentence in (
        (False, "a posting states the pay or its range; the pay fields are empty."),
        (True, "applicants learn the pay or its range before the interview; stating it here settles that."),
    ):
        if matches := [match for match in laws_asking(subject, "range") if match.law.before_interview == before]:
            yield law_note(matches, "pay_min", sentence)


def no_pay(subject):
    """Only where no law asks for pay; otherwise pay_not_stated() reports it."""
    if not subject.pay and not laws_asking(subject, "range"):
        yield Note(
            "pay_min", "The pay fields are empty, so people who filter by pay will not find this job. Enter the pay."
        )


def open_range(subject):
    pay = subject.pay
    if pay and (pay.low is None or pay.high is None) and (matches := laws_asking(subject, "both_ends")):
        field = "pay_max" if pay.high is None else "pay_min"
        yield law_note(matches, field, f"both ends of the range are stated; “{pay.range_text}” leaves one open.")


def range_too_wide(subject):
    pay = subject.pay
    for match in matching_laws(subject):
        most = match.law.most_spread
        if most and pay.low and pay.high and pay.currency == match.law.spread_currency:
            yearly: Pay = pay.per_year
            if yearly.high - yearly.low > most:
                yield law_note(
                    [match], "pay_max", f"the ends of the range are at most {most:,} {pay.currency} a year apart."
                )


def benefits_not_named(subject):
    if (matches := laws_asking(subject, "benefits")) and not names_benefits(subject):
        yield law_note(
            matches, "benefits", "a posting names the benefits; we found no benefit we recognise in its text."
        )


def closing_day_not_named(subject):
    text = subject.text
    is_stated = subject.closes_on or CLOSING_WORDS.search(text)
    is_stated = is_stated or any(is_called_closing_day(day, text) for day in days_in(text))
    if not is_stated and (matches := laws_asking(subject, "closing_day")):
        yield law_note(
            matches,
            "closes_on",
            "a posting says until when applications are taken; it has no closing day, and we found none in its text.",
        )


def pay_history(subject):
    """Adds the law of the place to what the phrase rule of the same name reports everywhere."""
    classes = [words for words in table("phrases.toml") if words.rule == "pay_history"]
    matches = laws_asking(subject, "no_pay_history")
    for words in classes if matches else []:
        phrases = Phrases(words.phrases, words.unless)
        for field, text in subject.plain_texts.items():
            if phrases.hits(text):
                yield law_note(matches, field, "applicants are not asked what they earned before.")


RULES = [
    Rule("law_pay", "Pay required by law", "Table of laws", pay_not_stated),
    Rule("no_pay", "No pay", STYLE, no_pay),
    Rule("law_open_end", "Open-ended range where the law requires both ends", "Table of laws", open_range),
    Rule("law_spread", "Range wider than the law allows", "Table of laws", range_too_wide),
    Rule("law_benefits", "Benefits required by law", "Table of laws", benefits_not_named),
    Rule("law_closing_day", "Closing day required by law", "Table of laws", closing_day_not_named),
    Rule("law_pay_history", "Pay history question banned by law", "Table of laws", pay_history),
]
