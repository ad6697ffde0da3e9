"""What is like something: rows that share words of a title and values of facets, those that share most first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tantivy import Occur, Query

from . import sync
from .query import Not, Terms, to_microseconds, visible_at
from .schema import SCHEMA, STEM_ANALYZER

CANDIDATES = 60  # best by score; among equals of them the newest come first
MAX_WORDS = 40
TITLE_WEIGHT = 2.0


@dataclass(frozen=True)
class SharedValues:
    """Any of these values of a facet. By rarity a seldom value weighs more than a common one; else each weighs the same."""

    name: str
    values: tuple[str | int, ...]
    weight: float
    by_rarity: bool = False

    def compiled(self):
        for value in self.values:
            query = Query.term_query(SCHEMA, self.name, value, "basic")
            yield Query.boost_query(query if self.by_rarity else Query.const_score_query(query, 1.0), self.weight)


@dataclass(frozen=True)
class SimilarityRequest:
    """`title` is compared word by word; rows of `without` and the row `but` are no answer.

    `within`, a facet's name and value, holds the answer to its rows, which then need share nothing else: the cheap question
    where many rows share a little.
    """

    kind: str
    title: str = ""
    shared: tuple[SharedValues, ...] = ()
    within: tuple[str, str] | None = None
    without: Mapping[str, str] = field(default_factory=dict)
    but: int | None = None


def find_similar(likeness: SimilarityRequest, *, at: datetime, limit: int) -> list[int]:
    """The pks of what is shown at that moment. Raises sync.UnavailableError."""
    points = list(_points(likeness))
    if not points and not likeness.within:
        return []
    needed = Occur.Should if likeness.within else Occur.Must
    searcher = sync.current_index().searcher
    try:
        return _best(searcher, Query.boolean_query([*_exact(likeness, at), (needed, _any(points))]), limit)
    except (OSError, ValueError) as error:
        raise sync.index_failed(error) from error


def _points(likeness):
    for stem in list(dict.fromkeys(STEM_ANALYZER.analyze(likeness.title)))[:MAX_WORDS]:
        yield Query.boost_query(Query.term_query(SCHEMA, "title", stem), TITLE_WEIGHT)
    for shared in likeness.shared:
        yield from shared.compiled()


def _any(queries):
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _exact(likeness, at):
    parts = [Terms("kind", (likeness.kind,)).compiled(), *visible_at(to_microseconds(at))]
    parts += [Not(Terms(name, (value,))).compiled() for name, value in likeness.without.items()]
    if likeness.within:
        name, value = likeness.within
        parts.append(Terms(name, (value,)).compiled())
    exact = [(Occur.Must, Query.const_score_query(part, 0.0)) for part in parts]
    if likeness.but is not None:
        exact.append((Occur.MustNot, Query.term_query(SCHEMA, "key", f"{likeness.kind}:{likeness.but}", "basic")))
    return exact


def _best(searcher, query, limit):
    hits = searcher.search(query, limit=max(limit, CANDIDATES), count=False).hits
    addresses = [address for _, address in hits]
    rows = zip(
        [round(score, 3) for score, _ in hits],
        searcher.fast_field_values("newest", addresses),
        searcher.fast_field_values("pk", addresses),
        strict=True,
    )
    return [pk for _, _, pk in sorted(rows, reverse=True)][:limit]
