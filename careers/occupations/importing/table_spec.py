"""Which fields of which table an import fills, and the common form in which file and database are compared."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet

from careers.occupations.models.release import Imported, Release

encode_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class TableSpec:
    """One table that a release fills.

    `key` are the fields that identify a row, `values` the fields that are compared. A row of another table is given by its
    own key: ("occupation__code", "task_id"). `constants` are the same in all rows: {"kind": "alternate"}.
    `merge` combines two rows (dicts) of the same key with different values; it returns None if they contradict each other.
    """

    name: str
    model: Any  # a model class
    key: tuple[str, ...]
    values: tuple[str, ...]
    constants: Mapping = field(default_factory=dict)
    merge: Callable[[dict, dict], dict | None] | None = None

    @property
    def withdraws(self) -> bool:
        """Whether rows missing from the release are marked as withdrawn. Figures are deleted: each release has its own."""
        return issubclass(self.model, Imported)

    @cached_property
    def key_columns(self) -> "list[Column]":
        return [Column(self.model, name) for name in self.key]

    @cached_property
    def value_columns(self) -> "list[Column]":
        return [Column(self.model, name) for name in self.values]

    @cached_property
    def references(self) -> dict[str, tuple[str, ...]]:
        """{foreign key: key fields of the other table}: {"occupation": ("code",)}"""
        found: dict[str, tuple[str, ...]] = {}
        for name in (*self.key, *self.values):
            relation, separator, lookup = name.partition("__")
            if separator:
                found[relation] = (*found.get(relation, ()), lookup)
        return found

    def existing(self, release: Release) -> QuerySet:
        """The rows in the database with which this release is compared."""
        rows = self.model.objects.filter(**self.constants).order_by()
        if self.withdraws:
            return rows
        return rows.filter(release=release) if release.pk else rows.none()

    def decode(self, key: str, body: str) -> dict[str, Any]:
        """The row, as a dict, of a key and a body of the staging area."""
        cells = zip((*self.key_columns, *self.value_columns), json.loads(key) + json.loads(body), strict=True)
        return {column.name: column.decode(cell) for column, cell in cells}


class Column:
    """One field of a table: converts values to the form in which they are compared, and validates them."""

    def __init__(self, model: Any, name: str) -> None:
        self.name = name
        relation, _, lookup = name.partition("__")
        own: Any = model._meta.get_field(relation)
        self.field: Any = own.related_model._meta.get_field(lookup) if lookup else own
        self.may_be_null = own.null
        self.is_decimal = isinstance(self.field, models.DecimalField)
        self._smallest = Decimal(1).scaleb(-self.field.decimal_places if self.is_decimal else 0)
        self._choices = {value for value, label in self.field.flatchoices} if self.field.choices else None
        self._range = BaseDatabaseOperations.integer_field_ranges.get(self.field.get_internal_type())
        self._may_be_blank = self.field.blank or not self.field.editable or self.may_be_null

    def encode(self, value: Any) -> Any:
        """1, 1.0 and Decimal("1.00") become "1.00" for a field with two decimals."""
        if value is None or not self.is_decimal:
            return value
        return str(value.quantize(self._smallest))

    def decode(self, encoded: Any) -> Any:
        return Decimal(encoded) if self.is_decimal and encoded is not None else encoded

    def validate(self, value: Any) -> Any:
        """The encoded value. Raises ValueError, with a message for people, if the database would reject it."""
        if value is None:
            if not self.may_be_null:
                raise ValueError(f"{self.label} is missing")
            return None
        if isinstance(value, str):
            self._check_text(value)
        elif self.is_decimal:
            self._check_decimal(value)
        elif self._range and not self._range[0] <= value <= self._range[1]:
            raise ValueError(f"{self.label} {value} is not between {self._range[0]} and {self._range[1]}")
        return self.encode(value)

    def _check_text(self, value: str) -> None:
        if not value and not self._may_be_blank:
            raise ValueError(f"{self.label} is empty")
        if self.field.max_length and len(value) > self.field.max_length:
            raise ValueError(f"{self.label} “{value[:40]}…” is longer than {self.field.max_length} characters")
        if self._choices and value and value not in self._choices:
            raise ValueError(f"{self.label} “{value}” is not known")

    def _check_decimal(self, value: Decimal) -> None:
        try:
            fits = len(value.quantize(self._smallest).as_tuple().digits) <= self.field.max_digits
        except InvalidOperation:
            fits = False
        if not fits:
            raise ValueError(f"{self.label} {value} has more than {self.field.max_digits} digits")

    @property
    def label(self) -> str:
        return str(self.field.verbose_name)
