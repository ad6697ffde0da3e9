from dataclasses import asdict, dataclass

from django.db.models import Count, F
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.occupations.figures.charts import pay_chart
from careers.occupations.figures.format import has_spread
from careers.postings.models import Posting
from careers.postings.role_counts import with_live_counts
from careers.resources.models import Resource
from careers.roles.figures.official import current_figures, evidence_of
from careers.roles.figures.tables import Row
from careers.roles.models import OutlookClaim, PayClaim, Role
from portal.autocomplete import suggestions
from portal.forms import SearchForm, SuggestForm
from portal.site_search import found

POSTINGS_SHOWN = 6
ROLES_SHOWN = 12
RESOURCES_SHOWN = 6


@require_safe
def home(request):
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
        "specimen": official_specimen(first_roles) or specimen(PayClaim.objects.filter(role__in=roles)),
        "figure_count": official + own,
        "sourced_count": official + sourced,
    }
    return render(request, "portal/home.html", context)


def last_verified_first(resources):
    """Databases differ in where they put an empty day: never verified comes last."""
    return resources.order_by(F("last_verified_on").desc(nulls_last=True), "name", "pk")


def number_of_figures(roles):
    """(official ones, those the guides keep themselves, how many of the latter have a source)"""
    own = [
        model.objects.filter(role__in=roles).aggregate(number=Count("pk"), sourced=Count("source"))
        for model in (PayClaim, OutlookClaim)
    ]
    official = sum(claims.count() for claims in current_figures(roles))
    return official, sum(counts["number"] for counts in own), sum(counts["sourced"] for counts in own)


@dataclass(frozen=True)
class Specimen:
    """One figure as the guides print it."""

    role: Role
    row: Row

    @classmethod
    def of(cls, role, claim):
        return cls(role, Row(claim, pay_chart([claim]).bars[0]))


def official_specimen(roles):
    """The official median of the first role that has one with its spread."""
    evidence = evidence_of(roles)
    for role in roles:
        leading = evidence[role.pk].leading
        if leading and leading.pay and has_spread(leading.pay) and leading.pay.median is not None:
            return Specimen.of(role, leading.pay)
    return None


def specimen(claims):
    """The newest sourced median that a guide keeps itself, of the role named first."""
    claims = claims.sourced().filter(median__isnull=False, p10__isnull=False, p90__isnull=False)
    claims = claims.filter(measured_for__isnull=True).select_related("role", "source")
    claim = claims.order_by(F("reference_year").desc(nulls_last=True), "position", "role__title", "pk").first()
    return claim and Specimen.of(claim.role, claim)


@require_safe
def search(request):
    form = SearchForm(request.GET)
    words = form.criteria["q"]
    return render(request, "portal/search.html", {"form": form, "words": words, "found": found(words)})


@require_safe
def suggest(request):
    """For the list below a search box."""
    criteria = SuggestForm(request.GET).criteria
    known = suggestions(criteria["q"], among_jobs=bool(criteria["among"]))
    response = JsonResponse({"suggestions": [asdict(suggestion) for suggestion in known or ()]})
    response["X-Robots-Tag"] = "noindex"
    if known is None:
        add_never_cache_headers(response)
    return response
