"""Two people editing one row: the second to save sees the other's changes first, and overwrites them only on purpose.

A form carries the version of the row it was opened with: the newest history entry of the row and of each related model. If
there is a newer one when it is saved, the form is shown again with the input and the other changes. The page of an old
version does the same when it reverts. A request without a version, which none of our pages makes, is not checked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Value

from careers.core.diff import FieldChange
from careers.core.ids import is_row_id

from .history import THE_PORTAL, RelatedChange, changes_of_model

VERSION = re.compile(r"[0-9]{1,18}(?:-[0-9]{1,18})*")
OPENED_VERSION, OVERWRITTEN_VERSION = "_opened_version", "_over"  # names of form inputs


@dataclass(frozen=True)
class EditConflict:
    """What others saved since a form was opened."""

    by: str
    at: datetime
    version: str
    fields: list[FieldChange]
    related: list[RelatedChange]


def version_of(models: Sequence[Any], keys: Sequence[str], pk) -> str:
    """'812-45-0': the newest history entry of the row and of each related model; one query."""
    newest = [
        model.history.filter(**{key: pk})
        .order_by()
        .annotate(nr=Value(nr))
        .values("nr")
        .annotate(last=Max("history_id"))
        for nr, (model, key) in enumerate(zip(models, keys, strict=True))
    ]
    found = dict(newest[0].union(*newest[1:], all=True).values_list("nr", "last"))
    return "-".join(str(found.get(nr) or 0) for nr in range(len(models)))


class ConflictingFormMixin:
    """Added to the form class where there is a conflict: nothing is saved."""

    def clean(self):
        cleaned = super().clean()
        self.add_error(
            None,
            "Somebody changed this while you had it open. We have not saved your changes yet. "
            "Check what changed below.",
        )
        return cleaned


class EditConflictMixin:
    """Before VersionHistoryMixin among the bases."""

    change_form_before_template = "admin/careers/edit_conflict.html"

    def version_of(self, pk):
        keys = ["id", *[f"{self.history_parent}_id"] * len(self.history_related)]
        return version_of([self.model, *self.history_related], keys, pk)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        is_saved = request.method == "POST" and (change or getattr(request, "reverting_to", None))
        if obj and is_saved and (conflict := self.edit_conflict(request, obj)):
            return type(form.__name__, (ConflictingFormMixin, form), {"edit_conflict": conflict})
        return form

    def edit_conflict(self, request, row) -> EditConflict | None:
        """None if nobody saved since the form was opened, or the user has seen the changes and overwrites them."""
        opened, overwritten = request.POST.get(OPENED_VERSION, ""), request.POST.get(OVERWRITTEN_VERSION, "")
        if not VERSION.fullmatch(opened):
            return None
        if not hasattr(request, "edit_conflict"):
            current = self.version_of(row.pk)
            is_known = current in (opened, overwritten)
            request.edit_conflict = None if is_known else self._changes_since(request, row.pk, opened, current)
            request.overwrites = current == overwritten != opened
        return request.edit_conflict

    def _changes_since(self, request, pk, opened, current):
        since = [int(number) for number in opened.split("-")]
        versions = self.model.history.filter(id=pk).select_related("history_user")
        newest = versions.filter(history_id__gt=since[0]).order_by("-history_id").first()
        old = versions.filter(history_id__lte=since[0]).order_by("-history_id").first()
        related = [
            change
            for model, last in zip(self.history_related, since[1:], strict=False)
            for change in changes_of_model(model, {f"{self.history_parent}_id": pk}, limit=100)
            if change.version > last
        ]
        by = str(newest.history_user or THE_PORTAL) if newest else next((change.by for change in related), THE_PORTAL)
        at = newest.history_date if newest else max((change.at for change in related), default=None)
        fields = self.field_changes(newest, old) if old and newest else []
        return EditConflict(by, at, current, fields, related)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        self._remember_version(request, object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        self._remember_version(request, object_id)
        return super().history_form_view(request, object_id, version_id, extra_context)

    def _remember_version(self, request, pk):
        """Called before the row is read: a save in between counts as newer than what the form shows."""
        if request.method != "POST" and pk and is_row_id(pk):
            request.opened_version = self.version_of(pk)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        self._add_conflict(request, context)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def render_history_view(self, request, template, context, **kwargs):
        self._add_conflict(request, context)
        return super().render_history_view(request, template, context, **kwargs)

    def _add_conflict(self, request, context):
        posted = request.POST.get(OPENED_VERSION, "")
        context["opened_version"] = posted if VERSION.fullmatch(posted) else getattr(request, "opened_version", "")
        context["edit_conflict"] = getattr(request, "edit_conflict", None)

    def save_model(self, request, obj, form, change):
        if getattr(request, "overwrites", False) and not getattr(obj, "_change_reason", None):
            obj._change_reason = "Overwrote a change made since, after seeing it"
        super().save_model(request, obj, form, change)
