"""Plain text: each line becomes a block, except that lines wrapped at a margin are joined again."""

import re
from itertools import pairwise

from careers.guide_import.text.blocks import Block, BlockKind, ParsedArticle, table_row
from careers.guide_import.text.inline import Inline, normalise_spaces
from careers.guide_import.text.markers import find_marker

UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
WIDEST_MARGIN = 110
ENDS_SENTENCE = re.compile(r"[.!?:;”\"')]\s*$")


def read_plain(text: str) -> ParsedArticle:
    lines = text.split("\n")
    margin = wrap_width(lines)
    blocks, previous, table, stanza = [], None, 0, 0
    wrapped: dict[int, list[str]] = {}  # {index of a block: its lines}
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        if not line.strip():
            previous = None
            continue
        stanza += previous is None
        if UNDERLINE.fullmatch(line):
            if previous is not None and len(blocks) - 1 not in wrapped:
                apply_underline(blocks, line)
            previous = None
            continue
        if "\t" in line.strip() and (cells := cells_of_tabbed_line(line)):
            table += 0 if blocks and blocks[-1].kind == BlockKind.TABLE_ROW and previous is not None else 1
            blocks.append(table_row(cells, f"line {number}", table=table))
        elif (
            previous is not None
            and continues_paragraph(previous, line, margin)
            and blocks[-1].kind != BlockKind.TABLE_ROW
        ):
            wrapped.setdefault(len(blocks) - 1, [blocks[-1].text]).append(line)
        else:
            blocks.append(block_of_line(line, number, stanza))
        previous = line
    for index, parts in wrapped.items():
        blocks[index] = blocks[index].replace(inline=Inline.from_text(" ".join(parts)))
    return ParsedArticle(set_depths(blocks), "text")


def set_depths(blocks):
    """Indents become depths: within consecutive lines with markers, each deeper indent is one level down."""
    result, open_indents = [], []
    for block in blocks:
        if block.kind != BlockKind.PARAGRAPH:
            result.append(block)
            continue
        marked, indent = bool(find_marker(block.text)[0]), block.depth
        open_indents = [other for other in open_indents if other < indent]
        if not marked and not indent:
            open_indents = []
        result.append(block.replace(depth=len(open_indents) + 1 if marked else len(open_indents)))
        if marked:
            open_indents.append(indent)
    return result


def block_of_line(line, number, stanza):
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return Block(BlockKind.PARAGRAPH, Inline.from_text(line), f"line {number}", depth=indent, stanza=stanza)


def cells_of_tabbed_line(line):
    cells = [Inline.from_text(cell) for cell in line.strip().split("\t")]
    return cells if len([cell for cell in cells if cell.text]) > 1 and not find_marker(line.strip())[0] else None


def apply_underline(blocks, line):
    """A line of = or - makes the short line above it a heading; otherwise it only separates paragraphs."""
    if not blocks or blocks[-1].word_count > 14 or blocks[-1].kind != BlockKind.PARAGRAPH:
        return
    blocks[-1] = blocks[-1].replace(kind=BlockKind.HEADING, level=1 if "=" in line else 2, depth=0)


def wrap_width(lines: list[str]) -> int:
    """Characters at which the text was wrapped; 0 if each paragraph is one line."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    inside = [length for length in lengths if length <= WIDEST_MARGIN]
    if not lengths or len(inside) < len(lengths) * 0.97:
        return 0
    margin = max(inside)
    full = [
        following.lstrip()
        for line, following in pairwise(lines)
        if len(line.rstrip()) > margin * 0.75 and not ENDS_SENTENCE.search(line) and following.strip()
    ]
    continued = [line for line in full if line[0].islower()]  # entries of a list begin with capitals
    return margin if margin >= 50 and len(full) > 1 and len(continued) * 2 >= len(full) else 0


def continues_paragraph(previous, line, margin):
    """Whether the first word of `line` would not have fitted on the previous line."""
    text = normalise_spaces(line).strip()
    if not margin or find_marker(text)[0] or not text or (previous.endswith(":") and not text[0].islower()):
        return False
    return len(previous) + 1 + len(text.split()[0]) > margin
