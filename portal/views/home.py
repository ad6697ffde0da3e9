from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.postings.models import Posting
from careers.postings.role_counts import with_live_counts
from careers.resources.models import Resource
from careers.roles.figures.official import current_official_figures
from careers.roles.models import OutlookClaim, PayClaim, Role
from portal.fields_of_work import fields_of_work
from portal.weekly_guide import guide_of_the_week

POSTINGS_SHOWN = 6
RESOURCES_SHOWN = 3


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    live, roles, resources = Posting.objects.live(), Role.objects.published(), Resource.objects.published()
    official, own, sourced = number_of_figures(roles)
    guides = list(with_live_counts(roles).only("title", "slug", "summary"))
    context = {
        "postings": live.newest_first().for_cards()[:POSTINGS_SHOWN],
        "posting_count": live.count(),
        "fields": fields_of_work(guides),
        "role_count": len(guides),
        "weekly": guide_of_the_week(guides),
        "resources": last_verified_first(resources.filter(link_broken_since__isnull=True))[:RESOURCES_SHOWN],
        "resource_count": resources.count(),
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
