"""The report of an import: what it would change, or did, as text."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

EXAMPLES_SHOWN = 3
UNKNOWN_SHOWN = 10
CONFLICTS_SHOWN = 10
COUNT_COLUMNS = ("added", "changed", "returned", "withdrawn", "unchanged", "skipped")


class RefusedError(Exception):
    """A release is not written. The message is a sentence for the person at the terminal."""


@dataclass
class TableReport:
    """Counts of the rows of one table."""

    name: str
    added: int = 0
    changed: int = 0
    returned: int = 0  # withdrawn before, and in this release again
    withdrawn: int = 0
    unchanged: int = 0
    moved: int = 0  # of the unchanged: those that get this release instead of an older one
    duplicates: int = 0
    merged: int = 0
    conflicting: int = 0
    kept: str = ""  # which of the conflicting rows is used: first, last; '' if that is not decided
    unknown: int = 0
    unknown_keys: dict[str, bool] = field(default_factory=dict)  # the first few, as an ordered set
    skips: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, bool]] = field(default_factory=dict)
    conflicts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        return self.skips.total() + self.unknown

    @property
    def rows(self) -> int:
        return self.added + self.changed + self.returned + self.unchanged

    @property
    def is_changed(self) -> bool:
        return bool(self.added or self.changed or self.returned or self.withdrawn or self.moved)

    def add_skip(self, reason: str, example: str) -> None:
        self.skips[reason] += 1
        remember(self.examples.setdefault(reason, {}), example, EXAMPLES_SHOWN)

    def add_unknown(self, name: str) -> None:
        self.unknown += 1
        remember(self.unknown_keys, name, UNKNOWN_SHOWN)

    def remarks(self) -> Iterator[str]:
        """Explanations of the counts, one per line."""
        if self.duplicates:
            yield f"{count_text(self.duplicates, 'row')} repeated exactly, counted once"
        if self.merged:
            yield f"{count_text(self.merged, 'row')} completed by another of the same key"
        if self.conflicting:
            kept = f"; the {self.kept} is kept" if self.kept else ""
            yield f"{count_text(self.conflicting, 'key')} with rows that contradict each other{kept}:"
            yield from (f"  {conflict}" for conflict in self.conflicts)
            if self.conflicting > len(self.conflicts):
                yield f"  and {self.conflicting - len(self.conflicts):,} more"
        if self.unknown:
            names = list_text(self.unknown_keys, UNKNOWN_SHOWN)
            yield f"{self.unknown:,} skipped: not in the list of occupations: {names}"
        for reason, count in self.skips.items():
            yield f"{count:,} skipped: {reason}: {list_text(self.examples[reason], EXAMPLES_SHOWN)}"
        yield from self.notes


@dataclass
class Report:
    """The report of one release."""

    title: str
    tables: list[TableReport] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    changes_release: bool = False  # the release is new, or becomes the current one
    is_written: bool = False

    def add_table(self, name: str) -> TableReport:
        self.tables.append(TableReport(name))
        return self.tables[-1]

    @property
    def is_changed(self) -> bool:
        return self.changes_release or any(table.is_changed for table in self.tables)

    def text(self, problems: Sequence[str] = ()) -> str:
        return "\n".join([self.title, "", *count_lines(self.tables), *self._remarks(), "", self.outcome(problems)])

    def outcome(self, problems: Sequence[str] = ()) -> str:
        if problems:
            return "Nothing was written."
        if not self.is_changed:
            return "Nothing to do: this data is already imported."
        return "Written." if self.is_written else "Dry run: nothing was written. Add --commit to write."

    def _remarks(self) -> list[str]:
        remarks = [f"{table.name}: {line}" for table in self.tables for line in table.remarks()] + self.notes
        return ["", *remarks] if remarks else []


def count_lines(tables: list[TableReport]) -> Iterator[str]:
    """The counts in aligned columns, one line per table."""
    rows = [("", *COUNT_COLUMNS)]
    rows += [(table.name, *(f"{getattr(table, name):,}" for name in COUNT_COLUMNS)) for table in tables]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()


def remember(examples: dict[str, bool], name: str, limit: int) -> None:
    """Keeps one more than is shown, so that list_text() can tell that there are more."""
    if len(examples) <= limit:
        examples[name] = True


def list_text(examples: dict[str, bool], limit: int) -> str:
    names = list(examples)
    return ", ".join(names[:limit]) + (", …" if len(names) > limit else "")


def count_text(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
