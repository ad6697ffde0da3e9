"""Jobs in or around a place: what a document holds of a posting's places, and the condition on it.

One rule for the country filter and for a location: a job is found by the places where it is done. Remote jobs are found as
well, unless excluded, where people in the country may take them: they name that country, or no country at all.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, Subquery, Value, When

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
    def has_centre(self) -> bool:
        """Whether jobs have a distance from it: it lies around a city."""
        return self.km > 0

    @property
    def is_country(self) -> bool:
        return not (self.km or self.place.subdivision)

    # -- Distances

    @property
    def whole_km(self) -> dict[int, int]:
        """{city: its distance} of the cities within: 0 for the place itself, at least 1 for any other."""
        return _whole_km(self.place.city, self.km)

    def distance_words(self, places) -> str:
        """'In Berlin' or '12 km away', of the nearest of these (country, subdivision, city); '' where none is in the area."""
        inside = [self.whole_km.get(_city_id(*place)) for place in places]
        nearest = min((km for km in inside if km is not None), default=None)
        if nearest is None or self.place.city is None:
            return ""
        return f"{nearest} km away" if nearest else f"In {self.place.city.name}"

    def rings_in_index(self) -> tuple[Condition, ...]:
        """Jobs in cities at each whole distance, the nearest first."""
        rings = defaultdict(list)
        for city, km in self.whole_km.items():
            rings[km].append(str(city))
        return tuple(Terms("place", tuple(rings[km])) for km in sorted(rings))

    def nearest_first(self, postings):
        """As `rings_in_index` in SQL: `km` is None for jobs without a place in the area, which come last."""
        written = _written_places(lambda regions, city: self.whole_km.get(city))
        cases = [When(condition, then=Value(km)) for km, condition in written.items()]
        places = PostingPlace.objects.filter(posting=OuterRef("pk"))
        km = Case(*cases, output_field=IntegerField())
        nearest = places.annotate(km=km).filter(km__isnull=False).order_by("km").values("km")[:1]
        return postings.annotate(km=Subquery(nearest)).order_by(F("km").asc(nulls_last=True), "-publish_at", "-pk")

    # -- Conditions

    def index(self):
        is_remote = Terms("workplace", (REMOTE,))
        if not self.with_remote:
            return And((self._index_place(), Not(is_remote)))
        may_live_there = OpenTo.countries(self.place.countries)
        return may_live_there if self.is_country else Or((self._index_place(), And((is_remote, may_live_there))))

    def _index_place(self):
        return Terms("place", tuple(map(str, self.whole_km))) if self.km else place_condition(self.place)

    def sql(self):
        """Takes a query of its own for a city or region."""
        if not self.with_remote:
            return self._sql_place() & ~Q(workplace=REMOTE)
        may_live_there = open_to(self.place.countries)
        return may_live_there if self.is_country else self._sql_place() | (Q(workplace=REMOTE) & may_live_there)

    def _sql_place(self):
        if not self.is_country:
            return Q(pk__in=PostingPlace.objects.filter(self._written_here()).values("posting"))
        here = Q(country__in=self.place.countries)
        return Q(pk__in=PostingPlace.objects.filter(here).values("posting")) | Q(
            pk__in=RemoteCountry.objects.filter(here).values("posting")
        )

    def _written_here(self):
        """The condition on places of postings that lie in the area."""
        cities = set(self.whole_km) if self.km else {city.id for city in [city_of_region(self.place)] if city}
        region = "" if self.km else self.place.subdivision
        inside = _written_places(lambda regions, city: city in cities or region in regions or None)
        return inside.get(True, Q(pk__in=[]))


@lru_cache(maxsize=256)
def _whole_km(city, km):
    distances = gazetteer.distances_within(city, km)
    return {key: max(round(distance), 1) if key != city.id else 0 for key, distance in distances.items()}


def _written_places(value_of) -> dict:
    """{value: condition on places} of all distinct places of postings for which `value_of(regions, city)` is not None."""
    written = PostingPlace.objects.order_by().values_list("country", "subdivision", "city").distinct()
    named = defaultdict(lambda: defaultdict(list))
    for country, subdivision, city in written:
        if (value := value_of(*_regions_and_city(country, subdivision, city))) is not None:
            named[value][country, subdivision].append(city)
    return {
        value: reduce(
            or_, (Q(country=code, subdivision=part, city__in=names) for (code, part), names in places.items())
        )
        for value, places in named.items()
    }


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


@lru_cache(maxsize=4096)
def _city_id(country, subdivision, city):
    return _regions_and_city(country, subdivision, city)[1]


def _regions_and_city(country, subdivision, city):
    """(regions the place lies in, id of the city or None)"""
    found = find_city(country, city, subdivision)
    regions = {*subdivision_and_parents(subdivision), found and subdivision_of(found)}
    return regions - {"", None}, found and found.id
