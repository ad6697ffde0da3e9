"""What an import keeps in which table, and the one form in which values of a file and of the database are compared."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.db import models
from django.db.backends.base.operations import BaseDatabaseOperations

from careers.occupations.models.release import Imported

encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class Part:
    """One table of a release.

    `key` tells its rows apart, `values` are compared. Both name fields of the model; a row of another table is named by
    what tells it apart there: ("occupation__code", "task_id"). `fixed` holds for all rows: {"kind": "alternate"}.
    `merge` makes one of two rows (dicts) with the same key and other values; None: they contradict each other.
    """

    name: str
    model: type[models.Model]
    key: tuple[str, ...]
    values: tuple[str, ...]
    fixed: Mapping = field(default_factory=dict)
    merge: Callable[[dict, dict], dict | None] | None = None

    @property
    def withdraws(self):
        """Whether a row that is gone is kept and hidden. Claims are deleted: each release has its own."""
        return issubclass(self.model, Imported)

    @cached_property
    def key_columns(self):
        return [Column(self.model, name) for name in self.key]

    @cached_property
    def value_columns(self):
        return [Column(self.model, name) for name in self.values]

    @cached_property
    def references(self):
        """{foreign key: what names its row}: {"occupation": ("code",)}"""
        found = {}
        for name in (*self.key, *self.values):
            relation, separator, lookup = name.partition("__")
            if separator:
                found[relation] = (*found.get(relation, ()), lookup)
        return found

    def existing(self, release):
        """The rows an import of this release compares with."""
        rows = self.model.objects.filter(**self.fixed).order_by()
        if self.withdraws:
            return rows
        return rows.filter(release=release) if release.pk else rows.none()

    def named(self, key, body):
        """The dict behind two texts of the staging area."""
        cells = zip((*self.key_columns, *self.value_columns), json.loads(key) + json.loads(body), strict=True)
        return {column.name: column.python(cell) for column, cell in cells}


class Column:
    """One value of a row: its form for comparing, and what may be wrong with it."""

    def __init__(self, model, name):
        self.name = name
        relation, _, lookup = name.partition("__")
        own = model._meta.get_field(relation)
        self.field = own.related_model._meta.get_field(lookup) if lookup else own
        self.may_be_null = own.null
        self.is_decimal = isinstance(self.field, models.DecimalField)
        self._smallest = Decimal(1).scaleb(-self.field.decimal_places) if self.is_decimal else None
        self._choices = {value for value, label in self.field.flatchoices} if self.field.choices else None
        self._range = BaseDatabaseOperations.integer_field_ranges.get(self.field.get_internal_type())
        self._may_be_blank = self.field.blank or not self.field.editable or self.may_be_null

    def form(self, value):
        """1, 1.0 and Decimal("1.00") of a field with two decimals are all "1.00"."""
        if value is None or not self.is_decimal:
            return value
        return str(value.quantize(self._smallest))

    def python(self, form):
        return Decimal(form) if self.is_decimal and form is not None else form

    def checked(self, value):
        """The form; ValueError in words for what the database would refuse."""
        if value is None:
            if not self.may_be_null:
                raise ValueError(f"{self.words} is missing")
            return None
        if isinstance(value, str):
            self._check_text(value)
        elif self.is_decimal:
            self._check_decimal(value)
        elif self._range and not self._range[0] <= value <= self._range[1]:
            raise ValueError(f"{self.words} {value} is not between {self._range[0]} and {self._range[1]}")
        return self.form(value)

    def _check_text(self, value):
        if not value and not self._may_be_blank:
            raise ValueError(f"{self.words} is empty")
        if self.field.max_length and len(value) > self.field.max_length:
            raise ValueError(f"{self.words} “{value[:40]}…” is longer than {self.field.max_length} characters")
        if self._choices and value and value not in self._choices:
            raise ValueError(f"{self.words} “{value}” is not known")

    def _check_decimal(self, value):
        try:
            fits = len(value.quantize(self._smallest).as_tuple().digits) <= self.field.max_digits
        except InvalidOperation:
            fits = False
        if not fits:
            raise ValueError(f"{self.words} {value} has more than {self.field.max_digits} digits")

    @property
    def words(self):
        return str(self.field.verbose_name)
