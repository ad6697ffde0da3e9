"""Placeholder values of a posting, and a template's text filled in with them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format

from careers.core.pasted_text import clean_characters, clean_pasted_text
from careers.geo.countries import country_name, place_name
from careers.postings.models import Posting
from careers.postings.placeholders import (
    KNOWN_PLACEHOLDERS,
    fill_placeholders,
    placeholder_name,
    without_empty_sentences,
)


@dataclass(frozen=True)
class Place:
    """ISO 3166-1 country, ISO 3166-2 subdivision, and a city."""

    country: str
    subdivision: str = ""
    city: str = ""

    def __str__(self):
        return place_name(self.country, self.subdivision, self.city)


def places_of(posting: Posting) -> list[Place]:
    return [Place(row.country, row.subdivision, row.city) for row in posting.places.all()]


def known_values(posting: Posting, places: Iterable[Place], remote_countries: Iterable[str] = ()) -> dict[str, str]:
    """Values of the known placeholders; '' where the posting has none. Remote work without a place names its countries."""
    where = [str(place) for place in places] or [country_name(country) for country in remote_countries]
    values = {
        "title": posting.title,
        "employer": posting.employer.name,
        "place": " or ".join(where),
        "workplace": posting.get_workplace_display().lower(),
        "pay": str(posting.pay) if posting.pay_currency and posting.pay_period else "",
        "closing_day": date_format(posting.closes_on, "j F Y") if posting.closes_on else "",
        "employment_type": posting.get_employment_type_display().lower(),
        "experience": posting.experience_text,
    }
    return {name: clean_characters(value) for name, value in values.items()}  # as they stand in a stored text


def render_text(text: str | None, values: Mapping[str, str]) -> str:
    """As it is stored."""
    return clean_pasted_text(fill_placeholders(without_empty_sentences(text, values), values))


def custom_values(values: Mapping[str, str]) -> dict[str, str]:
    """The values for a template's own placeholders, by normalised name; empty ones are dropped."""
    cleaned = {placeholder_name(name): clean_characters(value).strip() for name, value in values.items()}
    return {name: value for name, value in cleaned.items() if value and name not in KNOWN_PLACEHOLDERS}


def current_values(posting: Posting) -> dict[str, str]:
    """Current value of every placeholder: from the posting as it is, and the custom values it was built with."""
    countries = [remote.country for remote in posting.remote_countries.all()]
    known = known_values(posting, places_of(posting), countries)
    return custom_values(posting.blank_values) | {name: value for name, value in known.items() if value}
