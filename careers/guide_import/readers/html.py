"""HTML files. Page parts around the article become blocks with a skip reason. Nothing is fetched from the network."""

import re
import warnings
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, MarkupResemblesLocatorWarning, NavigableString, Tag, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString

from careers.guide_import.text.blocks import PICTURE, ArticleError, Block, BlockKind, ParsedArticle, table_row
from careers.guide_import.text.inline import Inline, Run, normalise_spaces, split_lines

from .html_page import MEDIA_TAGS, SKIPPED_TAGS, TEXTLESS_TAGS, Page

BLOCK_TAGS = {
    "address", "article", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "ol", "p", "pre", "section", "summary", "table", "tbody",
    "td", "tfoot", "th", "thead", "tr", "ul", "caption", "hgroup", "search", *SKIPPED_TAGS,
} - {"label", "button", "input", "select", "textarea"}  # fmt: skip
HEADING_TAGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
MAX_DEPTH, MAX_ELEMENTS = 150, 30_000


def read_html(text: str, name: str) -> ParsedArticle:
    soup = parse_html(text, name)
    walker = HtmlWalker(Page(soup.body or soup))
    walker.walk(soup.body or soup)
    if all(block.skip_reason for block in walker.blocks):
        raise ArticleError(f"{name} is HTML without text. Paste the text instead.")
    return ParsedArticle(
        walker.blocks,
        "HTML",
        title=_meta(soup, "og:title") or (normalise_spaces(soup.title.get_text(" ")).strip() if soup.title else ""),
        address=_canonical(soup),
        publisher=_meta(soup, "og:site_name"),
    )


def blocks_of_html(text: str) -> list[Block]:
    """The blocks of an HTML fragment inside a Markdown file."""
    soup = parse_html(text, "The file")
    walker = HtmlWalker(Page(soup))
    walker.walk(soup)
    return walker.blocks


def parse_html(text: str, name: str) -> BeautifulSoup:
    """Raises ArticleError for a tree too deep or too large to walk recursively."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        warnings.simplefilter("ignore", MarkupResemblesLocatorWarning)
        soup = BeautifulSoup(text, "lxml")
    depth, elements, level = 0, 0, [soup]
    while level:
        level = [child for tag in level for child in tag.children if isinstance(child, Tag)]
        depth, elements = depth + 1, elements + len(level)
        if depth > MAX_DEPTH:
            raise ArticleError(f"{name} is nested too deeply. Paste the text instead.")
        if elements > MAX_ELEMENTS:
            raise ArticleError(
                f"{name} has more than {MAX_ELEMENTS:,} elements, too many for an article. Paste the text instead."
            )
    return soup


def _meta(soup, name):
    tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return normalise_spaces(str(tag.get("content") or "")).strip() if tag else ""


def _canonical(soup):
    tag = soup.find("link", rel="canonical")
    address = str(tag.get("href") or "") if tag else _meta(soup, "og:url")
    return address if re.fullmatch(r"https?://\S+", address) else ""


class HtmlWalker:
    """Walks the elements once. Text is collected in `runs` until a block element begins or ends."""

    def __init__(self, page):
        self.page, self.blocks, self.runs, self.skipped = page, [], [], []
        self.kind, self.level, self.marker = BlockKind.PARAGRAPH, 0, ""
        self.lists, self.table, self.stanza, self.is_pre = [], 0, 0, False
        self.bold, self.italic, self.href = False, False, ""

    @property
    def where(self):
        return f"paragraph {len(self.blocks) + 1}"

    # -- Running text

    def flush(self):
        lines = split_lines(self.runs)
        self.stanza += bool(lines)
        for line in lines:
            self.blocks.append(
                Block(
                    self.kind,
                    line,
                    self.where,
                    level=self.level,
                    marker=self.marker,
                    depth=len(self.lists),
                    stanza=self.stanza,
                )
            )
            if self.kind == BlockKind.LIST_ENTRY:  # further lines of the same entry are its paragraphs
                self.kind, self.marker = BlockKind.PARAGRAPH, ""
        self.runs = []
        for text, reason in self.skipped:
            self.blocks.append(Block(BlockKind.PARAGRAPH, Inline.from_text(text), self.where, skip_reason=reason))
        self.skipped = []

    def skip(self, text, reason):
        text = " ".join(normalise_spaces(text).split())
        if re.search(r"\w", text):
            self.skipped.append((text, reason))

    def add_text(self, text):
        text = text if self.is_pre else re.sub(r"\s+", " ", text)
        self.runs.append(Run(text, self.bold, self.italic, self.href))

    # -- Elements

    def walk(self, tag):
        for child in tag.children:
            if isinstance(child, Tag):
                self.visit(child)
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self.add_text(child)
        if tag.name in BLOCK_TAGS or tag.parent is None:
            self.flush()

    def visit(self, tag):
        if tag.name == "br":
            self.runs.append(Run("\n"))
        elif tag.name in MEDIA_TAGS:
            self.skip(text_of_media(tag), PICTURE)
        elif tag.name == "noscript":
            self.skip(tag.get_text(" "), "text for browsers without scripts")
        elif tag.name in TEXTLESS_TAGS:
            return
        elif self.kind == BlockKind.HEADING and tag.name in ("button", "label"):
            self.inline(tag)
        elif reason := self.page.skip_reason(tag):
            if tag.name in BLOCK_TAGS:
                self.flush()
            self.skip(tag.get_text(" "), reason)
        elif tag.name not in BLOCK_TAGS:
            self.inline(tag)
        else:
            self.flush()
            getattr(self, "on_heading" if tag.name in HEADING_TAGS else f"on_{tag.name}", self.walk)(tag)
            self.flush()

    def inline(self, tag):
        before = self.bold, self.italic, self.href
        style = str(tag.get("style") or "").replace(" ", "").lower()
        self.bold |= tag.name in ("strong", "b") or "font-weight:bold" in style or "font-weight:700" in style
        self.italic |= tag.name in ("em", "i", "cite")
        self.href = str(tag.get("href") or "") if tag.name == "a" else self.href
        self.walk(tag)
        self.bold, self.italic, self.href = before

    def on_heading(self, tag):
        self.kind, self.level = BlockKind.HEADING, int(tag.name[1])
        self.walk(tag)
        self.kind, self.level = BlockKind.PARAGRAPH, 0

    def on_summary(self, tag):
        self.bold = True
        self.walk(tag)
        self.bold = False

    def on_pre(self, tag):
        self.is_pre = True
        self.walk(tag)
        self.is_pre = False

    def on_ul(self, tag):
        self.lists.append(None)
        self.walk(tag)
        self.lists.pop()
        self.kind, self.marker = BlockKind.PARAGRAPH, ""

    def on_ol(self, tag):
        start = str(tag.get("start") or "1")
        self.lists.append(int(start) - 1 if start.isdecimal() and len(start) < 5 else 0)
        self.walk(tag)
        self.lists.pop()
        self.kind, self.marker = BlockKind.PARAGRAPH, ""

    def on_li(self, tag):
        self.kind, self.marker = BlockKind.LIST_ENTRY, "•"
        loose = not self.lists
        if loose:
            self.lists.append(None)
        if self.lists[-1] is not None:
            self.lists[-1] += 1
            self.marker = f"{self.lists[-1]}."
        self.walk(tag)
        if loose:
            self.lists.pop()
        self.kind, self.marker = BlockKind.PARAGRAPH, ""

    def on_dl(self, tag):
        """A term and its description are one entry, with the term as its lead."""
        terms = []
        self.lists.append(None)
        for part in [found for found in tag.find_all(["dt", "dd"]) if found.find_parent("dl") is tag]:
            if part.name == "dt":
                terms.append(" ".join(part.get_text(" ").split()))
                continue
            self.entry_with_lead(terms)
            self.walk(part)
            terms = []
        if terms:
            self.entry_with_lead(terms)
            self.flush()
        self.lists.pop()
        self.kind, self.marker = BlockKind.PARAGRAPH, ""

    def entry_with_lead(self, terms):
        self.flush()
        self.kind, self.marker = BlockKind.LIST_ENTRY, "•"
        if terms:
            self.runs = [Run(", ".join(terms).rstrip(":"), bold=True), Run(": ")]

    # -- Tables

    def on_table(self, tag):
        rows = [found for found in tag.find_all("tr") if found.find_parent("table") is tag]
        if is_layout(tag, rows):
            self.walk(tag)
            return
        self.table += 1
        if caption := tag.find("caption"):
            self.walk(caption)
        for index, found in enumerate(rows):
            cells = found.find_all(["td", "th"], recursive=False)
            inlines = [self.cell(cell) for cell in cells]
            in_head = found.find_parent("thead") is not None
            named = all(cell.name == "th" for cell in cells) or all(cell.is_bold for cell in inlines if cell.text)
            is_header = in_head or (index == 0 and named)
            if any(cell.text for cell in inlines):
                self.blocks.append(table_row(inlines, self.where, table=self.table, is_header=is_header))

    def cell(self, tag):
        walker = HtmlWalker(self.page)
        walker.walk(tag)
        runs = []
        for block in walker.blocks:
            if block.skip_reason:
                self.skipped.append((block.text, block.skip_reason))
            else:
                runs += [Run(" "), *block.inline.runs] if runs else block.inline.runs
        return Inline(tuple(runs))


def text_of_media(tag):
    """What a picture, a film or a frame says of itself, else the name of its file; '' for a picture of one pixel."""
    found = tag.find("img") or tag
    if {found.get("width"), found.get("height")} & {"0", "1"}:
        return ""
    named = [found.get("alt"), found.get("title"), found.get("aria-label"), found.get_text(" ")]
    address = str(found.get("src") or found.get("data") or "")
    name = next((str(text) for text in named if text and str(text).strip()), "") or file_name(address)
    return name or ("" if tag.name == "svg" else tag.name)  # drawings without a word are icons


def file_name(address: str) -> str:
    """'a.png' for https://example.org/x/a.png?w=9; '' for data in the address itself."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return "" if parts.scheme == "data" else unquote(parts.path.rpartition("/")[2])


def is_layout(tag, rows):
    """Whether a table only places parts of the page side by side."""
    if tag.find(["h1", "h2", "h3", "table"]) or str(tag.get("role") or "") in ("presentation", "none"):
        return True
    return max((len(found.find_all(["td", "th"], recursive=False)) for found in rows), default=0) < 2
