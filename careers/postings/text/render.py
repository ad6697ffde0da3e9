"""Placeholder values of a posting, and a template's text filled in with them.

Texts are Markdown, so facts are escaped in them; titles are plain text. The values that a posting remembers are not escaped.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

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

# Underscores inside words and ampersands outside entities mean nothing in Markdown and stay readable.
MARKDOWN_SYNTAX = re.compile(r"[\\`*\[\]<>~|]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
LINE_START_SYNTAX = re.compile(r"(?m)^(\d{0,9})([#+.)=-])(?=[#=-]*(?:\s|$))")
PARENTHESES = str.maketrans("{}", "()")
ESCAPED_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})


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
    """Values of the known placeholders; '' where the posting has none. Remote work without a place names its countries, in the
    order in which they are read again: an order that was typed would make a posting differ from its own template."""
    where = [str(place) for place in places] or [country_name(country) for country in sorted(remote_countries)]
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
    written = {name: as_markdown(name, value) for name, value in values.items()}
    return clean_pasted_text(fill_placeholders(without_empty_sentences(text, values), written))


def render_title(title: str, values: Mapping[str, str]) -> str:
    """Braces in a fact become parentheses: they would be read as a placeholder."""
    filled = {name: as_plain(name, value) for name, value in values.items() if name != "title"}
    return fill_placeholders(title, filled)


@lru_cache(maxsize=4096)
def as_markdown(name: str, value: str) -> str:
    """The value of a placeholder as it stands in a text. Values of a template's own placeholders may be Markdown."""
    if name not in KNOWN_PLACEHOLDERS:
        return value
    escaped = LINE_START_SYNTAX.sub(r"\1\\\2", MARKDOWN_SYNTAX.sub(r"\\\g<0>", value))
    return escaped if may_wait(name, value) else escaped.translate(ESCAPED_BRACES)


def as_plain(name: str, value: str) -> str:
    return value if name not in KNOWN_PLACEHOLDERS or may_wait(name, value) else value.translate(PARENTHESES)


def may_wait(name: str, value: str) -> bool:
    """Whether braces in it are placeholders: those of a title, and one that stands for itself, as in a copied posting."""
    return name == "title" or value == f"{{{name}}}"


def custom_values(values: Mapping[str, str]) -> dict[str, str]:
    """The values for a template's own placeholders, by normalised name; empty ones are dropped."""
    cleaned = {placeholder_name(name): clean_characters(value).strip() for name, value in values.items()}
    return {name: value for name, value in cleaned.items() if value and name not in KNOWN_PLACEHOLDERS}


def current_values(posting: Posting) -> dict[str, str]:
    """Current value of every placeholder: from the posting as it is, and the custom values it was built with."""
    countries = [remote.country for remote in posting.remote_countries.all()]
    known = known_values(posting, places_of(posting), countries)
    return custom_values(posting.blank_values) | {name: value for name, value in known.items() if value}
