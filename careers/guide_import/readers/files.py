"""Chooses the reader of a file by its content, and by its name only if the content leaves it open."""

import re
from pathlib import PurePath

from careers.guide_import.text.blocks import ArticleError, ParsedArticle

from .decoding import SUPPORTED_FILES, decode_text, reject_unsupported_file
from .html import read_html
from .label_values import join_label_values
from .markdown import read_markdown
from .plain_text import read_plain
from .word import read_word

MAX_BLOCKS, MAX_TEXT = 3000, 500_000
TEXT_ENDINGS = {"", ".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".html", ".htm", ".xhtml"}
HTML_START = re.compile(
    r"(?>\s+|<!--.*?-->|<\?xml[^>]*>)*+<(?:!doctype\s+html|html|head|body|article|main|div|h1)\b", re.I | re.S
)
HTML_TAGS = re.compile(r"</(?:p|h[1-6]|li|div|ul|td)>", re.IGNORECASE)
MARKDOWN_SYNTAX = re.compile(
    r"^#{1,6} (?!of\b)\S|^[ \t]*[-*+] \*\*|\[[^\[\]\n]{1,300}\]\(https?://|^\|.*\|[ \t]*\n\|[ \t:|-]+\|[ \t]*$"
    r"|^(?:\*\*|__)[^*_\n]+(?:\*\*|__)",
    re.MULTILINE,
)
WIKI_HEADING = re.compile(r"^(={1,6})(?!=)[ \t]*+([^=\n]*[^=\s])[ \t]*+=*[ \t]*$", re.MULTILINE)
WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{0,300}\|)?([^\[\]|\n]{1,300})\]\]")


def read_article(content: bytes, name: str) -> ParsedArticle:
    """Raises ArticleError with a message for the person who uploaded the file."""
    reject_unsupported_file(content, name)
    if content.startswith(b"PK"):
        article = read_word(content, name)
    else:
        ending = PurePath(name).suffix.lower()
        if ending not in TEXT_ENDINGS:
            problem = (
                "is not a Word file, although its name ends in .docx" if ending == ".docx" else f"ends in {ending}"
            )
            raise ArticleError(f"{name} {problem}. {SUPPORTED_FILES}")
        decoded = decode_text(content, name)
        article = read_text(decoded.text, ending, name)
        article.encoding = decoded.encoding
    article.blocks = join_label_values(article.blocks)
    if not article.blocks:
        raise ArticleError(f"{name} is empty.")
    if len(article.blocks) > MAX_BLOCKS:
        raise ArticleError(
            f"{name} has {len(article.blocks):,} paragraphs. An article can have at most {MAX_BLOCKS:,}."
        )
    if sum(len(block.text) for block in article.blocks) > MAX_TEXT:
        raise ArticleError(f"{name} has more than {MAX_TEXT:,} characters of text. Import it in parts.")
    return article


def read_text(text: str, ending: str, name: str) -> ParsedArticle:
    tags = len(HTML_TAGS.findall(text))
    if HTML_START.match(text) or tags > 3 or (tags and ending in (".html", ".htm", ".xhtml")):
        return read_html(text, name)
    if len(text) > MAX_TEXT:
        raise ArticleError(f"{name} has more than {MAX_TEXT:,} characters of text. Import it in parts.")
    if len(WIKI_HEADING.findall(text)) > 1:
        return read_markdown(wiki_to_markdown(text))
    if MARKDOWN_SYNTAX.search(text):
        return read_markdown(text)
    return read_plain(text)


def wiki_to_markdown(text: str) -> str:
    """Converts MediaWiki and AsciiDoc syntax: == Heading ==, # numbered, '''bold''', [[page|words]]."""
    text = re.sub(r"^([*#]+)[ \t]+", lambda match: list_marker(match[1]), text, flags=re.MULTILINE)
    text = WIKI_HEADING.sub(lambda match: f"{'#' * len(match[1])} {match[2]}", text)
    text = re.sub(r"'''(.+?)'''", r"**\1**", text)
    text = re.sub(r"''(.+?)''", r"*\1*", text)
    return WIKI_LINK.sub(r"\1", text)


def list_marker(marks):
    return f"{'   ' * (len(marks) - 1)}{'1.' if marks[-1] == '#' else '-'} "
