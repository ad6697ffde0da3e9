"""Any file an article comes in -> its blocks. What it is, the content decides; the name only where that is open."""

import re
from pathlib import PurePath

from careers.guide_import.text.blocks import ArticleError, Reading

from .decoding import WANTED, decoded, refuse_other_files
from .html import read_html
from .markdown import read_markdown
from .plain_text import read_plain
from .word import read_word

MAX_BLOCKS, MAX_TEXT = 3000, 500_000
TEXT_ENDINGS = {"", ".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml"}
HTML_START = re.compile(
    r"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|article|main|div|h1)\b", re.I | re.S
)
HTML_TAGS = re.compile(r"</(?:p|h[1-6]|li|div|ul|td)>", re.IGNORECASE)
MARKDOWN_SIGNS = re.compile(
    r"^#{1,6} \S|^\s*[-*+] \*\*|\[[^\[\]\n]{1,300}\]\(https?://|^\|.*\|\s*$\n^\|[\s:|-]+\|\s*$|^(?:\*\*|__)[^*_\n]+(?:\*\*|__)",
    re.MULTILINE,
)


WIKI_HEADING = re.compile(r"^(={1,6})[ \t]*([^=\n]+?)[ \t]*\1?[ \t]*$", re.MULTILINE)


def read_article(content: bytes, name: str) -> Reading:
    """Raises ArticleError with a sentence for the person who gave the file."""
    refuse_other_files(content, name)
    if content.startswith(b"PK"):
        reading = read_word(content, name)
    else:
        ending = PurePath(name).suffix.lower()
        if ending not in TEXT_ENDINGS:
            wrong = "is no Word file, whatever its name says" if ending == ".docx" else f"ends in {ending}"
            raise ArticleError(f"{name} {wrong}. {WANTED}")
        text = decoded(content, name)
        reading = read_text(text.text, ending, name)
        reading.encoding = text.encoding
    if not reading.blocks:
        raise ArticleError(f"{name} is empty.")
    if len(reading.blocks) > MAX_BLOCKS:
        raise ArticleError(f"{name} has {len(reading.blocks):,} paragraphs; an article may have {MAX_BLOCKS:,}.")
    if sum(len(block.text) for block in reading.blocks) > MAX_TEXT:
        raise ArticleError(f"{name} has more than {MAX_TEXT:,} characters of text; no article is so long.")
    return reading


def read_text(text, ending, name):
    tags = len(HTML_TAGS.findall(text))
    if HTML_START.match(text) or tags > 3 or (tags and ending in (".html", ".htm", ".xhtml")):
        return read_html(text, name)
    if len(WIKI_HEADING.findall(text)) > 1:
        return read_markdown(from_wiki(text))
    if MARKDOWN_SIGNS.search(text):
        return read_markdown(text)
    return read_plain(text)


def from_wiki(text):
    """The marks of MediaWiki and AsciiDoc as those of Markdown: == Heading ==, # numbered, '''bold''', [[page|words]]."""
    text = re.sub(r"^([*#]+)[ \t]+", lambda match: wiki_marker(match[1]), text, flags=re.MULTILINE)
    text = WIKI_HEADING.sub(lambda match: f"{'#' * len(match[1])} {match[2]}", text)
    text = re.sub(r"'''(.+?)'''", r"**\1**", text)
    text = re.sub(r"''(.+?)''", r"*\1*", text)
    return re.sub(r"\[\[(?:[^\]|\n]*\|)?([^\]|\n]+)\]\]", r"\1", text)


def wiki_marker(marks):
    return f"{'   ' * (len(marks) - 1)}{'1.' if marks[-1] == '#' else '-'} "
