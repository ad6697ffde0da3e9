"""Puts blocks where the person who imports an article wants them, instead of where their chapter goes."""

from careers.guide_import.classify.topics import ITEM_KINDS, SECTION_KINDS, Topic
from careers.guide_import.draft import Outcome
from careers.guide_import.structure.chapter import Chapter
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.points import split_lead
from careers.roles.models import Section

from .content import ContentPlacement
from .draft_builder import DraftBuilder
from .places import LEFT_OUT, POINT_TOPICS, TEXT_TOPICS, UNPLACED, check_places

CHOSEN = "you chose this place"


class ChosenPlaces:
    """A heading takes the lines under it along, unless they have a chosen place of their own."""

    def __init__(self, builder: DraftBuilder, places: dict[int, str]):
        """`places` is {index of the block in the outline: place}. Raises ArticleError for one that cannot be."""
        blocks = builder.outline.blocks
        check_places(places, blocks)
        self.builder = builder
        self.waiting = {id(blocks[index]): (blocks[index], place) for index, place in places.items()}

    def spread_from_headings(self, chapters: list[Chapter]) -> None:
        """The lines up to the next heading of its level get its place; those of a text are placed as its topic says."""
        place, level = "", 0
        for chapter in chapters:
            if own := self.place_of(chapter.heading):
                place, level = own, chapter.level
            elif chapter.heading is not None and chapter.level <= level:
                place = ""
            if place in TEXT_TOPICS:
                self.waiting.pop(id(chapter.heading), None)
                chapter.topic, chapter.is_point, chapter.found_by, chapter.repeats = TEXT_TOPICS[place], False, "", ""
            elif place:
                for block in chapter.all_blocks:
                    self.waiting.setdefault(id(block), (block, place))

    def place_of(self, block: Block | None) -> str:
        return self.waiting[id(block)][1] if id(block) in self.waiting else ""

    def take_from(self, chapter: Chapter) -> list[Block]:
        """Removes the blocks with a chosen place from the chapter, and returns them."""
        taken = [block for block in chapter.all_blocks if id(block) in self.waiting]
        if taken:
            chapter.heading = None if id(chapter.heading) in self.waiting else chapter.heading
            chapter.blocks = [block for block in chapter.blocks if id(block) not in self.waiting]
        return taken

    def place(self, blocks: list[Block]) -> None:
        for block in blocks:
            self._place(*self.waiting.pop(id(block)))

    def place_rest(self) -> None:
        """Those that are in no chapter: parts of the page, and entries of a table of contents."""
        self.place([block for block, _ in list(self.waiting.values())])

    def _place(self, block: Block, place: str) -> None:
        if place == LEFT_OUT:
            self.builder.record(block, Outcome.LEFT_OUT, "you skipped it")
        elif place == UNPLACED:
            claims = self.builder.figures.add_from_text(block) if block.kind != BlockKind.HEADING else []
            self.builder.record(block, Outcome.UNPLACED, "", CHOSEN, *claims)
        elif place in TEXT_TOPICS:
            self._place_as_text(block, TEXT_TOPICS[place])
        else:
            self._place_as_point(block, POINT_TOPICS[place])

    def _place_as_text(self, block, topic):
        content = self._content(topic)
        if block.kind == BlockKind.HEADING:
            content.section.add(block)
            self.builder.record(block, Outcome.HEADING, content.section_name, CHOSEN)
        else:
            content.add_prose(block, *content.add_figures(block), *content.add_facts(block), CHOSEN)
        self.builder.figures.end_chapter()

    def _place_as_point(self, block, topic):
        content, kind = self._content(topic), ITEM_KINDS[topic]
        if block.kind == BlockKind.TABLE_ROW:
            content.place_row_as_item(kind, block)
        else:
            lead, text = split_lead(block.inline, is_question=topic == Topic.INTERVIEW)
            content.add_item(kind, lead, text, [block])
        self.builder.add_notes(block, CHOSEN)

    def _content(self, topic):
        section = self.builder.section(Section.Kind(SECTION_KINDS[topic]))
        return ContentPlacement(self.builder, Chapter(topic), section)
