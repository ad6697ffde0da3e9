"""Three-way merge of texts, line by line.

The library merge3 gives the same results but is licensed under the GPL.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

MAX_COMPARISONS = 1_000_000  # of lines: a thousand lines on both sides


@dataclass(frozen=True)
class Merge:
    """The merged text and the number of conflicts. Where both sides changed the same lines differently, ``mine`` is kept."""

    text: str
    conflicts: int


def merge(base: str, theirs: str, mine: str) -> Merge:
    merged, conflicts = [], 0
    for old, their_lines, my_lines in aligned_regions(base.split("\n"), theirs.split("\n"), mine.split("\n")):
        if my_lines == old:
            merged += their_lines
            continue
        conflicts += their_lines not in (old, my_lines)
        merged += my_lines
    return Merge("\n".join(merged), conflicts)


def aligned_regions(
    base: list[str], theirs: list[str], mine: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The regions (base, theirs, mine) between the lines common to all three texts, and each common line as a region."""
    in_theirs, in_mine = matching_lines(base, theirs), matching_lines(base, mine)
    done = (0, 0, 0)
    for line in sorted(in_theirs.keys() & in_mine.keys()):
        here = (line, in_theirs[line], in_mine[line])
        yield tuple(text[start:end] for text, start, end in zip((base, theirs, mine), done, here, strict=True))
        yield [base[line]], [base[line]], [base[line]]
        done = tuple(place + 1 for place in here)
    yield tuple(text[start:] for text, start in zip((base, theirs, mine), done, strict=True))


def matching_lines(base: list[str], other: list[str]) -> dict[int, int]:
    """Line numbers of the base with the number of the same line in the other text, both ascending.

    The time grows with the product of the lines, so very long texts are compared from both ends only.
    """
    if len(base) * len(other) > MAX_COMPARISONS:
        return matching_ends(base, other)
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}


def matching_ends(base: list[str], other: list[str]) -> dict[int, int]:
    shorter = min(len(base), len(other))
    head = next((number for number in range(shorter) if base[number] != other[number]), shorter)
    rest = range(1, shorter - head + 1)
    tail = next((number - 1 for number in rest if base[-number] != other[-number]), shorter - head)
    ends = {len(base) - number: len(other) - number for number in range(tail, 0, -1)}
    return {number: number for number in range(head)} | ends
