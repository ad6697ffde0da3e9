"""Questions about one line: whether it could be a heading or a list entry that was never marked as one."""

import re
from collections.abc import Iterable

from careers.guide_import.classify.boilerplate import boilerplate_reason
from careers.guide_import.classify.headings import classify_heading
from careers.guide_import.extract.amounts import amounts_in
from careers.guide_import.extract.citations import source_line
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.sentences import sentence_spans

# “Label: text”
LABEL = re.compile(r"^(?:[^\W\d_]|[\d“\"'(])[^:.!?]{1,60}(?::\s|\s[–—]\s|\s-\s)\S")
PERCENT = re.compile(r"\d\s?%")
SENTENCE_END = re.compile(r"[.,;!…]$")
VERBS = re.compile(
    r"\b(?:is|are|was|were|have|has|had|can|will|must|should|face|faces|includes?|involves?|needs?|earns?"
    r"|makes?|uses?|works?|varies|vary"
    r"|depends?|comes?|takes?|gets?|asks?|expects?|start|starts|begin|begins|you'll|they|there|here)\b",
    re.IGNORECASE,
)
QUESTION_WORDS = re.compile(r"^(?:how|what|why|where|who|when|which|is|are|do|does|can|should)\b", re.IGNORECASE)


def has_bold_lead(block: Block) -> bool:
    """“**Long projects.** A plant takes years.” is a point of a list if several such lines follow each other."""
    lead = len(block.text[: block.inline.bold_length].split())
    return block.kind == BlockKind.PARAGRAPH and 0 < lead <= 8 and block.word_count > lead


def asks_something(text: str) -> bool:
    return text.endswith("?") or bool(QUESTION_WORDS.match(text))


def is_plain_line(block: Block) -> bool:
    if block.kind != BlockKind.PARAGRAPH or (block.inline.is_bold and not block.text.endswith("?")):
        return False
    return not boilerplate_reason(block)


def is_question(text: str) -> bool:
    return text.endswith("?") and len(text.split()) <= 35


def is_labelled(text: str) -> bool:
    return bool(LABEL.match(text)) and len(text.split()) <= 60


def has_amount(text: str) -> bool:
    return len(text.split()) <= 25 and bool(amounts_in(text))


def is_short(text: str) -> bool:
    if source_line(text):
        return False
    return len(text.split()) <= 9 and not SENTENCE_END.search(text) and not text.endswith(":") and len(text) <= 80


def is_topic_line(block: Block, role_names: Iterable[str]) -> bool:
    """Whether a line is probably a heading: “Skills”, “Interview questions”."""
    if not is_plain_line(block) or amounts_in(block.text) or LABEL.match(block.text) or len(block.text.split()) > 10:
        return False
    heading_topic = classify_heading(block.text, role_names)
    is_focused = heading_topic and heading_topic.is_focused and heading_topic.score >= 2.4
    return bool(is_focused and not SENTENCE_END.search(block.text))


def is_introduction(block: Block) -> bool:
    """“Some of the duties include:”, “Duties:”"""
    return block.kind == BlockKind.PARAGRAPH and block.text.endswith(":") and not amounts_in(block.text)


def is_heading_of_next_part(block: Block, following: Block, role_names: Iterable[str]) -> bool:
    """Whether a line directly below a list is the heading of the text after it: “Career Path” below a list of skills."""
    if following.kind != BlockKind.PARAGRAPH or not could_be_heading(block):
        return False
    heading_topic = classify_heading(block.text, role_names)
    is_known = heading_topic is not None and heading_topic.is_focused and heading_topic.score >= 3
    return is_known and (is_title_case(block.text) or is_all_capitals(block.text))


def could_be_heading(block: Block) -> bool:
    text = block.text
    if (
        block.word_count > 14
        or len(text) > 110
        or (text.endswith(":") and block.word_count > 6 and not block.inline.is_bold)
    ):
        return False
    return not (
        ";" in text
        or amounts_in(text)
        or PERCENT.search(text)
        or SENTENCE_END.search(text)
        or LABEL.match(text)
        or len(sentence_spans(text)) > 1
    )


def is_all_capitals(text: str) -> bool:
    letters = re.findall(r"[^\W\d_]", text)
    return len(letters) > 3 and text.upper() == text and len(text.split()) <= 12


def is_sentence(text: str) -> bool:
    """“Engineers face several challenges” is a sentence; “What engineers earn” and “Challenges Engineers Face” are headings."""
    return (
        bool(VERBS.search(text)) and not QUESTION_WORDS.match(text) and (text.endswith(":") or not is_title_case(text))
    )


def is_title_case(text: str) -> bool:
    long_words = [word for word in text.split() if len(word) > 3]
    return bool(long_words) and all(word[0].isupper() or not word[0].isalpha() for word in long_words)
