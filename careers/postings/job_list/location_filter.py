"""Jobs in or around a place: what a document holds of a posting's places, and the condition on it.

One rule for the country filter and for a location: a job is found by the places where it is done. Remote jobs are found as
well, unless excluded, where people in the country may take them: they name that country, or no country at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from careers.geo import gazetteer
from careers.geo.countries import subdivision_and_parents
from careers.geo.place_search import PlaceMatch, city_of_region, find_city, subdivision_of
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.search.conditions import And, Condition, Not, Or, Terms

RADII = (10, 25, 50, 100)  # km
DEFAULT_RADIUS = 25
ANYWHERE = "anywhere"  # the country, in the index and among counts, of remote jobs that name none
REMOTE = Posting.Workplace.REMOTE.value


@dataclass(frozen=True)
class OpenTo(Terms):
    """The condition of the country filter. Its options count the jobs that name a country; ANYWHERE is added to each."""

    @classmethod
    def countries(cls, codes: Iterable[str]) -> "OpenTo":
        return cls("country", (*codes, ANYWHERE))

    @property
    def options(self) -> Mapping[str | int, Condition]:
        return {code: Terms(self.name, (code,)) for code in self.values if code != ANYWHERE}


def open_to(codes: Iterable[str]) -> Q:
    """`OpenTo` in SQL."""
    named = [model.objects.filter(country__in=codes).values("posting") for model in (PostingPlace, RemoteCountry)]
    return Q(pk__in=named[0]) | Q(pk__in=named[1]) | open_anywhere()


def open_anywhere() -> Q:
    names = [Exists(model.objects.filter(posting=OuterRef("pk"))) for model in (PostingPlace, RemoteCountry)]
    return Q(workplace=REMOTE) & ~Q(names[0]) & ~Q(names[1])


@dataclass(frozen=True)
class Area:
    """A group of countries, a country or region, or what lies within `km` of a city."""

    place: PlaceMatch
    km: int = 0
    with_remote: bool = True

    @property
    def words(self):
        return f"within {self.km} km of {self.place.label}" if self.km else f"in {self.place.in_text}"

    @property
    def cities(self):
        return gazetteer.cities_within(self.place.city, self.km)

    @property
    def is_country(self) -> bool:
        return not (self.km or self.place.subdivision)

    def index(self):
        is_remote = Terms("workplace", (REMOTE,))
        if not self.with_remote:
            return And((self._index_place(), Not(is_remote)))
        may_live_there = OpenTo.countries(self.place.countries)
        return may_live_there if self.is_country else Or((self._index_place(), And((is_remote, may_live_there))))

    def _index_place(self):
        return Terms("place", tuple(map(str, self.cities))) if self.km else place_condition(self.place)

    def sql(self):
        """Takes a query of its own for a city or region."""
        if not self.with_remote:
            return self._sql_place() & ~Q(workplace=REMOTE)
        may_live_there = open_to(self.place.countries)
        return may_live_there if self.is_country else self._sql_place() | (Q(workplace=REMOTE) & may_live_there)

    def _sql_place(self):
        if not self.is_country:
            return Q(pk__in=PostingPlace.objects.filter(self._written_places()).values("posting"))
        here = Q(country__in=self.place.countries)
        return Q(pk__in=PostingPlace.objects.filter(here).values("posting")) | Q(
            pk__in=RemoteCountry.objects.filter(here).values("posting")
        )

    def _written_places(self):
        """The condition on places of postings that lie in the area. Reads all distinct places."""
        cities = set(self.cities) if self.km else {city.id for city in [city_of_region(self.place)] if city}
        written = PostingPlace.objects.order_by().values_list("country", "subdivision", "city").distinct()
        inside = defaultdict(list)
        for country, subdivision, city in written:
            regions, city_id = _regions_and_city(country, subdivision, city)
            if city_id in cities or (not self.km and self.place.subdivision in regions):
                inside[country, subdivision].append(city)
        condition = Q(pk__in=[])
        for (country, subdivision), names in inside.items():
            condition |= Q(country=country, subdivision=subdivision, city__in=names)
        return condition


def place_condition(place: PlaceMatch) -> Condition:
    """Jobs done in the city, region or country itself. A region holds the city of its name, also where it is not written."""
    if place.city:
        return Terms("place", (str(place.city.id),))
    if not place.subdivision:
        return Terms("country", place.countries)
    region, city = Terms("region", (place.subdivision,)), city_of_region(place)
    return Or((region, Terms("place", (str(city.id),)))) if city else region


def location_facets(workplace, places, remote_countries) -> dict[str, list[str]]:
    """The fields of a posting's document that `Area.index` asks for."""
    regions, cities = set[str](), set[str]()
    for place in places:
        lies_in, city_id = _regions_and_city(place.country, place.subdivision, place.city)
        regions |= lies_in
        cities |= {str(city_id)} if city_id else set()
    countries = [*(place.country for place in places), *remote_countries]
    if workplace == REMOTE and not countries:
        countries = [ANYWHERE]
    return {"country": countries, "region": sorted(regions), "place": sorted(cities)}


def _regions_and_city(country, subdivision, city):
    """(regions the place lies in, id of the city or None)"""
    found = find_city(country, city, subdivision)
    regions = {*subdivision_and_parents(subdivision), found and subdivision_of(found)}
    return regions - {"", None}, found and found.id
