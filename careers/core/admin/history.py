"""History pages: the versions of a row with their differences, reverting to one, and the history of related rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import ModelChange
from unfold.forms import AdminForm

from careers.core.ids import is_row_id
from careers.core.time_zones import format_in_zone

ACTIONS = {"+": "Added", "~": "Changed", "-": "Deleted"}
TIMESTAMPS = {"created_at", "updated_at"}


class VersionHistoryMixin(SimpleHistoryAdmin):
    """History with differences of all fields, and revert."""

    history_list_per_page = 30
    history_hidden_fields: tuple[str, ...] = ()  # fields that follow from others; timestamps are hidden anyway
    history_restored_fields: tuple[str, ...] = ()  # fields outside the form that reverting restores with it

    def has_change_history_permission(self, request, obj=None):
        """`obj` is an old version; the permission depends on the row as it is now. Reverting needs the right to change it.

        To bring back a deleted row, a user needs the rights to add and delete.
        """
        if obj is None:
            return self.has_change_permission(request)
        current = self.model._default_manager.filter(pk=obj.pk).first()
        if current is None:
            opts = self.model._meta
            codes = [get_permission_codename(action, opts) for action in ("add", "delete")]
            return request.user.has_perms([f"{opts.app_label}.{code}" for code in codes])
        return self.has_change_permission(request, current)

    def history_view(self, request, object_id, extra_context=None):
        if not is_row_id(unquote(object_id)):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        """Includes fields that are in no form, such as the status."""
        for newer, older in pairwise(historical_records):
            delta = self.delta_between(newer, older, foreign_keys_are_objs)
            helper = self.get_historical_record_context_helper(request, newer)
            newer.history_delta_changes = helper.context_for_delta_changes(delta)

    def delta_between(self, newer, older, foreign_keys_are_objs=True):
        delta = newer.diff_against(older, foreign_keys_are_objs=foreign_keys_are_objs)
        shown = [_with_local_moments(change, newer) for change in delta.changes]
        return replace(delta, changes=[*self._changes_outside_form(newer, older), *shown])

    def _changes_outside_form(self, newer, older) -> Iterator[ModelChange]:
        """Changes of fields that are in no form. Relations are left out: the reason beside them names people and rows."""
        hidden = TIMESTAMPS.union(self.history_hidden_fields)
        for field in newer.tracked_fields:
            if field.editable or field.is_relation or field.primary_key or field.name in hidden:
                continue
            if getattr(older, field.attname) != getattr(newer, field.attname):
                yield ModelChange(field.name, _display_value(older, field), _display_value(newer, field))

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if not (is_row_id(object_id) and is_row_id(version_id)):
            raise Http404
        if request.method == "POST":
            version = self.model.history.filter(**{self.model._meta.pk.attname: object_id, "pk": version_id}).first()
            if version and self.revert_disabled(request, version.instance):
                raise PermissionDenied
            request.reverting_to = version
        # The page's own link to the history is made from the history table and leads nowhere; “Close” leads there.
        return super().history_form_view(
            request, object_id, version_id, {"show_history": False, **(extra_context or {})}
        )

    def render_history_view(self, request, template, context, **kwargs):
        """With the theme's form instead of Django's: the theme replaces it on change forms only."""
        if form := context.get("adminform"):
            context["adminform"] = AdminForm(
                form.form, form.fieldsets, self.prepopulated_fields, form.readonly_fields, model_admin=self
            )
        return super().render_history_view(request, template, context, **kwargs)

    def save_model(self, request, obj, form, change):
        if version := getattr(request, "reverting_to", None):
            keep_fields_outside_form(obj, form, self.history_restored_fields)
            obj._change_reason = f"Back to the version of {date_format(localtime(version.history_date), 'j F Y, H:i')}"
        super().save_model(request, obj, form, change)


def _display_value(version, field):
    value = getattr(version, field.attname)
    if value is None:
        return "empty"
    if isinstance(value, datetime):
        return _moment_text(value, version)
    return getattr(version, f"get_{field.name}_display")() if field.choices else value


def _with_local_moments(change, version):
    moments = {name: getattr(change, name) for name in ("old", "new") if isinstance(getattr(change, name), datetime)}
    return replace(change, **{name: _moment_text(moment, version) for name, moment in moments.items()})


def _moment_text(moment, version):
    """In the time zone of the row, if it has one of its own."""
    if zone := getattr(version, "time_zone", ""):
        return format_in_zone(moment, zone)
    return date_format(localtime(moment), "j F Y, H:i")


def keep_fields_outside_form(reverted, form, restored=()):
    """Reverting restores the fields of the form and those named. Status, review and the like stay as they are now."""
    current = type(reverted)._default_manager.filter(pk=reverted.pk).values().first() or {}
    for field in reverted._meta.concrete_fields:
        if field.name not in (*form.fields, *restored) and field.attname in current:
            setattr(reverted, field.attname, current[field.attname])


# -- Related rows, edited together with a row, which have history tables of their own


@dataclass(frozen=True)
class RelatedChange:
    at: datetime
    kind: str
    name: str
    action: str
    fields: str
    by: str
    reason: str
    url: str
    version: int  # of the history entry


def related_changes(related: Sequence[type[models.Model]], parent: str, pk, *, limit=100) -> list[RelatedChange]:
    """The newest changes of the rows related to one row, newest first; a fixed number of queries.

    `related` are models with a history, `parent` is the name of their foreign key to the row. A change has no URL where the
    model has no admin of its own.
    """
    changes = [change for model in related for change in changes_of_model(model, {f"{parent}_id": pk}, limit)]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:limit]


def changes_of_model(model: Any, of_row: dict, limit: int) -> Iterator[RelatedChange]:
    versions = model.history.filter(**of_row).select_related("history_user")
    versions = versions.order_by("id", "-history_date", "-history_id")
    newest = set(model.history.filter(**of_row).order_by("-history_date").values_list("history_id", flat=True)[:limit])
    for version, earlier in pairwise([*versions, None]):
        if version.history_id in newest:
            same = earlier is not None and earlier.id == version.id
            yield RelatedChange(
                at=version.history_date,
                kind=str(model._meta.verbose_name),
                name=str(version.instance),
                action=ACTIONS[version.history_type],
                fields=changed_fields(model, version, earlier) if same and version.history_type == "~" else "",
                by=str(version.history_user or ""),
                reason=version.history_change_reason or "",
                url=_url(model, version),
                version=version.history_id,
            )


def _url(model, version):
    try:
        view = f"admin:{model._meta.app_label}_{model._meta.model_name}_simple_history"
        return reverse(view, args=[version.id, version.history_id])
    except NoReverseMatch:
        return ""


def changed_fields(model, version, earlier) -> str:
    names = [
        str(field.verbose_name)
        for field in model._meta.concrete_fields
        if field.name not in TIMESTAMPS and getattr(version, field.attname) != getattr(earlier, field.attname)
    ]
    return ", ".join(names)


class RelatedHistoryMixin:
    """Adds the history of related rows: `history_related` are models whose key `history_parent` points at the row."""

    object_history_template = "admin/careers/related_history.html"
    history_related: tuple[type[models.Model], ...] = ()
    history_parent = ""

    def history_view(self, request, object_id, extra_context=None):
        changes = related_changes(self.history_related, self.history_parent, object_id) if is_row_id(object_id) else []
        return super().history_view(request, object_id, {**(extra_context or {}), "related_changes": changes})
