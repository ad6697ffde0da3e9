"""Jobs in or around a place: the fields of the search, what a document says of its places, and the condition on both.

A job is found by a place where it is done. Remote jobs are found as well, unless left out, where somebody in the country of
the place searched may take them: they name that country, or no country at all.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property

from careers.core.facets import FacetForm
from careers.core.forms import KnownChoices, QueryField
from careers.geo import gazetteer
from careers.geo.countries import wider_subdivision
from careers.geo.place_search import Whereabouts, division_of, located, others, understood
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.search.query import AnyOf, Both, Either, Without, ask

RADII = (10, 25, 50, 100)  # km
USUAL = 25
ANYWHERE = "anywhere"  # the mark of remote jobs that name no country
REMOTE = Posting.Workplace.REMOTE.value


@dataclass(frozen=True)
class Where:
    """What is searched: all of a country or region, or what lies within `km` of a city."""

    place: Whereabouts
    km: int = 0
    with_remote: bool = True

    @property
    def words(self):
        return f"within {self.km} km of {self.place.words}" if self.km else f"in {self.place.in_text}"

    @property
    def cities(self):
        return gazetteer.around(self.place.city, self.km)


# -- In the index


def facets_of(workplace, places, remote_countries):
    """Where a posting is, for its document."""
    regions, cities = set(), set()
    for place in places:
        more, city = _spot(place.country, place.subdivision, place.city)
        regions |= more
        cities |= {str(city)} if city else set()
    is_anywhere = workplace == REMOTE and not places and not remote_countries
    return {"region": sorted(regions), "place": sorted(cities), "mark": [ANYWHERE] if is_anywhere else []}


def condition(where):
    if where.km:
        there = AnyOf("place", tuple(map(str, where.cities)))
    elif where.place.division:
        there = AnyOf("region", (where.place.division,))
    else:
        there = AnyOf("country", (where.place.country,))
    is_remote = AnyOf("workplace", (REMOTE,))
    if not where.with_remote:
        return Both((there, Without(is_remote)))
    may_live_there = Either((AnyOf("country", (where.place.country,)), AnyOf("mark", (ANYWHERE,))))
    return Either((there, Both((is_remote, may_live_there))))


def _spot(country, subdivision, city):
    """(regions it lies in, id of the city or None) of a written place."""
    found = located(country, city, subdivision)
    regions = {subdivision, wider_subdivision(subdivision) if subdivision else "", found and division_of(found)}
    return regions - {"", None}, found and found.id


# -- In the database


def in_database(where):
    here = Q(country=where.place.country)
    if where.km or where.place.division:
        there = Q(pk__in=PostingPlace.objects.filter(_spots(where)).values("posting"))
    else:
        there = Q(pk__in=PostingPlace.objects.filter(here).values("posting"))
        there |= Q(pk__in=RemoteCountry.objects.filter(here).values("posting"))
    if not where.with_remote:
        return there & ~Q(workplace=REMOTE)
    named = [Exists(model.objects.filter(here, posting=OuterRef("pk"))) for model in (PostingPlace, RemoteCountry)]
    any_named = [Exists(model.objects.filter(posting=OuterRef("pk"))) for model in (PostingPlace, RemoteCountry)]
    nowhere = ~any_named[0] & ~any_named[1]
    return there | (Q(workplace=REMOTE) & (Q(named[0]) | Q(named[1]) | Q(nowhere)))


def _spots(where):
    """The written places that lie there, cities gathered by what stands around them. One query."""
    cities = set(where.cities) if where.km else ()
    written = PostingPlace.objects.order_by().values_list("country", "subdivision", "city").distinct()
    gathered = defaultdict(list)
    for country, subdivision, city in written:
        regions, found = _spot(country, subdivision, city)
        if found in cities if where.km else where.place.division in regions:
            gathered[country, subdivision].append(city)
    spots = Q(pk__in=[])
    for (country, subdivision), names in gathered.items():
        spots |= Q(country=country, subdivision=subdivision, city__in=names)
    return spots


# -- In the query string


@dataclass(frozen=True)
class Wider:
    km: int
    total: int
    query: str


def wider(form, question):
    """The nearest wider radius that gives anything; None where none does. `question` is the one that gave nothing."""
    if not form.where or not form.where.km:
        return None
    for km in (km for km in RADII if km > form.where.km):
        around = replace(form.where, km=km)
        asked = replace(
            question, chosen={**question.chosen, "near": condition(around)}, facets=(), offset=0, limit=1, help_below=0
        )
        if total := ask(asked).total:
            return Wider(km, total, form.query_near(form.criteria["near"], km))
    return None


@dataclass(frozen=True)
class OtherPlace:
    words: str
    query: str


class NearForm(FacetForm):
    near = QueryField(label="Where")
    within = KnownChoices(choices=[(str(km), f"{km} km") for km in RADII], label="Within")
    remote = KnownChoices(choices=[("no", "left out")], label="Remote jobs")

    def clean_within(self):
        """The last of several; nothing without a place."""
        return self.cleaned_data["within"][-1:] if self.cleaned_data["near"] else []

    def clean_remote(self):
        return self.cleaned_data["remote"] if self.cleaned_data["near"] else []

    @cached_property
    def where(self):
        """None where no place is asked for, or none that is known."""
        if not self.understood:
            return None
        place = self.understood[0]
        km = int(next(iter(self.criteria["within"]), USUAL)) if place.city else 0
        return Where(place, km, not self.criteria["remote"])

    @cached_property
    def understood(self):
        return understood(self.criteria["near"]) if self.criteria["near"] else ()

    @property
    def unknown_place(self):
        return "" if self.where else self.criteria["near"]

    @property
    def other_places(self):
        return [OtherPlace(place.text, self.query_near(place.text)) for place in others(self.criteria["near"])]

    @property
    def radii(self):
        chosen = next(iter(self.criteria["within"]), str(USUAL))
        return [(value, words, value == chosen) for value, words in self.fields["within"].choices]

    def query_near(self, text, km=None):
        """This search around another place, or with another radius."""
        named = {"near": text} | ({"within": str(km)} if km else {})
        kept = [pair for pair in self.pairs() if pair[0] not in named]
        return urlencode(sorted([*named.items(), *kept], key=lambda pair: list(self.fields).index(pair[0])))

    def spoken(self, name):
        """A place nobody knows is left out, and so is what only makes sense with a place."""
        if name not in ("near", "within", "remote"):
            return super().spoken(name)
        if self.where is None:
            return {}
        if name == "near":
            return {self.criteria["near"]: self.where.words}
        if name == "within":
            return {str(self.where.km): f"{self.where.km} km"} if self.where.km not in (0, USUAL) else {}
        return super().spoken(name)

    def pairs(self, without=None):
        pairs = super().pairs(without)
        is_dropped = without is not None and without[0] == "near"
        return [pair for pair in pairs if pair[0] not in ("within", "remote")] if is_dropped else pairs

    @property
    def chips(self):
        """The radius is said with its place."""
        return [chip for chip in super().chips if chip.label != self.fields["within"].label]

    @property
    def kept(self):
        return [pair for pair in super().kept if pair[0] not in ("near", "within", "remote")]
