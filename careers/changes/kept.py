"""Values that a process keeps in memory until public content changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from .counter import CounterState, read_state

V = TypeVar("V")
KEPT: dict[str, tuple[CounterState, Any]] = {}


def keep(name: str, make: Callable[[], V], state: CounterState | None = None) -> V:
    """The value that `make` returned since the last change of public content; callers must not change it.

    It may depend on nothing else: not on the clock (for that: page_cache/kept_values.py), nor on the visitor. `state` is given
    where the caller has read it. Inside a transaction nothing is kept, since its change number may be rolled back and taken
    again by other content; nor while the change counter cannot be read.
    """
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return make()
    try:
        state = state or read_state()
    except DatabaseError:
        return make()
    if name not in KEPT or KEPT[name][0] != state:
        KEPT[name] = (state, make())
    return KEPT[name][1]
