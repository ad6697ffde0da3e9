"""Compares the rows of a release with those of the database in a temporary SQLite file, so that memory use stays small.

with Staging(report) as staging:
    tasks = staging.add_table(TASKS)
    for row in staging.rows(table):
        tasks.add({"occupation__code": row["O*NET-SOC Code"], ...}, row.where)
    staging.compare(release)
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from careers.files.errors import FileError
from careers.occupations.models import Release

from .report import CONFLICTS_SHOWN, Report, TableReport
from .table_spec import TableSpec, encode_json

T = TypeVar("T")
BATCH = 2_000
CACHE = 32_000  # KiB of the temporary file kept in memory

ADDED = "SELECT i.key, i.body FROM {i} i LEFT JOIN {e} e USING (key) WHERE e.key IS NULL ORDER BY i.number"
CHANGED = """
    SELECT i.key, i.body, e.pk FROM {i} i JOIN {e} e USING (key) WHERE e.is_withdrawn OR e.body <> i.body ORDER BY e.pk
"""
MISSING = "SELECT e.pk FROM {e} e LEFT JOIN {i} i USING (key) WHERE i.key IS NULL AND NOT e.is_withdrawn ORDER BY e.pk"
COUNT_MISSING = "SELECT count(*) FROM {e} e LEFT JOIN {i} i USING (key) WHERE i.key IS NULL AND NOT e.is_withdrawn"
COUNTS = """
    SELECT count(*) FILTER (WHERE e.key IS NULL), count(*) FILTER (WHERE NOT e.is_withdrawn AND e.body <> i.body),
        count(*) FILTER (WHERE e.is_withdrawn), count(*) FILTER (WHERE NOT e.is_withdrawn AND e.body = i.body),
        count(*) FILTER (WHERE NOT e.is_withdrawn AND e.body = i.body AND e.release IS NOT ?)
    FROM {i} i LEFT JOIN {e} e USING (key)
"""
DELETE_REPEATED = {
    "first": "DELETE FROM {i} WHERE number NOT IN (SELECT min(number) FROM {i} GROUP BY key, body)",
    "last": "DELETE FROM {i} WHERE number NOT IN (SELECT max(number) FROM {i} GROUP BY key, body)",
}


class Staging:
    """The staging area of one release.

    `keep` ("first", "last") decides between rows that contradict each other; `progress` wraps the rows of a table.
    """

    def __init__(self, report: Report, keep: str = "", progress: Callable[[Any], Iterator] = iter) -> None:
        self.report = report
        self.keep = keep
        self.tables: list[StagedTable] = []
        self._progress = progress

    def __enter__(self) -> "Staging":
        # SQLite keeps a database without a name in a file that the system deletes, even after a crash.
        self._scratch = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE}", "temp_store=FILE"):
            self._scratch.execute(f"PRAGMA {pragma}")
        return self

    def __exit__(self, *exception: object) -> None:
        self._scratch.close()

    def add_table(self, spec: TableSpec) -> "StagedTable":
        number = len(self.tables)
        self.tables.append(StagedTable(spec, self._scratch, number, self.report.add_table(spec.name), self.keep))
        return self.tables[-1]

    def rows(self, table: Any) -> Iterator:
        """The rows of a careers.files.tables table, with progress. Notes of its reader are added to the report."""
        self.report.notes += [f"{table.name}: {note}" for note in table.notes]
        return self._progress(table)

    def compare(self, release: Release) -> None:
        for table in self.tables:
            table.compare(release)


class StagedTable:
    """Incoming and existing rows of one table: add() the incoming ones, compare(), then read the differences."""

    def __init__(
        self, spec: TableSpec, scratch: sqlite3.Connection, number: int, report: TableReport, keep: str
    ) -> None:
        self.spec = spec
        self.report = report
        self._scratch = scratch
        self._keep = keep
        self._names = {"i": f"incoming_{number}", "e": f"existing_{number}"}
        self._waiting: list[tuple[str, str, str]] = []
        self._run("CREATE TABLE {i} (number INTEGER PRIMARY KEY, key TEXT, body TEXT, place TEXT)")
        self._run(
            "CREATE TABLE {e} (key TEXT PRIMARY KEY, body TEXT, pk INTEGER, is_withdrawn INTEGER, release INTEGER)"
            " WITHOUT ROWID"
        )

    def add(self, values: dict[str, Any], where: str) -> None:
        """A row with all key and value fields. `where` is its place in the file.

        Raises FileError for a value that the database would reject.
        """
        try:
            key = encode_json([column.validate(values[column.name]) for column in self.spec.key_columns])
            body = encode_json([column.validate(values[column.name]) for column in self.spec.value_columns])
        except ValueError as error:
            raise FileError(f"{where}: {error}") from error
        self._waiting.append((key, body, where))
        if len(self._waiting) >= BATCH:
            self._flush()

    def skip(self, reason: str, example: str) -> None:
        self.report.add_skip(reason, example)

    def skip_unknown(self, code: str) -> None:
        """A row of an occupation that is not listed: skipped, and counted for --max-unknown."""
        self.report.add_unknown(code)

    def compare(self, release: Release) -> None:
        self._flush()
        self._resolve_duplicates()
        self._run("CREATE UNIQUE INDEX {i}_key ON {i} (key)")
        self._load_existing(release)
        report = self.report
        counts = self._run(COUNTS, (release.pk,)).fetchone()
        report.added, report.changed, report.returned, report.unchanged, report.moved = counts
        report.withdrawn = self._run(COUNT_MISSING).fetchone()[0]

    def added(self) -> Iterator[list[dict[str, Any]]]:
        """New rows as batches of dicts, in the order of the file."""
        yield from self._batches(ADDED, lambda row: self.spec.decode(*row))

    def changed(self) -> Iterator[list[tuple[int, dict[str, Any]]]]:
        """Batches of (primary key, dict), including rows that were withdrawn and return."""
        yield from self._batches(CHANGED, lambda row: (row[2], self.spec.decode(row[0], row[1])))

    def missing(self) -> Iterator[list[int]]:
        """Batches of primary keys of rows that the release no longer has."""
        yield from self._batches(MISSING, lambda row: row[0])

    def _batches(self, query: str, read: Callable[[tuple], T]) -> Iterator[list[T]]:
        rows = self._run(query)
        while batch := rows.fetchmany(BATCH):
            yield [read(row) for row in batch]

    def _run(self, statement: str, values: tuple = ()) -> sqlite3.Cursor:
        return self._scratch.execute(statement.format(**self._names), values)

    def _flush(self) -> None:
        self._insert("INSERT INTO {i} (key, body, place) VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def _insert(self, statement: str, rows: Iterable[tuple]) -> None:
        self._scratch.execute("BEGIN")
        self._scratch.executemany(statement.format(**self._names), rows)
        self._scratch.execute("COMMIT")

    def _load_existing(self, release: Release) -> None:
        spec = self.spec
        state = ("withdrawn_in_id" if spec.withdraws else "release_id", "release_id")
        rows = spec.existing(release).values_list("pk", *state, *spec.key, *spec.values).iterator(chunk_size=BATCH)
        statement = "INSERT INTO {e} (key, body, pk, is_withdrawn, release) VALUES (?, ?, ?, ?, ?)"
        while batch := list(islice(rows, BATCH)):
            self._insert(statement, [self._as_existing(row) for row in batch])

    def _as_existing(self, row: tuple) -> tuple:
        spec = self.spec
        pk, withdrawn, release, *cells = row
        keys, values = cells[: len(spec.key)], cells[len(spec.key) :]
        return (
            encode_json([column.encode(cell) for column, cell in zip(spec.key_columns, keys, strict=True)]),
            encode_json([column.encode(cell) for column, cell in zip(spec.value_columns, values, strict=True)]),
            pk,
            spec.withdraws and withdrawn is not None,
            release,
        )

    def _resolve_duplicates(self) -> None:
        """Leaves one row per key: exact duplicates are deleted, others merged, chosen by `keep`, or reported as conflicts."""
        self._run("CREATE INDEX {i}_rows ON {i} (key, number)")
        if self._run("SELECT count(*) = count(DISTINCT key) FROM {i}").fetchone()[0]:
            return
        self.report.duplicates = self._run(DELETE_REPEATED[self._keep or "first"]).rowcount
        for (key,) in self._run("SELECT key FROM {i} GROUP BY key HAVING count(*) > 1").fetchall():
            self._resolve_key(key)

    def _resolve_key(self, key: str) -> None:
        rows = self._run("SELECT number, body, place FROM {i} WHERE key = ? ORDER BY number", (key,)).fetchall()
        number, body, _ = rows[-1] if self._keep == "last" else rows[0]
        merged = self._merge(key, rows)
        if merged is not None:
            self.report.merged += len(rows) - 1
            body = encode_json([column.encode(merged[column.name]) for column in self.spec.value_columns])
        else:
            self._report_conflict(key, rows)
        self._run("DELETE FROM {i} WHERE key = ? AND number <> ?", (key, number))
        self._run("UPDATE {i} SET body = ? WHERE number = ?", (body, number))

    def _merge(self, key: str, rows: list[tuple]) -> dict[str, Any] | None:
        if self.spec.merge is None:
            return None
        merged, *others = [self.spec.decode(key, body) for _, body, _ in rows]
        for other in others:
            merged = self.spec.merge(merged, other)
            if merged is None:
                return None
        return merged

    def _report_conflict(self, key: str, rows: list[tuple]) -> None:
        self.report.conflicting += 1
        self.report.kept = self._keep
        if len(self.report.conflicts) < CONFLICTS_SHOWN:
            name = ", ".join(map(str, json.loads(key)))
            self.report.conflicts.append(f"{name}: " + " and ".join(place for _, _, place in rows[:3]))
