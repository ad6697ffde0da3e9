"""Search for kinds with few rows: the keys of all matches, for lists that the database filters and orders further."""

import logging
from collections.abc import Callable

from django.db.models import QuerySet

from .query import SearchRequest, run_search
from .sync import SearchUnavailableError

log = logging.getLogger(__name__)
MAX_ROWS = 3000  # keys in one SQL statement
MAX_KEPT = 1000  # values; cards and entries of feeds take about 10 kB each


def matching_pks(kind: str, words: str) -> list[int] | None:
    """The keys of all rows that match these words; None if the index is unavailable or there are more than MAX_ROWS."""
    try:
        result = run_search(SearchRequest(kind, words, limit=MAX_ROWS))
    except SearchUnavailableError as error:
        log.warning("%s is searched without the index: %s", kind, error)
        return None
    return result.pks if result.total <= MAX_ROWS else None


def kept_values(kept: dict, pks: list[int], load: Callable[[list[int]], dict]) -> list:
    """The values of these keys, in order. `load` finds those that are not in `kept` yet, which is a part of a row cache.

    Keys without a value are skipped.
    """
    found = {pk: kept[pk] for pk in pks if pk in kept}
    if missing := [pk for pk in pks if pk not in found]:
        loaded = load(missing)
        if len(kept) > MAX_KEPT:
            kept.clear()
        kept |= loaded
        found |= loaded
    return [found[pk] for pk in pks if pk in found]


def rows_in_order(rows: QuerySet, pks: list[int]) -> list:
    """The rows of a queryset in the order of these keys; keys of deleted rows are skipped."""
    by_pk = {row.pk: row for row in rows.filter(pk__in=pks)}
    return [by_pk[pk] for pk in pks if pk in by_pk]
