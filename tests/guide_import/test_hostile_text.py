"""Texts made to keep the import busy: its time grows with their length and no faster, and their length is limited."""

from contextlib import suppress

import pytest

from careers.guide_import.readers import files
from careers.guide_import.text.blocks import MAX_ANALYSED_LENGTH, ArticleError
from tests.cases import each
from tests.linear import filled, is_linear

from .articles import draft, read

WIKI = "== a ==\n== b ==\n"
PAY = "# Baker\n\n## Pay\n\n"
# {what: function of a length that returns a text}
WHOLE_TEXTS = {
    "wiki links": lambda length: WIKI + filled("[[", length),
    "wiki links with bars": lambda length: WIKI + filled("[[a|", length),
    "wiki bold": lambda length: WIKI + filled("'''a", length),
    "spaces in a wiki heading": lambda length: f"{WIKI}== c{' ' * length}d",
    "comments before nothing": lambda length: filled("<!---->", length) + "x",
    "comments that never end": lambda length: filled("<!--", length),
    "empty lines": lambda length: f"a{chr(10) * length}- b",
    "rows of a table": lambda length: PAY + filled("|", length),
    "brackets": lambda length: PAY + filled("[", length),
    "pictures": lambda length: PAY + filled("![a](", length),
    "stars": lambda length: PAY + filled("*a ", length),
    "angles": lambda length: PAY + filled("<a ", length),
    "spaces in the front matter": lambda length: f"---\ntitle: a{' ' * length}b\n---\n# Baker\n",
    "wrapped lines": lambda length: filled("this is a line of text that goes on and on until its margin ends\n", length),
    "headings among short lines": lambda length: filled("abc\nSkills\n", length // 3),
    "introductions": lambda length: filled("Duties include:\n", length // 3),
    "links to articles": lambda length: "# Baker\n\n## Related articles\n\n" + "".join(
        f"- Guide number {number}\n" for number in range(length // 30)
    ),
    "steps": lambda length: "# Baker\n\n## Career path\n\n" + "".join(
        f"- Baker Number{number}\n" for number in range(length // 30)
    ),
    "dots": lambda length: filled(".", length),
    "bold letters of a page": lambda length: "<html><body><p>" + filled("<b>a</b><i>b</i>", length),
}  # fmt: skip
# Pieces of a paragraph that is just short enough to be read for figures, sources and sentences.
PIECES = [
    "5% ", "jobs grow 5% and ", "$5,000 ", "1,11,", "1 000 ", "A", "Aa ", "Berlin, ", "source ", "makes ", "over ", "work in ",
    "e.g. A ", "...", "(", "new ", "to A to ", "a, which includes ", "employment of a ", "a, b and c ", "pay for a ",
    "a's average pay ", "employment of a, b, ", "a (including b) ", "as a b, ",
    "bs and c ", "$5 for a ", "5 years ", "According to ",
]  # fmt: skip


def read_and_draft(text):
    with suppress(ArticleError):
        draft(text, "a.txt", role="Baker")


@each("what", WHOLE_TEXTS)
def test_the_time_grows_with_the_length_of_a_text(what):
    assert is_linear(read_and_draft, WHOLE_TEXTS[what])


@each("piece", PIECES)
def test_the_time_grows_with_the_length_of_a_paragraph(piece):
    """A longer paragraph is not looked into, so that of the longest is measured against a quarter of it."""
    for heading in ("Pay", "Job outlook", "Career path"):
        assert is_linear(
            read_and_draft,
            lambda length, heading=heading: (
                f"# Baker\n\n## {heading}\n\n" + filled(piece, min(length // 8, MAX_ANALYSED_LENGTH - 100))
            ),
        )


@pytest.mark.parametrize("start", ["", WIKI, "# Baker\n\n"])
def test_a_text_that_is_too_long_is_refused_before_it_is_parsed(monkeypatch, start):
    def fail(text):
        raise AssertionError("parsed")

    for reader in ("read_markdown", "read_plain", "wiki_to_markdown"):
        monkeypatch.setattr(files, reader, fail)
    with pytest.raises(ArticleError, match="500,000 characters"):
        read(start + "a" * 500_001)
