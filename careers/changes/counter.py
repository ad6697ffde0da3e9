"""The clock row, read and moved by one statement each."""

import secrets
from typing import NamedTuple

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections

MAX_ROWS = 200_000  # of the log; what is older goes, at a round number
PRUNE_INTERVAL = 100  # numbers

READ = "SELECT number, pruned, epoch FROM changes_clock WHERE id = 1"
TAKE = """
    INSERT INTO changes_clock (id, number, pruned, epoch) VALUES (1, 1, 0, %s)
    ON CONFLICT (id) DO UPDATE SET number = changes_clock.number + 1 RETURNING number
"""


class CounterState(NamedTuple):
    """What the clock shows. Two equal readings: nothing public has changed between them."""

    number: int
    pruned: int
    epoch: str


INITIAL_STATE = CounterState(0, 0, "")  # before the first change


def read_state(using=DEFAULT_DB_ALIAS) -> CounterState:
    with connections[using].cursor() as cursor:
        cursor.execute(READ)
        row = cursor.fetchone()
    return CounterState(*row) if row else INITIAL_STATE


def current_number() -> int:
    """The number of the newest committed change; 0 before the first one."""
    return read_state().number


def epoch() -> str:
    """Names this database: whoever kept a number of another epoch starts from scratch."""
    return read_state().epoch


def oldest_number() -> int:
    """The number from which on the log is whole: who has applied less than the one before it starts from scratch."""
    return read_state().pruned + 1


def changes_since(number):
    """The changes after this number, in their order. `key` is None where any row of the kind may have changed."""
    return list(apps.get_model("changes.Change").objects.filter(number__gt=number).order_by("number", "pk"))


def take_number(using) -> int:
    """The next number, for the transaction under way; others who want one wait for its end."""
    with connections[using].cursor() as cursor:
        cursor.execute(TAKE, [secrets.token_hex(8)])
        number = cursor.fetchone()[0]
    if number % PRUNE_INTERVAL == 0:
        prune(using)
    return number


def prune(using=DEFAULT_DB_ALIAS):
    """Forget all but the newest KEPT_ROWS rows, whole numbers at a time."""
    log = apps.get_model("changes.Change").objects.using(using).order_by()
    newest = log.order_by("-pk").values_list("pk", flat=True).first()
    last = newest and log.filter(pk__lte=newest - MAX_ROWS).order_by("-pk").values_list("number", flat=True).first()
    if last:
        log.filter(number__lte=last).delete()
        apps.get_model("changes.Clock").objects.using(using).filter(pk=1).update(pruned=last)
