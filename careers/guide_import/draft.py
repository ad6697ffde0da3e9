"""What an article becomes before anything is written: the parts of a guide, and what became of each block."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from careers.roles.models import Article, CareerStep, Item, RoleSkill, Section

from .extract.citations import NamedSource
from .extract.outlook import OutlookFigures
from .extract.pay import PayFigures
from .extract.people import stems
from .text.blocks import Block, Kind
from .text.inline import Inline


class Fate(StrEnum):
    TITLE = "title"
    HEADING = "heading"
    SECTION = "prose"
    ITEM = "point"
    CLAIM = "claim"
    STEP = "career step"
    STUB = "article to write"
    SOURCE = "source"
    LEFT_OUT = "left out"
    UNPLACED = "unplaced"


@dataclass
class Settled:
    """What became of a block. `target` names where it went, `notes` what a person should know about it."""

    block: Block
    fate: Fate
    target: str = ""
    notes: list = field(default_factory=list)


@dataclass
class SectionDraft:
    kind: Section.Kind
    heading: str = ""
    parts: list[Block] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)

    def open(self, heading):
        """A heading is written once prose follows: the first as the section's own, later ones within its text."""
        self.pending.append(heading)

    def close(self):
        self.pending = []

    def add(self, block):
        for heading in self.pending:
            if not self.heading and not self.parts and len(heading) <= 120:
                self.heading = heading
            else:
                self.parts.append(Block(Kind.HEADING, Inline.of(heading), ""))
        self.pending = []
        self.parts.append(block)

    @property
    def body(self):
        return body_of(self.parts)


def body_of(blocks, level=3):
    """Blocks as Markdown, their headings of the given level."""
    lines, before = [], None
    for block in blocks:
        joins = (before is not None and {before.kind, block.kind} <= {Kind.ENTRY}) or same_table(before, block)
        lines += [] if before is None or joins else [""]
        if block.kind == Kind.HEADING:
            lines.append(f"{'#' * level} {block.markdown}")
        elif block.kind == Kind.ENTRY:
            lines.append(f"{'  ' * (max(block.depth, 1) - 1)}- {block.markdown}")
        elif block.kind == Kind.ROW:
            lines += rows_of(block, first=not same_table(before, block))
        else:
            lines.append(f"{'  ' if block.depth and before and before.kind == Kind.ENTRY else ''}{block.markdown}")
        before = block
    return "\n".join(lines)


def same_table(before, block):
    return before is not None and before.kind == block.kind == Kind.ROW and before.table == block.table


def rows_of(block, *, first):
    if not first:
        return [block.markdown]
    ruler = "|" + " --- |" * len(block.cells)
    return [block.markdown, ruler] if block.is_header else ["|" + "  |" * len(block.cells), ruler, block.markdown]


@dataclass
class ItemDraft:
    kind: Item.Kind
    lead: Inline
    text: Inline
    where: str = ""

    @property
    def key(self):
        """What two points that say the same have in common."""
        return (self.kind, tuple(stems(f"{self.lead.text} {self.text.text}")))


@dataclass
class StepDraft:
    """`quoted` where the text it was found in stays in the guide's prose."""

    kind: CareerStep.Kind
    title: str
    note: Inline = field(default_factory=Inline)
    years: tuple[int | None, int | None] = (None, None)
    where: str = ""
    quoted: bool = True

    @property
    def key(self):
        return tuple(stems(self.title))


@dataclass
class SkillDraft:
    name: str
    necessity: RoleSkill.Necessity
    note: str = ""
    where: str = ""


@dataclass
class StubDraft:
    kind: Article.Kind
    title: str
    address: str = ""
    text: str = ""
    where: str = ""


@dataclass
class ArticleDraft:
    title: str = ""
    role: str = ""
    file_kind: str = ""
    encoding: str = ""
    address: str = ""
    publisher: str = ""
    sections: dict[Section.Kind, SectionDraft] = field(default_factory=dict)
    items: list[ItemDraft] = field(default_factory=list)
    pay: list[PayFigures] = field(default_factory=list)
    outlook: list[OutlookFigures] = field(default_factory=list)
    steps: list[StepDraft] = field(default_factory=list)
    skills: list[SkillDraft] = field(default_factory=list)
    industries: list[str] = field(default_factory=list)
    stubs: list[StubDraft] = field(default_factory=list)
    sources: list[NamedSource] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def unplaced(self):
        return [entry.block for entry in self.settled if entry.fate == Fate.UNPLACED]

    @property
    def left_out(self):
        return [entry for entry in self.settled if entry.fate == Fate.LEFT_OUT]

    @property
    def counts(self):
        return Counter(entry.fate for entry in self.settled)
