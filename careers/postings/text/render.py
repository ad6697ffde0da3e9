"""What the blanks stand for in one posting, and a template's text with them filled in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format

from careers.geo.countries import country_name, place_name
from careers.postings.placeholders import KNOWN_BLANKS, blank_name, filled_in, without_unsaid


@dataclass(frozen=True)
class Place:
    """ISO 3166-1 country, ISO 3166-2 subdivision, and a city."""

    country: str
    subdivision: str = ""
    city: str = ""

    def __str__(self):
        return place_name(self.country, self.subdivision, self.city)


def values_of(posting, places: Iterable[Place], remote_countries: Iterable[str] = ()):
    """What the known blanks stand for here; '' where that is not known. Remote work without a place names its countries."""
    where = [str(place) for place in places] or [country_name(country) for country in remote_countries]
    return {
        "title": posting.title,
        "employer": posting.employer.name,
        "place": " or ".join(where),
        "workplace": posting.get_workplace_display().lower(),
        "pay": str(posting.pay) if posting.pay_currency and posting.pay_period else "",
        "closing_day": date_format(posting.closes_on, "j F Y") if posting.closes_on else "",
        "employment_type": posting.get_employment_type_display().lower(),
        "experience": posting.experience_text,
    }


def rendered(text, values: Mapping[str, str]):
    return filled_in(without_unsaid(text, values), values)


def own_values(blanks: Mapping[str, str]):
    """The answers given to a template's own blanks, by the names of the blanks; empty ones are left out."""
    answers = {blank_name(name): value.strip() for name, value in blanks.items()}
    return {name: value for name, value in answers.items() if value and name not in KNOWN_BLANKS}


def present_values(posting):
    """What every blank stands for now: what is known of the posting as it is, and the answers it was built with."""
    places = [Place(place.country, place.subdivision, place.city) for place in posting.places.all()]
    countries = [remote.country for remote in posting.remote_countries.all()]
    known = values_of(posting, places, countries)
    return own_values(posting.blank_values) | {name: value for name, value in known.items() if value}
