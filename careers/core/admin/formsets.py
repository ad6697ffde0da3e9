"""Formsets of rows edited below another row: how many rows they take, rows deleted in the meantime, and their order."""

import re

from django.db.models import Max
from django.forms import BaseFormSet
from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT
from django.http import QueryDict
from django.utils.functional import cached_property
from unfold.forms import PaginationInlineFormSet

from careers.core.ids import is_row_id

from .versions import is_timestamp
from .widgets import KeyAutocomplete

MAX_ADDED_ROWS = 100  # in one save; a request may name any number


class LimitedRowsMixin:
    """Takes the rows that are stored and MAX_ADDED_ROWS more: each form costs milliseconds."""

    default_error_messages = {
        "too_many_forms": "At most %(num)d rows can be saved at once. Remove some, save, then add the rest."
    }

    def limit_rows(self, stored):
        self.max_num = self.absolute_max = stored + MAX_ADDED_ROWS


class LimitedFormSet(LimitedRowsMixin, BaseFormSet):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit_rows(len(self.initial or []))


class EditorialFormSet(LimitedRowsMixin, PaginationInlineFormSet):
    """The rows of an inline.

    A row that somebody deleted after the form was opened becomes a new row, because the form still shows it. Marked for
    deletion, it is left out. Without this, Django refuses the form for a hidden field, without a visible error.

    An added row that exists by now is saved as the stored one. Django validates no constraint that names the parent.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.recreated = {}  # {prefix of a form: key of its deleted row}
        self.taken = {}  # {prefix of a form: the stored row that it adds once more}
        self.limit_rows(len(self.get_queryset()))
        self.holders = self._unique_rows() if self.is_bound else {}
        if self.is_bound and self.management_form.is_valid():
            self._match_stored_rows()

    def _match_stored_rows(self):
        counts = self.management_form.cleaned_data
        initial, total = counts[INITIAL_FORM_COUNT], counts[TOTAL_FORM_COUNT]
        if not 0 < initial <= total <= self.absolute_max:
            return
        stored = {str(row.pk): row for row in self.get_queryset()}
        keys = [self.data.get(f"{self.add_prefix(index)}-{self._pk_name}") for index in range(initial)]
        deleted = self._deleted_keys({key for key in keys if key} - stored.keys())
        gone = [index for index, key in enumerate(keys) if key in deleted]
        if gone:
            self._renumber(gone, initial, total)
        if all(key in stored or key in deleted for key in keys):
            # In the order of the forms: the admin pairs the two to name each row.
            self._queryset = [stored[key] for key in keys if key in stored]

    @property
    def _pk_name(self):
        return self.model._meta.pk.name

    def _deleted_keys(self, missing):
        """Those that no row has. Rows of other parents are left to Django, which ignores them."""
        missing = {key for key in missing if is_row_id(key)}
        if not missing:
            return set()
        known = self.model._base_manager.filter(pk__in=missing).values_list("pk", flat=True)
        return missing - {str(key) for key in known}

    def _renumber(self, gone, initial, total):
        """Puts the forms of deleted rows behind those of stored rows, as new ones."""
        again = [index for index in gone if not self.data.get(f"{self.add_prefix(index)}-DELETE")]
        kept = [index for index in range(initial) if index not in gone]
        order = {old: new for new, old in enumerate([*kept, *again, *range(initial, total)])}
        part = re.compile(rf"{re.escape(self.prefix)}-(0|[1-9][0-9]{{0,5}})-(.+)")
        data = QueryDict(mutable=True)
        for name, values in self.data.lists():
            match = part.fullmatch(name)
            if match is None:
                data.setlist(name, values)
            elif (old := int(match[1])) in order:
                is_old_key = old in gone and match[2] == self._pk_name
                data.setlist(f"{self.add_prefix(order[old])}-{match[2]}", [""] if is_old_key else values)
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = str(len(kept))
        data[f"{self.prefix}-{TOTAL_FORM_COUNT}"] = str(len(order))
        self.recreated = {
            self.add_prefix(order[index]): self.data[f"{self.add_prefix(index)}-{self._pk_name}"] for index in again
        }
        self.data = data
        del self.management_form  # a cached property

    # -- Rows that exist once

    @cached_property
    def unique_constraints(self):
        every = self.model._meta.total_unique_constraints
        return {constraint.name: constraint for constraint in every if self.fk.name in constraint.fields}

    def _unique_rows(self):
        """{(name of a constraint, values): stored row}"""
        return {key: row for row in self.get_queryset() for key in self._unique_keys(row)}

    def _unique_keys(self, row):
        for name, constraint in self.unique_constraints.items():
            values = tuple(getattr(row, self.model._meta.get_field(field).attname) for field in constraint.fields)
            if None not in values:
                yield name, values

    def clean(self):
        super().clean()
        holders = dict(self.holders)
        for form in self.initial_forms:
            self._refuse_unique_values_of_another(form, holders)
        for form in self.extra_forms:
            if form.has_changed() and form.is_valid() and not self._should_delete_form(form):
                self._take_or_refuse(form, holders)

    def _take_or_refuse(self, form, holders):
        """An added row is the stored one with the same values. A form has each only once, however it is written."""
        shown = {None, *(other.instance.pk for other in self.initial_forms)}
        for key in self._unique_keys(form.instance):
            if key in holders and holders[key].pk in shown:
                self._refuse(form, key)
            elif key in holders:
                self.taken[form.prefix] = holders[key]
            holders[key] = form.instance

    def _refuse(self, form, key):
        form.add_error(None, self.unique_constraints[key[0]].get_violation_error_message())

    def _refuse_unique_values_of_another(self, form, holders):
        """Rows are saved in the order of their forms, so a value is free once its row is deleted or changed."""
        if not form.is_valid() or not form.instance.pk:
            return
        keys = [] if self._should_delete_form(form) else list(self._unique_keys(form.instance))
        for key in keys:
            if holders.get(key, form.instance).pk != form.instance.pk:
                self._refuse(form, key)
        for key in [key for key, row in holders.items() if row.pk == form.instance.pk]:
            del holders[key]
        holders |= dict.fromkeys(keys, form.instance)

    def _save_over(self, row, form, commit):
        columns = {column.name: column.attname for column in self.model._meta.concrete_fields}
        names = [columns[name] for name in form.cleaned_data if name in columns and name != self._pk_name]
        values = {name: getattr(form.instance, name) for name in names}
        if any(getattr(row, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(row, name, value)
            form.instance = row
            return super().save_new(form, commit)
        return row

    def save_new(self, form, commit=True):
        if row := self.taken.get(form.prefix):
            return self._save_over(row, form, commit)
        if key := self.recreated.get(form.prefix):
            self._keep_hidden_fields(form.instance, key)
        return super().save_new(form, commit)

    def _keep_hidden_fields(self, row, key):
        """What the form does not show of a row that is made again, such as its key in a source."""
        if last := self.model.history.filter(**{self._pk_name: key}).order_by("-history_date", "-history_id").first():
            for column in last.tracked_fields:
                if not column.editable and not is_timestamp(column):
                    setattr(row, column.attname, getattr(last, column.attname))

    def add_fields(self, form, index):
        """Gives autocomplete widgets the labels of rows loaded with the queryset, which saves a query for each."""
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            is_loaded = isinstance(widget, KeyAutocomplete) and self.model._meta.get_field(name).is_cached(
                form.instance
            )
            if is_loaded and (related := getattr(form.instance, name)):
                widget.known_labels[str(related.pk)] = field.label_from_instance(related)


class SortableFormSet(EditorialFormSet):
    """Rows keep the order they were dragged into; a new row comes last."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if index is None or index >= self.initial_form_count():
            # Dragging numbers all rows. A new row that nobody filled in stays untouched.
            form.fields["position"].has_changed = _is_never_changed

    def save_new(self, form, commit=True):
        if row := self.taken.get(form.prefix):
            form.instance.position = row.position
        elif form.prefix not in self.recreated:
            rows = self.model._default_manager.filter(**{self.fk.name: self.instance})
            last = rows.aggregate(last=Max("position"))["last"]
            added = self.new_objects
            form.instance.position = max([-1 if last is None else last, *(row.position for row in added)]) + 1
        return super().save_new(form, commit)


def _is_never_changed(initial, data):
    return False
