"""Markdown files, parsed by markdown-it as the prose of our own pages is."""

import re

from markdown_it import MarkdownIt

from careers.guide_import.text.blocks import PICTURE, Block, BlockKind, ParsedArticle, table_row
from careers.guide_import.text.inline import Inline, Run, split_lines
from careers.guide_import.text.markers import CHECKBOX, find_bullet

from .html import blocks_of_html, file_name
from .plain_text import ENDS_SENTENCE, wrap_width

FRONT_MATTER = re.compile(r"\A(\+\+\+|---)[ \t]*\n(.*?)\n\1[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_TITLE = re.compile(r"^title[ \t]*[:=](.*)$", re.MULTILINE | re.IGNORECASE)
NUMBER_OF = re.compile(r"^#(?= of\b)", re.MULTILINE)  # “# of jobs” is no heading
LABELLED = re.compile(r"\**[^:.!?]{2,50}(?::| [–—-]) \S")
BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)

_markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def read_markdown(text: str) -> ParsedArticle:
    front = FRONT_MATTER.match(text)
    reader = TokenReader(wrap_width(text.split("\n")))
    if front:
        reader.blocks.append(
            Block(
                BlockKind.PARAGRAPH, Inline.from_text(" ".join(front[2].split())), "line 1", skip_reason="front matter"
            )
        )
        text = "\n" * front[0].count("\n") + text[front.end() :]
    for token in _markdown.parse(NUMBER_OF.sub(r"\\#", text)):
        reader.read(token)
    title = FRONT_TITLE.search(front[2]) if front else None
    return ParsedArticle(reader.blocks, "Markdown", title=title[1].strip().strip("\"'") if title else "")


class TokenReader:
    """Turns parser tokens into blocks. `lists` is the number of open lists."""

    def __init__(self, margin):
        self.margin = margin
        self.blocks, self.lists, self.cells, self.stanza = [], 0, None, 0
        self.heading, self.table, self.in_header, self.fresh_entry = 0, 0, False, False

    def read(self, token):
        if handler := getattr(self, f"on_{token.type}", None):
            handler(token)

    def where(self, token):
        return f"line {token.map[0] + 1}" if token.map else self.blocks[-1].where if self.blocks else "line 1"

    def on_heading_open(self, token):
        self.heading = int(token.tag[1])

    def on_heading_close(self, token):
        self.heading = 0

    def on_bullet_list_open(self, token):
        self.lists += 1

    def on_bullet_list_close(self, token):
        self.lists -= 1

    on_ordered_list_open, on_ordered_list_close = on_bullet_list_open, on_bullet_list_close

    def on_list_item_open(self, token):
        self.fresh_entry = True
        self.marker = f"{token.info}{token.markup}" if token.info else token.markup

    def on_table_open(self, token):
        self.table += 1

    def on_thead_open(self, token):
        self.in_header = True

    def on_thead_close(self, token):
        self.in_header = False

    def on_tr_open(self, token):
        self.cells, self.row_where = [], self.where(token)

    def on_tr_close(self, token):
        if any(cell.text for cell in self.cells):
            self.blocks.append(table_row(self.cells, self.row_where, table=self.table, is_header=self.in_header))
        self.cells = None

    def on_inline(self, token):
        lines = split_lines(
            runs_of_tokens(token.children, break_lines=has_intended_line_breaks(token.content, self.margin))
        )
        if self.cells is not None:
            self.cells.append(Inline(tuple(run for line in lines for run in line.runs)))
        else:
            number = (token.map[0] if token.map else 0) + 1
            self.stanza += 1
            for index, line in enumerate(lines):
                self.add(line, f"line {number + index}")
        for picture in token.children or []:
            if picture.type == "image":
                self.skip_picture(picture, token)

    def skip_picture(self, picture, token):
        text = Inline.from_text(picture.content or file_name(picture.attrs.get("src", "")))
        self.blocks.append(Block(BlockKind.PARAGRAPH, text, self.where(token), skip_reason=PICTURE))

    def add(self, line, where):
        if self.heading:
            self.blocks.append(Block(BlockKind.HEADING, line, where, level=self.heading))
        elif self.lists and self.fresh_entry:
            checkbox = CHECKBOX.match(line.text)
            line = line.cut(checkbox.end()) if checkbox else line
            self.blocks.append(Block(BlockKind.LIST_ENTRY, line, where, marker=self.marker, depth=self.lists))
            self.fresh_entry = False
        else:
            self.blocks.append(Block(BlockKind.PARAGRAPH, line, where, depth=self.lists, stanza=self.stanza))

    def on_html_block(self, token):
        for block in blocks_of_html(token.content):
            self.blocks.append(block.replace(where=self.where(token)))

    def on_fence(self, token):
        for line in token.content.split("\n"):
            if line.strip():
                self.add(Inline.from_text(line), self.where(token))

    on_code_block = on_fence


def runs_of_tokens(tokens, *, break_lines):
    """HTML tags are dropped, text inside them is kept; pictures are listed by `skip_picture`."""
    bold = italic = 0
    href = ""
    for token in tokens or []:
        if token.type in ("strong_open", "strong_close"):
            bold += token.nesting
        elif token.type in ("em_open", "em_close"):
            italic += token.nesting
        elif token.type == "link_open":
            href = str(token.attrs.get("href", ""))
        elif token.type == "link_close":
            href = ""
        elif token.type == "hardbreak" or (token.type == "html_inline" and BREAK_TAG.match(token.content)):
            yield Run("\n")
        elif token.type == "softbreak":
            yield Run("\n" if break_lines else " ", bool(bold), bool(italic), href)
        elif token.type in ("text", "code_inline"):
            yield Run(token.content, bool(bold), bool(italic), href)


def has_intended_line_breaks(paragraph: str, margin: int) -> bool:
    """Whether the line breaks of a paragraph separate pasted list points, and do not merely wrap long lines."""
    lines = [line.strip() for line in paragraph.split("\n")]
    if len(lines) < 2:
        return False
    if all(find_bullet(line)[0] for line in lines[1:]):
        return True
    if not margin and any(len(line) <= 60 and not ENDS_SENTENCE.search(line) for line in lines):
        return True
    list_like = [line for line in lines if line.endswith("?") or LABELLED.match(line)]
    return len(lines) > 2 and all(len(line) <= 110 for line in lines) and len(list_like) >= len(lines) - 1
