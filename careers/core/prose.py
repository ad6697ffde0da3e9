"""The one place where text from people or feeds becomes markup: Markdown is rendered, then sanitised."""

import re
import unicodedata
from functools import lru_cache
from html import escape, unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

from . import exact_json
from .placeholders import BLANK

_markdown = MarkdownIt("commonmark", {"html": False, "typographer": True}).enable(
    ["table", "strikethrough", "replacements"]
)

BLOCK_TAGS = {
    "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "s", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
INLINE_TAGS = {"br", "code", "strong", "em", "s", "a"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
EDITORIAL_REL = "noopener"
BLANK_OPENS, BLANK_CLOSES = "\ue000", "\ue001"  # private characters that stand for tags until the text is sanitised
JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
UNTRUSTED_REL = "nofollow ugc noopener"


@lru_cache(maxsize=4096)
def render_markdown(text, *, top=3, trusted=False):
    """Markdown to sanitised HTML. The highest heading becomes h<top>; links of untrusted text get rel="nofollow ugc"."""
    return _sanitise(_block_html(_markdown.parse(text), top), BLOCK_TAGS, trusted)


@lru_cache(maxsize=1024)
def render_with_blanks(text, *, top=3):
    """A template's Markdown, each {blank} marked. Only running text is marked, never an address or a title."""
    tokens = _markdown.parse(text.replace(BLANK_OPENS, "").replace(BLANK_CLOSES, ""))
    for token in tokens:
        for piece in token.children or []:
            if piece.type == "text":
                piece.content = BLANK.sub(rf"{BLANK_OPENS}\g<0>{BLANK_CLOSES}", piece.content)
    html = _sanitise(_block_html(tokens, top), BLOCK_TAGS, trusted=True)
    return mark_safe(html.replace(BLANK_OPENS, '<mark class="blank">').replace(BLANK_CLOSES, "</mark>"))  # noqa: S308


def _block_html(tokens, top):
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
    return _markdown.renderer.render(tokens, _markdown.options, {})


@lru_cache(maxsize=8192)
def render_inline_markdown(text, *, trusted=False):
    """One line of Markdown to sanitised HTML without blocks."""
    return _sanitise(_markdown.renderInline(text), INLINE_TAGS, trusted)


def _sanitise(html, tags, trusted):
    rel = EDITORIAL_REL if trusted else UNTRUSTED_REL
    html = html.encode("utf-8", "replace").decode()  # halves of characters, which no output could carry
    return mark_safe(nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=rel))  # noqa: S308


def mark_ranges(text, places):
    """Plain text as markup, the stretches (start, end) of it in <mark>: from left to right, none of them within another."""
    parts, at = [], 0
    for start, end in places:
        parts += (escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>")
        at = end
    return mark_safe("".join((*parts, escape(text[at:]))))  # noqa: S308


def json_ld_script(data):
    """A data block for search engines. Nothing in the data can end the element: <, > and & are written as \\uXXXX."""
    text = exact_json.dumps(data).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def plain_text(text):
    """Markdown as one line of plain text, for descriptions and titles."""
    return re.sub(r"\s+", " ", unescape(strip_tags(render_markdown(text)))).strip()


LINE_SIGNS = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+|(?:[-*_|:][ \t]*){3,}$)", re.MULTILINE
)
# Each way on begins with a plain character, so that the engine skips over text without any: five times as fast.
LINK = re.compile(r"(?:!\[|\[)([^\]\n]*)\]\([^)\n]*(?:\)|$)")
EMPHASIS = re.compile(
    r"\*\*|__|~~|``*|\*(?:(?<!\w\*)(?=\S)|(?<=\S\*)(?!\w))|_(?:(?<!\w_)(?=\S)|(?<=\S_)(?!\w))|\\(?=[^\w\s])"
)


def strip_markdown(text):
    """About what `plain` gives, in a hundredth of its time and for text that was cut: for extracts, which are escaped."""
    return " ".join(EMPHASIS.sub("", _without_links(LINE_SIGNS.sub("", text))).split())


def _without_links(text):
    return LINK.sub(r"\1", text) if "](" in text else text


def is_blank(text):
    """Whether nothing readable is left once the markup is gone: `<p>&nbsp;</p>` and `***` are blank."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in strip_tags(plain_text(text)))
