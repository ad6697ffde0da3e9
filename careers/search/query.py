"""A search: the request, how it is run on the index, and its result."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from tantivy import Occur, Order, Query

from . import matching, parser, spelling, sync
from .conditions import Condition, Range, Terms, any_of, known_values, to_microseconds, visible_at
from .documents import NEVER
from .highlight import Highlighter
from .index import Snapshot
from .matching import Meanings
from .schema import NEWEST
from .spelling import SuggestedSearch
from .text import WORD_ANALYZER

RELEVANCE = "relevance"
WORDS = "words"  # the typed words, as a filter that can be removed
ALL_VALUES = 10_000
SEGMENT_VALUES = 1_000_000  # of a facet; with fewer, counts of several segments add up to too little
FAR_OFFSET = (
    10_000  # the engine takes memory for each hit before an offset: larger ones are checked against the total first
)

_threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="facets")  # the engine counts without Python's lock


@dataclass(frozen=True)
class SearchRequest:
    """`filters` has a condition for each filter in use; the counts of a facet ignore the filter of its own name.

    `kind` may be several. `meanings` are conditions that stand for words of the text, besides the words themselves. A text in
    which nothing can be searched for finds nothing.

    `sort` is RELEVANCE or a number field, highest first; without words, relevance is NEWEST. Equal scores are sorted by the
    number field `tie_breaker`. Documents that meet the first condition of `leading` come first in that order, then those that
    meet the second, and so on; all others follow newest first. By relevance, `best_first` puts those that have all words in
    title or names before the others, and both go by score.
    A facet counts its `facet_size` most frequent values, or all of them if it is in `complete_facets`. With fewer hits than
    `suggest_below` the result has suggestions.
    """

    kind: str | tuple[str, ...]
    text: str = ""
    filters: Mapping[str, Condition] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = RELEVANCE
    offset: int = 0
    limit: int = 20
    facet_size: int = 50
    at: datetime | None = None
    tie_breaker: str = ""
    leading: tuple[Condition, ...] = ()
    best_first: bool = False
    complete_facets: tuple[str, ...] = ()
    suggest_below: int = 0
    meanings: Meanings = field(default_factory=dict)

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind,) if isinstance(self.kind, str) else self.kind


@dataclass(frozen=True)
class Suggestions:
    """Other searches where little was found: `corrected` spellings, likeliest first.

    Where nothing was found also `shortened` searches, which name the words they drop, and the totals `without` each filter
    (WORDS among them).
    """

    corrected: list[SuggestedSearch] = field(default_factory=list)
    shortened: list[SuggestedSearch] = field(default_factory=list)
    without: dict[str, int] = field(default_factory=dict)

    @property
    def best_shortened(self) -> SuggestedSearch | None:
        """What to show where nothing was found and no spelling is likelier."""
        return next(iter(self.shortened), None) if not self.corrected else None


@dataclass(frozen=True)
class SearchResult:
    """`pks` of the rows on this page, in order, the first of them at `offset`: for a page past the end, the last page.

    `leading` is how many rows of this page meet a condition that comes before all others; None where there is no such
    condition. `highlighter` marks the words in a text. `row_cache` is for what the caller derives from rows; it is valid
    until one of them changes.
    """

    total: int
    pks: list[int]
    highlighter: Highlighter
    facet_counts: "list[Future[dict[str, dict[str, int]]]]"
    row_cache: dict
    offset: int = 0
    suggestions: Suggestions = field(default_factory=Suggestions)
    leading: int | None = None

    @cached_property
    def facets(self) -> dict[str, dict[str, int]]:
        """{facet: {value: count}}. Counted in a thread while the caller loads its rows, and waited for here.

        Raises sync.SearchUnavailableError.
        """
        with sync.reading():
            return {name: counts for part in self.facet_counts for name, counts in part.result().items()}


def run_search(request: SearchRequest) -> SearchResult:
    """Raises sync.SearchUnavailableError."""
    return search_in(sync.current_index().snapshot, request)


def search_in(snapshot: Snapshot, request: SearchRequest) -> SearchResult:
    """The same in the documents of a snapshot, which may be of another index. Raises sync.SearchUnavailableError."""
    with sync.reading():
        return _Search(request, snapshot).run()


class _Search:
    def __init__(self, request: SearchRequest, snapshot: Snapshot):
        self.request, self.snapshot, self.searcher = request, snapshot, snapshot.searcher
        self.now = to_microseconds(request.at or datetime.now(UTC))
        self.clauses = parser.parse_clauses(request.text)
        self.fixed = [Terms("kind", request.kinds).to_query(), *visible_at(self.now)]
        self.groups = matching.group_clauses(self.clauses, self.searcher)
        self.words = matching.match_groups(self.groups, request.meanings, self.searcher)
        # Built before the facets are counted: each call of the engine would wait for the counting thread.
        self.boosts = matching.boost_groups(self.groups, self.searcher)
        self.marked = matching.marked_clauses(self.groups, self.searcher)
        if parser.is_unsearchable(request.text):
            self.words = [(Occur.Must, Query.empty_query())]

    def query(self, *, without: str | None = None, ranked: bool = False) -> Query:
        """All documents of the request, without the filter of this name; filters never change the score."""
        filters = [condition.to_query() for name, condition in self.request.filters.items() if name != without]
        exact = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in [*self.fixed, *filters]]
        words = [] if without == WORDS else self.words
        return Query.boolean_query([*words, *exact, *(self.boosts if ranked else ())])

    def run(self) -> SearchResult:
        facet_counts = [_threads.submit(count, names) for count, names in self.facet_passes()]
        offset = self.request.offset
        if offset > FAR_OFFSET:
            offset = self._valid_offset(offset, self._total(self.query()))
        total, pks, leading = self.page(offset)
        if offset and offset >= total:
            offset = self._valid_offset(offset, total)
            total, pks, leading = self.page(offset)
        highlighter = Highlighter.from_clauses(self.marked)
        suggestions = self.suggest(total) if total < self.request.suggest_below else Suggestions()
        return SearchResult(
            total, pks, highlighter, facet_counts, self.snapshot.row_cache, offset, suggestions, leading
        )

    def _valid_offset(self, offset: int, total: int) -> int:
        """The offset, or the start of the last page."""
        limit = max(self.request.limit, 1)
        return offset if offset < total else max(total - 1, 0) // limit * limit

    # -- Hits

    def page(self, offset: int) -> tuple[int, list[int], int | None]:
        """(total, keys of the rows from `offset`, how many of these lead)"""
        request = self.request
        is_ranked = request.sort == RELEVANCE and any(not clause.is_excluded for clause in self.clauses)
        query, order = self.query(ranked=is_ranked), None if is_ranked else request.sort
        if order == RELEVANCE:
            order = NEWEST
        leading = self._leading(is_ranked)
        if leading is None:
            return *self._slice(query, order, offset, request.limit), None
        return self._led_page(query, leading, order, offset)

    def _leading(self, is_ranked: bool) -> Sequence[Condition] | None:
        if is_ranked and self.request.best_first:
            return [matching.Named(self.groups, self.request.meanings, self.searcher)]
        if not self.request.leading:
            return None
        return [known for condition in self.request.leading if (known := known_values(condition, self.searcher))]

    def _led_page(
        self, query: Query, leading: Sequence[Condition], order: str | None, offset: int
    ) -> tuple[int, list[int], int]:
        """One slice after the other until the page is full; the total is then counted at once."""
        limit, before, pks = self.request.limit, 0, list[int]()
        for place, condition in enumerate(leading):
            part = query.and_must_match(Query.const_score_query(condition.to_query(), 0.0))
            part = part.and_must_not_match(any_of(leading[:place]).to_query()) if place else part
            number, found = self._slice(part, order, max(offset - before, 0), limit - len(pks))
            before, pks = before + number, pks + found
            if len(pks) == limit:
                return self._total(query), pks, limit
        others = query.and_must_not_match(any_of(leading).to_query())
        number, more = self._slice(others, order and NEWEST, max(offset - before, 0), limit - len(pks))
        return before + number, pks + more, len(pks)

    def _slice(self, query: Query, sort: str | None, offset: int, limit: int) -> tuple[int, list[int]]:
        """(total, keys from `offset`); sorted by relevance where `sort` is None."""
        order: dict[str, Any] = (
            {"order_by_field": sort} if sort else {"weight_by_field": self.request.tie_breaker or None}
        )
        found: Any = self.searcher.search(query, limit=max(limit, 1), offset=offset, order=Order.Desc, **order)
        pks: Any = self.searcher.fast_field_values("pk", [address for _, address in found.hits][:limit])
        return found.count, pks

    def _total(self, query: Query) -> int:
        """Scores would take twice as long as the count."""
        found: Any = self.searcher.search(Query.const_score_query(query, 0.0), limit=1)
        return found.count

    # -- Facet counts

    def facet_passes(self) -> Iterator[tuple[Callable[[list[str]], dict[str, dict[str, int]]], list[str]]]:
        """One pass for all facets whose own filter is not in use, and one for each of the others; they run side by side."""
        filtered = [name for name in self.request.facets if name in self.request.filters]
        if unfiltered := [name for name in self.request.facets if name not in filtered]:
            is_full_list = not self.request.text.strip() and not self.request.filters
            yield self._cached_counts if is_full_list else self._count_unfiltered, unfiltered
        yield from ((self._count_filtered, [name]) for name in filtered)

    def _count_unfiltered(self, names: list[str]) -> dict[str, dict[str, int]]:
        return self._count_values(self.query(), names)

    def _count_filtered(self, names: list[str]) -> dict[str, dict[str, int]]:
        [name] = names
        counts = self._count_values(self.query(without=name), names)
        counts[name].update(self._count_chosen(name, counts[name]))
        return counts

    def _cached_counts(self, names: list[str]) -> dict[str, dict[str, int]]:
        """The counts without any filter, cached until a document is written, opens or closes."""
        request = self.request
        key = (request.kind, tuple(names), request.facet_size, request.complete_facets)
        since, until, counts = self.snapshot.facet_counts.get(key, (0, 0, None))
        if not since <= self.now < until:
            counts = self._count_values(self.query(), names)
            self.snapshot.facet_counts[key] = (self.now, self._next_opening_or_closing(), counts)
        return counts

    def _next_opening_or_closing(self) -> int:
        moments: list[Any] = [NEVER]
        for name in ("opens", "closes"):
            later = [self.fixed[0], Range(name, self.now + 1).to_query()]
            query = Query.boolean_query([(Occur.Must, part) for part in later])
            found = self.searcher.search(query, limit=1, count=False, order_by_field=name, order=Order.Asc).hits
            moments += self.searcher.fast_field_values(name, [address for _, address in found])
        return min(moments)

    def _count_chosen(self, name: str, counts: Mapping[str, int]) -> dict[str, int]:
        """The counts of chosen values that are not among the most frequent ones."""
        base = self.query(without=name)
        condition: Any = self.request.filters[name]  # of a facet: it has options
        return {
            value: self._total(base.and_must_match(option.to_query()))
            for value, option in condition.options.items()
            if value not in counts
        }

    def _count_values(self, query: Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        aggregations = {
            name: {
                "terms": {
                    "field": name,
                    "size": ALL_VALUES if name in self.request.complete_facets else self.request.facet_size,
                    "segment_size": SEGMENT_VALUES,
                }
            }
            for name in names
        }
        found = self.searcher.aggregate(query, aggregations)
        return {name: {bucket["key"]: bucket["doc_count"] for bucket in found[name]["buckets"]} for name in names}

    # -- Suggestions

    def suggest(self, total: int) -> Suggestions:
        typed = self.request.text
        corrected = self._totals_above(total, spelling.corrected_texts(typed, self.searcher))
        if total:
            return Suggestions(corrected)
        without = {name: self._total(self.query(without=name)) for name in (*self.request.filters, WORDS)}
        if not self.clauses or not self.request.filters:
            del without[WORDS]
        return Suggestions(corrected, self._shortened(), without)

    def _shortened(self) -> list[SuggestedSearch]:
        """Searches that find something, without the words that find nothing alone, or without one more. First come those that
        keep the words with a meaning (places), then those with most hits."""
        pieces = spelling.droppable_pieces(self.request.text)
        known = [piece for piece in pieces if self._with_text(piece)]
        unknown = tuple(piece for piece in pieces if piece not in known)
        tries = [unknown] if unknown else [(*unknown, piece) for piece in known]
        found = self._without(tries) if known and len(pieces) > 1 else []
        if not found and unknown and len(known) > 1:
            found = self._without([(*unknown, piece) for piece in known])
        return sorted(found, key=lambda search: (self._drops_meaning(search.dropped), -search.total))

    def _drops_meaning(self, dropped: tuple[str, ...]) -> bool:
        return any(" ".join(WORD_ANALYZER.analyze(piece)) in self.request.meanings for piece in dropped)

    def _without(self, tries: Iterable[tuple[str, ...]]) -> list[SuggestedSearch]:
        texts = [(spelling.without_pieces(self.request.text, dropped), dropped) for dropped in tries]
        found = [SuggestedSearch(text, self._with_text(text), dropped) for text, dropped in texts]
        return [search for search in found if search.total]

    def _with_text(self, text: str) -> int:
        """The total of the same request with another text."""
        search = _Search(replace(self.request, text=text), self.snapshot)
        return self._total(search.query())

    def _totals_above(self, minimum: int, texts: Sequence[str]) -> list[SuggestedSearch]:
        """The totals of the same request with other texts, of those that find more than `minimum`."""
        suggested = [SuggestedSearch(text, self._with_text(text)) for text in texts[: spelling.MAX_SUGGESTIONS]]
        return [suggestion for suggestion in suggested if suggestion.total > minimum]
