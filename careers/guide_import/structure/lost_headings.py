"""Chapters divided where a list or a paragraph plainly has another topic than the heading above it."""

from collections import Counter

from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.classify.paragraphs import (
    OPENS_TOPIC,
    topic_of_paragraph,
    votes_of_introduction,
    votes_of_list,
)
from careers.guide_import.classify.topics import BOILERPLATE_TOPICS, ITEM_KINDS, Topic
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import PayContext, pay_in
from careers.guide_import.text.blocks import Block, BlockKind

from .chapter import AT_THE_BEGINNING, CONTENT, HEADING_LOST, Chapter
from .runs import group_runs

# {topic of a chapter: topics whose lists may stand in it}
LISTS_WITHIN: dict[Topic | None, set[Topic]] = {
    Topic.WORK: {Topic.TASKS},
    Topic.TASKS: {Topic.WORK},
    Topic.DAY: {Topic.WORK, Topic.TASKS},
    Topic.PAY: {Topic.PATH, Topic.OUTLOOK},
    Topic.PATH: {Topic.PAY, Topic.OUTLOOK},
    Topic.OUTLOOK: {Topic.PAY, Topic.PATH},
}
OPEN_TOPICS = (None, Topic.OVERVIEW, Topic.SUMMARY)  # any list may begin another topic below these
# Topics without points of their own whose lists may begin a chapter.
TOPICS_OF_LISTS = (Topic.PAY, Topic.RELATED, Topic.TOOLS, Topic.INDUSTRIES, Topic.PATH, Topic.OUTLOOK)


def split_at_lost_headings(chapter: Chapter, role: str, has_headings: bool) -> list[Chapter]:
    if chapter.topic in BOILERPLATE_TOPICS or chapter.topic in (Topic.RELATED, Topic.RESOURCES) or chapter.is_point:
        return [chapter]
    parts = [Chapter(chapter.topic, chapter.heading, chapter.level, [], chapter.main, found_by=chapter.found_by)]
    runs = group_runs(chapter.blocks)
    for index, (kind, run) in enumerate(runs):
        current = parts[-1]
        if introduces_list(runs, index):
            current.blocks += run
            continue
        topic = topic_of_run(kind, run, current, chapter, role, has_headings)
        if topic is None or topic == current.topic:
            current.blocks += run
            continue
        if current.topic is None and current.heading and not current.blocks:
            current.topic, current.found_by, current.blocks = topic, CONTENT, [*run]
            continue
        introduction = take_introduction(current, kind, role)
        part = Chapter(topic, None, chapter.level, [*introduction, *run], found_by=HEADING_LOST)
        part.main = chapter.top if topic == Topic.INDUSTRIES and chapter.heading else None
        if current.blocks or current.heading:
            parts.append(part)
        else:
            parts[-1] = part
    if parts[0].topic is None and (parts[0].heading is None) and parts[0].blocks:
        parts[0].topic, parts[0].found_by = Topic.OVERVIEW, AT_THE_BEGINNING
    return parts


def introduces_list(runs, index):
    """Whether a run is a line such as “The duties are:” above a list. Its topic is decided with that of the list."""
    kind, run = runs[index]
    above_list = index + 1 < len(runs) and runs[index + 1][0] == BlockKind.LIST_ENTRY
    return kind == BlockKind.PARAGRAPH and above_list and run[0].text.rstrip().endswith(":")


def take_introduction(current: Chapter, kind: BlockKind, role: str) -> list[Block]:
    """Removes and returns the last paragraph if it introduces the list after it."""
    if kind != BlockKind.PARAGRAPH and current.blocks and current.blocks[-1].kind == BlockKind.PARAGRAPH:
        last = current.blocks[-1]
        if last.text.rstrip().endswith(":") or (last.word_count <= 40 and votes_of_introduction(last.text, role)):
            return [current.blocks.pop()]
    return []


def topic_of_run(kind, run, current: Chapter, chapter: Chapter, role: str, has_headings: bool) -> Topic | None:
    """The topic of a paragraph, a list or a table if it differs from the current one; None if it continues it."""
    if kind == BlockKind.PARAGRAPH:
        if chapter.heading and current.topic is None and not current.blocks:
            return topic_below_unknown_heading(run[0], role)
        is_below_heading = chapter.heading and (chapter.topic or has_headings)
        return None if is_below_heading else topic_of_paragraph(run[0].text)
    if kind == BlockKind.TABLE_ROW:
        return topic_of_table(run[0], role) if current.topic is None else None
    if current.topic == Topic.QUESTIONS:
        return None
    return topic_of_list(run, current, chapter, role)


def topic_of_list(run: list[Block], current: Chapter, chapter: Chapter, role: str) -> Topic | None:
    """The heading, the words before the list and what the list looks like vote; the heaviest topic wins."""
    looks = votes_of_list(run, role)
    announced: dict[Topic, float] = {}
    if current.blocks and current.blocks[-1].kind == BlockKind.PARAGRAPH:
        introduction = current.blocks[-1].text
        announced = votes_of_introduction(introduction, role)
        if not (announced or chapter.heading) and (opened := topic_of_paragraph(introduction)):
            announced = {opened: OPENS_TOPIC}
    if not any(block.text.endswith("?") for block in run):
        announced.pop(Topic.INTERVIEW, None)  # “tips for the interview:”
    votes = Counter(looks)
    votes.update(announced)
    if current.topic not in OPEN_TOPICS:
        votes[current.topic] += weight_of_heading(current, chapter)
        for topic in [topic for topic in looks if topic not in announced and may_stand_in(current.topic, topic)]:
            del votes[topic]
    winner = max(votes, key=lambda topic: votes[topic], default=None)
    has_place = winner in ITEM_KINDS or winner in TOPICS_OF_LISTS or current.topic in OPEN_TOPICS
    return winner if has_place and not may_stand_in(current.topic, winner) else None


def weight_of_heading(current: Chapter, chapter: Chapter) -> float:
    """A heading decides about a list directly below it, and less about a list further down."""
    if any(block.kind == BlockKind.LIST_ENTRY for block in current.blocks) or not chapter.heading:
        return 1.0
    texts_between = [block for block in current.blocks if not block.text.rstrip().endswith(":")]
    return 1.6 if texts_between else 2.3


def topic_of_table(header: Block, role: str) -> Topic | None:
    """The topic that the first row of a table names, below a heading without a known topic."""
    found = [heading_topic for cell in header.cells if (heading_topic := classify_heading(cell.text, (role,)))]
    return max(found, key=lambda heading_topic: heading_topic.score).topic if found else None


def topic_below_unknown_heading(block, role):
    """The topic of a paragraph below a heading without a known topic."""
    if any(outlook_in(block.text, OutlookContext(role=role))):  # figures, or why there are none
        return Topic.OUTLOOK
    return Topic.PAY if pay_in(block.text, PayContext(role=role))[0] else topic_of_paragraph(block.text)


def may_stand_in(topic: Topic | None, other: Topic | None) -> bool:
    """Whether a list of the other topic may stand in a chapter of the topic."""
    return topic == other or other in LISTS_WITHIN.get(topic, set())
