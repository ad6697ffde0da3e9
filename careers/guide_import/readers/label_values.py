"""Boxes of facts: a label on one line and its value on the next become one line, “Median pay: $34,690”."""

import re
from collections.abc import Iterator
from itertools import groupby

from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.inline import Inline, Run

LABEL = re.compile(r"[^\W\d_][^.!?;\d]{2,60}(?:\([^()]{0,30}\))?:?")
VALUE = re.compile(r"[-–−+~]?\s?(?:[$£€₹¥]|[A-Z]{1,3}\$?)?\s?\d")
MAX_WORDS_OF_LABEL, MAX_WORDS_OF_VALUE = 6, 8


def join_label_values(blocks: list[Block]) -> list[Block]:
    """Only where all lines that stand directly below each other are such pairs, but for a heading above them."""
    joined: list[Block] = []
    for _, group in groupby(blocks, key=lambda block: (block.kind, block.stanza, block.skip_reason)):
        lines = list(group)
        heading = lines[: len(lines) % 2]
        pairs = list(zip(lines[len(heading) :: 2], lines[len(heading) + 1 :: 2], strict=True))
        is_box = bool(pairs) and all(is_pair(label, value) for label, value in pairs)
        joined += [*heading, *join_pairs(pairs)] if is_box else lines
    return joined


def is_pair(label: Block, value: Block) -> bool:
    if label.kind != BlockKind.PARAGRAPH or label.skip_reason or not label.stanza:
        return False
    is_short = label.word_count <= MAX_WORDS_OF_LABEL and value.word_count <= MAX_WORDS_OF_VALUE
    return is_short and bool(LABEL.fullmatch(label.text)) and bool(VALUE.match(value.text))


def join_pairs(pairs: list[tuple[Block, Block]]) -> Iterator[Block]:
    for label, value in pairs:
        between = Run(" " if label.text.endswith(":") else ": ")
        yield label.replace(inline=Inline((*label.inline.runs, between, *value.inline.runs)))
