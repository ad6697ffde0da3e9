"""The list and search of occupations, which shows the guides that belong to them as well."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.core.pagination import get_page
from careers.occupations.forms import OccupationSearchForm
from careers.occupations.lookup import code_in, find, hits
from careers.occupations.models import Occupation
from careers.occupations.soc import major_groups
from careers.roles.occupation_guides import guides_called, with_guides

PER_PAGE = 20
LISTED_PER_PAGE = 60


@require_safe
def occupation_index(request: HttpRequest) -> HttpResponse:
    form = OccupationSearchForm(request.GET)
    listed = form.filter(Occupation.objects.listed())
    if form.criteria["q"]:
        context = search_results(form.criteria["q"], listed, form.criteria["page"])
    elif form.is_filtered:
        occupations = listed.select_related("job_zone").only("code", "title", "job_zone__name").order_by("title", "pk")
        context = {"page": get_page(occupations, form.criteria["page"], LISTED_PER_PAGE)}
    else:
        context = {"groups": groups_of(listed)}
    return render(request, "occupations/occupation_index.html", {"form": form, **context})


def search_results(words: str, occupations: QuerySet[Occupation], number: int) -> dict[str, Any]:
    """Occupations with exactly this title are all on the first page, however many there are."""
    found = find(words, occupations)
    page = get_page(found.others, number, PER_PAGE)
    shown = with_guides(hits([*(found.exact if page.number == 1 else []), *page.object_list], words))
    exact = shown[: len(found.exact)] if page.number == 1 else []
    return {
        "found": found,
        "guides": guides_called(words) if page.number == 1 else [],
        "exact": exact,
        "others": shown[len(exact) :],
        "page": page,
        "soc_occupation": Occupation.objects.published_for([code_in(words)]).only("code", "title").first(),
    }


def groups_of(occupations: QuerySet[Occupation]) -> list[tuple[str, str, int]]:
    """(two digits, name, number of occupations) of each major group with occupations."""
    counts = Counter(code[:2] for code in occupations.order_by().values_list("code", flat=True))
    return [(group, name, counts[group]) for group, name in major_groups().items() if counts[group]]
