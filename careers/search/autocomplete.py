"""Completes titles while a visitor types: rows whose titles start with the text, or contain words that do."""

from typing import Any

from tantivy import Occur, Query, Searcher

from . import sync
from .conditions import Terms
from .schema import schema
from .text import WORD_ANALYZER, normalize_title

MIN_CHARACTERS = 2
MAX_WORDS = 6
MAX_EXPANSIONS = 100  # words, and whole titles, that a prefix may stand for


def complete_titles(typed: str, kinds: list[str], limit: int) -> dict[str, list[int]]:
    """{kind: primary keys}, at most `limit` of each; titles that start with the whole text come first.

    All words must occur in a title, the last one as a prefix. Raises sync.SearchUnavailableError.
    """
    words = WORD_ANALYZER.analyze(typed)[:MAX_WORDS]
    if len("".join(words)) < MIN_CHARACTERS:
        return {}
    searcher = sync.current_index().searcher
    with sync.reading():
        query = _title_query(words, normalize_title(typed), searcher)
        return {kind: _pks(searcher, query.and_must_match(Terms("kind", (kind,)).to_query()), limit) for kind in kinds}


def _title_query(words: list[str], typed_title: str, searcher: Searcher) -> Query:
    *whole, last = words
    parts = [
        (Occur.Must, Query.const_score_query(Query.term_query(schema(), "title_words", word, "basic"), 0.0))
        for word in whole
    ]
    parts.append((Occur.Must, Query.const_score_query(_prefix_query("title_words", last, searcher), 0.0)))
    starts_with = _prefix_query("exact_title", typed_title, searcher)
    return Query.boolean_query([*parts, (Occur.Should, Query.const_score_query(starts_with, 1.0))])


def _prefix_query(field: str, prefix: str, searcher: Searcher) -> Query:
    terms = [term for term, _ in searcher.terms_with_prefix(field, prefix, limit=MAX_EXPANSIONS)]
    return Query.term_set_query(schema(), field, terms) if terms else Query.empty_query()


def _pks(searcher: Searcher, query: Query, limit: int) -> list[int]:
    hits = searcher.search(query, limit=limit, count=False).hits
    pks: Any = searcher.fast_field_values("pk", [address for _, address in hits])
    return pks
