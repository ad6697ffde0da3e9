"""Rows of imported tables as the page of an occupation shows them, and the release they come from."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from .models import ImportedQuerySet, Occupation, Release


def visible_rows(rows: Any, occupation: Occupation) -> ImportedQuerySet:
    """Rows of the current release; for a withdrawn occupation also those that were withdrawn with it."""
    if occupation.withdrawn_in_id is None:
        return rows.current()
    return rows.filter(Q(withdrawn_in__isnull=True) | Q(withdrawn_in=occupation.withdrawn_in_id))


def named_tuples(rows: ImportedQuerySet, *columns: str) -> list:
    """These columns and `release_id` as named tuples: building hundreds of model instances would take longer."""
    return list(rows.values_list(*columns, "release_id", named=True))


def newest_release(rows: Iterable, releases: dict[int, Release]) -> Release:
    return max((releases[pk] for pk in {row.release_id for row in rows}), key=lambda release: release.order)
