"""Rows of a small kind by words: all of them, for lists that the database filters and orders further."""

import logging

from .query import Question, ask
from .sync import UnavailableError

log = logging.getLogger(__name__)
MOST = 3000  # keys, some times over in one statement


def keys_of(kind, words):
    """The keys of all rows that the index finds by these words; None where it cannot answer, or they are too many to name."""
    try:
        answer = ask(Question(kind, words, limit=MOST))
    except UnavailableError as error:
        log.warning("%s is searched without the index: %s", kind, error)
        return None
    return answer.pks if answer.total <= MOST else None


def in_order(rows, pks):
    """The rows of a queryset in the order of their keys. One that was deleted this instant is left out."""
    by_pk = {row.pk: row for row in rows.filter(pk__in=pks)}
    return [by_pk[pk] for pk in pks if pk in by_pk]
