"""Text files: lines become blocks. Lines that an editor wrapped at a margin are joined again; others stay apart."""

import re

from careers.guide_import.text.blocks import Block, Kind, Reading, row
from careers.guide_import.text.inline import Inline, tidy
from careers.guide_import.text.markers import marker_of

UNDERLINE = re.compile(r"\s*(?:={3,}|-{3,}|~{3,}|\*{3,}|_{3,})\s*")
WIDEST_MARGIN = 110
ENDS_SENTENCE = re.compile(r"[.!?:;”\"')]\s*$")


def read_plain(text):
    lines = text.split("\n")
    margin = margin_of(lines)
    blocks, previous, table = [], None, 0
    for number, raw in enumerate(lines, 1):
        line = raw.rstrip()
        if not line.strip():
            previous = None
            continue
        if UNDERLINE.fullmatch(line):
            underline(blocks, previous, line)
            previous = None
            continue
        if "\t" in line.strip() and (cells := tabbed(line)):
            table += 0 if blocks and blocks[-1].kind == Kind.ROW and previous is not None else 1
            blocks.append(row(cells, f"line {number}", table=table))
        elif previous is not None and goes_on(previous, line, margin) and blocks[-1].kind != Kind.ROW:
            blocks[-1] = joined(blocks[-1], line)
        else:
            blocks.append(of_line(line, number))
        previous = line
    return Reading(nested(blocks), "text")


def nested(blocks):
    """Indents become depths: of the marked lines that follow each other, each deeper indent is one level down."""
    result, open_indents = [], []
    for block in blocks:
        if block.kind != Kind.PARAGRAPH:
            result.append(block)
            continue
        marked, indent = bool(marker_of(block.text)[0]), block.depth
        open_indents = [other for other in open_indents if other < indent]
        if not marked and not indent:
            open_indents = []
        result.append(block.changed(depth=len(open_indents) + 1 if marked else len(open_indents)))
        if marked:
            open_indents.append(indent)
    return result


def of_line(line, number):
    indent = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
    return Block(Kind.PARAGRAPH, Inline.of(line), f"line {number}", depth=indent)


def joined(block, line):
    return block.changed(inline=Inline.of(f"{block.text} {line.strip()}"))


def tabbed(line):
    cells = [Inline.of(cell) for cell in line.strip().split("\t")]
    return cells if len([cell for cell in cells if cell.text]) > 1 and not marker_of(line.strip())[0] else None


def underline(blocks, previous, line):
    """A line of = or - below a short line makes that line a heading; alone it only parts what is above and below."""
    if previous is None or not blocks or blocks[-1].words > 14 or blocks[-1].kind != Kind.PARAGRAPH:
        return
    blocks[-1] = blocks[-1].changed(kind=Kind.HEADING, level=1 if "=" in line else 2, depth=0)


def margin_of(lines):
    """The width at which the text was wrapped; 0 where each paragraph is one line."""
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    inside = [length for length in lengths if length <= WIDEST_MARGIN]
    if not lengths or len(inside) < len(lengths) * 0.97:
        return 0
    margin = max(inside)
    full = [line for line in lines if len(line.rstrip()) > margin * 0.75 and not ENDS_SENTENCE.search(line)]
    return margin if margin >= 50 and len(full) >= 2 else 0


def goes_on(previous, line, margin):
    """Whether `line` goes on with the paragraph: its first word would not have fitted on the line before."""
    text = tidy(line).strip()
    if not margin or marker_of(text)[0] or not text:
        return False
    return len(previous) + 1 + len(text.split()[0]) > margin
