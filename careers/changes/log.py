"""The changes recorded in the current transaction of a connection: its number, and the documents it changed.

A document is a row that readers know (a posting, a guide), given as its kind ("postings.posting") and primary key. A key of
None stands for all rows of the kind.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import partial

from django.db import connections, models, transaction

from . import counter
from .models import Change

MAX_KEYS = 20_000  # of one kind in one transaction; beyond that the whole kind counts as changed

Documents = dict[str, set[int | None]]


def transaction_log(connection) -> "TransactionLog":
    if not hasattr(connection, "changes_log"):
        connection.changes_log = TransactionLog(connections[connection.alias])
    return connection.changes_log


@contextmanager
def tracked_write(model: type[models.Model], *verbs: str, using: str) -> Iterator["TransactionLog"]:
    """Inside, the caller records what statements of these verbs on the model's table change; the SQL guard lets them pass."""
    connection = connections[using]
    log = transaction_log(connection)
    with ensure_transaction(connection):
        log.take_number()  # before the rows are read: the lock keeps other writers from changing them in between
        with log.handling([(verb, model._meta.db_table) for verb in verbs]):
            yield log


def ensure_transaction(connection) -> AbstractContextManager:
    """The current transaction, else a new one: number, log and change are committed together or not at all."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return nullcontext()
    return transaction.atomic(connection.alias)


class TransactionLog:
    def __init__(self, connection):
        self._connection = connection
        self._handled: Counter[tuple[str, str]] = Counter()  # (verb, table) of statements whose caller records them
        self.reset()

    def reset(self) -> None:
        """Start anew: the transaction ended, or was rolled back to a savepoint."""
        self._number: int | None = None
        self._on_commit: Callable[[], object] | None = None
        self._recorded: Documents = defaultdict(set)
        self._announced: Documents = defaultdict(set)
        self._announced_rows: Counter[str] = Counter()

    def take_number(self) -> int:
        """The number of this transaction, taken at its first change."""
        if self._number is None or not self._is_current():
            self.reset()
            self._number = counter.take_number(self._connection.alias)
            if self._connection.in_atomic_block:
                self._on_commit = partial(self.reset)
                transaction.on_commit(self._on_commit, using=self._connection.alias)
        return self._number

    def _is_current(self) -> bool:
        """False once the transaction, or the savepoint in which the number was taken, was rolled back.

        Django then drops the callbacks that wait for the commit. It has no public way to ask: `run_on_commit` is the only
        private attribute used in this app. `TestTransactions` in tests/changes/test_counter.py fails if it changes.
        """
        return any(callback is self._on_commit for _, callback, _ in self._connection.run_on_commit)

    def record(self, documents: Documents) -> None:
        """Write the documents to the log, each once in a transaction."""
        number, rows = self.take_number(), []
        for kind, keys in documents.items():
            recorded = self._recorded[kind]
            new = set() if None in recorded else keys - recorded
            if None in new or len(recorded) + len(new) > MAX_KEYS:
                new = {None}
            recorded |= new
            rows += [Change(number=number, kind=kind, key=key) for key in new]
        if rows:
            rows.sort(key=lambda change: (change.kind, change.key or 0))
            Change.objects.using(self._connection.alias).bulk_create(rows)

    def announce_deletion(self, table: str, documents: Documents) -> None:
        """A row of `table` will be deleted. Announced documents are recorded together, before the first statement."""
        self.take_number()
        self._announced_rows[table] += 1
        for kind, keys in documents.items():
            self._announced[kind] |= keys

    @contextmanager
    def handling(self, statements: Iterable[tuple[str, str]]) -> Iterator[None]:
        self._handled.update(statements)
        try:
            yield
        finally:
            self._handled.subtract(statements)

    def before_statement(self, verb: str, table: str, kinds: set[str], parameters: int) -> None:
        """Called before each statement on a public table. One that is neither handled nor announced changes the whole kind.

        A DELETE by Django has one parameter for each announced row.
        """
        self.take_number()
        if self._announced:
            announced, self._announced = self._announced, defaultdict(set)
            self.record(announced)
        if self._handled[verb, table] > 0:
            return
        if verb == "DELETE" and 0 < parameters <= self._announced_rows[table]:
            self._announced_rows[table] -= parameters
        else:
            self.record({kind: {None} for kind in kinds})
