"""The change counter: one row (models.Clock), read and incremented by one statement each."""

import logging
import secrets
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from .models import Change, Clock

logger = logging.getLogger(__name__)

MAX_ROWS = 200_000  # of the log; older ones are deleted
PRUNE_INTERVAL = 100  # numbers

SELECT = "SELECT number, pruned, epoch FROM changes_clock WHERE id = 1"
INCREMENT = """
    INSERT INTO changes_clock (id, number, pruned, epoch) VALUES (1, 1, 0, %s)
    ON CONFLICT (id) DO UPDATE SET number = changes_clock.number + 1 RETURNING number
"""


class CounterState(NamedTuple):
    """State of the change counter. Equal states mean that no public content changed in between.

    `pruned`: changes up to this number are no longer in the log. `epoch` identifies the database.
    """

    number: int
    pruned: int
    epoch: str


INITIAL_STATE = CounterState(0, 0, "")  # before the first change


def read_state(using: str = DEFAULT_DB_ALIAS) -> CounterState:
    with connections[using].cursor() as cursor:
        cursor.execute(SELECT)
        row = cursor.fetchone()
    return CounterState(*row) if row else INITIAL_STATE


def state_to_keep_by() -> CounterState | None:
    """The state for which something may be kept in memory; None where nothing may.

    Inside a transaction the number may be rolled back and taken again by other content. Nor can the counter always be read.
    """
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return None
    try:
        return read_state()
    except DatabaseError:
        logger.warning("The change counter cannot be read; nothing is kept in memory.", exc_info=True)
        return None


def current_number() -> int:
    """The number of the newest committed change; 0 before the first one."""
    return read_state().number


def changes_since(number: int) -> list[Change]:
    """The changes after this number, oldest first. `key` is None where any row of the kind may have changed."""
    return list(Change.objects.filter(number__gt=number).order_by("number", "pk"))


def take_number(using: str) -> int:
    """The next number, for the current transaction. Locks the row: other writers wait until this transaction ends."""
    with connections[using].cursor() as cursor:
        cursor.execute(INCREMENT, [secrets.token_hex(8)])
        number = cursor.fetchone()[0]
    if number % PRUNE_INTERVAL == 0:
        prune(using)
    return number


def prune(using: str = DEFAULT_DB_ALIAS) -> None:
    """Delete all but the newest MAX_ROWS changes, whole numbers at a time."""
    log = Change.objects.using(using).order_by()
    newest = log.order_by("-pk").values_list("pk", flat=True).first()
    last = newest and log.filter(pk__lte=newest - MAX_ROWS).order_by("-pk").values_list("number", flat=True).first()
    if last:
        log.filter(number__lte=last).delete()
        Clock.objects.using(using).filter(pk=1).update(pruned=last)
