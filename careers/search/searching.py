"""A question to the index, and its answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tantivy import FieldType, Occur, Order, Query

from . import sync, text
from .schema import SCHEMA

RELEVANCE = "relevance"
DEEPEST = 10_000  # hits from the first that can be paged to


# -- Conditions: what can be asked of a document besides its words


@dataclass(frozen=True)
class AnyOf:
    """One of the values of a facet is one of these."""

    name: str
    values: tuple[str, ...]

    def compiled(self):
        if len(self.values) == 1:
            return Query.term_query(SCHEMA, self.name, self.values[0], "basic")
        return Query.term_set_query(SCHEMA, self.name, list(self.values)) if self.values else Query.empty_query()


@dataclass(frozen=True)
class Between:
    """A number from `low` to `high`, both included; None leaves that end open."""

    name: str
    low: int | None = None
    high: int | None = None

    def compiled(self):
        return Query.range_query(SCHEMA, self.name, FieldType.Integer, self.low, self.high)


@dataclass(frozen=True)
class Either:
    conditions: tuple

    def compiled(self):
        return Query.boolean_query([(Occur.Should, condition.compiled()) for condition in self.conditions])


@dataclass(frozen=True)
class Both:
    conditions: tuple

    def compiled(self):
        return Query.boolean_query([(Occur.Must, condition.compiled()) for condition in self.conditions])


@dataclass(frozen=True)
class Without:
    condition: object

    def compiled(self):
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.condition.compiled())])


@dataclass(frozen=True)
class Question:
    """`chosen` holds a condition a filter in use; the counts of a facet leave out the filter of its own name.

    `sort` is RELEVANCE or a number field, highest first; without words, relevance is `newest`.
    """

    kind: str
    text: str = ""
    chosen: Mapping[str, object] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    options: int = 50
    at: datetime | None = None


@dataclass(frozen=True)
class Answer:
    """`pks` of the rows on this page, in order."""

    total: int
    pks: list[int]
    facets: dict[str, dict[str, int]]


def microseconds(moment: datetime):
    """Since 1970, exact."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def ask(question: Question) -> Answer:
    """Raises sync.UnavailableError."""
    searcher = sync.reader().searcher
    try:
        return _Asking(question, searcher).answer()
    except (OSError, ValueError) as error:
        raise sync.lost(error) from error


class _Asking:
    def __init__(self, question, searcher):
        self.question, self.searcher = question, searcher
        self.clauses = text.clauses_of(question.text)
        self.always = [AnyOf("kind", (question.kind,)).compiled(), *shown_at(question.at or datetime.now(UTC))]
        self.words = text.matching(self.clauses, searcher)

    def query(self, *, leaving=None, ranked=False):
        """All documents asked for, without the filter `leaving`; conditions never touch the score."""
        chosen = [condition.compiled() for name, condition in self.question.chosen.items() if name != leaving]
        exact = [(Occur.Must, Query.const_score_query(part, 0.0)) for part in [*self.always, *chosen]]
        if not ranked:
            return Query.boolean_query([*self.words, *exact])
        return Query.boolean_query([*self.words, *exact, *text.ranking(self.clauses, self.searcher)])

    def answer(self):
        total, pks = self.page()
        return Answer(total, pks, self.counts())

    def page(self):
        question = self.question
        is_ranked = question.sort == RELEVANCE and any(not clause.is_excluded for clause in self.clauses)
        by = {} if is_ranked else {"order_by_field": "newest" if question.sort == RELEVANCE else question.sort}
        offset = min(question.offset, DEEPEST)
        found = self.searcher.search(
            self.query(ranked=is_ranked), limit=max(question.limit, 1), offset=offset, order=Order.Desc, **by
        )
        addresses = [address for _, address in found.hits][: question.limit]
        return found.count, self.searcher.fast_field_values("pk", addresses)

    def counts(self):
        """One pass for all facets whose own filter is not in use, and one for each of the others."""
        counts, plain = {}, [name for name in self.question.facets if name not in self.question.chosen]
        if plain:
            counts.update(self._counted(self.query(), plain))
        for name in self.question.facets:
            if name not in plain:
                counts.update(self._counted(self.query(leaving=name), [name]))
                counts[name].update(self._of_chosen(name, counts[name]))
        return counts

    def _of_chosen(self, name, counted):
        """Chosen values that are not among the best filled ones, with their counts."""
        base = self.query(leaving=name)
        values = [value for value in self.question.chosen[name].values if value not in counted]
        return {value: self._number(base.and_must_match(AnyOf(name, (value,)).compiled())) for value in values}

    def _number(self, query):
        return self.searcher.search(query, limit=1).count

    def _counted(self, query, names):
        asked = {name: {"terms": {"field": name, "size": self.question.options}} for name in names}
        found = self.searcher.aggregate(query, asked)
        return {name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]} for name in names}


def shown_at(at):
    """Opened, and not yet closed, at that moment."""
    now = microseconds(at)
    return [Between("opens", None, now).compiled(), Between("closes", now + 1, None).compiled()]
