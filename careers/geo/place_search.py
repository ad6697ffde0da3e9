"""The country, region or city that a text means, and the city of a written place.

A name that is a country's means the country first. Between a region and a city, a city of 100,000 in a country that has such
a region comes first (New York, Zürich), else the region (Ontario, Georgia in the United States). Larger cities come first.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import pycountry
from babel import Locale

from careers.core.text import fold_text

from . import gazetteer
from .countries import country_name, country_names, country_with_article, place_name, subdivision_name
from .gazetteer import LARGE_CITY, City

DIVISIONS = tomllib.loads((files(__package__) / "divisions.toml").read_text(encoding="utf-8"))
LANGUAGES = ("de", "es", "fr", "it", "nl", "pt")  # besides English, for the names of countries
REGION = "(region)"
MAX_OTHERS = 5


@dataclass(frozen=True)
class PlaceMatch:
    """A country; with `subdivision` (ISO 3166-2) a region of it; with `city` a city."""

    country: str
    subdivision: str = ""
    city: City | None = None

    @property
    def label(self) -> str:
        return place_name(self.country, self.subdivision, self.city.name if self.city else "")

    @property
    def country_with_article(self) -> str:
        return country_with_article(self.country)

    @property
    def in_text(self) -> str:
        """The label within a sentence: 'Berlin, Germany', 'the Netherlands'."""
        return self.label if self.city or self.subdivision else self.country_with_article

    @property
    def search_text(self) -> str:
        """A text that may mean this place only."""
        if self.city or not self.subdivision:
            return self.label
        return f"{subdivision_name(self.subdivision)} {REGION}, {country_name(self.country)}"


@lru_cache(maxsize=1024)
def find_places(text: str) -> tuple[PlaceMatch, ...]:
    """All places the text may mean, likeliest first. 'Berlin, Germany' and 'Berlin Germany' are understood."""
    name, *areas = [part.strip() for part in text.split(",")]
    if areas:
        return tuple(_candidates(name, areas))
    words, found = text.split(), _candidates(name, [])
    for split in range(len(words) - 1, 0, -1):
        found = found or _candidates(" ".join(words[:split]), [" ".join(words[split:])])
    return tuple(found)


def other_places(text: str) -> list[PlaceMatch]:
    """Other places of the same name that have an unambiguous search text."""
    name = fold_text(text.split(",")[0])
    same = [place for place in find_places(text)[1:] if not place.city or name in fold_text(place.city.name)]
    return [place for place in same[: 2 * MAX_OTHERS] if find_places(place.search_text)[:1] == (place,)][:MAX_OTHERS]


def find_city(country: str, city: str, subdivision: str = "") -> City | None:
    """The city of this name in the country: the one in the subdivision, else the largest."""
    found = gazetteer.cities_named(city, country) if city else ()
    inside = [entry for entry in found if subdivision and subdivision_of(entry) == subdivision]
    return next(iter([*inside, *found]), None)


def subdivision_of(city: City) -> str:
    """The city's ISO 3166-2 code; '' if only GeoNames' own code is known."""
    codes = DIVISIONS["codes"].get(city.country, {})
    code = city.admin1 if city.country in DIVISIONS["iso_countries"] else codes.get(city.admin1)
    return f"{city.country}-{code}" if code else ""


def _candidates(name, areas):
    """The places with this name inside all of the named areas."""
    only_region = name.endswith(REGION)
    key = fold_text(name.removesuffix(REGION))
    within = [_area_codes(fold_text(area)) for area in areas if fold_text(area)]
    countries = [] if within or only_region else [PlaceMatch(code) for code in sorted(_country_codes().get(key, ()))]
    regions = [PlaceMatch(code[:2], code) for code in sorted(_subdivision_codes().get(key, ()))]
    found = () if only_region else gazetteer.cities_named(key)
    cities = [PlaceMatch(city.country, subdivision_of(city), city) for city in found]
    ordered = [*countries, *sorted([*cities, *regions], key=lambda place: _rank(place, regions))]
    return [place for place in ordered if all(_is_within(place, codes) for codes in within)]


def _rank(place, regions):
    """Large cities of a country with a region of that name, then regions, then the other cities."""
    if not place.city:
        return 1
    has_region = place.country in {region.country for region in regions}
    return 0 if place.city.population >= LARGE_CITY and has_region else 2


def _area_codes(key):
    """Codes of countries and subdivisions with this name or code."""
    names = (_country_codes(), _subdivision_codes(), _subdivision_abbreviations())
    codes = set().union(*(known.get(key, ()) for known in names))
    return codes | ({key.upper()} if len(key) == 2 and key.upper() in country_names() else set())


def _is_within(place, codes):
    if place.country in codes or place.subdivision in codes:
        return True
    return bool(place.city) and not place.subdivision and any(code.startswith(f"{place.country}-") for code in codes)


@lru_cache(maxsize=1)
def _country_codes() -> dict[str, set[str]]:
    """{folded name: codes}"""
    names = {country.alpha_2: {country.alpha_3, country.name} for country in pycountry.countries}
    for language in ("en", *LANGUAGES):
        territories = Locale.parse(language).territories
        for code, known in names.items():
            known.add(territories.get(code, ""))
    return _invert(names, lambda code: "-" not in code)


@lru_cache(maxsize=1)
def _subdivision_codes() -> dict[str, set[str]]:
    """{folded name: codes} of the first level; on lower levels people mean the city."""
    first = [subdivision for subdivision in pycountry.subdivisions if not subdivision.parent_code]
    names = {subdivision.code: {subdivision.name, *_name_variants(subdivision.name)} for subdivision in first}
    return _invert(names, lambda code: "-" in code)


def _name_variants(name):
    """'Madrid, Comunidad de' -> 'Madrid'; 'Catalunya [Cataluña]' -> both names."""
    return {name.split(",")[0], *name.replace("]", "").split(" [")}


@lru_cache(maxsize=1)
def _subdivision_abbreviations() -> dict[str, set[str]]:
    """{'tx': {'US-TX', …}}"""
    names = {subdivision.code: {subdivision.code[3:], subdivision.code} for subdivision in pycountry.subdivisions}
    return _invert(names, lambda code: False)


def _invert(names: Mapping[str, set[str]], has_extra_names: Callable[[str], bool]) -> dict[str, set[str]]:
    """{folded name: codes} of {code: names}, with the extra names in divisions.toml for codes of that kind."""
    codes: dict[str, set[str]] = {}
    for code, known in names.items():
        for name in known:
            codes.setdefault(fold_text(name), set()).add(code)
    for code, known in DIVISIONS["extra_names"].items():
        if has_extra_names(code):
            for name in known:
                codes.setdefault(name, set()).add(code)
    codes.pop("", None)
    return codes
