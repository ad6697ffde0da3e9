"""History pages: the versions of a row with their differences, reverting to one, and the history of related rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import prefetch_related_objects
from django.http import Http404, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from simple_history.admin import SimpleHistoryAdmin
from simple_history.models import DeletedObject, ModelChange
from unfold.forms import AdminForm

from careers.core.diff import FieldChange, diff_lines
from careers.core.ids import is_row_id
from careers.core.time_zones import format_in_zone

from . import version_page
from .change_words import describe_change
from .versions import foreign_keys, name_of, restore_parts, show_relations_of_version

ACTIONS = {"+": "Added", "~": "Changed", "-": "Deleted"}
TIMESTAMPS = {"created_at", "updated_at"}
THE_PORTAL = "The portal"  # a command, or a link in a mail


class VersionHistoryMixin(SimpleHistoryAdmin):
    """History with differences of all fields, and revert."""

    history_list_per_page = 30
    history_hidden_fields: tuple[str, ...] = ()  # fields that follow from others; timestamps are hidden anyway
    history_restored_fields: tuple[str, ...] = ()  # fields outside the form that reverting restores with it
    history_related: tuple[type[models.Model], ...] = ()  # see RelatedHistoryMixin
    history_parent = ""
    history_kept_apart: tuple[type[models.Model], ...] = ()  # of these, the models that reverting leaves as they are
    object_history_template = "admin/careers/history.html"
    object_history_list_template = "admin/careers/versions.html"
    object_history_form_template = "admin/careers/version.html"

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

    # -- The list of versions

    def history_view(self, request, object_id, extra_context=None):
        if not is_row_id(unquote(object_id)):
            raise Http404
        return super().history_view(request, object_id, extra_context)

    def set_history_delta_changes(self, request, historical_records, foreign_keys_are_objs=True):
        records = list(historical_records)
        rows = [record.instance for record in records]
        prefetch_related_objects(rows, *(key.name for key in foreign_keys(self.model)))
        for record, row in zip(records, rows, strict=True):
            record.name = name_of(row)
        before = records[-1].prev_record if records else None
        for newer, older in pairwise([*records, before]):
            newer.changes = self.field_changes(newer, older) if older else []
            newer.words = describe_change(newer.history_type, newer.changes)

    def history_view_title(self, request, obj):
        return f"History: {name_of(obj)}"

    def history_form_view_title(self, request, obj):
        return f"{'Earlier version' if self.revert_disabled(request, obj) else 'Restore an earlier version'}: {name_of(obj)}"

    def field_changes(self, newer, older) -> list[FieldChange]:
        """All that differs between two versions, fields that are in no form included."""
        return [self._field_change(newer, older, change) for change in self._model_changes(newer, older)]

    def restored_changes(self, version, newest, form) -> list[FieldChange]:
        """What reverting to this version would change in the row as it is now."""
        restored = {*form.fields, *self.history_restored_fields}
        changes = [change for change in self._model_changes(version, newest) if change.field in restored]
        return [self._field_change(version, newest, change) for change in changes]

    def _model_changes(self, newer, older) -> list[ModelChange]:
        """In the order of the model's fields."""
        changes = [
            *self._changes_outside_form(newer, older),
            *newer.diff_against(older, foreign_keys_are_objs=True).changes,
        ]
        order = [field.name for field in self.model._meta.get_fields()]
        return sorted(changes, key=lambda change: order.index(change.field))

    def _field_change(self, newer, older, change):
        field = self.model._meta.get_field(change.field)
        is_text = isinstance(field, models.TextField)
        return FieldChange(
            str(field.verbose_name),
            display_value(older, field, change.old),
            display_value(newer, field, change.new),
            diff_lines(change.old, change.new) if is_text else [],
        )

    def _changes_outside_form(self, newer, older) -> Iterator[ModelChange]:
        """Relations are left out: the reason beside them names people and rows."""
        hidden = TIMESTAMPS.union(self.history_hidden_fields)
        for field in newer.tracked_fields:
            if field.editable or field.is_relation or field.primary_key or field.name in hidden:
                continue
            if getattr(older, field.attname) != getattr(newer, field.attname):
                yield ModelChange(field.name, getattr(older, field.attname), getattr(newer, field.attname))

    # -- The page of a version, and reverting to it

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        if not (is_row_id(object_id) and is_row_id(version_id)):
            raise Http404
        request.shown_version = self.model.history.filter(id=object_id, pk=version_id).first()
        # The page's own link to the history is made from the history table and leads nowhere; “Close” leads there.
        arguments = (request, object_id, version_id, {"show_history": False, **(extra_context or {})})
        if request.method != "POST":
            return super().history_form_view(*arguments)
        request.reverting_to = request.shown_version
        if request.reverting_to and self.revert_disabled(request, request.reverting_to.instance):
            raise PermissionDenied
        try:
            with transaction.atomic():
                list(self.model._default_manager.select_for_update().filter(pk=object_id).values_list("pk"))
                return super().history_form_view(*arguments)
        except ValidationError as error:
            self.message_user(request, f"Not restored: {' '.join(error.messages)}", messages.ERROR)
            return HttpResponseRedirect(request.path)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if request.method != "POST" and obj is not None and (version := getattr(request, "shown_version", None)):
            show_relations_of_version(obj, version)
        return super().get_form(request, obj, change=change, **kwargs)

    def render_history_view(self, request, template, context, **kwargs):
        """With the theme's form instead of Django's: the theme replaces it on change forms only."""
        if form := context.get("adminform"):
            context["adminform"] = AdminForm(
                form.form, form.fieldsets, self.prepopulated_fields, form.readonly_fields, model_admin=self
            )
            context["version"] = version_page.describe(self, request, request.shown_version, form.form)
            context["version_date"] = request.shown_version.history_date
        return super().render_history_view(request, template, context, **kwargs)

    def save_model(self, request, obj, form, change):
        version = getattr(request, "reverting_to", None)
        if version:
            request.is_brought_back = not self.model._default_manager.filter(pk=obj.pk).exists()
            keep_fields_outside_form(obj, form, self.history_restored_fields)
            obj._state.db = DEFAULT_DB_ALIAS  # it was made from a version, not read
            obj._change_reason = revert_reason(version)
        super().save_model(request, obj, form, change)
        if version:
            self.save_related(request, form, [], change)

    def has_changes(self, request, form, formsets):
        return getattr(request, "reverting_to", None) is not None or super().has_changes(request, form, formsets)

    def save_related(self, request, form, formsets, change):
        version = getattr(request, "reverting_to", None)
        parts = (
            version_page.restorable_parts(self, request, version) if version else []
        )  # before another version begins
        super().save_related(request, form, formsets, change)
        for part in parts:
            restore_parts(part, self.history_parent, form.instance.pk, by=request.user, reason=revert_reason(version))
        if version:
            self.check_restored(form.instance)

    def check_restored(self, obj):
        """Overridden where readers need something of the parts: raises ValidationError, and nothing is restored."""


def revert_reason(version):
    return f"Restored the version from {date_format(localtime(version.history_date), 'DATETIME_FORMAT')}"


def display_value(version: Any, field: Any, value: Any) -> str:
    """A value of a version as a person reads it; '' for none. Moments are in the row's own time zone, if it has one."""
    if isinstance(value, DeletedObject):
        return f"{value.model._meta.verbose_name} no. {value.pk}, which has since been deleted" if value.pk else ""
    if field.many_to_many:
        return ", ".join(sorted(str(row[field.m2m_reverse_field_name()]) for row in value))
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        zone = getattr(version, "time_zone", "")
        return format_in_zone(value, zone) if zone else date_format(localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, Decimal):
        return f"{value:,f}".removesuffix(".00")
    return str(dict(field.flatchoices).get(value, value)) if field.choices else str(value)


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
    rows = {version.history_id: version.instance for version in versions if version.history_id in newest}
    prefetch_related_objects([*rows.values()], *(key.name for key in foreign_keys(model) if key.attname not in of_row))
    for version, earlier in pairwise([*versions, None]):
        if version.history_id in newest:
            same = earlier is not None and earlier.id == version.id
            yield RelatedChange(
                at=version.history_date,
                kind=str(model._meta.verbose_name),
                name=name_of(rows[version.history_id]),
                action=ACTIONS[version.history_type],
                fields=changed_fields(model, version, earlier) if same and version.history_type == "~" else "",
                by=str(version.history_user or THE_PORTAL),
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

    def history_view(self, request, object_id, extra_context=None):
        changes = related_changes(self.history_related, self.history_parent, object_id) if is_row_id(object_id) else []
        return super().history_view(request, object_id, {**(extra_context or {}), "related_changes": changes})
