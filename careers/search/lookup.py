"""Rows of a small kind by words: all of them, for lists that the database filters and orders further."""

import logging

from .query import SearchRequest, run_search
from .sync import SearchUnavailableError

log = logging.getLogger(__name__)
MAX_ROWS = 3000  # keys, some times over in one statement


def matching_pks(kind, words):
    """The keys of all rows that the index finds by these words; None where it cannot answer, or they are too many to name."""
    try:
        answer = run_search(SearchRequest(kind, words, limit=MAX_ROWS))
    except SearchUnavailableError as error:
        log.warning("%s is searched without the index: %s", kind, error)
        return None
    return answer.pks if answer.total <= MAX_ROWS else None


def rows_in_order(rows, pks):
    """The rows of a queryset in the order of their keys. One that was deleted this instant is left out."""
    by_pk = {row.pk: row for row in rows.filter(pk__in=pks)}
    return [by_pk[pk] for pk in pks if pk in by_pk]
