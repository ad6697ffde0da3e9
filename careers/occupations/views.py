from collections import Counter

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from careers.core.pagination import page_of
from careers.occupations.detail import page_of_code
from careers.occupations.lookup import code_in, find, guides_called, hits
from careers.occupations.models import Occupation
from careers.occupations.soc import major_groups
from careers.occupations.structured_data import structured_occupation
from careers.roles.forms import OccupationSearchForm

PER_PAGE = 20
LISTED_PER_PAGE = 60


@require_safe
def occupation_index(request):
    form = OccupationSearchForm(request.GET)
    listed = form.filter(Occupation.objects.listed())
    if form.criteria["q"]:
        context = search_results(form.criteria["q"], listed, form.criteria["page"])
    elif form.is_filtered:
        occupations = listed.select_related("job_zone").only("code", "title", "job_zone__name").order_by("title", "pk")
        context = {"page": page_of(occupations, form.criteria["page"], LISTED_PER_PAGE)}
    else:
        context = {"groups": groups_of(listed)}
    return render(request, "occupations/occupation_index.html", {"form": form, **context})


def search_results(words, occupations, number):
    """Those that bear the title itself stand together on the first page, however many they are."""
    found = find(words, occupations)
    page = page_of(found.others, number, PER_PAGE)
    shown = hits([*(found.exact if page.number == 1 else []), *page.object_list], words)
    exact = shown[: len(found.exact)] if page.number == 1 else []
    return {
        "found": found,
        "guides": guides_called(words) if page.number == 1 else [],
        "exact": exact,
        "others": shown[len(exact) :],
        "page": page,
        "soc_occupation": Occupation.objects.published_for([code_in(words)]).only("code", "title").first(),
    }


def groups_of(occupations):
    """[(two digits, name, how many occupations)] of the major groups that hold any."""
    counts = Counter(code[:2] for code in occupations.order_by().values_list("code", flat=True))
    return [(group, name, counts[group]) for group, name in major_groups().items() if counts[group]]


@require_safe
def occupation_detail(request, code):
    known = code_in(code)
    if known and known != code:
        return redirect("occupations:detail", permanent=True, code=known)
    page = page_of_code(known) if known else None
    if page is None:
        raise Http404("No such occupation.")
    context = {"page": page, "occupation": page.occupation, "structured": structured_occupation(page)}
    return render(request, "occupations/occupation_detail.html", context)
