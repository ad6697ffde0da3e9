"""Acts as the admin offers them: a service run on one row from its page, or on many as a bulk action."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.db.models import Model
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import reverse

from .forms import ReasonForm
from .pages import change_view_name, render_page


def unchanged_arguments(row: Model, values: dict) -> dict:
    return values


@dataclass(frozen=True)
class Act:
    """``service`` is called as service(row, by=user, **arguments(row, form values))."""

    name: str
    service: Callable
    button: str
    done: str  # completes "3 postings ..."
    explanation: str
    form: type[forms.Form] = ReasonForm
    with_form: bool = False  # done when the change form is saved, without a page of its own
    makes_posting: bool = False  # the service returns a new posting, which is opened
    arguments: Callable[[Any, dict], dict] = unchanged_arguments
    variant: str = "default"


def run_act(model_admin: Any, request: HttpRequest, act: Act, rows: Iterable[Model], values: dict) -> list:
    """Runs the act on each row and reports each outcome. Returns what the service returned for the rows it accepted."""
    results = []

    def run_service(row):
        results.append(act.service(row, by=request.user, **act.arguments(row, values)))

    model_admin.apply_to_rows(request, rows, run_service, act.done)
    return results


def act_page(
    model_admin: Any, request: HttpRequest, act: Act, form: forms.Form, rows: list, action: str = ""
) -> TemplateResponse:
    """Asks for the act's form values. ``action`` is the name of the bulk action that led here, if any."""
    subject = rows[0] if len(rows) == 1 else f"{len(rows)} {model_admin.rows_name}"
    return render_page(
        model_admin,
        request,
        "admin/postings/act.html",
        f"{act.button}: {subject}",
        act=act,
        form=form,
        rows=rows,
        action=action,
        checkbox=helpers.ACTION_CHECKBOX_NAME,
        media=model_admin.media + form.media,
        back=request.get_full_path() if action else reverse(change_view_name(model_admin), args=[rows[0].pk]),
    )


def bulk_action(act: Act, name: str, description: str, permission: str = "publish", *, asks: bool = True) -> Callable:
    """A bulk action that runs the act on the selected rows. ``asks``: first shows the page with the act's form."""

    @admin.action(description=description, permissions=[permission])
    def run_on_selected(model_admin, request, queryset):
        if not asks:
            run_act(model_admin, request, act, queryset, {})
            return None
        form = act.form(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            run_act(model_admin, request, act, queryset, form.cleaned_data)
            return None
        return act_page(model_admin, request, act, form, list(queryset), action=name)

    run_on_selected.__name__ = name
    return run_on_selected
