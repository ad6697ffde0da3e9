from dataclasses import dataclass
from typing import cast

from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.occupations.figures.charts import PayChart, pay_chart
from careers.occupations.figures.format import has_spread
from careers.occupations.models import OfficialPay
from careers.postings.models import Posting
from careers.postings.role_counts import with_live_counts
from careers.resources.models import Resource
from careers.roles.figures.official import current_official_figures, official_figures_of
from careers.roles.figures.rows import PayRow
from careers.roles.models import OutlookClaim, PayClaim, Role

POSTINGS_SHOWN = 6
ROLES_SHOWN = 12
RESOURCES_SHOWN = 6


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live, roles, resources = Posting.objects.live(), Role.objects.published(), Resource.objects.published()
    official, own, sourced = number_of_figures(roles)
    first_roles = list(with_live_counts(roles).order_by("-live_count", "title", "pk")[:ROLES_SHOWN])
    context = {
        "postings": live.newest_first().for_cards()[:POSTINGS_SHOWN],
        "posting_count": live.count(),
        "roles": first_roles,
        "role_count": roles.count(),
        "resources": last_verified_first(resources.filter(link_broken_since__isnull=True))[:RESOURCES_SHOWN],
        "resource_count": resources.count(),
        "example_figure": official_example(first_roles) or editors_example(roles),
        "figure_count": official + own,
        "sourced_count": official + sourced,
    }
    return render(request, "portal/home.html", context)


def last_verified_first(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Never verified comes last: databases differ in where they sort an empty day."""
    return resources.order_by(F("last_verified_on").desc(nulls_last=True), "name", "pk")


def number_of_figures(roles: QuerySet[Role]) -> tuple[int, int, int]:
    """(official figures, figures entered in the guides, how many of the latter have a source)"""
    own = [
        model.objects.filter(role__in=roles).aggregate(number=Count("pk"), sourced=Count("source"))
        for model in (PayClaim, OutlookClaim)
    ]
    official = sum(claims.count() for claims in current_official_figures(roles))
    return official, sum(counts["number"] for counts in own), sum(counts["sourced"] for counts in own)


@dataclass(frozen=True)
class ExampleFigure:
    """One pay figure, formatted as in its guide."""

    role: Role
    row: PayRow

    @classmethod
    def of(cls, role: Role, figure: PayClaim | OfficialPay) -> "ExampleFigure":
        """`figure` has percentiles, so that there is a chart."""
        return cls(role, PayRow(figure, cast(PayChart, pay_chart([figure])).bars[0]))


def official_example(roles: list[Role]) -> ExampleFigure | None:
    """The official median of the first role that has one with percentiles; None without."""
    official = official_figures_of(roles)
    for role in roles:
        first = official[role.pk].first
        if first and first.pay and has_spread(first.pay) and first.pay.median is not None:
            return ExampleFigure.of(role, first.pay)
    return None


def editors_example(roles: QuerySet[Role]) -> ExampleFigure | None:
    """The newest sourced median entered in a guide, at the first position of the first role by title; None without."""
    claims = (
        PayClaim.objects.filter(role__in=roles)
        .sourced()
        .filter(median__isnull=False, p10__isnull=False, p90__isnull=False)
    )
    claims = claims.filter(measured_for__isnull=True).select_related("role", "source")
    claim = claims.order_by(F("reference_year").desc(nulls_last=True), "position", "role__title", "pk").first()
    return ExampleFigure.of(claim.role, claim) if claim else None
