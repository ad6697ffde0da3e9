"""The list of guides, and the same list as a chart of pay against growth with a table."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.guide_list.facets import guide_facets
from portal.guide_list.form import GuideListForm
from portal.guide_list.page import column_links, guide_page, letter_groups, letters_of, sort_links
from portal.guide_list.rows import GuideRow, load_guides
from portal.guide_list.scatter import draw_scatter, split_drawable


@require_safe
def role_index(request: HttpRequest) -> HttpResponse:
    form, rows = read_list(request)
    context = list_context(form, rows, "roles:index")
    if form.order == "title":
        letters = letters_of(rows)
        context |= {"letters": letters, "groups": letter_groups(context["page"].object_list, letters)}
    return render(request, "portal/role_index.html", context)


@require_safe
def role_explore(request: HttpRequest) -> HttpResponse:
    form, rows = read_list(request)
    drawable, undrawn = split_drawable(rows, form.pay_currency)
    context = list_context(form, rows, "roles:explore")
    context |= {"scatter": draw_scatter(drawable, form.pay_currency), "undrawn": undrawn}
    context["columns"] = column_links(form)
    return render(request, "portal/role_explore.html", context)


def read_list(request: HttpRequest) -> tuple[GuideListForm, list[GuideRow]]:
    """(form, the rows it selects in its order)"""
    form = GuideListForm(request.GET, load_guides())
    return form, form.sorted(form.filter(form.guides))


def list_context(form: GuideListForm, rows: list[GuideRow], view: str) -> dict[str, Any]:
    return {
        "form": form,
        "facets": guide_facets(form),
        "address": reverse(view),
        "page": guide_page(form, rows),
        "sort_links": sort_links(form),
        "query": form.query(),
    }
