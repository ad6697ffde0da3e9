"""Markdown of editors and employers to safe HTML and to plain text. The only module that marks strings safe."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from html import escape, unescape

import nh3
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from . import exact_json
from .prose_links import link_addresses

# Characters stay as they were typed: a typographer would make © of (c) and a dash of -- in addresses and codes.
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable(["table", "strikethrough"])
_markdown.core.ruler.push("addresses", link_addresses)

BLOCK_TAGS = {
    "p", "br", "hr", "ul", "ol", "li", "blockquote", "pre", "code", "strong", "em", "s", "a",
    "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
INLINE_TAGS = {"br", "code", "strong", "em", "s", "a"}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}
EDITORIAL_REL = "noopener"
JSON_ESCAPES = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}
PLACEHOLDER = re.compile(r"\{[ \t]*([^\W\d_][\w \t-]{0,39})\}")  # in a template's text: {employer} or {closing day}
MARK_START, MARK_END = "\ue000", "\ue001"  # private characters that become tags once the text is sanitised
UNTRUSTED_REL = "nofollow ugc noopener"


@lru_cache(maxsize=4096)
def render_markdown(text: str, *, top: int = 3, trusted: bool = False, page: str = "") -> SafeString:
    """Markdown to sanitised HTML. The highest heading becomes h<top>; links of untrusted text get rel="nofollow ugc".

    `page` is the absolute address that links such as #apply belong to, for readers elsewhere: in feeds.
    """
    return _sanitise(_block_html(_markdown.parse(text, {"page": page}), top), BLOCK_TAGS, trusted)


@lru_cache(maxsize=1024)
def render_with_placeholders(text: str, *, top: int = 3) -> SafeString:
    """A template's Markdown with each placeholder in <mark>. In text only, not in the address or title of a link."""
    tokens = _markdown.parse(text.replace(MARK_START, "").replace(MARK_END, ""))
    for token in tokens:
        for child in token.children or []:
            if child.type == "text":
                child.content = PLACEHOLDER.sub(rf"{MARK_START}\g<0>{MARK_END}", child.content)
    html = _sanitise(_block_html(tokens, top), BLOCK_TAGS, trusted=True)
    return mark_safe(html.replace(MARK_START, '<mark class="blank">').replace(MARK_END, "</mark>"))  # noqa: S308


def _block_html(tokens, top):
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    shift = top - min(levels, default=top)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + shift, 6)}"
    return _markdown.renderer.render(tokens, _markdown.options, {})


@lru_cache(maxsize=8192)
def render_inline_markdown(text: str, *, trusted: bool = False) -> SafeString:
    """One line of Markdown to sanitised HTML without block elements."""
    return _sanitise(_markdown.renderInline(text), INLINE_TAGS, trusted)


def _sanitise(html, tags, trusted):
    rel = EDITORIAL_REL if trusted else UNTRUSTED_REL
    html = html.encode("utf-8", "replace").decode()  # lone surrogates cannot be encoded in a response
    return mark_safe(nh3.clean(html, tags=tags, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel=rel))  # noqa: S308


def mark_ranges(text: str, ranges: Iterable[tuple[int, int]]) -> SafeString:
    """Plain text as HTML with each range (start, end) in <mark>; the ranges are in order and do not overlap."""
    parts, position = [], 0
    for start, end in ranges:
        parts += (escape(text[position:start]), "<mark>", escape(text[start:end]), "</mark>")
        position = end
    return mark_safe("".join((*parts, escape(text[position:]))))  # noqa: S308


def join_html(separator: str, parts: Iterable[SafeString]) -> SafeString:
    return mark_safe(separator.join(parts))  # noqa: S308


def fill_html(pattern: str, *parts: str) -> SafeString:
    """format_html() for patterns and parts that are many: what is not safe in the parts is escaped."""
    return mark_safe(pattern.format(*(part if isinstance(part, SafeString) else escape(part) for part in parts)))  # noqa: S308


def json_ld_script(data) -> SafeString:
    """Structured data for search engines. <, > and & are escaped as \\uXXXX, so no text in it can end the element."""
    text = exact_json.dumps(data).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308


def plain_text(text: str) -> str:
    """Markdown as one line of plain text, for descriptions and titles."""
    return re.sub(r"\s+", " ", unescape(strip_tags(render_markdown(text)))).strip()


LINE_SYNTAX = re.compile(
    r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*+][ \t]+|\d{1,3}[.)][ \t]+|(?:[-*_|:][ \t]*){3,}$)", re.MULTILINE
)
# Each alternative starts with a literal character: the engine skips text without one, which is five times as fast.
LINK = re.compile(r"(?:!\[|\[(?<!\\\[))([^\[\]\n]*)\]\((?:[^()\n]++|\([^()\n]*\))*+(?:\)|$)")
INLINE_SYNTAX = re.compile(
    r"\*\*|__|~~|``*|\*(?:(?<!\w\*)(?=\S)|(?<=\S\*)(?!\w))|_(?:(?<!\w_)(?=\S)|(?<=\S_)(?!\w))|\\([^\w\s]|_)"
)


def strip_markdown(text: str) -> str:
    """Nearly the same as `plain_text` in a hundredth of the time, also for a text cut anywhere. The result is not escaped."""
    return " ".join(INLINE_SYNTAX.sub(r"\1", _strip_links(LINE_SYNTAX.sub("", text))).split())


def _strip_links(text):
    return LINK.sub(r"\1", text) if "](" in text else text


@lru_cache(maxsize=4096)
def is_blank(text: str) -> bool:
    """Whether nothing readable is left without the markup: `<p>&nbsp;</p>` and `***` are blank."""
    return not any(unicodedata.category(character)[0] in "LNPS" for character in strip_tags(plain_text(text)))
