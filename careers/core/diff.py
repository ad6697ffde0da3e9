"""Differences between two texts, line by line, and between two values of a field."""

from dataclasses import dataclass
from difflib import SequenceMatcher

MARKS = {"kept": "", "removed": "−", "added": "+", "folded": "⋯"}


@dataclass(frozen=True)
class DiffLine:
    """`change` is "kept", "removed", "added", or "folded" for unchanged lines that are counted instead of shown."""

    change: str
    text: str

    @property
    def mark(self) -> str:
        return MARKS[self.change]


def diff_lines(before: str | None, after: str | None, *, context: int = 1) -> list[DiffLine]:
    """The removed and added lines in reading order, each group with `context` unchanged lines on both sides."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines: list[DiffLine] = []
    seen = 0  # lines of the old text
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(context):
        lines += folded(old[seen : group[0][1]])
        seen = group[-1][2]
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += [DiffLine("kept", text) for text in old[start:end]]
            else:
                lines += [DiffLine("removed", text) for text in old[start:end]]
                lines += [DiffLine("added", text) for text in new[new_start:new_end]]
    return lines + folded(old[seen:]) if lines else []


def folded(texts: list[str]) -> list[DiffLine]:
    """One line that says how many unchanged lines are not shown; blank ones are not counted."""
    number = sum(bool(text.strip()) for text in texts)
    return [DiffLine("folded", f"{number} unchanged line{'s' if number > 1 else ''}")] if number else []


@dataclass(frozen=True)
class FieldChange:
    """A field before and after, as a person reads it; `lines` instead of the two for a text of several lines."""

    label: str
    before: str
    now: str
    lines: list[DiffLine]
