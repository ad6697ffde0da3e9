"""What an import would do or did, as a table people can read."""

from collections import Counter
from dataclasses import dataclass, field

EXAMPLES = 3
UNKNOWN_LISTED = 10
CONFLICTS_LISTED = 10
COUNTED = ("added", "changed", "returned", "withdrawn", "unchanged", "skipped")


class RefusedError(Exception):
    """Why a release is not written, in a sentence."""


@dataclass
class PartReport:
    """What became of the rows of one table."""

    name: str
    added: int = 0
    changed: int = 0
    returned: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    moved: int = 0  # of the unchanged: those that carry an older release so far
    duplicates: int = 0
    merged: int = 0
    conflicting: int = 0
    kept: str = ""
    unknown: int = 0
    unknown_keys: dict = field(default_factory=dict)  # as an ordered set of the first few
    skips: Counter = field(default_factory=Counter)
    examples: dict = field(default_factory=dict)
    conflicts: list = field(default_factory=list)
    notes: list = field(default_factory=list)

    @property
    def skipped(self):
        return self.skips.total() + self.unknown

    @property
    def rows(self):
        return self.added + self.changed + self.returned + self.unchanged

    @property
    def is_changed(self):
        return bool(self.added or self.changed or self.returned or self.withdrawn or self.moved)

    def skip(self, reason, example):
        self.skips[reason] += 1
        remember(self.examples.setdefault(reason, {}), example, EXAMPLES)

    def unknown_reference(self, name):
        self.unknown += 1
        remember(self.unknown_keys, name, UNKNOWN_LISTED)

    def lines(self):
        """What the figures of the table do not say."""
        if self.duplicates:
            yield f"{counted(self.duplicates, 'row')} repeated exactly, counted once"
        if self.merged:
            yield f"{counted(self.merged, 'row')} completed by another of the same key"
        if self.conflicting:
            kept = f"; the {self.kept} is kept" if self.kept else ""
            yield f"{counted(self.conflicting, 'key')} with rows that contradict each other{kept}:"
            yield from (f"  {conflict}" for conflict in self.conflicts)
            if self.conflicting > len(self.conflicts):
                yield f"  and {self.conflicting - len(self.conflicts):,} more"
        if self.unknown:
            yield f"{self.unknown:,} skipped: not in the list of occupations: {listed(self.unknown_keys, UNKNOWN_LISTED)}"
        for reason, count in self.skips.items():
            yield f"{count:,} skipped: {reason}: {listed(self.examples[reason], EXAMPLES)}"
        yield from self.notes


@dataclass
class Report:
    """What an import would do or did, release by release."""

    title: str
    parts: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    is_new: bool = False  # the release itself, or its being the current one
    is_written: bool = False

    def part(self, name):
        self.parts.append(PartReport(name))
        return self.parts[-1]

    @property
    def is_changed(self):
        return self.is_new or any(part.is_changed for part in self.parts)

    def text(self, faults=()):
        return "\n".join([self.title, "", *aligned(self.parts), *self._remarks(), "", self.outcome(faults)])

    def outcome(self, faults=()):
        if faults:
            return "Nothing was written."
        if not self.is_changed:
            return "Nothing to do: the tables hold this already."
        return "Written." if self.is_written else "Dry run: nothing was written. Add --commit to write."

    def _remarks(self):
        remarks = [f"{part.name}: {line}" for part in self.parts for line in part.lines()] + self.notes
        return ["", *remarks] if remarks else []


def aligned(parts):
    rows = [("", *COUNTED)]
    rows += [(part.name, *(f"{getattr(part, name):,}" for name in COUNTED)) for part in parts]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        yield "  ".join([row[0].ljust(widths[0]), *cells]).rstrip()


def remember(examples, name, most):
    """Keep one more than is shown, to know that there are more."""
    if len(examples) <= most:
        examples[name] = True


def listed(examples, most):
    names = list(examples)
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def counted(number, noun):
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
