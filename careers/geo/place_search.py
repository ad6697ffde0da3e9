"""The country, region or city that a text means, and the city of a written place.

The order of several meanings:
1. a country by its own name or code, unless a city of GREAT_CITY is many times larger (Norfolk Island);
2. cities of LARGE_CITY in a country with a region of that name (New York, Zürich), and cities of GREAT_CITY with more people
   than any region of that name in another country is known to have (Manchester, but not Victoria); largest first;
3. smaller cities in a country that has a division of that name below its regions (Siena);
4. countries by a name in a language of others (Salvador), then regions (Ontario), then the other cities, largest first.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from careers.core.text import fold_text

from . import gazetteer
from .countries import (
    DIVISIONS,
    country_groups,
    country_population,
    country_with_article,
    parent_subdivision,
    place_name,
    subdivision_and_parents,
    subdivision_name,
)
from .gazetteer import LARGE_CITY, City
from .place_names import (
    REGION_WORD,
    area_codes,
    bare_key,
    foreign_country_names,
    own_country_names,
    place_key,
    subdivision_names,
)

GREAT_CITY = 200_000  # inhabitants
MANY_TIMES = 10
HOME_FACTOR = 2  # by which a city counts more in a country with a region of its name
OTHER_NAME_FACTOR = 5  # by which a place counts less under a name that is not its main one
REGION = "(region)"
MAX_OTHERS = 5
MAX_PARTS, MAX_WORDS = 6, 16  # of a text
MIN_NAME_LENGTH = 4  # letters of a name that keywords may mean
WELL_KNOWN_CITY = 400_000  # inhabitants
MIN_OTHER_NAME = 6  # letters, of another name of a city
SHORT_NAMES = frozenset(["eu", "nrw", "nyc", "uae", "uk", "usa"])


@dataclass(frozen=True)
class PlaceMatch:
    """A country, or a group of countries; with `subdivision` (ISO 3166-2) a region of it; with `city` a city."""

    country: str
    subdivision: str = ""
    city: City | None = None

    @property
    def countries(self) -> tuple[str, ...]:
        group = country_groups().get(self.country)
        return group.codes if group else (self.country,)

    @property
    def label(self) -> str:
        if group := country_groups().get(self.country):
            return group.name
        return place_name(self.country, self.subdivision, self.city.name if self.city else "")

    @property
    def country_with_article(self) -> str:
        if group := country_groups().get(self.country):
            return f"the {group.name}" if group.has_article else group.name
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
        return place_name(self.country, "", f"{subdivision_name(self.subdivision)} {REGION}")


@lru_cache(maxsize=1024)
def find_places(text: str) -> tuple[PlaceMatch, ...]:
    """All places the text may mean, likeliest first. 'Berlin, Germany', 'Berlin Germany', 'Germany, Berlin' are understood."""
    for name, areas in _readings(text):
        if found := _candidates(name, areas):
            return tuple(found)
    return ()


def _readings(text: str) -> Iterator[tuple[str, list[str]]]:
    """(name, areas it lies in), likeliest first. A name may hold commas. A long text is no place."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > MAX_PARTS or len(text.split()) > MAX_WORDS:
        return
    for count in range(len(parts), 0, -1):
        yield ", ".join(parts[:count]), parts[count:]
    if len(parts) == 1:
        words = text.split()
        for count in range(len(words) - 1, 0, -1):
            yield " ".join(words[:count]), [" ".join(words[count:])]
            yield " ".join(words[count:]), [" ".join(words[:count])]
        return
    known = [area for area in parts[1:] if _area_codes(place_key(area))]
    if known and known[-1] == parts[-1]:
        yield parts[0], known  # an area between city and country that ISO does not know
    yield parts[-1], parts[-2::-1]  # from large to small
    yield from _written_regions(parts)


def _written_regions(parts: list[str]) -> Iterator[tuple[str, list[str]]]:
    """'Boulder, Connecticut, United States' is Connecticut: we know no such city, and find jobs written so by their region."""
    for position, part in enumerate(parts[1:], start=1):
        if parts[position + 1 :] or place_key(part) not in own_country_names():
            yield f"{part} {REGION}", parts[position + 1 :]


def other_places(text: str) -> list[PlaceMatch]:
    """Other places of the same name that have an unambiguous search text."""
    name = place_key(text.split(",")[0])
    same = [place for place in find_places(text)[1:] if not place.city or name in fold_text(place.city.name)]
    return [place for place in same[: 2 * MAX_OTHERS] if find_places(place.search_text)[:1] == (place,)][:MAX_OTHERS]


@lru_cache(maxsize=4096)
def place_named(name: str) -> PlaceMatch | None:
    """The place that a keyword names besides whatever else it means: a country, a region by a name it has besides its own, or a
    large city. By another name only a well-known city is meant, and only if that name is long: Perth is also called "Part".
    """
    key = place_key(name)
    if len(key) < MIN_NAME_LENGTH and key not in SHORT_NAMES:
        return None
    first = next(iter(_candidates(name, [])), None)
    if first and first.city:
        if fold_text(first.city.name) == key:
            return first if first.city.population >= LARGE_CITY else None
        is_telling = len(key) >= MIN_OTHER_NAME or key in SHORT_NAMES
        return first if is_telling and first.city.population >= WELL_KNOWN_CITY else None
    is_odd_region = first and first.subdivision and key not in DIVISIONS["extra_names"].get(first.subdivision, ())
    return None if is_odd_region else first


def find_city(country: str, city: str, subdivision: str = "") -> City | None:
    """The largest city of this name in the country; where a subdivision is written, the largest in it.

    None where every city of the name is known to lie in another subdivision.
    """
    found = gazetteer.cities_named(city, country) if city else ()
    if not subdivision:
        return next(iter(found), None)
    written = subdivision_and_parents(subdivision)
    inside = [entry for entry in found if subdivision_of(entry) in written]
    unknown = [entry for entry in found if not subdivision_of(entry)]
    return next(iter([*inside, *unknown]), None)


@lru_cache(maxsize=1024)
def city_of_region(place: PlaceMatch) -> City | None:
    """The city with the name of a region, in it: a text such as 'Marib, Yemen' may mean either."""
    return (
        find_city(place.country, subdivision_name(place.subdivision), place.subdivision) if place.subdivision else None
    )


def subdivision_of(city: City) -> str:
    """The city's ISO 3166-2 code; '' if only GeoNames' own code is known."""
    codes = DIVISIONS["codes"].get(city.country, {})
    code = city.admin1 if city.country in DIVISIONS["iso_countries"] else codes.get(city.admin1)
    return f"{city.country}-{code}" if code else ""


def _candidates(name: str, areas: list[str]) -> list[PlaceMatch]:
    """The places with this name inside all of the named areas, in the order described above."""
    only_region = name.endswith(REGION)
    key = place_key(name.removesuffix(REGION))
    within = [_area_codes(place_key(area)) for area in areas if place_key(area)]
    found = _places_of(key, only_region, bool(within))
    if not found and bare_key(key) != key:
        found = _places_of(bare_key(key), only_region or bool(REGION_WORD.search(key)), bool(within))
    inside = [place for place in found if all(_is_within(place, codes) for codes in within)]
    return _as_spelled_first(name, _known_inside_first(inside))


def _as_spelled_first(name: str, places: list[PlaceMatch]) -> list[PlaceMatch]:
    """'Münster' is the city: the region in Ireland is spelled Munster."""
    if name.isascii() or not places or places[0].city or name.casefold() in places[0].label.casefold():
        return places
    spelled = [place for place in places if place.city and place.city.name.casefold() == name.casefold()]
    return [*spelled, *(place for place in places if place not in spelled)]


def _known_inside_first(places: list[PlaceMatch]) -> list[PlaceMatch]:
    """Cities known to lie in the area come before those whose division is not known."""
    if not places or not places[0].city or places[0].subdivision:
        return places
    known = [place for place in places if place.city and place.subdivision and place.country == places[0].country]
    return [*known, *(place for place in places if place not in known)]


@lru_cache(maxsize=1024)
def _places_of(key: str, only_region: bool, is_in_area: bool) -> tuple[PlaceMatch, ...]:
    own, foreign = (() if only_region or is_in_area else names().get(key, ()) for names in COUNTRY_NAMES)
    regions = [PlaceMatch(code[:2], code) for code in subdivision_names().get(key, ())]
    found = () if only_region else gazetteer.cities_named(key)
    ranked = [(_country_rank(code, found, key), 0, PlaceMatch(code)) for code in own]
    ranked += [(4, 0, PlaceMatch(code)) for code in foreign if code not in own]
    ranked += [(5, -_is_region(place), place) for place in regions]
    ranked += [
        (*_city_rank(city, regions, key), PlaceMatch(city.country, subdivision_of(city), city)) for city in found
    ]
    return tuple(place for *_, place in sorted(ranked, key=lambda entry: entry[:2]))


COUNTRY_NAMES = (own_country_names, foreign_country_names)


def _country_rank(code: str, cities: tuple[City, ...], key: str) -> int:
    largest = max((_size(city, key) for city in cities), default=0)
    is_code = len(key) <= 3  # IN, DE, USA
    is_dwarfed = largest >= GREAT_CITY and largest > MANY_TIMES * country_population(code) > 0
    return 4 if is_dwarfed and not is_code else 1


def _city_rank(city: City, regions: list[PlaceMatch], key: str) -> tuple[int, float]:
    homes = [region for region in regions if region.country == city.country]
    rivals = [region for region in regions if region.country != city.country]
    size = _size(city, key)
    if homes and city.population >= LARGE_CITY:
        return 2, -size * HOME_FACTOR
    if size >= GREAT_CITY and all(size > known_population(region.subdivision) for region in rivals):
        return 2, -size
    if homes and not any(map(_is_region, regions)):
        return 3, -size
    return 6, -size


def _size(city: City, key: str) -> float:
    return city.population if fold_text(city.name) == key else city.population / OTHER_NAME_FACTOR


def _is_region(place: PlaceMatch) -> bool:
    """Of the first level below the country."""
    return not parent_subdivision(place.subdivision)


@lru_cache(maxsize=256)
def known_population(subdivision: str) -> int:
    """People in the cities of a region; 0 where GeoNames' code of the region is not known."""
    country, _, code = subdivision.partition("-")
    if country in DIVISIONS["iso_countries"]:
        return gazetteer.population_of(country, code)
    codes = DIVISIONS["codes"].get(country, {})
    return sum(gazetteer.population_of(country, admin1) for admin1, iso in codes.items() if iso == code)


def _area_codes(key: str) -> set[str]:
    """Codes of countries and subdivisions with this name or code."""
    tables = (own_country_names(), foreign_country_names(), subdivision_names(), area_codes())
    found = {code for name in (key, bare_key(key)) for known in tables for code in known.get(name, ())}
    return found.union(*(country_groups()[code].codes for code in found & country_groups().keys()))


def _is_within(place: PlaceMatch, codes: set[str]) -> bool:
    if place.country in codes or not codes.isdisjoint(subdivision_and_parents(place.subdivision)):
        return True
    if place.city:
        # A city lies in a part of its region where the text says so: only its region is known.
        regions = {parent for code in codes for parent in subdivision_and_parents(code)}
        same_country = any(code.startswith(f"{place.country}-") for code in codes)
        return place.subdivision in regions if place.subdivision else same_country
    return False
