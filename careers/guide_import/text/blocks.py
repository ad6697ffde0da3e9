"""What every kind of file is read into: one list of blocks, each with its place in the file."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from .inline import Inline

# No sentence, heading or line of figures is longer; what is, is kept and not looked into.
LONGEST_LOOKED_INTO = 4000


class ArticleError(ValueError):
    """Why a file cannot be read, as a sentence for the person who gave it."""


class Kind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ENTRY = "list entry"
    ROW = "table row"


@dataclass(frozen=True)
class Block:
    """`level` is a heading's, 1 the highest; `depth` a list entry's, or of a paragraph that belongs to one above it."""

    kind: Kind
    inline: Inline
    where: str
    level: int = 0
    marker: str = ""
    depth: int = 0
    cells: tuple[Inline, ...] = ()
    is_header: bool = False
    table: int = 0
    group: int = 0  # parts lists of lines that stand below each other
    left_out: str = ""

    @property
    def text(self):
        return self.inline.text

    @property
    def markdown(self):
        if self.kind != Kind.ROW:
            return self.inline.markdown
        return "| " + " | ".join(cell.markdown.replace("|", r"\|") for cell in self.cells) + " |"

    @property
    def words(self):
        return len(self.text.split())

    def changed(self, **values):
        return replace(self, **values)


@dataclass
class Reading:
    """A file as read: its blocks in order, and what it says about itself."""

    blocks: list[Block]
    kind: str
    encoding: str = ""
    title: str = ""
    address: str = ""
    publisher: str = ""
    notes: list[str] = field(default_factory=list)


def row(cells, where, *, table, is_header=False):
    inline = Inline.of(" | ".join(cell.text for cell in cells if cell.text))
    return Block(Kind.ROW, inline, where, cells=tuple(cells), table=table, is_header=is_header)
