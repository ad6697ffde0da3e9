"""The rows of a release beside those of the database, in a scratch file: any size of file in bounded memory.

with Staging(report) as staging:
    tasks = staging.part(TASKS)
    for row in staging.rows(table):
        tasks.add({"occupation__code": row["O*NET-SOC Code"], ...}, row.where)
    staging.compare(release)
"""

import json
import sqlite3
from itertools import islice

from careers.files.content_files import FileError

from .columns import encode
from .report import CONFLICTS_LISTED

BATCH = 2_000
CACHE = 32_000  # KiB of the scratch file kept in memory

ADDED = "SELECT i.key, i.body FROM {i} i LEFT JOIN {e} e USING (key) WHERE e.key IS NULL ORDER BY i.number"
CHANGED = """
    SELECT i.key, i.body, e.pk FROM {i} i JOIN {e} e USING (key) WHERE e.is_withdrawn OR e.body <> i.body ORDER BY e.pk
"""
GONE = "SELECT e.pk FROM {e} e LEFT JOIN {i} i USING (key) WHERE i.key IS NULL AND NOT e.is_withdrawn ORDER BY e.pk"
COUNT_GONE = "SELECT count(*) FROM {e} e LEFT JOIN {i} i USING (key) WHERE i.key IS NULL AND NOT e.is_withdrawn"
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
    """All parts of one release on their way in.

    `keep` ("first", "last") settles rows that contradict each other; `progress` wraps the rows of a table.
    """

    def __init__(self, report, keep="", progress=iter):
        self.report = report
        self.keep = keep
        self.parts = []
        self._progress = progress

    def __enter__(self):
        # A database without a name lives in a file that its system removes by itself, even after a crash.
        self._scratch = sqlite3.connect("", isolation_level=None)
        for pragma in ("journal_mode=OFF", "synchronous=OFF", f"cache_size=-{CACHE}", "temp_store=FILE"):
            self._scratch.execute(f"PRAGMA {pragma}")
        return self

    def __exit__(self, *exception):
        self._scratch.close()

    def part(self, part, *, adds_only=False):
        """`adds_only`: rows of the database are neither changed nor withdrawn, only missing ones added."""
        number = len(self.parts)
        self.parts.append(StagedPart(part, self._scratch, number, self.report.part(part.name), self.keep, adds_only))
        return self.parts[-1]

    def rows(self, table):
        """The rows of a table, with progress; what its reader noticed goes to the report."""
        self.report.notes += [f"{table.name}: {note}" for note in table.notes]
        return self._progress(table)

    def compare(self, release):
        for part in self.parts:
            part.compare(release)


class StagedPart:
    def __init__(self, part, scratch, number, report, keep, adds_only):
        self.part = part
        self.report = report
        self._scratch = scratch
        self._keep = keep
        self._adds_only = adds_only
        self._names = {"i": f"incoming_{number}", "e": f"existing_{number}"}
        self._waiting = []
        self._run("CREATE TABLE {i} (number INTEGER PRIMARY KEY, key TEXT, body TEXT, place TEXT)")
        self._run(
            "CREATE TABLE {e} (key TEXT PRIMARY KEY, body TEXT, pk INTEGER, is_withdrawn INTEGER, release INTEGER)"
            " WITHOUT ROWID"
        )

    def add(self, values, where):
        """A row with all key and value columns of the part; FileError for a value the database would refuse."""
        try:
            key = encode([column.checked(values[column.name]) for column in self.part.key_columns])
            body = encode([column.checked(values[column.name]) for column in self.part.value_columns])
        except ValueError as error:
            raise FileError(f"{where}: {error}") from error
        self._waiting.append((key, body, where))
        if len(self._waiting) >= BATCH:
            self._flush()

    def skip(self, reason, example):
        self.report.skip(reason, example)

    def unknown(self, name):
        """A row that names an occupation nobody listed: left out, and counted against --max-unknown."""
        self.report.unknown_reference(name)

    def compare(self, release):
        self._flush()
        self._settle_duplicates()
        self._run("CREATE UNIQUE INDEX {i}_key ON {i} (key)")
        self._load_existing(release)
        report = self.report
        counts = self._run(COUNTS, (release.pk,)).fetchone()
        report.added, report.changed, report.returned, report.unchanged, report.moved = counts
        if self._adds_only:
            report.unchanged += report.changed + report.returned
            report.changed = report.returned = report.moved = 0
        else:
            report.withdrawn = self._run(COUNT_GONE).fetchone()[0]

    def added(self):
        """Lists of dicts, in the order of the file."""
        yield from self._batches(ADDED, lambda row: self.part.named(*row))

    def changed(self):
        """Lists of (primary key, dict), those that return among them."""
        if not self._adds_only:
            yield from self._batches(CHANGED, lambda row: (row[2], self.part.named(row[0], row[1])))

    def gone(self):
        """Lists of primary keys."""
        if not self._adds_only:
            yield from self._batches(GONE, lambda row: row[0])

    def _batches(self, query, read):
        rows = self._run(query)
        while batch := rows.fetchmany(BATCH):
            yield [read(row) for row in batch]

    def _run(self, statement, values=()):
        return self._scratch.execute(statement.format(**self._names), values)

    def _flush(self):
        self._insert("INSERT INTO {i} (key, body, place) VALUES (?, ?, ?)", self._waiting)
        self._waiting.clear()

    def _insert(self, statement, rows):
        self._scratch.execute("BEGIN")
        self._scratch.executemany(statement.format(**self._names), rows)
        self._scratch.execute("COMMIT")

    def _load_existing(self, release):
        part = self.part
        kept = ("withdrawn_in_id", "release_id") if part.withdraws else ("release_id", "release_id")
        rows = part.existing(release).values_list("pk", *kept, *part.key, *part.values).iterator(chunk_size=BATCH)
        statement = "INSERT INTO {e} (key, body, pk, is_withdrawn, release) VALUES (?, ?, ?, ?, ?)"
        while batch := list(islice(rows, BATCH)):
            self._insert(statement, [self._as_existing(row) for row in batch])

    def _as_existing(self, row):
        part = self.part
        pk, withdrawn, release, *cells = row
        keys, values = cells[: len(part.key)], cells[len(part.key) :]
        return (
            encode([column.form(cell) for column, cell in zip(part.key_columns, keys, strict=True)]),
            encode([column.form(cell) for column, cell in zip(part.value_columns, values, strict=True)]),
            pk,
            part.withdraws and withdrawn is not None,
            release,
        )

    def _settle_duplicates(self):
        """One row for each key: exact duplicates go, others are merged, kept by choice, or listed as contradictions."""
        self._run("CREATE INDEX {i}_rows ON {i} (key, number)")
        if self._run("SELECT count(*) = count(DISTINCT key) FROM {i}").fetchone()[0]:
            return
        self.report.duplicates = self._run(DELETE_REPEATED[self._keep or "first"]).rowcount
        for (key,) in self._run("SELECT key FROM {i} GROUP BY key HAVING count(*) > 1").fetchall():
            self._settle(key)

    def _settle(self, key):
        rows = self._run("SELECT number, body, place FROM {i} WHERE key = ? ORDER BY number", (key,)).fetchall()
        number, body, _ = rows[-1] if self._keep == "last" else rows[0]
        merged = self._merged(key, rows)
        if merged is not None:
            self.report.merged += len(rows) - 1
            body = encode([column.form(merged[column.name]) for column in self.part.value_columns])
        else:
            self._report_conflict(key, rows)
        self._run("DELETE FROM {i} WHERE key = ? AND number <> ?", (key, number))
        self._run("UPDATE {i} SET body = ? WHERE number = ?", (body, number))

    def _merged(self, key, rows):
        if self.part.merge is None:
            return None
        merged, *others = [self.part.named(key, body) for _, body, _ in rows]
        for other in others:
            merged = self.part.merge(merged, other)
            if merged is None:
                return None
        return merged

    def _report_conflict(self, key, rows):
        self.report.conflicting += 1
        self.report.kept = self._keep
        if len(self.report.conflicts) < CONFLICTS_LISTED:
            name = ", ".join(map(str, json.loads(key)))
            self.report.conflicts.append(f"{name}: " + " and ".join(place for _, _, place in rows[:3]))
