"""The time zone of a place."""

from collections.abc import Iterable
from typing import Protocol

from . import gazetteer
from .place_search import find_city


class PlaceLike(Protocol):
    @property
    def country(self) -> str: ...
    @property
    def subdivision(self) -> str: ...
    @property
    def city(self) -> str: ...


def zone_of_place(country: str, subdivision: str = "", city: str = "") -> str:
    """'Europe/Berlin' for Munich; without a known city that of the country, if it has one only; else ''."""
    if not country:
        return ""
    found = find_city(country, city, subdivision)
    if found and (zone := gazetteer.zone_of_city(found.id)):
        return zone
    zones = gazetteer.zones_in(country)
    return zones[0] if len(zones) == 1 else ""


def zone_of_places(places: Iterable[PlaceLike]) -> str:
    """That of the first place whose zone is known."""
    zones = (zone_of_place(place.country, place.subdivision, place.city) for place in places)
    return next(filter(None, zones), "")
