"""Similar rows: those that share words of a title and values of facets, most shared first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tantivy import Occur, Query, Searcher

from . import sync
from .conditions import Not, Terms, to_microseconds, visible_at
from .schema import NEWEST, schema
from .text import STEM_ANALYZER

CANDIDATES = 60  # with the best scores; equal scores are sorted by newest
MAX_WORDS = 40
TITLE_WEIGHT = 2.0


@dataclass(frozen=True)
class SharedValues:
    """A point for each of these values of a facet. With `by_rarity` rare values count more than common ones."""

    name: str
    values: tuple[str | int, ...]
    weight: float
    by_rarity: bool = False

    def to_queries(self) -> Iterator[Query]:
        for value in self.values:
            query = Query.term_query(schema(), self.name, value, "basic")
            yield Query.boost_query(query if self.by_rarity else Query.const_score_query(query, 1.0), self.weight)


@dataclass(frozen=True)
class SimilarityRequest:
    """`title` is compared word by word; rows with a value of `exclude` and the row `exclude_pk` are left out.

    `within`, a facet's name and value, restricts the result to its rows, which then need share nothing else: a cheaper query
    where many rows share a little.
    """

    kind: str
    title: str = ""
    shared: tuple[SharedValues, ...] = ()
    within: tuple[str, str] | None = None
    exclude: Mapping[str, str] = field(default_factory=dict)
    exclude_pk: int | None = None


class SimilarRows(NamedTuple):
    """Primary keys, most similar first; `row_cache` as in query.SearchResult."""

    pks: list[int]
    row_cache: dict


def find_similar(request: SimilarityRequest, *, at: datetime, limit: int) -> SimilarRows:
    """Similar rows that are visible at that time. Raises sync.SearchUnavailableError."""
    snapshot = sync.current_index().snapshot
    scored = list(_scored_queries(request))
    if not scored and not request.within:
        return SimilarRows([], snapshot.row_cache)
    any_shared = Query.boolean_query([(Occur.Should, query) for query in scored])
    needed = Occur.Should if request.within else Occur.Must
    query = Query.boolean_query([*_filters(request, at), (needed, any_shared)])
    with sync.reading():
        return SimilarRows(_best(snapshot.searcher, query, limit), snapshot.row_cache)


def _scored_queries(request: SimilarityRequest) -> Iterator[Query]:
    for stem in list(dict.fromkeys(STEM_ANALYZER.analyze(request.title)))[:MAX_WORDS]:
        yield Query.boost_query(Query.term_query(schema(), "title", stem), TITLE_WEIGHT)
    for shared in request.shared:
        yield from shared.to_queries()


def _filters(request: SimilarityRequest, at: datetime) -> list[tuple[Occur, Query]]:
    queries = [Terms("kind", (request.kind,)).to_query(), *visible_at(to_microseconds(at))]
    queries += [Not(Terms(name, (value,))).to_query() for name, value in request.exclude.items()]
    if request.within:
        name, value = request.within
        queries.append(Terms(name, (value,)).to_query())
    filters = [(Occur.Must, Query.const_score_query(query, 0.0)) for query in queries]
    if request.exclude_pk is not None:
        key = f"{request.kind}:{request.exclude_pk}"
        filters.append((Occur.MustNot, Query.term_query(schema(), "key", key, "basic")))
    return filters


def _best(searcher: Searcher, query: Query, limit: int) -> list[int]:
    hits = searcher.search(query, limit=max(limit, CANDIDATES), count=False).hits
    addresses = [address for _, address in hits]
    rows: Any = zip(
        [round(score, 3) for score, _ in hits],
        searcher.fast_field_values(NEWEST, addresses),
        searcher.fast_field_values("pk", addresses),
        strict=True,
    )
    return [pk for _, _, pk in sorted(rows, reverse=True)][:limit]
