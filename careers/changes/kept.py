"""Values that a process keeps in memory until public content changes."""

from collections.abc import Callable
from typing import Any, TypeVar

from .counter import CounterState, state_to_keep_by

V = TypeVar("V")
KEPT: dict[str, tuple[CounterState, Any]] = {}


def keep(name: str, make: Callable[[], V], state: CounterState | None = None) -> V:
    """The value that `make` returned since the last change of public content; callers must not change it.

    It may depend on nothing else: not on the clock (for that: page_cache/kept_values.py), nor on the visitor. `state` is given
    where the caller has read it.
    """
    state = state or state_to_keep_by()
    if state is None:
        return make()
    if name not in KEPT or KEPT[name][0] != state:
        KEPT[name] = (state, make())
    return KEPT[name][1]
