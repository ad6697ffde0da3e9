"""The page of an old version: what it held besides the fields of the form, and what reverting cannot bring back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth import get_permission_codename
from django.db import models
from django.utils.text import capfirst

from careers.core.diff import FieldChange

from .versions import (
    PartsThen,
    foreign_keys,
    has_same_rows,
    is_lost,
    is_timestamp,
    lost_related,
    name_of,
    parts_of_version,
)


@dataclass(frozen=True)
class PartShown:
    name: str
    fields: list[tuple[str, str]]  # (label, value)


@dataclass(frozen=True)
class KindShown:
    """The parts of one model. `is_same`: they are the same now."""

    label: str
    parts: list[PartShown]
    is_same: bool
    effects: list[str]  # what reverting would do to them: "Adds Berlin, Germany"


@dataclass(frozen=True)
class VersionPage:
    is_deleted: bool  # the row is deleted; reverting brings it back
    changes: list[FieldChange]  # from the row as it is now to this version
    kinds: list[KindShown]
    losses: list[str]  # what was deleted since
    kept: list[str]  # what stays as it is now

    @property
    def changes_nothing(self) -> bool:
        return not (self.is_deleted or self.changes or any(kind.effects for kind in self.kinds))


def describe(model_admin: Any, request: Any, version: Any, form: Any) -> VersionPage:
    related, parent = model_admin.history_related, model_admin.history_parent
    every = parts_of_version(version, related, parent)
    current = type(form.instance)._default_manager.filter(pk=version.id).first()
    newest = type(version).objects.filter(id=version.id).order_by("-history_date", "-history_id").first()
    kept = _kept_models(model_admin, request)
    return VersionPage(
        current is None,
        model_admin.restored_changes(version, newest, form) if current else [],
        [_kind_shown(parts, parent, version, is_kept=parts.model in kept) for parts in every],
        [*_lost_fields(form.instance, form), *_lost_relations(version), *_lost_parts(every)],
        [*_kept_fields(model_admin, form, version, current), *map(plural, kept)],
    )


def restorable_parts(model_admin: Any, request: Any, version: Any) -> list[PartsThen]:
    kept = _kept_models(model_admin, request)
    related = [model for model in model_admin.history_related if model not in kept]
    return parts_of_version(version, related, model_admin.history_parent)


def _kept_models(model_admin, request):
    """Models whose rows stay: those with versions of their own, and those the user may not change."""
    return [
        model
        for model in model_admin.history_related
        if model in model_admin.history_kept_apart or not _may_restore(request.user, model)
    ]


def _may_restore(user, model):
    codes = [get_permission_codename(act, model._meta) for act in ("add", "change", "delete")]
    return user.has_perms([f"{model._meta.app_label}.{code}" for code in codes])


def plural(model: Any) -> str:
    return str(model._meta.verbose_name_plural)


def _kind_shown(parts, parent, version, *, is_kept):
    shown = [PartShown(name_of(row), _fields_shown(row, parent)) for row in parts.rows]
    now = parts.model._default_manager.filter(**{f"{parent}_id": version.id})
    is_same = has_same_rows(parts, now)
    effects = [] if is_same or is_kept else list(_effects(parts, now, parent))
    return KindShown(capfirst(plural(parts.model)), shown, is_same, effects)


def _effects(parts, now, parent):
    unrestorable = {row.pk for row in parts.unrestorable()}
    then = {row.pk: row for row in parts.rows if row.pk not in unrestorable}
    current = {row.pk: row for row in now.select_related(*(key.name for key in foreign_keys(parts.model)))}
    for pk, row in then.items():
        if pk not in current:
            yield f"Adds “{name_of(row)}”"
        elif _fields_shown(row, parent) != _fields_shown(current[pk], parent):
            now_named, then_named = name_of(current[pk]), name_of(row)
            yield f"Changes “{now_named}”" + (f" to “{then_named}”" if then_named != now_named else "")
    for pk, row in current.items():
        if pk not in then:
            yield f"Removes “{name_of(row)}”"


def _fields_shown(row: models.Model, parent: str) -> list[tuple[str, str]]:
    columns: Sequence[Any] = row._meta.concrete_fields
    shown = [
        column
        for column in columns
        if column.editable
        and not column.primary_key
        and column.name not in (parent, "position")
        and not is_timestamp(column)
    ]
    return [(str(column.verbose_name), text) for column in shown if (text := _text_of(row, column))]


def _text_of(row, column):
    if column.is_relation and is_lost(row, column):
        return "has since been deleted"
    value = getattr(row, f"get_{column.name}_display")() if column.choices else getattr(row, column.name)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


# -- What reverting does not bring back


def _lost_fields(row, form):
    return [
        f"{key.verbose_name}: it has since been deleted"
        for key in foreign_keys(type(row))
        if key.name in form.fields and is_lost(row, key)
    ]


def _lost_relations(version):
    return [f"{label}: {', '.join(names)} (has since been deleted)" for label, names in lost_related(version).items()]


def _lost_parts(every):
    losses = []
    for parts in every:
        gone = {row.pk for row in parts.unrestorable()}
        for row in parts.rows:
            name = f"{parts.model._meta.verbose_name} “{name_of(row)}”"
            losses += [name] if row.pk in gone else []
            losses += [
                f"{name}: its {relation.verbose_name}, which has since been deleted"
                for relation in parts.lost.get(row.pk, ())
                if row.pk not in gone
            ]
    return losses


def _kept_fields(model_admin, form, version, current):
    """Fields in no form whose value is another one now."""
    hidden = {*model_admin.history_hidden_fields, *model_admin.history_restored_fields}
    return [
        str(column.verbose_name)
        for column in (version.tracked_fields if current else ())
        if column.name not in form.fields
        and column.name not in hidden
        and not is_timestamp(column)
        and getattr(version, column.attname) != getattr(current, column.attname)
    ]
