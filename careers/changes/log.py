"""What the transaction under way on a connection has noted: its number, and the documents it changed."""

from collections import Counter, defaultdict
from contextlib import contextmanager, nullcontext
from functools import partial

from django.db import connections, transaction

from . import counter
from .models import Change

MAX_KEYS = 20_000  # of one kind in one transaction; past that, the whole kind counts as changed


def transaction_log(connection):
    if not hasattr(connection, "changes_journal"):
        connection.changes_journal = TransactionLog(connections[connection.alias])
    return connection.changes_journal


@contextmanager
def tracked_write(model, *verbs, using):
    """Statements of these verbs on the table of `model` are answered for: the caller notes what they change."""
    connection = connections[using]
    journal = transaction_log(connection)
    with ensure_transaction(connection):
        journal.take()  # before the rows are looked at, so that nobody changes them in between
        with journal.answering([(verb, model._meta.db_table) for verb in verbs]):
            yield journal


def ensure_transaction(connection):
    """The one under way, else one of its own: number, log and change are kept together or not at all."""
    if connection.in_atomic_block or not connection.get_autocommit():
        return nullcontext()
    return transaction.atomic(connection.alias)


class TransactionLog:
    def __init__(self, connection):
        self._connection = connection
        self._answered = Counter()  # statements somebody answers for
        self.forget()

    def forget(self):
        """Nothing was noted yet: the transaction ended, or went back to a savepoint."""
        self._number = None
        self._end = None
        self._noted = defaultdict(set)
        self._waiting = defaultdict(set)
        self._announced = Counter()

    def take(self):
        """The number of this transaction, taken at its first change."""
        if self._number is None or not self._stands():
            self.forget()
            self._number = counter.take_number(self._connection.alias)
            if self._connection.in_atomic_block:
                self._end = partial(self.forget)
                transaction.on_commit(self._end, using=self._connection.alias)
        return self._number

    def _stands(self):
        """Django drops what waits for the commit when a transaction, or the savepoint it came in, is rolled back."""
        return any(waiting is self._end for _, waiting, _ in self._connection.run_on_commit)

    def note(self, documents):
        """Write {kind: primary keys} to the log, each once in a transaction; None among the keys: the whole kind."""
        number, rows = self.take(), []
        for kind, keys in documents.items():
            noted = self._noted[kind]
            fresh = set() if None in noted else keys - noted
            if None in fresh or len(noted) + len(fresh) > MAX_KEYS:
                fresh = {None}
            noted |= fresh
            rows += [Change(number=number, kind=kind, key=key) for key in fresh]
        if rows:
            rows.sort(key=lambda change: (change.kind, change.key or 0))
            Change.objects.using(self._connection.alias).bulk_create(rows)

    def announce(self, table, documents):
        """A row of `table` is about to be deleted; noted with all others of the same act when the first one goes."""
        self.take()
        self._announced[table] += 1
        for kind, keys in documents.items():
            self._waiting[kind] |= keys

    @contextmanager
    def answering(self, statements):
        self._answered.update(statements)
        try:
            yield
        finally:
            self._answered.subtract(statements)

    def meet(self, verb, table, kinds, size):
        """Before a statement on a public table: one nobody answers for changes the whole kind, as far as we know."""
        self.take()
        if self._waiting:
            waiting, self._waiting = self._waiting, defaultdict(set)
            self.note(waiting)
        if self._answered[verb, table] > 0:
            return
        if verb == "DELETE" and 0 < size <= self._announced[table]:
            self._announced[table] -= size
        else:
            self.note({kind: {None} for kind in kinds})
