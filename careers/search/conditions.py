"""Conditions on the fields of a document, besides its words, and their translation to queries of the engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from typing import Protocol

from tantivy import FieldType, Occur, Query, Searcher

from .schema import schema


class Condition(Protocol):
    """`Terms` and `NamedOptions`, the conditions of facets, also have `options`: the condition of each chosen value."""

    def to_query(self) -> Query: ...


@dataclass(frozen=True)
class Terms:
    """At least one of the document's values of a facet is among these."""

    name: str
    values: tuple[str | int, ...]

    @property
    def options(self) -> Mapping[str | int, Condition]:
        return {value: Terms(self.name, (value,)) for value in self.values}

    def to_query(self) -> Query:
        if len(self.values) == 1:
            return Query.term_query(schema(), self.name, self.values[0], "basic")
        return Query.term_set_query(schema(), self.name, list(self.values)) if self.values else Query.empty_query()


@dataclass(frozen=True)
class Range:
    """A number from `low` to `high`, both included; None leaves that end open."""

    name: str
    low: int | None = None
    high: int | None = None

    def to_query(self) -> Query:
        return Query.range_query(schema(), self.name, FieldType.Integer, self.low, self.high)


@dataclass(frozen=True)
class Or:
    conditions: tuple[Condition, ...]

    def to_query(self) -> Query:
        return Query.boolean_query([(Occur.Should, condition.to_query()) for condition in self.conditions])


@dataclass(frozen=True)
class And:
    conditions: tuple[Condition, ...]

    def to_query(self) -> Query:
        return Query.boolean_query([(Occur.Must, condition.to_query()) for condition in self.conditions])


@dataclass(frozen=True)
class Not:
    condition: Condition

    def to_query(self) -> Query:
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.condition.to_query())])


@dataclass(frozen=True)
class NamedOptions:
    """One of several conditions. Each is an option of a facet, counted under its name."""

    options: Mapping[str, Condition]

    def to_query(self) -> Query:
        return Or(tuple(self.options.values())).to_query()


def any_of(conditions: Sequence[Condition]) -> Condition:
    """The values of one facet are looked up at once."""
    terms = [condition for condition in conditions if isinstance(condition, Terms)]
    if len(terms) < len(conditions) or len({each.name for each in terms}) != 1:
        return Or(tuple(conditions))
    return Terms(terms[0].name, tuple(chain.from_iterable(each.values for each in terms)))


def known_values(condition: Condition, searcher: Searcher) -> Condition | None:
    """Without the values that no document has, which take as long to look for; None where none is left."""
    if not isinstance(condition, Terms):
        return condition
    values = tuple(value for value in condition.values if searcher.doc_freq(condition.name, value))
    return replace(condition, values=values) if values else None


def to_microseconds(moment: datetime) -> int:
    """Since 1970, exact."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def visible_at(now: int) -> list[Query]:
    """Opened and not yet closed at `now`, in microseconds since 1970."""
    return [Range("opens", None, now).to_query(), Range("closes", now + 1, None).to_query()]
