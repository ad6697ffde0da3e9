"""What a visitor may mean while typing: rows whose titles begin so, or have a word that does."""

from tantivy import Occur, Query

from . import sync
from .query import AnyOf
from .schema import SCHEMA, WORDS, as_typed

LEAST = 2  # characters, before which nothing is suggested
MOST_WORDS = 6
MOST_ENDINGS = 100  # words, and whole titles, that a beginning may stand for


def begun(typed, kinds, limit) -> dict[str, list[int]]:
    """{kind: keys}, at most `limit` of each; those whose title begins with all that was typed come first.

    Raises sync.UnavailableError.
    """
    words = WORDS.analyze(typed)[:MOST_WORDS]
    if len("".join(words)) < LEAST:
        return {}
    searcher = sync.reader().searcher
    try:
        query = _query(words, as_typed(typed), searcher)
        return {kind: _keys(searcher, query.and_must_match(AnyOf("kind", (kind,)).compiled()), limit) for kind in kinds}
    except (OSError, ValueError) as error:
        sync.forget()
        raise sync.UnavailableError(str(error)) from error


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
    terms = [term for term, _ in searcher.terms_with_prefix(field, start, limit=MOST_ENDINGS)]
    return Query.term_set_query(SCHEMA, field, terms) if terms else Query.empty_query()


def _keys(searcher, query, limit):
    hits = searcher.search(query, limit=limit, count=False).hits
    return searcher.fast_field_values("pk", [address for _, address in hits])
