"""A question to the index, and its answer."""

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property

from tantivy import FieldType, Occur, Order, Query

from . import parser, spelling, sync
from .documents import NEVER
from .highlight import Highlighter
from .schema import SCHEMA
from .spelling import SuggestedSearch

RELEVANCE, NEWEST = "relevance", "newest"
WORDS = "words"  # what is typed, as a filter that can be left out
ALL_VALUES = 10_000
EVERY_VALUE = 1_000_000  # of a facet in a segment: with fewer, counts of several segments add up to too little
NEAR = 10_000  # an offset beyond is held to the number of hits before they are asked for

_beside = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="facets")  # the engine counts without Python's lock


# -- Conditions: what can be asked of a document besides its words


@dataclass(frozen=True)
class Terms:
    """One of the values of a facet is one of these."""

    name: str
    values: tuple[str | int, ...]

    @property
    def parts(self):
        return {value: Terms(self.name, (value,)) for value in self.values}

    def compiled(self):
        if len(self.values) == 1:
            return Query.term_query(SCHEMA, self.name, self.values[0], "basic")
        return Query.term_set_query(SCHEMA, self.name, list(self.values)) if self.values else Query.empty_query()


@dataclass(frozen=True)
class Range:
    """A number from `low` to `high`, both included; None leaves that end open."""

    name: str
    low: int | None = None
    high: int | None = None

    def compiled(self):
        return Query.range_query(SCHEMA, self.name, FieldType.Integer, self.low, self.high)


@dataclass(frozen=True)
class Or:
    conditions: tuple

    def compiled(self):
        return Query.boolean_query([(Occur.Should, condition.compiled()) for condition in self.conditions])


@dataclass(frozen=True)
class NamedOptions:
    """One of these conditions, each of which is counted under its name."""

    parts: Mapping[str, object]

    def compiled(self):
        return Or(tuple(self.parts.values())).compiled()


@dataclass(frozen=True)
class And:
    conditions: tuple

    def compiled(self):
        return Query.boolean_query([(Occur.Must, condition.compiled()) for condition in self.conditions])


@dataclass(frozen=True)
class Not:
    condition: object

    def compiled(self):
        return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, self.condition.compiled())])


@dataclass(frozen=True)
class SearchRequest:
    """`chosen` holds a condition a filter in use; the counts of a facet leave out the filter of its own name.

    `sort` is RELEVANCE or a number field, highest first; without words, relevance is `newest`. Equally relevant ones come by
    the number field `ties`. Where `leads` is a condition, what meets it comes first in that order, all else follows newest
    first. A facet counts its `options` best filled values, or all where it is among `whole`. With fewer hits than
    `help_below` the answer says what else could be asked.
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
    ties: str = ""
    leads: object = None
    whole: tuple[str, ...] = ()
    help_below: int = 0


@dataclass(frozen=True)
class Suggestions:
    """Where little or nothing was found: the typed words spelt otherwise, likeliest first; and where nothing was, how many
    there are without one of the words, and without each filter, WORDS among them."""

    spelt: list[SuggestedSearch] = field(default_factory=list)
    shorter: list[SuggestedSearch] = field(default_factory=list)
    without: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchResult:
    """`pks` of the rows on this page, in order, the first of them at `offset`: past the end, of the last page. `marks` finds in
    a text what was asked for. `kept` is for what the caller works out from rows and may use again until one of them changes."""

    total: int
    pks: list[int]
    marks: Highlighter
    counting: Future
    kept: dict
    offset: int = 0
    help: Suggestions = field(default_factory=Suggestions)

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """How many a value of each facet. They are counted while the caller loads its rows, and waited for here. Raises
        sync.UnavailableError."""
        with _readable():
            return self.counting.result()


def to_microseconds(moment: datetime):
    """Since 1970, exact."""
    delta = moment - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def run_search(question: SearchRequest) -> SearchResult:
    """Raises sync.UnavailableError."""
    snapshot = sync.current_index().snapshot
    with _readable():
        return _Search(question, snapshot).answer()


@contextmanager
def _readable():
    """What the engine raises where its files are gone or harmed says that the index cannot answer."""
    try:
        yield
    except (OSError, ValueError) as error:
        raise sync.index_failed(error) from error


class _Search:
    def __init__(self, question, snapshot):
        self.question, self.snapshot, self.searcher = question, snapshot, snapshot.searcher
        self.now = to_microseconds(question.at or datetime.now(UTC))
        self.clauses = parser.parse_clauses(question.text)
        self.always = [Terms("kind", (question.kind,)).compiled(), *visible_at(self.now)]
        self.words = parser.match_clauses(self.clauses, self.searcher)

    def query(self, *, leaving=None, ranked=False):
        """All documents asked for, without the filter `leaving`; conditions never touch the score."""
        chosen = [condition.compiled() for name, condition in self.question.chosen.items() if name != leaving]
        exact = [(Occur.Must, Query.const_score_query(part, 0.0)) for part in [*self.always, *chosen]]
        words = [] if leaving == WORDS else self.words
        return Query.boolean_query(
            [*words, *exact, *(parser.boost_clauses(self.clauses, self.searcher) if ranked else ())]
        )

    def answer(self):
        counting = _beside.submit(self.counts)
        offset = self.question.offset
        if offset > NEAR:
            offset = self._within(offset, self._number(self.query()))
        total, pks = self.page(offset)
        if offset and offset >= total:
            offset = self._within(offset, total)
            total, pks = self.page(offset)
        marks = Highlighter.of(parser.resolve_prefixes(self.clauses, self.searcher))
        help = self.help(total) if total < self.question.help_below else Suggestions()
        return SearchResult(total, pks, marks, counting, self.snapshot.kept, offset, help)

    def _within(self, offset, total):
        """The offset, or where the last page begins: the engine takes memory for every hit before an offset, also past the
        end."""
        limit = max(self.question.limit, 1)
        return offset if offset < total else max(total - 1, 0) // limit * limit

    def page(self, offset):
        """(how many there are in all, the rows from `offset` on)"""
        question = self.question
        is_ranked = question.sort == RELEVANCE and any(not clause.is_excluded for clause in self.clauses)
        query, sort = self.query(ranked=is_ranked), NEWEST if question.sort == RELEVANCE else question.sort
        if question.leads is None:
            return self._cut(query, None if is_ranked else sort, offset, question.limit)
        leads = question.leads.compiled()
        leading, pks = self._cut(query.and_must_match(leads), sort, offset, question.limit)
        others = query.and_must_not_match(leads)
        following, more = self._cut(others, NEWEST, max(offset - leading, 0), question.limit - len(pks))
        return leading + following, pks + more

    def _cut(self, query, sort, offset, limit):
        """How many there are, and those from `offset` on, at any depth; by relevance where `sort` is None."""
        by = {"order_by_field": sort} if sort else {"weight_by_field": self.question.ties or None}
        found = self.searcher.search(query, limit=max(limit, 1), offset=offset, order=Order.Desc, **by)
        return found.count, self.searcher.fast_field_values("pk", [address for _, address in found.hits][:limit])

    def counts(self):
        """One pass for all facets whose own filter is not in use, and one for each of the others."""
        counts, plain = {}, [name for name in self.question.facets if name not in self.question.chosen]
        if plain:
            asks_for_all = not self.clauses and not self.question.chosen
            counts.update(self._counted_of_all(plain) if asks_for_all else self._counted(self.query(), plain))
        for name in self.question.facets:
            if name not in plain:
                counts.update(self._counted(self.query(leaving=name), [name]))
                counts[name].update(self._of_chosen(name, counts[name]))
        return counts

    def _counted_of_all(self, names):
        """The counts of the list without any filter, kept until a document is written, opens or closes."""
        question = self.question
        key = (question.kind, tuple(names), question.options, question.whole)
        since, until, counts = self.snapshot.counts.get(key, (0, 0, None))
        if not since <= self.now < until:
            counts = self._counted(self.query(), names)
            self.snapshot.counts[key] = (self.now, self._next_moment(), counts)
        return counts

    def _next_moment(self):
        """When the next document of this kind opens or closes."""
        moments = [NEVER]
        for name in ("opens", "closes"):
            later = Query.boolean_query(
                [(Occur.Must, self.always[0]), (Occur.Must, Range(name, self.now + 1).compiled())]
            )
            found = self.searcher.search(later, limit=1, count=False, order_by_field=name, order=Order.Asc).hits
            moments += self.searcher.fast_field_values(name, [address for _, address in found])
        return min(moments)

    def _of_chosen(self, name, counted):
        """Chosen values that are not among the best filled ones, with their counts."""
        base = self.query(leaving=name)
        parts = self.question.chosen[name].parts.items()
        return {
            value: self._number(base.and_must_match(part.compiled())) for value, part in parts if value not in counted
        }

    def _number(self, query):
        return self.searcher.search(query, limit=1).count

    def _counted(self, query, names):
        sizes = {name: ALL_VALUES if name in self.question.whole else self.question.options for name in names}
        asked = {
            name: {"terms": {"field": name, "size": size, "segment_size": EVERY_VALUE}} for name, size in sizes.items()
        }
        found = self.searcher.aggregate(query, asked)
        return {name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]} for name in names}

    def help(self, total):
        typed = self.question.text
        spelt = self._with_more_than(total, spelling.corrected_texts(typed, self.searcher))
        if total:
            return Suggestions(spelt)
        without = {name: self._number(self.query(leaving=name)) for name in (*self.question.chosen, WORDS)}
        if not self.clauses or not self.question.chosen:
            del without[WORDS]
        return Suggestions(spelt, self._with_more_than(0, spelling.shortened_texts(typed)), without)

    def _with_more_than(self, least, typed):
        """What is found with each of these words in place of the typed ones and the same filters."""
        asked = [replace(self.question, text=words) for words in typed]
        counted = [
            SuggestedSearch(other.text, self._number(_Search(other, self.snapshot).query()))
            for other in asked[: spelling.MAX_SUGGESTIONS]
        ]
        return [rewording for rewording in counted if rewording.total > least]


def visible_at(now):
    """Opened, and not yet closed, at that moment in microseconds."""
    return [Range("opens", None, now).compiled(), Range("closes", now + 1, None).compiled()]
