"""The pages of guides that show what other apps know of a role: its open jobs, resources and posting template."""

import unicodedata
from collections.abc import Iterable

from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.postings.job_list.pay_statistics import advertised_pay
from careers.postings.role_counts import with_live_counts
from careers.roles.figures.official import evidence_of
from careers.roles.forms import CompareForm, OccupationForm, RoleIndexForm
from careers.roles.guide.comparison import chosen_roles, comparison_of
from careers.roles.guide.contents import guide_of
from careers.roles.guide.structured_data import structured_guide
from careers.roles.models import Role
from careers.roles.views import role_page, show
from portal.guide_neighbours import neighbours_of


@require_safe
def role_index(request: HttpRequest) -> HttpResponse:
    form = RoleIndexForm(request.GET)
    roles = with_live_counts(form.filter(Role.objects.published())).order_by(Lower("title"), "pk")
    context = {"form": form, "letters": by_letter(roles), "count": len(roles)}
    return render(request, "portal/role_index.html", context)


def by_letter(roles: Iterable[Role]) -> list[tuple[str, list[Role]]]:
    """Roles by first letter without its accent; titles that start with another character are under “#”."""
    letters: dict[str, list[Role]] = {}
    for role in roles:
        first = unicodedata.normalize("NFD", role.title.strip())[:1].upper()
        letters.setdefault(first if first.isalpha() else "#", []).append(role)
    return sorted(letters.items())


@role_page
def role_detail(request: HttpRequest, role: Role) -> HttpResponse:
    evidence = evidence_of([role])[role.pk]
    chosen = OccupationForm(request.GET, codes=evidence.codes).code
    guide = guide_of(role, evidence.showing(chosen), advertised_pay(role))
    context = {"guide": guide, "neighbours": neighbours_of(role), "structured": structured_guide(role, evidence)}
    return show(request, "portal/role_detail.html", role, **context)


@require_safe
def role_compare(request: HttpRequest) -> HttpResponse:
    form = CompareForm(request.GET)
    roles = chosen_roles(with_live_counts(Role.objects.published()), form.slugs)
    comparison = comparison_of(roles) if len(roles) > 1 else None
    return render(request, "roles/role_compare.html", {"form": form, "roles": roles, "comparison": comparison})
