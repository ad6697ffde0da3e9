"""Pages for search engines and their readers: the jobs of one role in one country, where there are enough of them.

`/jobs/<role>-in-<country>/` shows what `/jobs/?role=…&country=…` finds and says facts about it; the latter names it as its own
address. Below LANDING_MINIMUM jobs it leads to the list, so that no thin page is offered and no address breaks.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, Exists, F, Max, OuterRef
from django.http import QueryDict
from django.urls import reverse

from careers.core.slugs import slug_of
from careers.geo.countries import country_in_text, country_name, country_names
from careers.postings.job_list.pay_statistics import Advertised, advertised_pay
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.roles.models import Role

from .form import PostingFilterForm

NUMBERED = re.compile(r"\d+-")  # how addresses of single jobs begin
NAMED = 3
LINKED = 12


@dataclass(frozen=True)
class Landing:
    role: Role
    country: str

    @property
    def country_in_text(self):
        return country_in_text(self.country)

    @property
    def title(self):
        return f"{self.role.title} jobs in {self.country_in_text}"

    @property
    def slug(self):
        return landing_slug(self.role.slug, self.country)

    @property
    def query(self):
        return urlencode({"role": self.role.slug, "country": self.country})

    def get_absolute_url(self):
        return address(self.role.slug, self.country)


@lru_cache(maxsize=1)
def _country_codes():
    return {slug_of(name, code.lower()): code for code, name in country_names().items()}


@lru_cache(maxsize=512)
def _country_slug(code):
    return slug_of(country_name(code), code.lower())


def landing_slug(role_slug, country):
    return f"{role_slug}-in-{_country_slug(country)}"


def address(role_slug, country):
    return reverse("postings:landing", args=[landing_slug(role_slug, country)])


def form_at(slug, page):
    """The search an address stands for; None where it names no country."""
    role_slug, _, country = slug.rpartition("-in-")
    code = _country_codes().get(country)
    if not code or not role_slug:
        return None
    query = QueryDict(mutable=True)
    query.update({"role": role_slug, "country": code, "page": page})
    return PostingFilterForm(query)


def landing_of(form) -> Landing | None:
    """The page of which this search is the very list; None where it asks for anything else, or has no such page."""
    roles, countries = form.criteria["role"], form.criteria["country"]
    if len(form.pairs()) != 2 or len(roles) != 1 or len(countries) != 1 or NUMBERED.match(roles[0].slug):
        return None
    return Landing(roles[0], countries[0])


def has_page(total):
    return total >= settings.LANDING_MINIMUM


# -- What it says


@dataclass(frozen=True)
class Link:
    words: str
    count: int
    address: str


@dataclass(frozen=True)
class Facts:
    """`employers` and `skills` are options of facets; `elsewhere` and `other_roles` have pages of their own."""

    total: int
    employers: list
    skills: list
    pay: Advertised | None
    elsewhere: list[Link]
    other_roles: list[Link]


def facts(landing, facets, total, at) -> Facts:
    """One query."""
    options = {facet.name: facet.options for facet in facets}
    pay = [sample for sample in advertised_pay(landing.role, at) if sample.country == landing.country]
    roles = [option for option in options["role"] if not option.is_chosen and not NUMBERED.match(option.value)]
    return Facts(
        total,
        options["employer"][:NAMED],
        options["skill"][:NAMED],
        next(iter(pay), None),
        countries_of(landing.role, facets),
        _links(roles, lambda option: address(option.value, landing.country)),
    )


def countries_of(role, facets):
    """Links to the pages of a role in the countries not chosen."""
    countries = next(facet.options for facet in facets if facet.name == "country")
    others = [] if NUMBERED.match(role.slug) else [option for option in countries if not option.is_chosen]
    return _links(others, lambda option: address(role.slug, option.value))


def _links(options, address_of):
    enough = sorted((option for option in options if has_page(option.count)), key=lambda option: -option.count)
    return [Link(option.words, option.count, address_of(option)) for option in enough[:LINKED]]


def breadcrumb(landing):
    trail = [("Jobs", reverse("postings:list")), (landing.title, landing.get_absolute_url())]
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": settings.SITE_URL + path}
        for position, (name, path) in enumerate(trail, start=1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}


# -- Which there are


@dataclass(frozen=True)
class Listed:
    """A page for the sitemap, as new as the newest change of its jobs."""

    address: str
    updated_at: object

    def get_absolute_url(self):
        return self.address


def listed(at=None) -> list[Listed]:
    """Two queries. A job that names a country both as a place and for remote workers counts once."""
    live = Posting.objects.live(at).filter(role__status=Role.Status.PUBLISHED)
    same = PostingPlace.objects.filter(posting=OuterRef("posting"), country=OuterRef("country"))
    named = [
        PostingPlace.objects.filter(posting__in=live),
        RemoteCountry.objects.filter(~Exists(same), posting__in=live),
    ]
    totals, latest = defaultdict(int), {}
    for rows in named:
        counted = rows.order_by().values(slug=F("posting__role__slug"), code=F("country"))
        for row in counted.annotate(many=Count("posting", distinct=True), latest=Max("posting__updated_at")):
            key = (row["slug"], row["code"])
            totals[key] += row["many"]
            latest[key] = max(row["latest"], latest.get(key, row["latest"]))
    return [
        Listed(address(*key), latest[key])
        for key in sorted(totals)
        if has_page(totals[key]) and not NUMBERED.match(key[0])
    ]
