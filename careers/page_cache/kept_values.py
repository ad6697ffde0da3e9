"""Values that pages share and that cost queries: kept in the process as long as a page rendered now would be."""

from collections.abc import Callable, Hashable
from datetime import datetime
from functools import partial
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.utils import timezone

from careers.changes.counter import state_to_keep_by

from .expiry import next_expiry

V = TypeVar("V")
MAX_VALUES = 1000


class KeptValues(Generic[V]):
    """{key: value}, forgotten when content changes or the clock changes pages (expiry.py)."""

    def __init__(self) -> None:
        self._kept: tuple[Any, datetime | None, dict[Hashable, V]] = (None, None, {})

    def get(self, request: HttpRequest, key: Hashable, make: Callable[[], V]) -> V:
        state = getattr(request, "counter_state", None) or state_to_keep_by()  # the first is set by middleware.py
        if state is None:
            return make()
        known, until, values = self._kept
        if known != state or until is None or timezone.now() >= until or len(values) >= MAX_VALUES:
            values = {}
            kept_until = getattr(request, "kept_until", None) or partial(next_expiry, timezone.now())
            self._kept = (state, kept_until(), values)
        if key not in values:
            values[key] = make()
        return values[key]
