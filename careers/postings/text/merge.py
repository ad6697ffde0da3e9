"""Two changes of one text brought together, line by line."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Merge:
    """The text with both changes, and how often both changed the same lines differently: then the text is mine there."""

    text: str
    conflicts: int


def merge(base, theirs, mine) -> Merge:
    lines, conflicts = [], 0
    for old, their_lines, my_lines in stretches(*(text.split("\n") for text in (base, theirs, mine))):
        if my_lines == old:
            lines += their_lines
            continue
        conflicts += their_lines not in (old, my_lines)
        lines += my_lines
    return Merge("\n".join(lines), conflicts)


def stretches(base, theirs, mine):
    """(base, theirs, mine) of each stretch between two lines that all three have, and of those lines."""
    in_theirs, in_mine = partners(base, theirs), partners(base, mine)
    done = (0, 0, 0)
    for line in sorted(in_theirs.keys() & in_mine.keys()):
        here = (line, in_theirs[line], in_mine[line])
        yield tuple(text[start:end] for text, start, end in zip((base, theirs, mine), done, here, strict=True))
        yield [base[line]], [base[line]], [base[line]]
        done = tuple(place + 1 for place in here)
    yield tuple(text[start:] for text, start in zip((base, theirs, mine), done, strict=True))


def partners(base, other):
    """{number of a line of the base: number of the same line in the other text}, both ascending."""
    blocks = SequenceMatcher(None, base, other, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
