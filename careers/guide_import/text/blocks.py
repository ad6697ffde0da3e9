"""The common form of every file: one list of blocks (headings, paragraphs, list entries, table rows) with their location."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from .inline import Inline

# Characters. Longer texts are kept but not searched for figures, sources or sentences: no real paragraph is that long.
MAX_ANALYSED_LENGTH = 4000
PICTURE = "picture"  # a skip reason


class ArticleError(ValueError):
    """Why a file cannot be read; the message is shown to the person who uploaded it."""


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ENTRY = "list entry"
    TABLE_ROW = "table row"


@dataclass(frozen=True)
class Block:
    """`where` is the location in the file, for people: “line 12”, “paragraph 3”."""

    kind: BlockKind
    inline: Inline
    where: str
    level: int = 0  # of a heading; 1 is the highest
    marker: str = ""  # bullet or number
    depth: int = 0  # of a list entry, or of a paragraph that belongs to one; 1 is the outermost
    cells: tuple[Inline, ...] = ()
    is_header: bool = False
    table: int = 0  # number of the table in the file
    group: int = 0  # tells apart adjacent lists that were recognised from plain lines
    stanza: int = 0  # equal for lines that stand directly below each other
    skip_reason: str = ""  # why the block does not belong to the article; empty if it does

    @property
    def text(self) -> str:
        return self.inline.text

    @property
    def markdown(self) -> str:
        if self.kind != BlockKind.TABLE_ROW:
            return self.inline.markdown
        return "| " + " | ".join(cell.markdown.replace("|", r"\|") for cell in self.cells) + " |"

    @property
    def word_count(self) -> int:
        return len(self.text.split())

    def replace(self, **values) -> "Block":
        return replace(self, **values)


@dataclass
class ParsedArticle:
    """A file as read: its blocks in order, and what it says about itself."""

    blocks: list[Block]
    kind: str
    encoding: str = ""
    title: str = ""
    address: str = ""
    publisher: str = ""
    notes: list[str] = field(default_factory=list)


def table_row(cells: list[Inline], where: str, *, table: int, is_header: bool = False) -> Block:
    inline = Inline.from_text(" | ".join(cell.text for cell in cells if cell.text))
    return Block(BlockKind.TABLE_ROW, inline, where, cells=tuple(cells), table=table, is_header=is_header)
