"""Headings: numbered lines and plain lines that are headings although nothing marks them, and the title."""

import re

from careers.guide_import.classify.boilerplate import boilerplate_reason
from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.classify.topics import POINT_TOPICS, Topic
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.markers import is_number_marker, ordinal
from careers.guide_import.text.role_names import role_pattern
from careers.guide_import.text.words import word_stems

from .lines import LABEL, SENTENCE_END, could_be_heading, is_all_capitals, is_sentence

# Heading levels: of parts, of unmarked lines, of bold lines, and of numbered points. Marked headings keep theirs.
MAIN_LEVEL, LINE_LEVEL, BOLD_LEVEL, POINT_LEVEL = 2, 3, 6, 7


def mark_numbered_headings(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    """“3. A day in the life” above a paragraph is a heading; a series that names few known topics consists of points."""
    result = list(blocks)
    for series in number_series(blocks):
        known = [found for index in series if (found := classify_heading(blocks[index].text, role_names))]
        topics = {found.topic for found in known}
        inside_points = topic_above(result, series[0], role_names) in POINT_TOPICS
        if len(known) * 2 >= len(series) and (len(topics) > 1 or len(series) == 1) and not inside_points:
            level = MAIN_LEVEL
        elif len(series) > 1 and not any(has_entries_below(blocks, index) for index in series):
            level = POINT_LEVEL
        else:
            continue
        for index in series:
            own_level = blocks[index].level if level == MAIN_LEVEL else 0
            result[index] = blocks[index].replace(kind=BlockKind.HEADING, level=own_level or level, depth=0)
    return result


def number_series(blocks: list[Block]) -> list[list[int]]:
    """Indexes of numbers that count up, each above a block outside its list.

    Bold numbers continue after numbers that are not bold, which are lists below them.
    """
    series: list[list[int]] = []
    last = last_bold = None  # (kind and style, number, series) of the previous number, and of the previous bold one
    for index, block in enumerate(blocks):
        if not is_number_marker(block.marker) or not could_be_numbered_heading(blocks, index):
            continue
        style, number = ordinal(block.marker)
        previous = last_bold if block.inline.is_bold else last
        if previous and previous[0] == (block.kind, style) and number and number == previous[1] + 1:
            previous[2].append(index)
            last = (previous[0], number, previous[2])
        else:
            last = ((block.kind, style), number or 0, [index])
            series.append(last[2])
        if block.inline.is_bold:
            last_bold = last
    return [
        entries for entries in series if blocks[entries[0]].kind == BlockKind.LIST_ENTRY or are_points(blocks, entries)
    ]


def are_points(blocks, entries):
    """Whether headings are numbered while others of their level are not: points of the heading above them."""
    level = blocks[entries[0]].level
    others = [
        block for block in blocks if block.kind == BlockKind.HEADING and block.level == level and not block.marker
    ]
    return len(others) >= 2 and len(entries) >= 2


def could_be_numbered_heading(blocks, index):
    block = blocks[index]
    if block.kind == BlockKind.HEADING:
        return True
    if (
        block.kind != BlockKind.LIST_ENTRY
        or block.depth > 1
        or len(block.text.split()) > 14
        or SENTENCE_END.search(block.text)
    ):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or (LABEL.match(block.text) and not block.inline.is_bold):
        return False
    if following.kind == BlockKind.PARAGRAPH:
        return following.depth == 0
    return following.kind == BlockKind.TABLE_ROW or has_entries_below(blocks, index)


def has_entries_below(blocks, index):
    """Whether a list of another style begins below a numbered line."""
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind != BlockKind.LIST_ENTRY:
        return False
    return not is_number_marker(following.marker) or ordinal(following.marker)[0] != ordinal(blocks[index].marker)[0]


def topic_above(blocks: list[Block], index: int, role_names: tuple[str, ...]) -> Topic | None:
    """The topic of the nearest heading above, but not of the title, which is about the whole article."""
    tops = [block for block in blocks if block.kind == BlockKind.HEADING and block.level == 1]
    for block in reversed(blocks[:index]):
        if block.kind == BlockKind.HEADING and block.level != POINT_LEVEL and [block] != tops:
            heading_topic = classify_heading(block.text, role_names)
            return heading_topic.topic if heading_topic else None
    return None


def mark_line_headings(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    has_headings = (
        len([block for block in blocks if block.kind == BlockKind.HEADING and 1 < block.level < POINT_LEVEL]) > 1
    )
    result = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        before = result[-1] if result else None
        level = level_of_line(block, before, following, role_names, has_headings)
        result.append(block.replace(kind=BlockKind.HEADING, level=level, depth=0) if level else block)
    return [block if has_text_below(result, index) else blocks[index] for index, block in enumerate(result)]


def has_text_below(blocks: list[Block], index: int) -> bool:
    """Whether a block is no heading, the first line, or a heading above something other than its equals."""
    if blocks[index].kind != BlockKind.HEADING or index == 0:
        return True
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    return following is not None and (following.kind != BlockKind.HEADING or following.level > blocks[index].level)


def level_of_line(block, before, following, role_names, has_headings):
    """The heading level of a line; 0 for a paragraph."""
    if block.kind != BlockKind.PARAGRAPH or block.depth or following is None or not could_be_heading(block):
        return 0
    heading_topic = classify_heading(block.text, role_names)
    if block.inline.is_bold:
        return BOLD_LEVEL if has_headings else MAIN_LEVEL if heading_topic else LINE_LEVEL
    if is_all_capitals(block.text):
        return MAIN_LEVEL
    is_certain = heading_topic and heading_topic.is_head and heading_topic.score >= 3 and not has_headings
    names_topic = heading_topic and (heading_topic.is_focused or is_certain)
    if names_topic and not is_sentence(block.text) and (block.word_count <= 7 or not has_headings):
        return MAIN_LEVEL
    if not has_headings and stands_out_as_heading(block, before, following):
        return LINE_LEVEL
    return 0


def stands_out_as_heading(block, before, following):
    """Whether a short line that is not a sentence precedes a longer block. Asked only in texts without marked headings."""
    is_short = len(block.text.split()) <= 9 and block.text[:1].isupper() and not block.text.endswith(":")
    is_above_text = following.kind in (BlockKind.LIST_ENTRY, BlockKind.TABLE_ROW) or len(following.text.split()) >= 12
    is_after_text = before is None or before.kind != BlockKind.PARAGRAPH or len(before.text.split()) >= 10
    return is_short and is_above_text and is_after_text and not is_sentence(block.text)


def keep_one_title(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    """Only the title has level 1: if several headings have it, all but the first move one level down."""
    tops = [index for index, block in enumerate(blocks) if block.kind == BlockKind.HEADING and block.level == 1]
    if len(tops) < 2:
        return blocks
    title = tops[0] if tops[0] == 0 or not classify_heading(blocks[tops[0]].text, role_names) else None
    lower = {index for index, block in enumerate(blocks) if block.kind == BlockKind.HEADING and index != title}
    return [
        block.replace(level=min(block.level + 1, POINT_LEVEL)) if index in lower else block
        for index, block in enumerate(blocks)
    ]


def mark_title(blocks: list[Block], role_names: tuple[str, ...], file_title: str) -> list[Block]:
    """Without a level 1 heading, the title is the line that repeats the title of the file, or the first line."""
    if any(block.kind == BlockKind.HEADING and block.level == 1 for block in blocks):
        return blocks
    if words := set(word_stems(re.split(r"\s[|–—-]\s", file_title)[0])):
        candidates = (
            index
            for index, block in enumerate(blocks[:10])
            if words <= set(word_stems(block.text)) and block.word_count <= 20 and not block.text.endswith((".", ":"))
        )
    else:
        candidates = (index for index, block in enumerate(blocks) if not boilerplate_reason(block))
    first = next(candidates, None)
    if first is None:
        return blocks
    is_above_heading = first + 1 < len(blocks) and blocks[first + 1].kind == BlockKind.HEADING
    if not (file_title or could_be_title(blocks[first], role_names, above_heading=is_above_heading)):
        return blocks
    title = blocks[first].replace(kind=BlockKind.HEADING, level=1, depth=0)
    return [*blocks[:first], title, *blocks[first + 1 :]]


def could_be_title(block, role_names, *, above_heading=False):
    """Whether the first line names the role, or no topic at all, and is not a sentence or a question."""
    if (
        block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING)
        or block.word_count > 20
        or block.text.endswith((".", "?"))
    ):
        return False
    if classify_heading(block.text, role_names) is None:
        return True
    names_role = any(pattern.search(block.text) for name in role_names if (pattern := role_pattern(name)))
    is_long = block.word_count > 4 or bool(re.search(r"[:,&|–—]|\d{4}|guide|how to", block.text, re.IGNORECASE))
    return names_role and (is_long or above_heading)
