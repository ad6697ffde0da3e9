"""Differences between two texts, line by line, and between two values of a field."""

import re
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

MIN_WORDS, MAX_WORDS = 8, 400  # of a line whose words are compared
SIMILAR = 0.5
WORDS_BESIDE = 5  # shown of the same words on each side of a change
MARKS = {"kept": "", "removed": "−", "added": "+", "folded": "⋯"}


@dataclass(frozen=True)
class DiffLine:
    """`change` is "kept", "removed", "added", or "folded" for unchanged lines that are counted instead of shown."""

    change: str
    text: str
    parts: tuple[tuple[bool, str], ...] = ()  # (whether they differ, words) of a long line that was rewritten in places

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
                lines += replaced(old[start:end], new[new_start:new_end])
    return lines + folded(old[seen:]) if lines else []


def replaced(old: list[str], new: list[str]) -> list[DiffLine]:
    removed, added = [DiffLine("removed", text) for text in old], [DiffLine("added", text) for text in new]
    if len(old) == len(new):
        for index, (before, after) in enumerate(zip(old, new, strict=True)):
            if parts := word_parts(before, after):
                removed[index] = replace(removed[index], parts=parts[0])
                added[index] = replace(added[index], parts=parts[1])
    return [*removed, *added]


def word_parts(before: str, after: str) -> tuple[tuple[tuple[bool, str], ...], tuple[tuple[bool, str], ...]] | None:
    """The parts of two lines; None for short lines, for very long ones, and for lines that have little in common."""
    old, new = re.findall(r"\S+\s*", before), re.findall(r"\S+\s*", after)
    if not (min(len(old), len(new)) >= MIN_WORDS and max(len(old), len(new)) <= MAX_WORDS):
        return None
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < SIMILAR:
        return None
    codes = matcher.get_opcodes()
    return (
        tuple(part_of(old, tag, start, end) for tag, start, end, _, _ in codes if start < end),
        tuple(part_of(new, tag, start, end) for tag, _, _, start, end in codes if start < end),
    )


def part_of(words: list[str], tag: str, start: int, end: int) -> tuple[bool, str]:
    """Of a long run of words that are the same, its beginning and its end."""
    same = tag == "equal"
    if same and end - start > 3 * WORDS_BESIDE:
        return False, f"{''.join(words[start : start + WORDS_BESIDE])}… {''.join(words[end - WORDS_BESIDE : end])}"
    return not same, "".join(words[start:end])


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
