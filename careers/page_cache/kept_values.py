"""Values that pages share and that cost queries: kept in the process as long as a page rendered now would be."""

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpRequest
from django.utils import timezone

from careers.changes.counter import read_state

from .expiry import next_expiry

V = TypeVar("V")
MAX_VALUES = 1000


class KeptValues(Generic[V]):
    """{key: value}, forgotten when content changes or the clock changes pages (expiry.py)."""

    def __init__(self) -> None:
        self._kept: tuple[Any, datetime | None, dict[Hashable, V]] = (None, None, {})

    def get(self, request: HttpRequest, key: Hashable, make: Callable[[], V]) -> V:
        """`make()` is called anew inside a transaction, whose change number may be rolled back."""
        if connections[DEFAULT_DB_ALIAS].in_atomic_block:
            return make()
        try:
            state = getattr(request, "counter_state", None) or read_state()  # set by middleware.py
        except DatabaseError:
            return make()
        known, until, values = self._kept
        if known != state or until is None or timezone.now() >= until or len(values) >= MAX_VALUES:
            values = {}
            kept_until = getattr(request, "kept_until", None) or partial(next_expiry, timezone.now())
            self._kept = (state, kept_until(), values)
        if key not in values:
            values[key] = make()
        return values[key]
