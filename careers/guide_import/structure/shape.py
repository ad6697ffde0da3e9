"""Blocks as a reader sees them: bullets pasted as text become lists, lines that stand above others become headings."""

import re

from careers.guide_import.classify.boilerplate import reason_to_leave_out
from careers.guide_import.classify.headings import meaning_of, role_pattern
from careers.guide_import.classify.topics import POINTED, Topic
from careers.guide_import.extract.amounts import amounts_in
from careers.guide_import.extract.citations import source_line
from careers.guide_import.extract.people import stems
from careers.guide_import.text.blocks import Kind
from careers.guide_import.text.markers import bullet_of, emoji_of, is_number, number_of, ordinal
from careers.guide_import.text.sentences import sentences_of

LABEL = re.compile(r"^(?:[^\W\d_]|[\d“\"'(])[^:.!?]{1,60}(?::\s|\s[–—]\s|\s-\s)\S")
SENTENCE_END = re.compile(r"[.,;!…]$")
FEWEST = 3
POINT_LEVEL, BOLD_LEVEL, LINE_LEVEL, MAIN_LEVEL = 7, 6, 3, 2


def shaped(blocks, roles=(), title=""):
    """The blocks with lists and headings found. What was left out in reading stays as it is, in its place."""
    kept = [block for block in blocks if not block.left_out]
    kept = [with_marker(block) for block in kept]
    kept = lists_of_lines(kept, roles)
    kept = numbered_headings(kept, roles)
    kept = with_one_title(kept, roles)
    kept = lines_above(kept, roles)
    kept = with_title(kept, roles, title)
    fresh = iter(kept)
    return [block if block.left_out else next(fresh) for block in blocks]


# -- Marks


def with_marker(block):
    """A bullet or number at the beginning of the text becomes the block's marker."""
    if block.kind == Kind.ROW or (block.marker and block.kind == Kind.ENTRY):
        return without_emoji(block) if block.kind == Kind.ENTRY else block
    if block.kind == Kind.HEADING:
        marker, end = number_of(block.text)
        marker, end = (marker, end) if marker else bullet_of(block.text)
        return without_emoji(block.changed(marker=marker or block.marker, inline=block.inline.cut(end)))
    marker, end = bullet_of(block.text)
    if not marker:
        marker, end = number_of(block.text)
    if not marker:
        return block
    return without_emoji(
        block.changed(kind=Kind.ENTRY, marker=marker, inline=block.inline.cut(end), depth=max(block.depth, 1))
    )


def without_emoji(block):
    picture, end = emoji_of(block.text)
    return block.changed(inline=block.inline.cut(end)) if picture else block


# -- Lines that are a list though nothing marks them


def lists_of_lines(blocks, roles):
    result, index = [], 0
    while index < len(blocks):
        run = run_at(blocks, index, roles)
        if run > index:
            lines = [block.changed(kind=Kind.ENTRY, depth=1, group=index + 1) for block in blocks[index:run]]
            result += map(without_emoji, lines)
            index = run
        else:
            result.append(blocks[index])
            index += 1
    return result


def run_at(blocks, start, roles):
    """The end of the longest run of lines alike that begins here; `start` where there is none."""
    if is_topic_line(blocks[start], roles) or is_capitals_above(blocks, start, roles):
        return start
    ends = [run_of(blocks, start, alike) for alike in (is_question, is_labelled, is_figure)]
    end = max(*ends, run_of_short(blocks, start, roles))
    bold = next((index for index in range(start, len(blocks)) if not has_bold_lead(blocks[index])), len(blocks))
    if bold - start > 1:
        return max(end, bold)
    fewest = FEWEST - 1 if start and is_topic_line(blocks[start - 1], roles) else FEWEST
    return end if end - start >= fewest else start


def run_of(blocks, start, alike):
    end = start
    while end < len(blocks) and is_line(blocks[end]) and alike(blocks[end].text):
        end += 1
    return end


def run_of_short(blocks, start, roles):
    """Short lines up to the next one that stands above others."""
    end = run_of(blocks, start, is_short)
    above = meaning_of(blocks[start - 1].text, roles) if start else None
    if above and above.topic == Topic.RELATED:
        return end
    for index in range(start, end):
        block, following = blocks[index], blocks[index + 1] if index + 1 < len(blocks) else None
        meaning = meaning_of(block.text, roles)
        is_last = index == end - 1 and meaning is not None and stands_over(following)
        if is_last or (meaning and meaning.is_plain and meaning.score >= 3 and is_topic_line(block, roles)):
            return index
        if index + 1 < end and asks(block.text) and not asks(blocks[index + 1].text):
            return index
        if is_capitals(block.text) and not is_capitals(blocks[start].text):
            return index
    return end


def has_bold_lead(block):
    """“**Long projects.** A plant takes years.”: a point, where several stand below each other."""
    lead = len(block.text[: block.inline.bold_length].split())
    return block.kind == Kind.PARAGRAPH and 0 < lead <= 8 and block.words > lead


def stands_over(following):
    """Whether what follows a line is long enough for the line to be its heading."""
    return following is not None and (following.words >= 10 or following.kind == Kind.ENTRY)


def asks(text):
    return text.endswith("?") or bool(ASKS.match(text))


def is_line(block):
    if block.kind != Kind.PARAGRAPH or (block.inline.is_bold and not block.text.endswith("?")):
        return False
    return not reason_to_leave_out(block)


def is_question(text):
    return text.endswith("?") and len(text.split()) <= 35


def is_labelled(text):
    return bool(LABEL.match(text)) and len(text.split()) <= 60


def is_figure(text):
    return len(text.split()) <= 25 and bool(amounts_in(text))


def is_short(text):
    if source_line(text):
        return False
    return len(text.split()) <= 9 and not SENTENCE_END.search(text) and not text.endswith(":") and len(text) <= 80


def is_topic_line(block, roles):
    """Whether a line stands above others: “Skills”, “Interview questions”."""
    if not is_line(block) or amounts_in(block.text) or LABEL.match(block.text) or len(block.text.split()) > 10:
        return False
    meaning = meaning_of(block.text, roles)
    return bool(meaning and meaning.is_plain and meaning.score >= 2.4 and not SENTENCE_END.search(block.text))


# -- Numbered headings


def numbered_headings(blocks, roles):
    """“3. A day in the life” above a paragraph is a heading. A series of which few are known topics are points instead."""
    result = list(blocks)
    for series in series_of(blocks):
        known = [index for index in series if meaning_of(blocks[index].text, roles)]
        topics = {meaning_of(blocks[index].text, roles).topic for index in known}
        inside_points = topic_above(result, series[0], roles) in POINTED
        if len(known) * 2 >= len(series) and (len(topics) > 1 or len(series) == 1) and not inside_points:
            level = MAIN_LEVEL
        elif len(series) > 1 and not any(has_entries_below(blocks, index) for index in series):
            level = POINT_LEVEL
        else:
            continue
        for index in series:
            block = result[index]
            result[index] = block.changed(kind=Kind.HEADING, level=block.level or level, depth=0)
            if level == POINT_LEVEL:
                result[index] = result[index].changed(level=POINT_LEVEL)
    return result


def series_of(blocks):
    """Runs of numbers that count up, each above something that is no part of the same list.

    Bold ones go on behind numbers that are not: those are the lists below them.
    """
    series, last, last_bold = [], None, None
    for index, block in enumerate(blocks):
        if not is_number(block.marker) or not stands_above(blocks, index):
            continue
        style, number = ordinal(block.marker)
        before = last_bold if block.inline.is_bold else last
        if before and before[0] == (block.kind, style) and number == before[1] + 1:
            before[2].append(index)
            last = ((block.kind, style), number, before[2])
        else:
            last = ((block.kind, style), number, [index])
            series.append(last[2])
        if block.inline.is_bold:
            last_bold = last
    return [entries for entries in series if blocks[entries[0]].kind == Kind.ENTRY or is_points(blocks, entries)]


def is_points(blocks, entries):
    """Real headings that are numbered while others of their level are not: points of the heading above them."""
    level = blocks[entries[0]].level
    others = [block for block in blocks if block.kind == Kind.HEADING and block.level == level and not block.marker]
    return len(others) >= 2 and len(entries) >= 2


def stands_above(blocks, index):
    block = blocks[index]
    if block.kind == Kind.HEADING:
        return True
    if block.kind != Kind.ENTRY or block.depth > 1 or len(block.text.split()) > 14 or SENTENCE_END.search(block.text):
        return False
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or (LABEL.match(block.text) and not block.inline.is_bold):
        return False
    if following.kind == Kind.PARAGRAPH:
        return following.depth == 0
    return following.kind == Kind.ROW or has_entries_below(blocks, index)


def has_entries_below(blocks, index):
    """Whether a list of another style begins below a numbered line."""
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    if following is None or following.kind != Kind.ENTRY:
        return False
    return not is_number(following.marker) or ordinal(following.marker)[0] != ordinal(blocks[index].marker)[0]


def topic_above(blocks, index, roles):
    """The topic of the heading above; a title, “How to become …”, names none of the parts below it."""
    tops = [block for block in blocks if block.kind == Kind.HEADING and block.level == 1]
    for block in reversed(blocks[:index]):
        if block.kind == Kind.HEADING and block.level != POINT_LEVEL and [block] != tops:
            meaning = meaning_of(block.text, roles)
            return meaning.topic if meaning else None
    return None


# -- Lines that are headings though nothing marks them


def lines_above(blocks, roles):
    has_headings = len([block for block in blocks if block.kind == Kind.HEADING and 1 < block.level < POINT_LEVEL]) > 1
    result = []
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        before = result[-1] if result else None
        level = level_of_line(block, before, following, roles, has_headings)
        result.append(block.changed(kind=Kind.HEADING, level=level, depth=0) if level else block)
    return result


def level_of_line(block, before, following, roles, has_headings):
    """The level at which a line stands as a heading; 0 where it is a paragraph."""
    if block.kind != Kind.PARAGRAPH or block.depth or following is None or not could_be_heading(block):
        return 0
    meaning = meaning_of(block.text, roles)
    if block.inline.is_bold:
        return BOLD_LEVEL if has_headings else MAIN_LEVEL if meaning else LINE_LEVEL
    if is_capitals(block.text):
        return MAIN_LEVEL
    sure = meaning and (meaning.is_plain or (meaning.score >= 3 and not has_headings))
    if sure and not is_sentence(block.text) and (block.words <= 7 or not has_headings):
        return MAIN_LEVEL
    if not has_headings and stands_out(block, before, following):
        return LINE_LEVEL
    return 0


def could_be_heading(block):
    text = block.text
    if block.words > 14 or len(text) > 110 or (text.endswith(":") and block.words > 6 and not block.inline.is_bold):
        return False
    return not (
        ";" in text or amounts_in(text) or SENTENCE_END.search(text) or LABEL.match(text) or len(sentences_of(text)) > 1
    )


def is_capitals(text):
    letters = re.findall(r"[^\W\d_]", text)
    return len(letters) > 3 and text.upper() == text and len(text.split()) <= 12


def is_capitals_above(blocks, index, roles):
    """“AVERAGE SALARY BY COUNTRY” above lines that are not in capitals."""
    text, following = blocks[index].text, blocks[index + 1 : index + 2]
    return (
        is_capitals(text) and bool(meaning_of(text, roles)) and not any(is_capitals(block.text) for block in following)
    )


SPEAKS = re.compile(
    r"\b(?:is|are|was|were|have|has|had|can|will|must|should|face|faces|includes?|involves?|needs?|earns?"
    r"|makes?|uses?|works?|varies|vary"
    r"|depends?|comes?|takes?|gets?|asks?|expects?|start|starts|begin|begins|you'll|they|there|here)\b",
    re.IGNORECASE,
)
ASKS = re.compile(r"^(?:how|what|why|where|who|when|which|is|are|do|does|can|should)\b", re.IGNORECASE)


def is_sentence(text):
    """“Engineers face several challenges” speaks; “What engineers earn” and “Challenges Engineers Face” are headings."""
    return bool(SPEAKS.search(text)) and not ASKS.match(text) and (text.endswith(":") or not titled(text))


def titled(text):
    long_words = [word for word in text.split() if len(word) > 3]
    return bool(long_words) and all(word[0].isupper() or not word[0].isalpha() for word in long_words)


def stands_out(block, before, following):
    """A short line of no sentence above a longer paragraph or a list, in a text without any marked heading."""
    short = len(block.text.split()) <= 9 and block.text[:1].isupper() and not block.text.endswith(":")
    above = following.kind in (Kind.ENTRY, Kind.ROW) or len(following.text.split()) >= 12
    after = before is None or before.kind != Kind.PARAGRAPH or len(before.text.split()) >= 10
    return short and above and after and not is_sentence(block.text)


# -- Levels


def with_one_title(blocks, roles):
    """Level 1 is the title alone: where every part of an article has it, all headings but the first go one down."""
    tops = [index for index, block in enumerate(blocks) if block.kind == Kind.HEADING and block.level == 1]
    if len(tops) < 2:
        return blocks
    title = tops[0] if tops[0] == 0 or not meaning_of(blocks[tops[0]].text, roles) else None
    lower = {index for index, block in enumerate(blocks) if block.kind == Kind.HEADING and index != title}
    return [
        block.changed(level=min(block.level + 1, POINT_LEVEL)) if index in lower else block
        for index, block in enumerate(blocks)
    ]


def with_title(blocks, roles, named):
    """Where none is marked, the title is the line that says what the file is called, or else the first line of a text."""
    if any(block.kind == Kind.HEADING and block.level == 1 for block in blocks):
        return blocks
    if words := set(stems(re.split(r"\s[|–—-]\s", named)[0])):
        fitting = (
            index for index, block in enumerate(blocks[:10]) if words <= set(stems(block.text)) and block.words <= 20
        )
    else:
        fitting = (index for index, block in enumerate(blocks) if not reason_to_leave_out(block))
    first = next(fitting, None)
    if first is None:
        return blocks
    above = first + 1 < len(blocks) and blocks[first + 1].kind == Kind.HEADING
    if not (named or is_title(blocks[first], roles, above_heading=above)):
        return blocks
    title = blocks[first].changed(kind=Kind.HEADING, level=1, depth=0)
    return [*blocks[:first], title, *blocks[first + 1 :]]


def is_title(block, roles, *, above_heading=False):
    """The first line of a text without marked headings, where it names the role and is no question about it."""
    if block.kind not in (Kind.PARAGRAPH, Kind.HEADING) or block.words > 20 or block.text.endswith((".", "?")):
        return False
    if meaning_of(block.text, roles) is None:
        return True
    names_role = any(pattern.search(block.text) for name in roles if (pattern := role_pattern(name)))
    is_long = block.words > 4 or bool(re.search(r"[:,&|–—]|\d{4}|guide|how to", block.text, re.IGNORECASE))
    return names_role and (is_long or above_heading)
