"""The result of reading an article, before anything is written: the parts of a guide, and the outcome of each block."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from careers.roles.models import Item, Section

from .classify.article_links import StubDraft
from .extract.career_path import StepDraft
from .extract.citations import NamedSource
from .extract.outlook import OutlookFigures
from .extract.pay import PayFigures
from .extract.skills import SkillDraft
from .text.blocks import Block, BlockKind
from .text.inline import Inline
from .text.markdown import blocks_to_markdown
from .text.words import exact_words

MAX_SECTION_HEADING = 120  # characters


class Outcome(StrEnum):
    """What a block became; shown in the import report."""

    TITLE = "title"
    HEADING = "heading"
    PROSE = "prose"
    ITEM = "point"
    CLAIM = "claim"
    STEP = "career step"
    STUB = "article to write"
    SOURCE = "source"
    LEFT_OUT = "skipped"
    UNPLACED = "unplaced"


@dataclass
class BlockOutcome:
    """`target` names where the block went or why it was left out; `notes` are for the person who imports the article."""

    block: Block
    outcome: Outcome
    target: str = ""
    notes: list = field(default_factory=list)


@dataclass
class SectionDraft:
    kind: Section.Kind
    heading: str = ""
    blocks: list[Block] = field(default_factory=list)
    pending_headings: list[str] = field(default_factory=list)

    def open(self, heading: str) -> None:
        """The heading is added when prose follows: the first as the heading of the section, later ones within its text."""
        self.pending_headings.append(heading)

    def close(self) -> None:
        self.pending_headings = []

    def add(self, block: Block) -> None:
        for heading in self.pending_headings:
            if not self.heading and not self.blocks and len(heading) <= MAX_SECTION_HEADING:
                self.heading = heading
            else:
                self.blocks.append(Block(BlockKind.HEADING, Inline.from_text(heading), ""))
        self.close()
        self.blocks.append(block)

    @property
    def body(self) -> str:
        return blocks_to_markdown(self.blocks)


@dataclass
class ItemDraft:
    kind: Item.Kind
    lead: Inline
    text: Inline
    where: str = ""

    @property
    def key(self) -> tuple:
        """Equal for items that say the same."""
        return (self.kind, exact_words(f"{self.lead.text} {self.text.text}"))


@dataclass
class ArticleDraft:
    title: str = ""
    role: str = ""  # that the article names
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
    outcomes: list[BlockOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def unplaced(self) -> list[Block]:
        return [entry.block for entry in self.outcomes if entry.outcome == Outcome.UNPLACED]

    @property
    def left_out(self) -> list[BlockOutcome]:
        return [entry for entry in self.outcomes if entry.outcome == Outcome.LEFT_OUT]

    @property
    def counts(self) -> Counter[Outcome]:
        return Counter(entry.outcome for entry in self.outcomes)
