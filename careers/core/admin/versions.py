"""What belonged to a row in one of its versions: its relations and its parts, which have history tables of their own.

A version lasts until the next one of the same row. What its parts were at the end of that time belongs to it. A save through
the admin writes the row before its parts, and services do the same.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import prefetch_related_objects

from careers.core.models import set_history_note

DELETED = "-"


@dataclass(frozen=True)
class VersionSpan:
    """`end` is the moment of the next version, None for the newest. `is_last`: the next one is the deletion of the row."""

    begin: datetime
    end: datetime | None
    is_last: bool


@dataclass
class PartsThen:
    """The parts of one model in a version."""

    model: Any
    rows: list[Any] = field(default_factory=list)
    lost: dict[Any, list[models.Field]] = field(default_factory=dict)  # {key: relations to rows deleted since}

    def unrestorable(self) -> list[Any]:
        """Rows that cannot exist without something that was deleted since."""
        return [row for row in self.rows if any(not relation.null for relation in self.lost.get(row.pk, ()))]


def span_of(version: Any) -> VersionSpan:
    """A deletion counts as the version before it."""
    versions = list(
        type(version)
        .objects.filter(id=version.id)
        .only("history_id", "history_date", "history_type")
        .order_by("history_date", "history_id")
    )
    index = next(index for index, other in enumerate(versions) if other.history_id == version.history_id)
    if version.history_type == DELETED and index:
        index -= 1
    following = versions[index + 1] if index + 1 < len(versions) else None
    is_last = following is not None and following.history_type == DELETED
    return VersionSpan(versions[index].history_date, following.history_date if following else None, is_last)


def parts_of_version(version: Any, related: Sequence[Any], parent: str) -> list[PartsThen]:
    """The parts of each model as they were; a fixed number of queries."""
    span = span_of(version)
    return [_parts_of_model(version, span, model, parent) for model in related]


def _parts_of_model(version, span, model, parent):
    """Rows that no history knows have been there always."""
    entries = list(model.history.filter(**{f"{parent}_id": version.id}).order_by("id", "history_date", "history_id"))
    then = [_state_in(span, list(of_row)) for _, of_row in groupby(entries, key=lambda entry: entry.id)]
    known = {entry.id for entry in entries}
    unrecorded = [row for row in _current(model, parent, version.id) if row.pk not in known]
    parts = PartsThen(model, [*(entry.instance for entry in then if entry), *unrecorded])
    _find_lost_relations(parts, parent)
    parts.rows.sort(key=lambda row: (getattr(row, "position", 0), row.pk))
    return parts


def _state_in(span: VersionSpan, entries: Sequence[Any]) -> Any | None:
    """The entry with the part's content at the end of the span; None where it did not exist."""
    until = [entry for entry in entries if span.end is None or entry.history_date < span.end]
    if span.is_last:  # parts are deleted a moment before their row
        while until and until[-1].history_type == DELETED and until[-1].history_date >= span.begin:
            until.pop()
    if until:
        return until[-1] if until[-1].history_type != DELETED else None
    return entries[0] if entries[0].history_type != "+" else None  # it was made without an entry


def _current(model, parent, pk):
    return model._default_manager.filter(**{f"{parent}_id": pk})


def _find_lost_relations(parts, parent):
    relations = [relation for relation in foreign_keys(parts.model) if relation.name != parent]
    prefetch_related_objects(parts.rows, *(relation.name for relation in relations))
    for row in parts.rows:
        if lost := [relation for relation in relations if is_lost(row, relation)]:
            parts.lost[row.pk] = lost


def foreign_keys(model: type[models.Model]) -> list[Any]:
    return [relation for relation in model._meta.concrete_fields if relation.is_relation]


def is_lost(row: models.Model, relation: Any) -> bool:
    """Whether it names a row that was deleted since."""
    if getattr(row, relation.attname) is None:
        return False
    try:
        return getattr(row, relation.name) is None
    except relation.related_model.DoesNotExist:
        return True


def name_of(row: models.Model) -> str:
    """Of a row of an old version, best with its relations prefetched: what it is named after may be deleted."""
    lost = [key for key in foreign_keys(type(row)) if not key.null and key.is_cached(row) and is_lost(row, key)]
    if lost:
        return f"{row._meta.verbose_name} of a deleted {lost[0].verbose_name}"
    try:
        return str(row)
    except ObjectDoesNotExist:
        return f"{row._meta.verbose_name} no. {row.pk}"


# -- Many-to-many relations, which django-simple-history keeps with each version


def related_keys(version: Any, relation: Any) -> list[int]:
    return list(getattr(version, relation.name).values_list(f"{relation.m2m_reverse_field_name()}_id", flat=True))


def show_relations_of_version(row: models.Model, version: Any) -> None:
    """Makes the row, an instance of an old version, answer with the relations of that version instead of today's."""
    cache = row.__dict__.setdefault("_prefetched_objects_cache", {})
    for relation in version._history_m2m_fields:
        cache[relation.name] = relation.related_model._default_manager.filter(pk__in=related_keys(version, relation))


def lost_related(version: Any) -> dict[str, list[str]]:
    """{name of a many-to-many relation: names of rows deleted since}"""
    lost = {}
    for relation in version._history_m2m_fields:
        model, keys = relation.related_model, related_keys(version, relation)
        missing = sorted(set(keys) - set(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)))
        if missing:
            lost[str(relation.verbose_name)] = [name_of_deleted(model, key) for key in missing]
    return lost


def name_of_deleted(model: Any, key: Any) -> str:
    history = getattr(model, "history", None)
    entry = history and history.filter(id=key).order_by("-history_date", "-history_id").first()
    return name_of(entry.instance) if entry else f"no. {key}"


# -- Restoring


def restore_parts(parts: PartsThen, parent: str, pk: Any, *, by: Any, reason: str) -> None:
    """Makes the parts of a row what they were. Raises ValidationError, with the part and the reason, if one is refused.

    Rows that cannot be restored are left out. Relations to deleted rows are left empty.
    """
    then = {row.pk: row for row in parts.rows}
    left_out = {row.pk for row in parts.unrestorable()}
    now = {row.pk: row for row in _current(parts.model, parent, pk)}
    for key, row in now.items():
        if key not in then:
            set_history_note(row, by=by, reason=reason)
            row.delete()
    blocked = []
    for key, row in then.items():
        if key in left_out or (key in now and not differing_fields(row, now[key])):
            continue
        for relation in parts.lost.get(key, ()):
            setattr(row, relation.name, None)
        row._state.adding = key not in now
        set_history_note(row, by=by, reason=reason)
        try:
            _save(row)
        except ValidationError:
            blocked.append(row)
    _exchange(blocked, now)


def _exchange(rows, now):
    """Rows that took over each other's unique values: all are taken out, then put back."""
    for row in rows:
        if row.pk in now:
            type(row)._default_manager.get(pk=row.pk).delete()
            row._state.adding = True
    for row in rows:
        _save(row)


def _save(row):
    try:
        row.full_clean()
        with transaction.atomic():
            row.save()
    except (ValidationError, IntegrityError) as error:
        why = " ".join(
            getattr(error, "messages", ["Another row already has these values. Change or remove one of them."])
        )
        raise ValidationError(f"{row._meta.verbose_name} “{row}”: {why}".capitalize()) from error


def differing_fields(row: models.Model, other: models.Model) -> list[Any]:
    """Without timestamps, which the portal sets."""
    return [
        column
        for column in row._meta.concrete_fields
        if not is_timestamp(column) and getattr(row, column.attname) != getattr(other, column.attname)
    ]


def is_timestamp(column: models.Field) -> bool:
    return bool(getattr(column, "auto_now", False) or getattr(column, "auto_now_add", False))


def has_same_rows(parts: PartsThen, rows: Iterable[models.Model]) -> bool:
    now, then = {row.pk: row for row in rows}, {row.pk: row for row in parts.rows}
    return now.keys() == then.keys() and not any(differing_fields(row, now[key]) for key, row in then.items())
