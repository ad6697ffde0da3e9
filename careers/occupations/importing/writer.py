"""Writes the staged differences to the database in batches. Called in the transaction of a release."""

from typing import Any

from django.db.models import Model
from django.utils import timezone

from careers.core.text import fold_text
from careers.occupations.models import Release

from .staging import StagedTable
from .table_spec import TableSpec

BATCH = 500


def write_table(staged: StagedTable, release: Release) -> None:
    spec = staged.spec
    rows = RowBuilder(spec, release)
    for added in staged.added():
        spec.model.objects.bulk_create([rows.new(values) for values in added], batch_size=BATCH)
    for changed in staged.changed():
        updated = [rows.updated(pk, values) for pk, values in changed]
        spec.model.objects.bulk_update(updated, rows.updated_fields, batch_size=BATCH)
    for pks in staged.missing():
        for start in range(0, len(pks), BATCH):
            remove_rows(spec, pks[start : start + BATCH], release)
    if staged.report.moved:  # only of tables whose rows are withdrawn
        existing: Any = spec.existing(release)
        existing.current().exclude(release=release).update(release=release)


def remove_rows(spec: TableSpec, pks: list[int], release: Release) -> None:
    rows = spec.model.objects.filter(pk__in=pks)
    if spec.withdraws:
        rows.update(withdrawn_in=release)
    else:
        rows.delete()


class RowBuilder:
    """Makes model instances from the dicts of the staging area. Reads the keys of referenced tables once."""

    def __init__(self, spec: TableSpec, release: Release) -> None:
        names = {field.name for field in spec.model._meta.concrete_fields}
        self._spec = spec
        self._now = timezone.now()
        self._has_updated_at = "updated_at" in names
        self._release_values = {"release_id": release.pk}
        self.updated_fields = [*dict.fromkeys(name.partition("__")[0] for name in spec.values), "release"]
        if spec.withdraws:
            self.updated_fields.append("withdrawn_in")  # NULL again in a row that returns
        if "source" in names:
            self._release_values["source_id"] = release.source_id
            self.updated_fields.append("source")
        if self._has_updated_at:
            self.updated_fields.append("updated_at")
        self._has_title_key = "title_key" in names
        if self._has_title_key:
            self._title_key_length = spec.model._meta.get_field("title_key").max_length
            self.updated_fields.append("title_key")
        self._pks = {relation: self._read_pks(relation) for relation in spec.references}

    def _read_pks(self, relation: str) -> dict[tuple, list[int]]:
        """{key of a row of the referenced table: [primary keys]}"""
        pks: dict[tuple, list[int]] = {}
        model = self._spec.model._meta.get_field(relation).related_model
        for pk, *key in model.objects.order_by().values_list("pk", *self._spec.references[relation]).iterator():
            pks.setdefault(tuple(key), []).append(pk)
        return pks

    def new(self, values: dict[str, Any]) -> Model:
        return self._spec.model(**self._field_values(values), **self._spec.constants, **self._release_values)

    def updated(self, pk: int, values: dict[str, Any]) -> Model:
        row = self._spec.model(pk=pk, **self._field_values(values), **self._release_values)
        if self._has_updated_at:
            row.updated_at = self._now  # bulk_update() does not set auto_now fields
        return row

    def _field_values(self, values: dict[str, Any]) -> dict[str, Any]:
        own = {name: value for name, value in values.items() if "__" not in name}
        if self._has_title_key:
            own["title_key"] = fold_text(values["title"])[: self._title_key_length]
        for relation, lookups in self._spec.references.items():
            own[f"{relation}_id"] = self._find_pk(relation, tuple(values[f"{relation}__{name}"] for name in lookups))
        return own

    def _find_pk(self, relation: str, key: tuple) -> int | None:
        if all(value is None for value in key):
            return None
        [pk] = self._pks[relation][key]  # an unknown or ambiguous key is a mistake in the importer
        return pk
