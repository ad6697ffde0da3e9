from django.db.models import F
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.figures import pay_chart
from careers.roles.models import OutlookClaim, PayClaim, Role
from careers.roles.reading import Row

from .forms import SearchForm
from .searching import found

POSTINGS_SHOWN = 6
ROLES_SHOWN = 12
RESOURCES_SHOWN = 6


@require_safe
def home(request):
    live, roles, resources = Posting.objects.live(), Role.objects.published(), Resource.objects.published()
    figures = [model.objects.filter(role__in=roles) for model in (PayClaim, OutlookClaim)]
    context = {
        "postings": live.newest_first().for_cards()[:POSTINGS_SHOWN],
        "posting_count": live.count(),
        "roles": roles.with_live_counts().order_by("-live_count", "title", "pk")[:ROLES_SHOWN],
        "role_count": roles.count(),
        "resources": last_verified_first(resources.filter(link_broken_since__isnull=True))[:RESOURCES_SHOWN],
        "resource_count": resources.count(),
        "specimen": specimen(figures[0]),
        "figure_count": sum(claims.count() for claims in figures),
        "sourced_count": sum(claims.sourced().count() for claims in figures),
    }
    return render(request, "portal/home.html", context)


def last_verified_first(resources):
    """Databases differ in where they put an empty day: never verified comes last."""
    return resources.order_by(F("last_verified_on").desc(nulls_last=True), "name", "pk")


def specimen(claims):
    """One figure as the guides print it: the newest sourced median, of the role named first."""
    claims = (
        claims.sourced()
        .filter(median__isnull=False, p10__isnull=False, p90__isnull=False)
        .select_related("role", "source")
    )
    claim = claims.order_by(F("reference_year").desc(nulls_last=True), "position", "role__title", "pk").first()
    return claim and Row(claim, pay_chart([claim]).bars[0])


@require_safe
def search(request):
    form = SearchForm(request.GET)
    words = form.criteria["q"]
    groups = found(words) if words else []
    context = {"form": form, "words": words, "groups": groups, "total": sum(group.count for group in groups)}
    return render(request, "portal/search.html", context)
