"""Links in Markdown: bare addresses become links, and relative ones lead to the same place from everywhere."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from markdown_it.common.normalize_url import normalizeLink, validateLink
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .urls import http_url

# The parts are bounded or start behind a character that ends them, so that no text takes more than one pass.
BARE_ADDRESS = re.compile(
    r"""(?<![a-z0-9@/.])(?:https?://|www\.)[^\s<>"{}|\\^`、。，；：！？（）「」]+
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+""",
    re.IGNORECASE | re.VERBOSE,
)
HOST = re.compile(r"(?:[\w-]{1,63}\.)+([^\W\d_]{2,63})(?=[/?#:]|$)")
FILE_ENDINGS = frozenset({
    "asp", "aspx", "doc", "docx", "gif", "htm", "html", "jpeg", "jpg", "jsp", "md", "odt", "pdf", "php", "png", "rtf", "txt",
    "xls", "xlsx", "zip",
})  # fmt: skip
CLOSING_MARKS = ".,;:!?'’”»*_~"  # at the end of an address they belong to the sentence
BRACKETS = {")": "(", "]": "["}


def link_addresses(state: StateCore) -> None:
    """A rule of markdown-it for all inline text."""
    page = state.env.get("page", "")
    for token in state.tokens:
        if token.children:
            token.children = list(_with_links(token.children, page))


def _with_links(tokens: list[Token], page: str) -> Iterator[Token]:
    is_link = False
    for token in tokens:
        if token.type == "link_open":
            is_link = True
            token.attrs["href"] = absolute_href(str(token.attrs["href"]), page)
        elif token.type == "link_close":
            is_link = False
        if token.type == "text" and not is_link:
            yield from _split_at_addresses(token.content)
        else:
            yield token


def absolute_href(href: str, page: str = "") -> str:
    """Relative paths start at the root of the site; `page` is the absolute address in front of a fragment, if known.

    'example.com/jobs' is another site, 'apply.html' a file of ours.
    """
    if href.startswith("#"):
        return page + href
    if (host := HOST.match(href)) and host[1].lower() not in FILE_ENDINGS:
        return f"https://{href}"
    try:
        return urljoin(f"{settings.SITE_URL}/", href)
    except ValueError:  # no address at all: "//["
        return href


def _split_at_addresses(text: str) -> Iterator[Token]:
    """Text tokens, with link tokens around each bare address."""
    position = 0
    for match in BARE_ADDRESS.finditer(text) if "@" in text or "://" in text or "www." in text.lower() else ():
        shown = _without_closing_marks(match[0])
        if href := _href_of(shown):
            yield _text(text[position : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": href})
            yield _text(shown)
            yield Token("link_close", "a", -1)
            position = match.start() + len(shown)
    yield _text(text[position:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _without_closing_marks(address: str) -> str:
    """Without the punctuation after it, and without a closing bracket that the address does not open."""
    end = len(address)
    unopened = {mark: address.count(mark) - address.count(opening) for mark, opening in BRACKETS.items()}
    while end and (address[end - 1] in CLOSING_MARKS or unopened.get(address[end - 1], 0) > 0):
        end -= 1
        if address[end] in unopened:
            unopened[address[end]] -= 1
    return address[:end]


def _href_of(address: str) -> str:
    """'' for what only looks like an address."""
    if "@" in address and "://" not in address and not address.lower().startswith("www."):
        return f"mailto:{address}"
    full = address if "://" in address else f"https://{address}"
    try:
        has_host = "." in (urlsplit(full).hostname or "")
    except ValueError:
        return ""
    href = normalizeLink(full) if has_host and http_url(full) else ""
    return href if validateLink(href) else ""
