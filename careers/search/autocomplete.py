"""What a visitor may mean while typing: rows whose titles begin so, or have a word that does."""

from tantivy import Occur, Query

from . import sync
from .query import Terms
from .schema import SCHEMA, WORD_ANALYZER, normalize_title

MIN_CHARACTERS = 2  # characters, before which nothing is suggested
MAX_WORDS = 6
MAX_EXPANSIONS = 100  # words, and whole titles, that a beginning may stand for


def complete_titles(typed, kinds, limit) -> dict[str, list[int]]:
    """{kind: keys}, at most `limit` of each; those whose title begins with all that was typed come first.

    Raises sync.UnavailableError.
    """
    words = WORD_ANALYZER.analyze(typed)[:MAX_WORDS]
    if len("".join(words)) < MIN_CHARACTERS:
        return {}
    searcher = sync.current_index().searcher
    try:
        query = _query(words, normalize_title(typed), searcher)
        return {kind: _keys(searcher, query.and_must_match(Terms("kind", (kind,)).compiled()), limit) for kind in kinds}
    except (OSError, ValueError) as error:
        sync.reset()
        raise sync.SearchUnavailableError(str(error)) from error


def _query(words, key, searcher):
    """Every word stands in a title, the last of them may be a beginning."""
    *whole, last = words
    parts = [
        (Occur.Must, Query.const_score_query(Query.term_query(SCHEMA, "begun", word, "basic"), 0.0)) for word in whole
    ]
    parts.append((Occur.Must, Query.const_score_query(_beginning("begun", last, searcher), 0.0)))
    return Query.boolean_query(
        [*parts, (Occur.Should, Query.const_score_query(_beginning("called", key, searcher), 1.0))]
    )


def _beginning(field, start, searcher):
    terms = [term for term, _ in searcher.terms_with_prefix(field, start, limit=MAX_EXPANSIONS)]
    return Query.term_set_query(SCHEMA, field, terms) if terms else Query.empty_query()


def _keys(searcher, query, limit):
    hits = searcher.search(query, limit=limit, count=False).hits
    return searcher.fast_field_values("pk", [address for _, address in hits])
