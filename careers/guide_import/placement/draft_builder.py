"""The draft while it is filled, with the outcome of each block placed so far."""

from careers.guide_import.classify.article_links import StubDraft
from careers.guide_import.classify.topics import Topic
from careers.guide_import.draft import ArticleDraft, BlockOutcome, ItemDraft, Outcome, SectionDraft
from careers.guide_import.extract.facts import FactCollector
from careers.guide_import.structure.outline import Outline
from careers.guide_import.text.blocks import Block
from careers.guide_import.text.words import exact_words
from careers.roles.models import Section

MIN_REPEATED_WORDS = 6


class DraftBuilder:
    def __init__(self, outline: Outline, draft: ArticleDraft, facts: FactCollector):
        self.outline, self.draft, self.facts = outline, draft, facts
        self.role, self.figures = outline.role, facts.figures
        self.outcomes: dict[int, BlockOutcome] = {}  # by id of the block
        self.locations: dict[tuple, str] = {}  # of texts placed so far, by their words
        self.items: dict[tuple, ItemDraft] = {}
        self.stub_titles: set[tuple] = set()
        self.last_topic: Topic | None = Topic.OVERVIEW

    def record(self, block: Block, outcome: Outcome, target: str = "", *notes) -> None:
        self.outcomes[id(block)] = BlockOutcome(block, outcome, target, [note for note in notes if note])

    def add_notes(self, block: Block, *notes) -> None:
        self.outcomes[id(block)].notes += notes

    def is_recorded(self, block: Block) -> bool:
        return id(block) in self.outcomes

    def section(self, kind: Section.Kind) -> SectionDraft:
        return self.draft.sections.setdefault(kind, SectionDraft(kind))

    def add_stubs(self, block: Block, stubs: list[StubDraft]) -> None:
        added = [stub for stub in stubs if exact_words(stub.title) not in self.stub_titles]
        self.stub_titles |= {exact_words(stub.title) for stub in added}
        self.draft.stubs += added
        if added:
            names = ", ".join(f"“{stub.title}” ({stub.kind.label.lower()})" for stub in added)
            self.record(block, Outcome.STUB, names)
        else:
            self.record(block, Outcome.LEFT_OUT, "a link given twice")

    def earlier_location(self, block: Block, topic: Topic | None) -> str:
        """Where the same text was placed before, or ''; short texts may recur under another topic. Registers the text."""
        key: tuple = exact_words(block.text)
        key = key if len(key) >= MIN_REPEATED_WORDS else (topic, *key)
        if key in self.locations:
            return self.locations[key]
        self.locations[key] = block.where
        return ""

    def forget_location(self, block: Block) -> None:
        """Lets a block be placed that was registered, but not placed."""
        self.locations = {key: where for key, where in self.locations.items() if where != block.where}
