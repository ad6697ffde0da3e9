"""Jobs in or around a place: what a document holds of a posting's places, and the condition on it.

A job is found by the places where it is done. Remote jobs are found as well, unless excluded, where people in the country of
the place may take them: they name that country, or no country at all.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from careers.geo import gazetteer
from careers.geo.countries import parent_subdivision
from careers.geo.place_search import PlaceMatch, find_city, subdivision_of
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.search.conditions import And, Not, Or, Terms

RADII = (10, 25, 50, 100)  # km
DEFAULT_RADIUS = 25
ANYWHERE = "anywhere"  # indexed for remote jobs that name no country
REMOTE = Posting.Workplace.REMOTE.value


@dataclass(frozen=True)
class Area:
    """A whole country or region, or what lies within `km` of a city."""

    place: PlaceMatch
    km: int = 0
    with_remote: bool = True

    @property
    def words(self):
        return f"within {self.km} km of {self.place.label}" if self.km else f"in {self.place.in_text}"

    @property
    def cities(self):
        return gazetteer.cities_within(self.place.city, self.km)

    def index(self):
        is_remote = Terms("workplace", (REMOTE,))
        if not self.with_remote:
            return And((self._index_place(), Not(is_remote)))
        may_live_there = Or((Terms("country", (self.place.country,)), Terms("mark", (ANYWHERE,))))
        return Or((self._index_place(), And((is_remote, may_live_there))))

    def _index_place(self):
        if self.km:
            return Terms("place", tuple(map(str, self.cities)))
        if self.place.subdivision:
            return Terms("region", (self.place.subdivision,))
        return Terms("country", (self.place.country,))

    def sql(self):
        """Takes a query of its own for a city or region."""
        if not self.with_remote:
            return self._sql_place() & ~Q(workplace=REMOTE)
        models = (PostingPlace, RemoteCountry)
        rows = [model.objects.filter(posting=OuterRef("pk")) for model in models]
        names_none = ~Exists(rows[0]) & ~Exists(rows[1])
        names_country = [Exists(named.filter(country=self.place.country)) for named in rows]
        may_live_there = Q(names_country[0]) | Q(names_country[1]) | Q(names_none)
        return self._sql_place() | (Q(workplace=REMOTE) & may_live_there)

    def _sql_place(self):
        if self.km or self.place.subdivision:
            return Q(pk__in=PostingPlace.objects.filter(self._written_places()).values("posting"))
        here = Q(country=self.place.country)
        return Q(pk__in=PostingPlace.objects.filter(here).values("posting")) | Q(
            pk__in=RemoteCountry.objects.filter(here).values("posting")
        )

    def _written_places(self):
        """The condition on places of postings that lie in the area. Reads all distinct places."""
        cities = set(self.cities) if self.km else ()
        written = PostingPlace.objects.order_by().values_list("country", "subdivision", "city").distinct()
        inside = defaultdict(list)
        for country, subdivision, city in written:
            regions, city_id = _regions_and_city(country, subdivision, city)
            if city_id in cities if self.km else self.place.subdivision in regions:
                inside[country, subdivision].append(city)
        condition = Q(pk__in=[])
        for (country, subdivision), names in inside.items():
            condition |= Q(country=country, subdivision=subdivision, city__in=names)
        return condition


def location_facets(workplace, places, remote_countries) -> dict[str, list[str]]:
    """The fields of a posting's document that `Area.index` asks for."""
    regions, cities = set(), set()
    for place in places:
        lies_in, city_id = _regions_and_city(place.country, place.subdivision, place.city)
        regions |= lies_in
        cities |= {str(city_id)} if city_id else set()
    is_anywhere = workplace == REMOTE and not places and not remote_countries
    return {"region": sorted(regions), "place": sorted(cities), "mark": [ANYWHERE] if is_anywhere else []}


def _regions_and_city(country, subdivision, city):
    """(regions the place lies in, id of the city or None)"""
    found = find_city(country, city, subdivision)
    regions = {subdivision, parent_subdivision(subdivision) if subdivision else "", found and subdivision_of(found)}
    return regions - {"", None}, found and found.id
