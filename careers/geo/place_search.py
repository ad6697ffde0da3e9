"""What people write for a place -> the country, region or city they mean; and where a written place lies.

A name alone is first a country's. Between a region and a city, a city of 100,000 that lies in a country with such a region
goes first (New York, Zürich), else the region (Ontario, Georgia in the United States). Of cities the largest goes first.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import pycountry
from babel import Locale

from careers.core.text import fold_text

from . import gazetteer
from .countries import country_name, country_names, country_with_article, place_name, subdivision_name
from .gazetteer import LARGE_CITY, City

TABLES = tomllib.loads((files(__package__) / "divisions.toml").read_text(encoding="utf-8"))
LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")  # besides English, for the names of countries
REGION = "(region)"
OTHERS = 5


@dataclass(frozen=True)
class PlaceMatch:
    """A country; with `division` (ISO 3166-2) a region of it; with `city` a city."""

    country: str
    division: str = ""
    city: City | None = None

    @property
    def words(self):
        return place_name(self.country, self.division, self.city.name if self.city else "")

    @property
    def country_in_text(self):
        return country_with_article(self.country)

    @property
    def in_text(self):
        """As it stands within a sentence: 'Berlin, Germany', 'the Netherlands'."""
        return self.words if self.city or self.division else self.country_in_text

    @property
    def text(self):
        """What is to be written to mean exactly this, if anything is."""
        if self.city or not self.division:
            return self.words
        return f"{subdivision_name(self.division)} {REGION}, {country_name(self.country)}"


@lru_cache(maxsize=1024)
def find_places(text) -> tuple[PlaceMatch, ...]:
    """All that may be meant, the likeliest first."""
    head, *rest = [part.strip() for part in text.split(",")]
    if rest:
        return tuple(_meant(head, rest))
    words, found = text.split(), _meant(head, [])
    for cut in range(len(words) - 1, 0, -1):  # 'Berlin Germany'
        found = found or _meant(" ".join(words[:cut]), [" ".join(words[cut:])])
    return tuple(found)


def other_places(text):
    """What else of that name may be meant, as far as it can be written so that it is understood."""
    name = fold_text(text.split(",")[0])
    same = [place for place in find_places(text)[1:] if not place.city or name in fold_text(place.city.name)]
    return [place for place in same[: 2 * OTHERS] if find_places(place.text)[:1] == (place,)][:OTHERS]


def find_city(country, city, division="") -> City | None:
    """The city of a written place. Of several in the country, the one in the division; else the largest."""
    found = gazetteer.cities_named(city, country) if city else ()
    inside = [entry for entry in found if division and subdivision_of(entry) == division]
    return next(iter([*inside, *found]), None)


def subdivision_of(city: City):
    """Its ISO 3166-2 code; '' where only GeoNames' own is known."""
    codes = TABLES["codes"].get(city.country, {})
    code = city.division if city.country in TABLES["same"] else codes.get(city.division)
    return f"{city.country}-{code}" if code else ""


def _meant(name, wider):
    only_region = name.endswith(REGION)
    key = fold_text(name.removesuffix(REGION))
    within = [_wider(fold_text(part)) for part in wider if fold_text(part)]
    countries = [] if within or only_region else [PlaceMatch(code) for code in sorted(_countries().get(key, ()))]
    regions = [PlaceMatch(code[:2], code) for code in sorted(_divisions().get(key, ()))]
    cities = (
        []
        if only_region
        else [PlaceMatch(city.country, subdivision_of(city), city) for city in gazetteer.cities_named(key)]
    )
    ordered = [*countries, *sorted([*cities, *regions], key=lambda place: _rank(place, regions))]
    return [place for place in ordered if all(_lies_in(place, wide) for wide in within)]


def _rank(place, regions):
    """Sorts stably: large cities of a country with a region of that name, then regions, then the other cities."""
    if not place.city:
        return 1
    return 0 if place.city.inhabitants >= LARGE_CITY and place.country in {region.country for region in regions} else 2


def _wider(key):
    """Codes of countries and divisions of that name or code."""
    codes = set(_countries().get(key, ())) | set(_divisions().get(key, ())) | set(_short().get(key, ()))
    return codes | ({key.upper()} if len(key) == 2 and key.upper() in country_names() else set())


def _lies_in(place, codes):
    if place.country in codes or place.division in codes:
        return True
    return bool(place.city) and not place.division and any(code.startswith(f"{place.country}-") for code in codes)


@lru_cache(maxsize=1)
def _countries():
    """{folded name: codes}"""
    names = {country.alpha_2: {country.alpha_3, country.name} for country in pycountry.countries}
    for language in ("en", *LANGUAGES):
        territories = Locale.parse(language).territories
        for code, known in names.items():
            known.add(territories.get(code, ""))
    return _by_name(names, lambda code: "-" not in code)


@lru_cache(maxsize=1)
def _divisions():
    """Of the first level: below it, cities are closer to what people mean."""
    first = [division for division in pycountry.subdivisions if not division.parent_code]
    names = {division.code: {division.name, *_parts(division.name)} for division in first}
    return _by_name(names, lambda code: "-" in code)


def _parts(name):
    """'Madrid, Comunidad de' is called Madrid; 'Catalunya [Cataluña]' both."""
    return {name.split(",")[0], *name.replace("]", "").split(" [")}


@lru_cache(maxsize=1)
def _short():
    """{'tx': {'US-TX', …}}"""
    return _by_name(
        {division.code: {division.code[3:], division.code} for division in pycountry.subdivisions}, lambda code: False
    )


def _by_name(names, is_wanted):
    called = {}
    for code, known in names.items():
        for name in known:
            called.setdefault(fold_text(name), set()).add(code)
    for code, known in TABLES["called"].items():
        if is_wanted(code):
            for name in known:
                called.setdefault(name, set()).add(code)
    called.pop("", None)
    return called
