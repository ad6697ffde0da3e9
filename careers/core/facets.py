"""GET forms whose filters are offered as lists of options with counts.

Repeats of a name mean OR, different names AND. A count says how many rows an option leads to, given the other filters.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.db.models import CharField, Count, F, Value
from django.utils.functional import cached_property

from .forms import FilterForm, KnownChoices
from .redirects import current_by_old_slug

SLUG = re.compile(r"[-\w]{1,100}")
MANY = 30  # values of one name that are looked at


class KnownRows(forms.Field):
    """Repeated slugs of rows, old slugs too; unknown ones are dropped. Cleans to the rows themselves. `rows` is a function,
    `words` the field that names a row; where that is not all it takes to name one, `is_named_apart`. Elsewhere the values are
    `counted_by` this field of a row."""

    widget = forms.MultipleHiddenInput

    def __init__(self, rows, words="name", is_named_apart=False, counted_by="slug", **kwargs):
        super().__init__(required=False, **kwargs)
        self.rows, self.words, self.is_named_apart, self.looked_up = rows, words, is_named_apart, None
        self.counted_by = counted_by

    def slugs_in(self, value):
        return [slug for slug in dict.fromkeys(value or []) if SLUG.fullmatch(slug)][:MANY]

    def named(self, values, facet, by="slug"):
        """(facet, pk, slug, words) of the rows with one of these values."""
        rows = (
            self.rows()
            .filter(**{f"{by}__in": values})
            .order_by()
            .annotate(facet=Value(facet, output_field=CharField()))
        )
        return rows.values_list("facet", "pk", "slug", self.words)

    def take(self, rows):
        """Rows that were looked up with those of other fields; what else they hold is read when it is asked for."""
        model = self.rows().model
        names = (model._meta.pk.attname, "slug", self.words)
        self.looked_up = [model.from_db(self.rows().db, names, row) for row in rows]

    def clean(self, value):
        slugs = self.slugs_in(value)
        if not slugs:
            return []
        found = list(self.rows().filter(slug__in=slugs)) if self.looked_up is None else self.looked_up
        unknown = set(slugs) - {row.slug for row in found}
        return found + self._moved(sorted(unknown)) if unknown and hasattr(self.rows().model, "history") else found

    def _moved(self, slugs):
        """Rows whose address changed since the link was made."""
        moved = [row for slug in slugs if (row := current_by_old_slug(self.rows().model, slug))]
        return list(self.rows().filter(pk__in=[row.pk for row in moved]))


@dataclass(frozen=True)
class Option:
    value: str
    words: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    name: str
    label: str
    options: list[Option]

    AT_ONCE = 6
    template = ""  # of a facet with a part of its own

    @property
    def first(self):
        """What is shown at once: the chosen options, then the best filled ones."""
        return self.options[: self.AT_ONCE]

    @property
    def rest(self):
        return self.options[self.AT_ONCE :]

    @property
    def is_rest_chosen(self):
        return any(option.is_chosen for option in self.rest)


@dataclass(frozen=True)
class Chip:
    """One filter in use, and the query string without it."""

    label: str
    words: str
    query: str


class FacetForm(FilterForm):
    facets = ()
    options_offered = 15

    def full_clean(self):
        if self.is_bound:
            self._look_up()
        super().full_clean()

    def _look_up(self):
        """The rows that the query string names, of all fields at once: one query."""
        asked = {
            name: slugs
            for name, field in self.fields.items()
            if isinstance(field, KnownRows) and not field.is_named_apart
            if (slugs := field.slugs_in(field.widget.value_from_datadict(self.data, self.files, name)))
        }
        found = defaultdict(list)
        for name, *row in _all(self.fields[name].named(slugs, name) for name, slugs in asked.items()):
            found[name].append(row)
        for name in asked:
            self.fields[name].take(found[name])

    def conditions(self):
        """{name of a filter in use: Q}. A Q over several rows of one entry is a subquery, so that no entry comes twice."""
        raise NotImplementedError

    def counted(self, name, rows):
        """Querysets of (value, words, many) for the options of one facet; counts of one value are added up."""
        raise NotImplementedError

    def counted_apart(self, rows):
        """{facet: {value: count}} for facets that need a query of their own."""
        return {}

    def filter(self, rows, skip=None):
        for name, condition in self.conditions().items():
            if name != skip:
                rows = rows.filter(condition)
        return rows

    def offered(self, rows):
        """The facets with their options, best filled first; one query for all of them."""
        counts, words = defaultdict(lambda: defaultdict(int)), {}
        columns = ("facet", "value", "words", "many")
        asked = [
            counted.annotate(facet=Value(name, output_field=CharField())).values_list(*columns)
            for name in self.facets
            for counted in self.counted(name, self.filter(rows, skip=name))
        ]
        for facet, value, label, many in asked[0].union(*asked[1:], all=True):
            counts[facet][value] += many
            words[facet, value] = label
        counts.update(self.counted_apart(rows))
        return [self.facet(name, counts[name], words) for name in self.facets]

    def facets_from(self, counts, known):
        """The facets with their options from {name: {value: count}}, counted elsewhere.

        `known` holds {(name, value): (slug, words)} of rows, for as long as these stay as they are; one query adds those that
        are missing.
        """
        self._learn(counts, known)
        words, counted = {}, {name: defaultdict(int, counts[name]) for name in self.facets}
        for name in self._of_rows():
            rows = [(*known[name, value], many) for value, many in counts[name].items() if (name, value) in known]
            counted[name] = defaultdict(int, {slug: many for slug, _, many in rows})
            words |= {(name, slug): label for slug, label, _ in rows}
        return [self.facet(name, counted[name], words) for name in self.facets]

    def _learn(self, counts, known):
        missing = {name: [value for value in counts[name] if (name, value) not in known] for name in self._of_rows()}
        asked = (
            self.fields[name].named(values, name, by=self.fields[name].counted_by)
            for name, values in missing.items()
            if values
        )
        for name, pk, slug, label in _all(asked):
            known[name, pk if self.fields[name].counted_by == "pk" else slug] = slug, label

    def _of_rows(self):
        return [name for name in self.facets if isinstance(self.fields[name], KnownRows)]

    def facet(self, name, counts, words):
        chosen = self.spoken(name)
        known = self.wordings[name]
        found = sorted(counts, key=lambda value: (-counts[value], known.get(value) or words.get((name, value), value)))
        shown = dict.fromkeys([*chosen, *found[: self.options_offered]])
        options = [
            Option(
                value,
                chosen.get(value) or known.get(value) or words.get((name, value), value),
                counts[value],
                value in chosen,
            )
            for value in shown
        ]
        return Facet(name, self.fields[name].label, options)

    @cached_property
    def wordings(self):
        """{filter: {value: words}} of filters with known values."""
        return {name: field.words if isinstance(field, KnownChoices) else {} for name, field in self.fields.items()}

    def spoken(self, name):
        """{value in the query string: words} of one filter in use."""
        entered, known = self.criteria[name], self.wordings[name]
        if not isinstance(entered, list):
            return {str(entered): str(entered)} if entered else {}
        return {getattr(entry, "slug", entry): str(known.get(entry, entry)) for entry in entered}

    def pairs(self, without=None):
        return [pair for pair in self._pairs if pair != without]

    @cached_property
    def _pairs(self):
        return [(name, value) for name in self.fields if name != "page" for value in self.spoken(name)]

    def query(self, without=None):
        """The filters in use as a query string, always spelt the same way; without the page."""
        return urlencode(self.pairs(without))

    @property
    def chips(self):
        return [
            Chip(self.fields[name].label, self.spoken(name)[value], self.query(without=(name, value)))
            for name, value in self.pairs()
            if name not in self.ways
        ]

    @property
    def kept(self):
        """(name, value) of filters in use that the form does not offer as a field: they travel as hidden inputs."""
        return [(name, value) for name, value in self.pairs() if name not in {"q", *self.facets}]


def _all(querysets):
    """The rows of all of them: one query."""
    first, *others = [*querysets] or [()]
    return first.union(*others, all=True) if others else first


def counts_by(rows, value, words=None):
    """(value, words, many): how many of the rows hold each value; rows without one are left out."""
    rows = rows.order_by().filter(**{f"{value}__isnull": False}).exclude(**{value: ""})
    return (
        rows.annotate(value=F(value), words=F(words or value))
        .values("value", "words")
        .annotate(many=Count("pk", distinct=True))
    )


def either(words):
    """'a', 'a or b', 'a, b or c'"""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
