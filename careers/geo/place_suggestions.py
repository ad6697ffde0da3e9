"""Places whose name starts with what somebody types, in words that `find_places` takes for that very place.

First comes the place that the search would take the text for, then places with exactly this name, then the largest. By a name
besides its main one a place is suggested where the name is typed whole, or from LETTERS_OF_OTHER_NAME letters on.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from . import gazetteer
from .countries import country_groups, country_population, parent_subdivision
from .place_names import Codes, own_country_names, place_key, subdivision_names
from .place_search import (
    OTHER_NAME_FACTOR,
    WELL_KNOWN_CITY,
    PlaceMatch,
    find_places,
    known_population,
    subdivision_of,
)

MAX_SUGGESTIONS = 8
MIN_LETTERS = 2
MAX_TYPED = 80  # characters; a longer text gets no suggestions
LETTERS_OF_OTHER_NAME = 4
CANDIDATES = 30  # of each kind
REGION_FACTOR = 3  # by which regions count less
LAST = "\U0010ffff"  # sorts behind all letters


@dataclass(frozen=True)
class PlaceSuggestion:
    """`also` is the other name that was typed, if any."""

    text: str
    kind: str
    also: str = ""


@dataclass(frozen=True)
class _Candidate:
    """`name` is the one that was typed, as `place_key` writes it."""

    place: PlaceMatch
    name: str
    people: int


@lru_cache(maxsize=4096)
def suggest_places(typed: str) -> tuple[PlaceSuggestion, ...]:
    """'ber' -> Berlin, Bermuda ...; 'berlin, g' -> Berlin, Germany. At most MAX_SUGGESTIONS."""
    name, _, area = typed.partition(",")
    key, area_key = place_key(name), place_key(area)
    if len(key) < MIN_LETTERS or len(typed) > MAX_TYPED:
        return ()
    first = next(iter(find_places(typed)), None)
    found = [each for each in (*_countries(key), *_regions(key), *_cities(key)) if _lies_in(each.place, area_key)]
    found.sort(key=lambda each: (each.place != first, each.name != key, -_weight(each)))
    suggested: dict[str, PlaceSuggestion] = {}
    for each in found:
        if (text := _text_for(each.place)) and text not in suggested:
            also = "" if place_key(text).startswith(each.name) else _written(each.name)
            suggested[text] = PlaceSuggestion(text, _kind(each.place), also)
        if len(suggested) == MAX_SUGGESTIONS:
            break
    return tuple(suggested.values())


def _weight(candidate: _Candidate) -> float:
    is_region = candidate.place.subdivision and not candidate.place.city
    is_other = _is_other_name(candidate.place, candidate.name)
    return candidate.people / (REGION_FACTOR if is_region else 1) / (OTHER_NAME_FACTOR if is_other else 1)


def _is_other_name(place: PlaceMatch, name: str) -> bool:
    return place_key(place.label.split(",")[0]) != name


def _text_for(place: PlaceMatch) -> str:
    """'' where every text for the place means another one first."""
    texts = (place.label, place.search_text)
    return next((text for text in texts if find_places(text)[:1] == (place,)), "")


def _lies_in(place: PlaceMatch, area_key: str) -> bool:
    return not area_key or any(place_key(part).startswith(area_key) for part in place.label.split(",")[1:])


def _kind(place: PlaceMatch) -> str:
    if place.city:
        return "City"
    if place.subdivision:
        return "Region"
    return "Group of countries" if place.country in country_groups() else "Country"


def _written(name: str) -> str:
    """'USA', 'Muenchen'"""
    return name.upper() if len(name) < LETTERS_OF_OTHER_NAME else name.title()


# -- Candidates


def _countries(key: str) -> Iterator[_Candidate]:
    for name, codes in _starting_with(own_country_names, key):
        for place in _wanted(map(PlaceMatch, codes), name, key):
            people = sum(map(country_population, place.countries))
            yield _Candidate(place, name, people)


def _regions(key: str) -> Iterator[_Candidate]:
    """Of the first level, whose people are known."""
    for name, codes in _starting_with(subdivision_names, key):
        first_level = (PlaceMatch(code[:2], code) for code in codes if not parent_subdivision(code))
        for place in _wanted(first_level, name, key):
            yield _Candidate(place, name, known_population(place.subdivision))


def _cities(key: str) -> Iterator[_Candidate]:
    least = WELL_KNOWN_CITY if len(key) >= LETTERS_OF_OTHER_NAME else None
    for name, city in gazetteer.cities_starting_with(key, CANDIDATES, least):
        for place in _wanted([PlaceMatch(city.country, subdivision_of(city), city)], name, key):
            yield _Candidate(place, name, city.population)


def _wanted(places: Iterable[PlaceMatch], name: str, key: str) -> Iterator[PlaceMatch]:
    """By the rule for other names above."""
    is_whole = name == key or len(key) >= LETTERS_OF_OTHER_NAME
    return (place for place in places if is_whole or not _is_other_name(place, name))


def _starting_with(table: Callable[[], Codes], key: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of a table that start so; the shortest beginnings of the alphabet first, at most CANDIDATES."""
    names = _sorted_names(table)
    start, end = (bisect_left(names, each) for each in (key, key + LAST))
    return ((name, table()[name]) for name in islice(names, start, min(end, start + CANDIDATES)))


@lru_cache(maxsize=2)
def _sorted_names(table: Callable[[], Codes]) -> list[str]:
    return sorted(table())
