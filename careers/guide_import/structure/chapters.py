"""Divides an article into chapters, each of one topic by its heading or, where the heading was lost, by its content."""

from collections.abc import Sequence
from itertools import takewhile

from careers.guide_import.classify.headings import HeadingTopic, classify_heading
from careers.guide_import.classify.topics import BOILERPLATE_TOPICS, ITEM_KINDS, POINT_TOPICS, Topic
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.words import exact_words

from .chapter import AT_THE_BEGINNING, Chapter
from .headings import BOLD_LEVEL, POINT_LEVEL
from .lost_headings import split_at_lost_headings

CERTAIN_SCORE = 3.4


def chapters_of(
    blocks: list[Block], role_names: Sequence[str], role: str, title_topic: Topic | None = None
) -> list[Chapter]:
    """Every block is in exactly one chapter, as its heading or among its blocks."""
    builder = ChapterBuilder(role_names, title_topic)
    if not any(block.kind == BlockKind.HEADING for block in blocks):
        builder.current.topic, builder.current.found_by = title_topic, "the title" if title_topic else ""
    for index, block in enumerate(blocks):
        builder.add(block, is_above_list(blocks[index + 1 : index + 3]))
    has_headings = len([chapter for chapter in builder.chapters if chapter.heading]) > 2
    chapters = [part for chapter in builder.chapters for part in split_at_lost_headings(chapter, role, has_headings)]
    mark_sibling_points(chapters)
    mark_bare_headings(chapters)
    set_topic_by_position(chapters)
    return chapters


def set_topic_by_position(chapters: list[Chapter]) -> None:
    """The first chapter is an overview if its topic is unknown or a summary, as “In a nutshell” is."""
    headed = [chapter for chapter in chapters if chapter.heading and chapter.topic not in BOILERPLATE_TOPICS]
    if len(headed) < 3:
        return
    first = headed[0]
    if first.topic == Topic.SUMMARY:
        first.topic = Topic.OVERVIEW
    elif first.topic is None and is_prose(first):
        first.topic, first.found_by = Topic.OVERVIEW, AT_THE_BEGINNING


def is_prose(chapter):
    return 0 < len(chapter.blocks) <= 3 and all(block.kind == BlockKind.PARAGRAPH for block in chapter.blocks)


class ChapterBuilder:
    """`title_topic` is the one topic that the title names, if it names one only: “Skills used by bakers”."""

    def __init__(self, role_names, title_topic=None):
        self.role_names, self.title_topic = role_names, title_topic
        self.chapters = [Chapter(None)]

    @property
    def current(self):
        return self.chapters[-1]

    def add(self, block: Block, is_above_list: bool = False) -> None:
        if block.kind == BlockKind.HEADING:
            self._add_heading(block, is_above_list)
        else:
            self.current.blocks.append(block)

    def _add_heading(self, block, is_above_list):
        heading_topic, top = classify_heading(block.text, self.role_names), self.current.top
        if top.topic == Topic.COMMENTS and not self._ends_comments(heading_topic):
            self.current.blocks.append(block)
            return
        is_of_title = self.title_topic in ITEM_KINDS and top.topic in (None, Topic.OVERVIEW, self.title_topic)
        if is_above_list and is_of_title and not names_kind(heading_topic):
            self._add_main_chapter(block, self.title_topic)
            return
        is_deeper = bool(top.heading) and block.level > top.level
        if heading_topic and heading_topic.topic in BOILERPLATE_TOPICS:
            self._add_main_chapter(block, heading_topic.topic)
        elif is_deeper and self._is_subheading(top, block, heading_topic, is_above_list):
            is_point = top.topic in POINT_TOPICS
            is_group = is_above_list and not names_kind(heading_topic)
            topic = top.topic if is_point or is_group or heading_topic is None else heading_topic.topic
            self.chapters.append(Chapter(topic, block, block.level, main=top, is_point=is_point))
        elif heading_topic:
            self._add_main_chapter(
                block,
                heading_topic.topic,
                level=top.level if block.level == BOLD_LEVEL and top.heading else block.level,
            )
        elif is_deeper or block.level in (BOLD_LEVEL, POINT_LEVEL):
            self.chapters.append(Chapter(top.topic, block, block.level, main=top, is_point=top.topic in POINT_TOPICS))
        elif parent := self._chapter_of_higher_level(block):
            self.chapters.append(
                Chapter(parent.topic, block, block.level, main=parent, is_point=parent.topic in POINT_TOPICS)
            )
        else:
            self._add_main_chapter(block, None)

    def _chapter_of_higher_level(self, block):
        """The chapter that a heading belongs to though one of another topic stands between: None if its topic is unknown."""
        above = (chapter for chapter in reversed(self.chapters) if chapter.heading and chapter.main is None)
        parent = next((chapter for chapter in above if chapter.level < block.level), None)
        return parent if parent and parent.topic and parent.topic not in BOILERPLATE_TOPICS else None

    def _add_main_chapter(self, block, topic, level=None):
        self.chapters.append(Chapter(topic, block, level or block.level, found_by="its heading" if topic else ""))

    def _ends_comments(self, heading_topic: HeadingTopic | None) -> bool:
        return (
            heading_topic is not None
            and heading_topic.is_focused
            and heading_topic.topic not in BOILERPLATE_TOPICS
            and heading_topic.score >= CERTAIN_SCORE
        )

    def _is_subheading(self, top, block, heading_topic, is_above_list):
        """Whether a deeper heading belongs to the chapter above it, and does not start another topic."""
        if top.topic is None or top.topic in BOILERPLATE_TOPICS:
            return heading_topic is None
        if heading_topic is None:
            return True
        if heading_topic.topic == top.topic or block.level == POINT_LEVEL:
            return True
        if top.topic == Topic.CHALLENGES and heading_topic.topic == Topic.RESPONSES:
            return False
        if top.topic == Topic.QUESTIONS:
            return heading_topic.score < 3
        if is_above_list and top.topic in ITEM_KINDS and top.topic != Topic.INTERVIEW:
            return not names_kind(heading_topic)
        if top.topic in POINT_TOPICS:
            is_other_topic = heading_topic.score >= CERTAIN_SCORE and (heading_topic.is_focused or is_above_list)
            return not is_other_topic or (top.topic == Topic.INTERVIEW and not is_above_list)
        if top.topic == Topic.PATH and heading_topic.topic in (Topic.INDUSTRIES, Topic.REQUIREMENTS, Topic.WORK):
            return heading_topic.topic != Topic.REQUIREMENTS or not heading_topic.is_focused
        return not heading_topic.is_focused and heading_topic.score < 3


def names_kind(heading_topic: HeadingTopic | None) -> bool:
    """Whether a heading above a list says what the list is of: its noun is one of the topic, or it is about little else."""
    if heading_topic is None:
        return False
    return heading_topic.score >= (3 if heading_topic.is_head else CERTAIN_SCORE) and (
        heading_topic.is_head or heading_topic.is_focused
    )


def is_above_list(following: list[Block]) -> bool:
    """Whether a list follows, directly or after a line that introduces it. Then a heading is a chapter, not a point."""
    if following and following[0].kind == BlockKind.PARAGRAPH and following[0].text.endswith(":"):
        following = following[1:]
    return bool(following) and following[0].kind == BlockKind.LIST_ENTRY


def mark_sibling_points(chapters: list[Chapter]) -> None:
    """Headings above a short paragraph each, after a chapter that introduces points, are these points."""
    for index, chapter in enumerate(chapters):
        if not introduces_points(chapter):
            continue
        following = list(takewhile(could_be_point, chapters[index + 1 :]))
        if len(following) > 1:
            for other in following:
                other.topic, other.main, other.is_point = chapter.topic, chapter, True


def introduces_points(chapter):
    is_main = chapter.topic in POINT_TOPICS and not chapter.is_point and chapter.main is None
    return is_main and not chapter.has_list and len(chapter.blocks) < 2


def could_be_point(chapter):
    alone = chapter.topic is None and chapter.heading is not None and chapter.main is None
    return alone and 0 < len(chapter.blocks) <= 2 and not chapter.has_list


def mark_bare_headings(chapters: list[Chapter]) -> None:
    for chapter, following in zip(chapters, [*chapters[1:], None], strict=True):
        has_text_below = following is not None and (following.heading is None or following.level > chapter.level)
        chapter.is_bare = chapter.heading is not None and not chapter.blocks and not has_text_below


def mark_repeated_chapters(chapters: list[Chapter]) -> None:
    """Sets `repeats` of chapters with a heading and blocks that earlier chapters have."""
    seen: dict[tuple, tuple[set, str]] = {}
    for chapter in chapters:
        if not chapter.heading:
            continue
        key = exact_words(chapter.heading.text)
        if not key:
            continue
        texts = {exact_words(block.text) for block in chapter.blocks}
        earlier_texts, where = seen.get(key, (set(), ""))
        if where and texts and texts <= earlier_texts:
            chapter.repeats = where
        seen[key] = (texts | earlier_texts, where or chapter.heading.where)
