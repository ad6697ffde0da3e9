"""GET forms whose filters are offered as facets: options with counts.

Several values of one filter are alternatives; a row has to meet all filters. The count of an option is the number of rows it
leads to, given the other filters.
"""

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import CharField, Count, F, QuerySet, Value
from django.utils.functional import cached_property

from .forms import FilterForm, LenientMultipleChoiceField
from .slugs import find_by_old_slug

SLUG = re.compile(r"[-\w]{1,100}")
MAX_VALUES = 30  # of one filter; further values are dropped
MAX_OPTIONS = 15  # of one facet; chosen options come on top


class SlugMultipleChoiceField(forms.Field):
    """Repeated slugs, old slugs included. Cleans to the rows; unknown slugs are dropped.

    `rows` is a function that returns the queryset, `label_field` the field that labels a row. With `needs_full_rows` the
    label needs more than that field, so the rows are loaded by a query of their own. `count_key` is the field by which the
    search index counts the rows: "slug" or "pk".
    """

    widget = forms.MultipleHiddenInput

    def __init__(
        self, rows: Callable[[], QuerySet], label_field="name", needs_full_rows=False, count_key="slug", **kwargs
    ):
        super().__init__(required=False, **kwargs)
        self.rows, self.label_field, self.needs_full_rows, self.loaded = rows, label_field, needs_full_rows, None
        self.count_key = count_key

    def valid_slugs(self, value):
        return [slug for slug in dict.fromkeys(value or []) if SLUG.fullmatch(slug)][:MAX_VALUES]

    def labelled_rows(self, values, facet, by="slug"):
        """(facet, pk, slug, label) of the rows with one of these values."""
        rows = (
            self.rows()
            .filter(**{f"{by}__in": values})
            .order_by()
            .annotate(facet=Value(facet, output_field=CharField()))
        )
        return rows.values_list("facet", "pk", "slug", self.label_field)

    def set_rows(self, rows):
        """Rows that were loaded together with those of other fields; their other columns are deferred."""
        model = self.rows().model
        names = (model._meta.pk.attname, "slug", self.label_field)
        self.loaded = [model.from_db(self.rows().db, names, row) for row in rows]

    def clean(self, value) -> list:
        slugs = self.valid_slugs(value)
        if not slugs:
            return []
        found = list(self.rows().filter(slug__in=slugs)) if self.loaded is None else self.loaded
        unknown = set(slugs) - {row.slug for row in found}
        return (
            found + self._by_old_slugs(sorted(unknown)) if unknown and hasattr(self.rows().model, "history") else found
        )

    def _by_old_slugs(self, slugs):
        renamed = [row for slug in slugs if (row := find_by_old_slug(self.rows().model, slug))]
        return list(self.rows().filter(pk__in=[row.pk for row in renamed]))


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    count: int | None  # None where it is not known
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    SHOWN_FIRST = 6
    template = ""  # for a facet that is not drawn as plain checkboxes

    @property
    def first(self):
        """The options shown without unfolding: the chosen ones, then those with the highest counts."""
        return self.options[: self.SHOWN_FIRST]

    @property
    def rest(self) -> list[Option]:
        return self.options[self.SHOWN_FIRST :]

    @property
    def is_rest_chosen(self) -> bool:
        return any(option.is_chosen for option in self.rest)


@dataclass(frozen=True)
class Chip:
    """A filter in use, with the query string of the search without it."""

    label: str
    value_label: str
    query: str


@dataclass(frozen=True)
class SearchLink:
    """Words that lead to another search of the same list. `total` is the number of rows it finds, where it is known."""

    words: str
    query: str
    total: int = 0
    is_chosen: bool = False


class FacetForm(FilterForm):
    """Reads a query string, filters the database by it and writes it back in one canonical spelling."""

    facets = ()  # names of the filters offered with counts, in the order of the page
    inputs = ("q",)  # other names that have an input of their own on the page
    outside_panel = ("q",)  # filters whose input stands above the panel of filters
    dependents = {}  # {filter: names that mean nothing without it}

    def full_clean(self):
        if self.is_bound:
            self._load_rows()
        super().full_clean()

    def _load_rows(self):
        """Loads the rows named by all SlugMultipleChoiceField fields in one query."""
        slugs_by_field = {
            name: slugs
            for name, field in self.fields.items()
            if isinstance(field, SlugMultipleChoiceField) and not field.needs_full_rows
            if (slugs := field.valid_slugs(field.widget.value_from_datadict(self.data, self.files, name)))
        }
        found = defaultdict(list)
        for name, *row in _union(
            self.fields[name].labelled_rows(slugs, name) for name, slugs in slugs_by_field.items()
        ):
            found[name].append(row)
        for name in slugs_by_field:
            self.fields[name].set_rows(found[name])

    @cached_property
    def sql_conditions(self):
        """{name of a filter in use: Q}. A condition on several rows of a relation has to be a subquery, so that no row comes
        twice."""
        raise NotImplementedError

    def filter(self, rows, skip=None):
        """The rows that meet all filters in use but the one named `skip`."""
        return rows.filter(*(condition for name, condition in self.sql_conditions.items() if name != skip))

    @cached_property
    def labels(self):
        """{filter: {value: label}} of the filters with fixed choices."""
        return {
            name: field.labels if isinstance(field, LenientMultipleChoiceField) else {}
            for name, field in self.fields.items()
        }

    def chosen(self, name):
        """{value in the query string: label} of one filter, empty where it is not in use."""
        entered, fixed = self.criteria[name], self.labels[name]
        if not isinstance(entered, list):
            return {str(entered): str(entered)} if entered else {}
        return {getattr(entry, "slug", entry): str(fixed.get(entry, entry)) for entry in entered}

    def pairs(self, without=None):
        """The search as (name, value) in canonical order, page excluded; optionally without one pair and its dependents."""
        dropped = self.dependents.get(without[0], ()) if without else ()
        return [pair for pair in self._pairs if pair != without and pair[0] not in dropped]

    @cached_property
    def _pairs(self):
        return [(name, value) for name in self.fields if name != "page" for value in self.chosen(name)]

    def query(self, without=None):
        """The canonical query string, without the page."""
        return urlencode(self.pairs(without))

    @property
    def chips(self) -> list[Chip]:
        return [
            Chip(str(self.fields[name].label or ""), self.chosen(name)[value], self.query(without=(name, value)))
            for name, value in self.pairs()
            if name not in self.display_fields
        ]

    @property
    def panel_count(self) -> int:
        """The number of filters in use that are set in the panel."""
        return sum(name not in {*self.display_fields, *self.outside_panel} for name, _ in self.pairs())

    @property
    def hidden_pairs(self):
        """(name, value) of filters in use that have no input on the page: they are sent as hidden inputs."""
        return [(name, value) for name, value in self.pairs() if name not in {*self.inputs, *self.facets}]


class FacetCounts:
    """Builds the facets of a form: options with counts, from the database or from counts of the search index."""

    def __init__(self, form):
        self.form = form

    def querysets(self, name, rows):
        """Querysets of (value, label, number) for the options of one facet; counts of the same value are added up."""
        raise NotImplementedError

    def extra_counts(self, rows):
        """{facet: {value: count}} of facets that cannot be counted by a single queryset."""
        return {}

    def from_database(self, rows) -> list[Facet]:
        """The facets of these rows, in one query."""
        counts, labels = defaultdict(lambda: defaultdict(int)), {}
        columns = ("facet", "value", "label", "number")
        querysets = [
            queryset.annotate(facet=Value(name, output_field=CharField())).values_list(*columns)
            for name in self.form.facets
            for queryset in self.querysets(name, self.form.filter(rows, skip=name))
        ]
        for name, value, label, number in _union(querysets):
            counts[name][value] += number
            labels[name, value] = label
        counts.update(self.extra_counts(rows))
        return [self.facet(name, counts[name], labels) for name in self.form.facets]

    def from_index(self, counts, known_rows) -> list[Facet]:
        """The facets from {facet: {value: count}} of the search index.

        `known_rows` is a cache of {(facet, value): (slug, label)}; rows missing in it are loaded with one query and added.
        """
        self._load_missing(counts, known_rows)
        labels, counted = {}, {name: defaultdict(int, counts[name]) for name in self.form.facets}
        for name in self._row_facets():
            rows = [
                (*known_rows[name, value], number)
                for value, number in counts[name].items()
                if (name, value) in known_rows
            ]
            counted[name] = defaultdict(int, {slug: number for slug, _, number in rows})
            labels |= {(name, slug): label for slug, label, _ in rows}
        return [self.facet(name, counted[name], labels) for name in self.form.facets]

    def uncounted(self) -> list[Facet]:
        """The options in use, and all of a short list of fixed choices, without counts."""
        return [Facet(name, self.form.fields[name].label, self._uncounted(name)) for name in self.form.facets]

    def _uncounted(self, name):
        chosen, fixed = self.form.chosen(name), self.form.labels[name]
        labels = chosen | (fixed if len(fixed) <= MAX_OPTIONS else {})
        return [Option(value, label, None, value in chosen) for value, label in labels.items()]

    def _load_missing(self, counts, known_rows):
        fields = self.form.fields
        missing = {
            name: [value for value in counts[name] if (name, value) not in known_rows] for name in self._row_facets()
        }
        querysets = [
            fields[name].labelled_rows(values, name, by=fields[name].count_key)
            for name, values in missing.items()
            if values
        ]
        for name, pk, slug, label in _union(querysets):
            known_rows[name, pk if fields[name].count_key == "pk" else slug] = slug, label

    def _row_facets(self):
        return [name for name in self.form.facets if isinstance(self.form.fields[name], SlugMultipleChoiceField)]

    def facet(self, name, counts, labels) -> Facet:
        """`labels` are {(facet, value): label} of values without a fixed label. Chosen options come first, then by count."""
        chosen, fixed = self.form.chosen(name), self.form.labels[name]

        def label(value):
            return chosen.get(value) or fixed.get(value) or labels.get((name, value), value)

        by_count = sorted(
            counts, key=lambda value: (-counts[value], fixed.get(value) or labels.get((name, value), value))
        )
        options = [
            Option(value, label(value), counts[value], value in chosen)
            for value in dict.fromkeys([*chosen, *by_count[:MAX_OPTIONS]])
        ]
        return Facet(name, self.form.fields[name].label, options)


def _union(querysets):
    """The rows of all querysets in one query; empty where there is no queryset."""
    first, *others = [*querysets] or [()]
    return first.union(*others, all=True) if others else first


def count_by_value(rows: QuerySet, value: str, label: str | None = None) -> QuerySet:
    """(value, label, number): the number of rows with each value; rows without a value are not counted."""
    rows = rows.order_by().filter(**{f"{value}__isnull": False}).exclude(**{value: ""})
    return (
        rows.annotate(value=F(value), label=F(label or value))
        .values("value", "label")
        .annotate(number=Count("pk", distinct=True))
    )


def join_with_or(words: list[str]) -> str:
    """'a', 'a or b', 'a, b or c'"""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
