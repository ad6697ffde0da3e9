"""Lists: markers pasted as text, lines below an introduction, and similar lines that nothing marks as a list."""

import re
from collections.abc import Iterable

from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.classify.paragraphs import votes_of_introduction
from careers.guide_import.classify.topics import Topic
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.markers import find_bullet, find_emoji, find_number
from careers.guide_import.text.sentences import sentence_spans

from .lines import (
    asks_something,
    has_amount,
    has_bold_lead,
    is_all_capitals,
    is_heading_of_next_part,
    is_introduction,
    is_labelled,
    is_plain_line,
    is_question,
    is_short,
    is_topic_line,
)

MIN_ENTRIES = 3  # of a list that nothing marks
MAX_WORDS_OF_LINE = 30  # of an entry below an introduction
DIGIT = re.compile(r"\d")
OWN_NUMBER = re.compile(r"\d{1,2}[.)]\s+")


def with_marker(block: Block) -> Block:
    """A bullet or number at the beginning of the text becomes the block's marker."""
    if block.kind == BlockKind.TABLE_ROW:
        return block
    if block.marker and block.kind == BlockKind.LIST_ENTRY:
        return without_emoji(without_repeated_number(block))
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


def without_repeated_number(block: Block) -> Block:
    """The entry without a number typed at its beginning, which becomes its marker."""
    match = OWN_NUMBER.match(block.text)
    if not match or not find_number(block.text)[0]:
        return block
    return block.replace(marker=match[0].strip(), inline=block.inline.cut(match.end()))


def without_emoji(block: Block) -> Block:
    picture, end = find_emoji(block.text)
    return block.replace(inline=block.inline.cut(end)) if picture else block


# -- Lines below an introduction


def mark_introduced_lists(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    """Lines that stand directly below each other, after a line that ends in a colon, are the entries of a list."""
    result = list(blocks)
    for index in range(len(blocks) - 1):
        if is_introduction(blocks[index]):
            end = end_of_introduced_list(blocks, index + 1, role_names)
            for position in range(index + 1, end):
                result[position] = as_entry(blocks[position], group=index + 1)
    return result


def end_of_introduced_list(blocks: list[Block], start: int, role_names: tuple[str, ...]) -> int:
    """Index after the entries; `start` if there is no list. A heading or an introduction below the last entry ends it."""
    first = blocks[start]
    end = start
    while end < len(blocks) and could_be_entry(blocks[end], first):
        end += 1
    is_stanza = end - start > 1 and blocks[start + 1].stanza == first.stanza
    if is_stanza:
        end = next((index for index in range(start, end) if blocks[index].stanza != first.stanza), end)
    following = blocks[end] if end < len(blocks) else None
    if end - start > 1 and following is not None and is_heading_of_next_part(blocks[end - 1], following, role_names):
        own_topics = votes_of_introduction(blocks[start - 1].text, "")
        end -= topic_of_line(blocks[end - 1], role_names) not in own_topics
    is_plain = is_stanza or all(is_short(block.text) and not DIGIT.search(block.text) for block in blocks[start:end])
    return end if end - start >= (MIN_ENTRIES - 1 if is_plain else MIN_ENTRIES) else start


def topic_of_line(block: Block, role_names: tuple[str, ...]) -> Topic | None:
    heading_topic = classify_heading(block.text, role_names)
    return heading_topic.topic if heading_topic else None


def could_be_entry(block: Block, first: Block) -> bool:
    """Whether a line looks like the first entry: both are sentences, or neither is."""
    if block.kind != BlockKind.PARAGRAPH or block.text.endswith(":") or block.word_count > MAX_WORDS_OF_LINE:
        return False
    if block.inline.is_bold != first.inline.is_bold or len(sentence_spans(block.text)) > 1:
        return False
    is_alike = block.text.endswith((".", "!")) == first.text.endswith((".", "!"))
    is_alike &= is_all_capitals(block.text) <= is_all_capitals(first.text)
    return is_alike and (block.stanza == first.stanza or not block.text.endswith((".", "!")))


def as_entry(block: Block, *, group: int) -> Block:
    return without_emoji(block.replace(kind=BlockKind.LIST_ENTRY, depth=1, group=group))


# -- Similar lines


def mark_lists(blocks: list[Block], role_names: tuple[str, ...]) -> list[Block]:
    runs = SimilarLines(blocks, role_names)
    result: list[Block] = []
    start = 0
    while start < len(blocks):
        end = runs.end_of_list(start)
        result += [as_entry(block, group=start + 1) for block in blocks[start:end]]
        if end == start:
            result.append(blocks[start])
            end += 1
        start = end
    return result


class SimilarLines:
    """Where runs of similar lines end, found in one pass for each kind of similarity."""

    def __init__(self, blocks: list[Block], role_names: tuple[str, ...]):
        self.blocks, self.role_names = blocks, role_names
        plain = [is_plain_line(block) for block in blocks]
        texts = [block.text for block in blocks]
        self.ends = [self._ends(is_plain and test(text) for is_plain, text in zip(plain, texts, strict=True))
                     for test in (is_question, is_labelled, has_amount)]  # fmt: skip
        self.ends_short = self._ends(is_plain and is_short(text) for is_plain, text in zip(plain, texts, strict=True))
        self.ends_bold = self._ends(has_bold_lead(block) for block in blocks)

    def _ends(self, passes: Iterable[bool]) -> list[int]:
        """[index after the run that begins at each block]"""
        ends, end = [], len(self.blocks)
        for index, is_member in reversed(list(enumerate(passes))):
            end = end if is_member else index
            ends.append(end)
        return ends[::-1]

    def end_of_list(self, start: int) -> int:
        """Index after the longest run of similar lines that begins at `start`; `start` if there is no such run."""
        blocks = self.blocks
        if is_topic_line(blocks[start], self.role_names) or self._is_capitals_heading(start):
            return start
        end = max(*(ends[start] for ends in self.ends), self._end_of_short_lines(start))
        if self.ends_bold[start] - start > 1:
            return max(end, self.ends_bold[start])
        is_below_topic = start > 0 and is_topic_line(blocks[start - 1], self.role_names)
        return end if end - start >= (MIN_ENTRIES - 1 if is_below_topic else MIN_ENTRIES) else start

    def _end_of_short_lines(self, start: int) -> int:
        """Index after a run of short lines; a line that looks like the next heading ends it."""
        blocks, role_names, end = self.blocks, self.role_names, self.ends_short[start]
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

    def _is_capitals_heading(self, index: int) -> bool:
        """“AVERAGE SALARY BY COUNTRY” above lines that are not in capitals."""
        text, following = self.blocks[index].text, self.blocks[index + 1 : index + 2]
        return (
            is_all_capitals(text)
            and bool(classify_heading(text, self.role_names))
            and not any(is_all_capitals(block.text) for block in following)
        )


def could_stand_below_heading(following: Block | None) -> bool:
    """Whether the block after a line is long enough for the line to be its heading."""
    return following is not None and (following.word_count >= 10 or following.kind == BlockKind.LIST_ENTRY)
