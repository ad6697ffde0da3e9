"""What changed between two texts, line by line, for people."""

from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class DiffLine:
    """`act` is "kept", "removed" or "added"."""

    act: str
    text: str

    @property
    def mark(self):
        return {"kept": "", "removed": "−", "added": "+"}[self.act]


def diff_lines(before, after, *, around=1):
    """The lines that were removed and added, in reading order, each group with `around` lines kept beside it."""
    old, new = (before or "").splitlines(), (after or "").splitlines()
    lines = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(around):
        for tag, start, end, new_start, new_end in group:
            if tag == "equal":
                lines += [DiffLine("kept", text) for text in old[start:end]]
            else:
                lines += [DiffLine("removed", text) for text in old[start:end]]
                lines += [DiffLine("added", text) for text in new[new_start:new_end]]
    return lines
