"""Blocks that do not belong to an article's text: by-lines, comment forms, share buttons, notices."""

import re

from careers.guide_import.text.blocks import Block
from careers.guide_import.text.markers import ordinal

from .topic_words import BOILERPLATE, TOPICS

MAX_LINE_LENGTH = 1000  # characters
NAVIGATION = TOPICS["NAVIGATION"]["reason"]


def boilerplate_reason(block: Block) -> str:
    """What the block is, for the import report; '' if it belongs to the text."""
    text, word_count = block.text.strip(), block.word_count
    if not re.search(r"\w", text):
        return "ornament"
    if len(text) > MAX_LINE_LENGTH:
        return ""
    found = (words.reason for words in BOILERPLATE if word_count <= words.max_words and words.pattern.search(text))
    is_numbered = ordinal(block.marker)[1] is not None  # “1. Register” is a step, and no link of a menu
    return next((reason for reason in found if not (is_numbered and reason == NAVIGATION)), "")
