"""Landing pages for search engines: the jobs of one role in one country, where there are at least LANDING_MINIMUM.

`/jobs/<role>-in-<country>/` lists what `/jobs/?role=…&country=…` finds, adds facts about it, and is the canonical address of
both. With fewer jobs it redirects to the list, so that old links keep working.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, F, Max
from django.http import QueryDict
from django.urls import reverse

from careers.core.facets import Facet, Option
from careers.core.slugs import make_slug
from careers.core.structured_data import breadcrumb_list
from careers.geo.countries import country_name, country_names, country_with_article
from careers.postings.models import Posting
from careers.roles.models import Role

from .facets import country_rows
from .form import PostingFilterForm
from .location_filter import open_anywhere
from .pay_statistics import AdvertisedPay, advertised_pay

JOB_NUMBER = re.compile(r"\d+-")  # a role whose slug begins so has no landing page: its address would be that of a job
MAX_NAMED = 3  # employers and skills
MAX_LINKS = 12


@dataclass(frozen=True)
class LandingPage:
    role: Role
    country: str

    @property
    def country_in_text(self):
        return country_with_article(self.country)

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
        return landing_url(self.role.slug, self.country)


@cache
def _countries_by_slug():
    return {make_slug(name, code.lower()): code for code, name in country_names().items()}


def landing_slug(role_slug: str, country: str) -> str:
    return f"{role_slug}-in-{make_slug(country_name(country), country.lower())}"


def landing_url(role_slug: str, country: str) -> str:
    return reverse("postings:landing", args=[landing_slug(role_slug, country)])


def form_for_slug(slug: str, page: str | None) -> PostingFilterForm | None:
    """The search of a landing page; None where the slug names no country."""
    role_slug, _, country = slug.rpartition("-in-")
    code = _countries_by_slug().get(country)
    if not code or not role_slug:
        return None
    query = QueryDict(mutable=True)
    values: dict[str, Any] = {"role": role_slug, "country": code, "page": page}
    query.update(values)
    return PostingFilterForm(query)


def landing_page_for(form: PostingFilterForm) -> LandingPage | None:
    """The landing page that lists exactly this search; None where there is none, whatever the number of jobs."""
    roles, countries = form.criteria["role"], form.criteria["country"]
    if len(form.pairs()) != 2 or len(roles) != 1 or len(countries) != 1 or JOB_NUMBER.match(roles[0].slug):
        return None
    return LandingPage(roles[0], countries[0])


def is_large_enough(total: int) -> bool:
    return total >= settings.LANDING_MINIMUM


# -- Facts and links


@dataclass(frozen=True)
class LandingLink:
    words: str
    count: int
    address: str


@dataclass(frozen=True)
class LandingFacts:
    """`other_countries` and `other_roles` link to other landing pages."""

    total: int
    employers: list[Option]
    skills: list[Option]
    pay: AdvertisedPay | None
    other_countries: list[LandingLink]
    other_roles: list[LandingLink]


def landing_facts(landing: LandingPage, facets: list[Facet], total: int, at: datetime) -> LandingFacts:
    """One query."""
    options = {facet.name: facet.options for facet in facets}
    pay = (pay for pay in advertised_pay(landing.role, at) if pay.country == landing.country)
    roles = [option for option in options["role"] if not option.is_chosen and not JOB_NUMBER.match(option.value)]
    return LandingFacts(
        total,
        options["employer"][:MAX_NAMED],
        options["skill"][:MAX_NAMED],
        next(pay, None),
        country_links(landing.role, facets),
        _links(roles, lambda option: landing_url(option.value, landing.country)),
    )


def country_links(role: Role, facets: list[Facet]) -> list[LandingLink]:
    """Links to the landing pages of a role in the countries that are not chosen."""
    if JOB_NUMBER.match(role.slug):
        return []
    countries = next(facet.options for facet in facets if facet.name == "country")
    others = [option for option in countries if not option.is_chosen]
    return _links(others, lambda option: landing_url(role.slug, option.value))


def _links(options: list[Option], url_for: Callable[[Option], str]) -> list[LandingLink]:
    counted = [(option.count or 0, option) for option in options]
    large = sorted((pair for pair in counted if is_large_enough(pair[0])), key=lambda pair: -pair[0])
    return [LandingLink(option.label, count, url_for(option)) for count, option in large[:MAX_LINKS]]


def breadcrumb_json_ld(landing: LandingPage) -> dict:
    trail = [("Jobs", reverse("postings:list")), (landing.title, landing.get_absolute_url())]
    return {"@context": "https://schema.org"} | breadcrumb_list(trail)


# -- The sitemap


@dataclass(frozen=True)
class SitemapEntry:
    """`updated_at` is the latest change of a job on the page."""

    address: str
    updated_at: datetime

    def get_absolute_url(self):
        return self.address


def sitemap_entries(at: datetime | None = None) -> list[SitemapEntry]:
    """All landing pages of countries that a job names, in three queries."""
    live = Posting.objects.live(at).filter(role__status=Role.Status.PUBLISHED)
    totals, latest = defaultdict(int), {}
    for rows in country_rows(live):
        counted = rows.values(slug=F("posting__role__slug"), code=F("country"))
        for row in counted.annotate(number=Count("posting", distinct=True), latest=Max("posting__updated_at")):
            key = (row["slug"], row["code"])
            totals[key] += row["number"]
            latest[key] = max(row["latest"], latest.get(key, row["latest"]))
    anywhere = live.filter(open_anywhere()).order_by().values("role__slug")
    for row in anywhere.annotate(number=Count("pk"), latest=Max("updated_at")):
        for key in (key for key in totals if key[0] == row["role__slug"]):
            totals[key] += row["number"]
            latest[key] = max(row["latest"], latest[key])
    return [
        SitemapEntry(landing_url(*key), latest[key])
        for key in sorted(totals)
        if is_large_enough(totals[key]) and not JOB_NUMBER.match(key[0])
    ]
