"""The list, search and pages of occupations, together with the guides that are linked to them."""

from collections import Counter
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.core.pagination import get_page
from careers.core.slugs import redirect_with_query
from careers.occupations.detail import occupation_by_code, occupation_page
from careers.occupations.forms import OccupationSearchForm
from careers.occupations.lookup import (
    code_prefix,
    find_occupations,
    loaded_occupations,
    nearest_titles,
    title_matches,
)
from careers.occupations.models import Occupation
from careers.occupations.soc import major_groups
from careers.occupations.structured_data import structured_occupation
from careers.roles.occupation_guides import guides_with_title, with_guides
from careers.search.lookup import rows_in_order

RESULTS_PER_PAGE = 20
LISTED_PER_PAGE = 60
NEAREST_SHOWN = 8


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
        context = {"groups": major_group_counts(listed)}
    context["loaded"] = loaded_occupations()
    return render(request, "portal/occupation_index.html", {"form": form, **context})


def search_results(words: str, occupations: QuerySet, number: int) -> dict[str, Any]:
    """The context of page `number`. All occupations with exactly this title are on the first page, the others are paged."""
    found = find_occupations(words, occupations)
    page = get_page(found.others, number, RESULTS_PER_PAGE)
    exact = found.exact if page.number == 1 else []
    matches = with_guides(title_matches([*exact, *page.object_list], words))
    exact_matches = matches[: len(exact)]
    nearest = [] if found.count else nearest_occupations(words)
    return {
        "found": found,
        "guides": guides_with_title(words) if page.number == 1 else [],
        "exact": exact_matches,
        "others": matches[len(exact_matches) :],
        "page": page,
        "nearest": nearest,
        "fields": [] if found.count or nearest else major_group_counts(Occupation.objects.listed()),
        "soc_occupation": Occupation.objects.published_for([code_prefix(words)]).only("code", "title").first(),
    }


def nearest_occupations(words: str) -> list[Occupation]:
    """Among all that are loaded: fields of work and preparation would hide what is near."""
    pks = nearest_titles(words, dict(Occupation.objects.listed().values_list("pk", "title")))[:NEAREST_SHOWN]
    return rows_in_order(Occupation.objects.only("code", "title"), pks)


def major_group_counts(occupations: QuerySet) -> list[tuple[str, str, int]]:
    """[(two digits, name, number of occupations)] of the major groups that have any."""
    counts = Counter(code[:2] for code in occupations.order_by().values_list("code", flat=True))
    return [(group, name, counts[group]) for group, name in major_groups().items() if counts[group]]


@require_safe
def occupation_detail(request: HttpRequest, code: str) -> HttpResponse:
    normal_code = code_prefix(code)
    if normal_code and normal_code != code:
        return redirect_with_query(request, "occupations:detail", code=normal_code)
    occupation = occupation_by_code(normal_code) if normal_code else None
    if occupation is None:
        raise Http404("No such occupation.")
    page = occupation_page(occupation)
    context = {
        "page": page,
        "occupation": occupation,
        "guides": list(occupation.role_links.of_published_guides()),
        "structured": structured_occupation(page),
    }
    return render(request, "portal/occupation_detail.html", context)
