"""Three-way merge of texts, line by line, and on request word by word inside the lines that both sides changed.

The library merge3 gives the same results line by line but is licensed under the GPL.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_COMPARISONS = 1_000_000  # of words, or of lines: those of one side times those of the other


@dataclass(frozen=True)
class Merge:
    """The merged text and the number of conflicts. Where both sides changed the same lines differently, ``mine`` is kept."""

    text: str
    conflicts: int


def merge(base: str, theirs: str, mine: str, whole: Collection[str] | None = None) -> Merge:
    """Line by line. With ``whole``, lines that both sides changed are merged word by word; each phrase in it is one word."""
    merged, conflicts = [], 0
    for old, their_lines, my_lines in aligned_regions(base.split("\n"), theirs.split("\n"), mine.split("\n")):
        if my_lines == old:
            merged += their_lines
        elif their_lines in (old, my_lines):
            merged += my_lines
        else:
            settled = None if whole is None else _merge_region(old, their_lines, my_lines, whole)
            conflicts += settled is None
            merged += my_lines if settled is None else settled
    return Merge("\n".join(merged), conflicts)


def _merge_region(base, theirs, mine, whole):
    """The merged lines; None for a conflict."""
    if (lines := _replaced(base, theirs, mine)) is not None:
        return lines
    if not (base and theirs and mine):  # lines were added or taken out as a whole
        return None
    old, their_words, my_words = (_words_of("\n".join(lines), whole) for lines in (base, theirs, mine))
    if len(old) * max(len(my_words), len(their_words)) > MOST_COMPARISONS:
        return None
    merged = []
    for old_part, their_part, my_part in aligned_regions(old, their_words, my_words):
        part = my_part if their_part in (old_part, my_part) else _replaced(old_part, their_part, my_part)
        if part is None:
            return None
        merged += part
    return "".join(merged).split("\n")


def _replaced(old, new, mine):
    """``mine`` with ``old`` replaced, where it is kept whole and once with others around; None otherwise."""
    starts = [start for start in range(len(mine)) if mine[start : start + len(old)] == old] if old else []
    if len(starts) == 1:
        return [*mine[: starts[0]], *new, *mine[starts[0] + len(old) :]]
    return list(new) if mine == old else None


def _words_of(text, whole):
    """The text in words, single spaces and signs; a phrase of ``whole`` is one word."""
    phrases = [rf"(?<!\w){re.escape(phrase)}(?!\w)" for phrase in sorted(whole, key=len, reverse=True) if phrase]
    return re.findall("|".join([*phrases, r"\w+", r"\W"]), text)


def aligned_regions(
    base: Sequence[str], theirs: Sequence[str], mine: Sequence[str]
) -> Iterator[tuple[Sequence[str], Sequence[str], Sequence[str]]]:
    """The regions (base, theirs, mine) between the lines common to all three texts, and each common line as a region."""
    in_theirs, in_mine = matching_lines(base, theirs), matching_lines(base, mine)
    done = (0, 0, 0)
    for line in sorted(in_theirs.keys() & in_mine.keys()):
        here = (line, in_theirs[line], in_mine[line])
        yield tuple(text[start:end] for text, start, end in zip((base, theirs, mine), done, here, strict=True))
        yield [base[line]], [base[line]], [base[line]]
        done = tuple(place + 1 for place in here)
    yield tuple(text[start:] for text, start in zip((base, theirs, mine), done, strict=True))


def matching_lines(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    """Line numbers of the base with the number of the same line in the other text, both ascending.

    The time grows with the product of the lines, so very long texts are compared from both ends only.
    """
    if len(base) * len(other) > MOST_COMPARISONS:
        return matching_ends(base, other)
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def matching_ends(base: Sequence[str], other: Sequence[str]) -> dict[int, int]:
    shorter = min(len(base), len(other))
    head = next((number for number in range(shorter) if base[number] != other[number]), shorter)
    rest = range(1, shorter - head + 1)
    tail = next((number - 1 for number in rest if base[-number] != other[-number]), shorter - head)
    ends = {len(base) - number: len(other) - number for number in range(tail, 0, -1)}
    return {number: number for number in range(head)} | ends
