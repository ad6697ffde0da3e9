"""Places one chapter: in a section, as article stubs, as boilerplate to leave out, or among the unplaced."""

from careers.guide_import.classify.article_links import article_stubs_in
from careers.guide_import.classify.boilerplate import boilerplate_reason
from careers.guide_import.classify.topics import BOILERPLATE_TOPICS, SECTION_KINDS, Topic
from careers.guide_import.draft import Outcome
from careers.guide_import.extract.citations import source_line
from careers.guide_import.structure.chapter import AT_THE_BEGINNING, Chapter
from careers.guide_import.structure.chapters import chapters_of
from careers.guide_import.text.blocks import Block, BlockKind

from .content import ContentPlacement
from .draft_builder import DraftBuilder

# Words; a longer paragraph does not belong to a box within the text.
MAX_WORDS_IN_BOX: dict[Topic | None, int] = {Topic.NEWSLETTER: 30, Topic.RELATED: 40}
MAX_WORDS_IN_OTHER_BOX = 12
UNPLACED_REASONS: dict[Topic | None, str] = {
    Topic.RESOURCES: "a list of resources: the directory is the place for them",
    Topic.QUESTIONS: "a question the guide has no part for",
}
UNKNOWN_HEADING = "its heading names no part of a guide"


class ChapterPlacement:
    def __init__(self, builder: DraftBuilder, chapter: Chapter):
        self.builder, self.chapter, self.topic = builder, chapter, chapter.topic
        kind = SECTION_KINDS.get(self.topic)
        if self.topic == Topic.INDUSTRIES and chapter.top.topic != Topic.PATH:
            kind = SECTION_KINDS[Topic.OVERVIEW]
        self.section = builder.section(kind) if kind else None

    def place(self) -> None:
        if self.topic in BOILERPLATE_TOPICS:
            self.leave_out()
        elif self.topic == Topic.RELATED:
            self.place_related_articles()
        elif self.section is None:
            self.place_unknown()
        else:
            self.builder.last_topic = self.topic
            ContentPlacement(self.builder, self.chapter, self.section).place()

    # -- Boxes and other boilerplate

    def leave_out(self):
        """A newsletter box ends at the first longer paragraph; comments continue to the next part of the article."""
        self.builder.record(self.chapter.heading, Outcome.LEFT_OUT, self.topic.value)
        blocks = self.chapter.blocks
        for index, block in enumerate(blocks):
            if self.ends_box(block) or (self.topic == Topic.AUTHOR and index > 2):
                self.place_text_after_box(blocks[index:])
                return
            self.builder.record(block, Outcome.LEFT_OUT, self.topic.value)

    def ends_box(self, block: Block) -> bool:
        if self.topic in (Topic.COMMENTS, Topic.AUTHOR) or block.kind != BlockKind.PARAGRAPH:
            return False
        return block.word_count >= MAX_WORDS_IN_BOX.get(self.topic, MAX_WORDS_IN_OTHER_BOX)

    def place_text_after_box(self, blocks: list[Block]):
        """Text after a box continues the topic before it, unless its content says otherwise."""
        outline = self.builder.outline
        for chapter in chapters_of(blocks, outline.role_names, outline.role):
            if chapter.found_by == AT_THE_BEGINNING:
                chapter.topic = self.builder.last_topic
            ChapterPlacement(self.builder, chapter).place()

    # -- Related articles

    def place_related_articles(self):
        if self.chapter.heading:
            self.builder.record(self.chapter.heading, Outcome.LEFT_OUT, Topic.RELATED.value)
        for index, block in enumerate(self.chapter.blocks):
            if self.ends_box(block):
                self.place_text_after_box(self.chapter.blocks[index:])
                return
            if not self.is_left_out_or_stub(block, in_list=True):
                self.record_unplaced(block, "it is among links to other articles and is not one")

    def is_left_out_or_stub(self, block: Block, *, in_list: bool) -> bool:
        if reason := boilerplate_reason(block):
            self.builder.record(block, Outcome.LEFT_OUT, reason)
            return True
        if stubs := article_stubs_in(block, in_list=in_list):
            self.builder.add_stubs(block, stubs)
        return bool(stubs)

    # -- Chapters without a section

    def place_unknown(self):
        reason = UNPLACED_REASONS.get(self.topic, UNKNOWN_HEADING)
        if self.chapter.heading:
            self.record_unplaced(self.chapter.heading, reason)
        for block in self.chapter.blocks:
            if left_out := boilerplate_reason(block):
                self.builder.record(block, Outcome.LEFT_OUT, left_out)
            elif source := source_line(block.text):
                self.builder.draft.sources.append(source)
                self.record_unplaced(block, f"it names a source ({source}) of what has no place")
            elif self.topic == Topic.RESOURCES or not self.is_left_out_or_stub(block, in_list=False):
                self.record_unplaced(block, reason)

    def record_unplaced(self, block: Block, reason: str):
        claims = self.builder.figures.add_from_text(block) if block.kind != BlockKind.HEADING else []
        self.builder.record(block, Outcome.UNPLACED, "", reason, *claims)
