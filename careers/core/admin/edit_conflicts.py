"""Two people editing one row: whoever saves second is told what the first changed, and writes over it only on purpose.

A form carries the version of the row with which it was opened: the newest entry in its history and in those of its parts. Saved
when there is a newer one, it comes back as it was typed, with what the others did. A request that names no version, which no
page of ours makes, is not compared.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, TextField, Value

from careers.core.diff import DiffLine, diff_lines

from .history import changes_of_model

VERSION = re.compile(r"[0-9]{1,18}(?:-[0-9]{1,18})*")
OPENED, OVER = "_opened_version", "_over"


@dataclass(frozen=True)
class FieldChange:
    label: str
    before: str
    now: str
    lines: list[DiffLine]  # instead of the two, where it is a text of several lines


@dataclass(frozen=True)
class EditConflict:
    """What others saved since a form was opened."""

    by: str
    at: datetime
    version: str
    fields: list[FieldChange]
    parts: list


def version_of(models, keys, pk):
    """'812-45-0': the newest history entry of the row and of each kind of its parts; one query."""
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
    """Mixed into a form that was overtaken: nothing of it is saved."""

    def clean(self):
        cleaned = super().clean()
        self.add_error(None, "It was changed while you had it open. Nothing of yours is saved yet: see what changed.")
        return cleaned


class EditConflictMixin:
    """The part of an admin that compares versions."""

    change_form_before_template = "admin/careers/opened_version.html"
    history_related = ()
    history_parent = ""

    def version_of(self, pk):
        keys = ["id", *[f"{self.history_parent}_id"] * len(self.history_related)]
        return version_of([self.model, *self.history_related], keys, pk)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if change and obj and request.method == "POST" and (overtaking := self.overtaking(request, obj)):
            return type(form.__name__, (ConflictingFormMixin, form), {"overtaking": overtaking})
        return form

    def overtaking(self, request, row):
        """None where nobody saved since the form was opened, or the user has seen it and saves all the same."""
        opened, seen = request.POST.get(OPENED, ""), request.POST.get(OVER, "")
        if not VERSION.fullmatch(opened):
            return None
        if not hasattr(request, "overtaking"):
            current = self.version_of(row.pk)
            known = current in (opened, seen)
            request.overtaking = None if known else self._what_others_did(request, row.pk, opened, current)
            request.saves_over = current == seen != opened
        return request.overtaking

    def _what_others_did(self, request, pk, opened, current):
        since = [int(number) for number in opened.split("-")]
        versions = self.model.history.filter(id=pk).select_related("history_user")
        newest = versions.filter(history_id__gt=since[0]).order_by("-history_id").first()
        old = versions.filter(history_id__lte=since[0]).order_by("-history_id").first()
        parts = [
            part
            for model, last in zip(self.history_related, since[1:], strict=False)
            for part in changes_of_model(model, {f"{self.history_parent}_id": pk}, limit=100)
            if part.version > last
        ]
        who = str(newest.history_user or "") if newest else next((part.by for part in parts), "")
        when = newest.history_date if newest else max((part.at for part in parts), default=None)
        return EditConflict(who, when, current, self._field_changes(request, old, newest), parts)

    def _field_changes(self, request, old, newest):
        if not old or not newest:
            return []
        delta = self.delta_between(newest, old)
        shown = self.get_historical_record_context_helper(request, newest).context_for_delta_changes(delta)
        return [
            FieldChange(row["field"], row["old"], row["new"], self._lines_of(change))
            for change, row in zip(delta.changes, shown, strict=True)
        ]

    def _lines_of(self, change):
        is_text = isinstance(self.model._meta.get_field(change.field), TextField)
        return diff_lines(change.old, change.new) if is_text else []

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        # Asked before the row is read: what is saved in between then counts as newer than what the form shows.
        if request.method != "POST" and object_id and VERSION.fullmatch(object_id):
            request.opened_version = self.version_of(object_id)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        posted = request.POST.get(OPENED, "")
        context["opened_version"] = posted if VERSION.fullmatch(posted) else getattr(request, "opened_version", "")
        context["overtaking"] = getattr(request, "overtaking", None)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        if getattr(request, "saves_over", False) and not getattr(obj, "_change_reason", None):
            obj._change_reason = "Saved over a change made meanwhile, after seeing it"
        super().save_model(request, obj, form, change)
