"""Chapters divided where a list or a paragraph plainly has another topic than the heading above it."""

from careers.guide_import.classify.paragraphs import topic_of_list, topic_of_list_introduction, topic_of_paragraph
from careers.guide_import.classify.topics import BOILERPLATE_TOPICS, ITEM_KINDS, Topic
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import PayContext, pay_in
from careers.guide_import.text.blocks import BlockKind

from .chapter import AT_THE_BEGINNING, CONTENT, HEADING_LOST, Chapter
from .runs import group_runs

# Topics whose lists may stand in each other's chapters.
COMPATIBLE_TOPICS = [
    {Topic.WORK, Topic.TASKS, Topic.DAY},
    {Topic.PAY, Topic.PATH, Topic.OUTLOOK},
    {Topic.REQUIREMENTS, Topic.TOOLS, Topic.TIPS},
]


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
        introduction = take_introduction(current, kind)
        part = Chapter(topic, None, chapter.level, [*introduction, *run], found_by=HEADING_LOST)
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


def take_introduction(current, kind):
    """Removes and returns the last paragraph if it introduces the list after it."""
    if kind != BlockKind.PARAGRAPH and current.blocks and current.blocks[-1].kind == BlockKind.PARAGRAPH:
        last = current.blocks[-1]
        if last.text.rstrip().endswith(":") or (last.word_count <= 40 and topic_of_list_introduction(last.text)):
            return [current.blocks.pop()]
    return []


def topic_of_run(kind, run, current, chapter, role, has_headings):
    """The topic of a paragraph, a list or a table if it differs from the current one; None if it continues it."""
    open_topic = current.topic in (None, Topic.OVERVIEW, Topic.SUMMARY)
    if kind == BlockKind.PARAGRAPH:
        if (chapter.heading and chapter.topic) or (has_headings and chapter.heading):
            return topic_below_unknown_heading(run[0], role) if current.topic is None and not current.blocks else None
        return topic_of_paragraph(run[0].text)
    if kind == BlockKind.TABLE_ROW:
        return None
    announced, content = None, topic_of_list(run, role)
    if current.blocks and current.blocks[-1].kind == BlockKind.PARAGRAPH:
        introduction = current.blocks[-1].text
        announced = topic_of_list_introduction(introduction) or (
            None if chapter.heading else topic_of_paragraph(introduction)
        )
    if open_topic:
        return content if content in (Topic.PAY, Topic.INTERVIEW, Topic.RELATED) else announced or content
    if current.topic == Topic.QUESTIONS:
        return None
    if content in (Topic.INTERVIEW, Topic.PAY, Topic.RELATED) and not are_compatible(current.topic, content):
        return content
    has_list = any(block.kind == BlockKind.LIST_ENTRY for block in current.blocks) or not chapter.heading
    if (
        has_list
        and (announced in ITEM_KINDS or announced == Topic.TOOLS)
        and not are_compatible(current.topic, announced)
    ):
        return announced
    return content if has_list and content in (Topic.KPIS, Topic.DAY) else None


def topic_below_unknown_heading(block, role):
    """The topic of a paragraph below a heading without a known topic."""
    if outlook_in(block.text, OutlookContext(role=role))[0]:
        return Topic.OUTLOOK
    return Topic.PAY if pay_in(block.text, PayContext(role=role))[0] else topic_of_paragraph(block.text)


def are_compatible(topic, other):
    """Whether a list of one topic may stand in a chapter of the other."""
    return topic == other or any({topic, other} <= topics for topics in COMPATIBLE_TOPICS)
