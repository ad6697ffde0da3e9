"""Lists: markers pasted as text, and lines that are a list although nothing marks them."""

from collections.abc import Callable

from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.classify.topics import Topic
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.markers import find_bullet, find_emoji, find_number

from .lines import (
    asks_something,
    has_amount,
    has_bold_lead,
    is_all_capitals,
    is_labelled,
    is_plain_line,
    is_question,
    is_short,
    is_topic_line,
)

MIN_ENTRIES = 3  # of a list that nothing marks


def with_marker(block: Block) -> Block:
    """A bullet or number at the beginning of the text becomes the block's marker."""
    if block.kind == BlockKind.TABLE_ROW or (block.marker and block.kind == BlockKind.LIST_ENTRY):
        return without_emoji(block) if block.kind == BlockKind.LIST_ENTRY else block
    if block.kind == BlockKind.HEADING:
        marker, end = find_number(block.text)
        marker, end = (marker, end) if marker else find_bullet(block.text)
        return without_emoji(block.replace(marker=marker or block.marker, inline=block.inline.cut(end)))
    marker, end = find_bullet(block.text)
    if not marker:
        marker, end = find_number(block.text)
    if not marker:
        return block
    return without_emoji(
        block.replace(kind=BlockKind.LIST_ENTRY, marker=marker, inline=block.inline.cut(end), depth=max(block.depth, 1))
    )


def without_emoji(block: Block) -> Block:
    picture, end = find_emoji(block.text)
    return block.replace(inline=block.inline.cut(end)) if picture else block


def mark_lists(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    result: list[Block] = []
    start = 0
    while start < len(blocks):
        end = end_of_list(blocks, start, role_names)
        for block in blocks[start:end]:
            entry = block.replace(kind=BlockKind.LIST_ENTRY, depth=1, group=start + 1)
            result.append(without_emoji(entry))
        if end == start:
            result.append(blocks[start])
            end += 1
        start = end
    return result


def end_of_list(blocks: list[Block], start: int, role_names: tuple[str, ...]) -> int:
    """Index after the longest run of similar lines that begins at `start`; `start` if there is no such run."""
    if is_topic_line(blocks[start], role_names) or is_capitals_heading(blocks, start, role_names):
        return start
    ends = [end_of_lines(blocks, start, test) for test in (is_question, is_labelled, has_amount)]
    end = max(*ends, end_of_short_lines(blocks, start, role_names))
    end_of_bold = next((index for index in range(start, len(blocks)) if not has_bold_lead(blocks[index])), len(blocks))
    if end_of_bold - start > 1:
        return max(end, end_of_bold)
    min_entries = MIN_ENTRIES - 1 if start and is_topic_line(blocks[start - 1], role_names) else MIN_ENTRIES
    return end if end - start >= min_entries else start


def end_of_lines(blocks: list[Block], start: int, test: Callable[[str], bool]) -> int:
    end = start
    while end < len(blocks) and is_plain_line(blocks[end]) and test(blocks[end].text):
        end += 1
    return end


def end_of_short_lines(blocks: list[Block], start: int, role_names: tuple[str, ...]) -> int:
    """Index after a run of short lines; a line that looks like the next heading ends it."""
    end = end_of_lines(blocks, start, is_short)
    above = classify_heading(blocks[start - 1].text, role_names) if start else None
    if above and above.topic == Topic.RELATED:
        return end
    for index in range(start, end):
        block, following = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
        heading_topic = classify_heading(block.text, role_names)
        is_last = index == end - 1 and heading_topic is not None and could_stand_below_heading(following)
        is_heading = heading_topic and heading_topic.is_focused and heading_topic.score >= 3
        if is_last or (is_heading and is_topic_line(block, role_names)):
            return index
        if index + 1 < end and asks_something(block.text) and not asks_something(blocks[index + 1].text):
            return index
        if is_all_capitals(block.text) and not is_all_capitals(blocks[start].text):
            return index
    return end


def could_stand_below_heading(following):
    """Whether the block after a line is long enough for the line to be its heading."""
    return following is not None and (following.word_count >= 10 or following.kind == BlockKind.LIST_ENTRY)


def is_capitals_heading(blocks, index, role_names):
    """“AVERAGE SALARY BY COUNTRY” above lines that are not in capitals."""
    text, following = blocks[index].text, blocks[index + 1 : index + 2]
    return (
        is_all_capitals(text)
        and bool(classify_heading(text, role_names))
        and not any(is_all_capitals(block.text) for block in following)
    )
