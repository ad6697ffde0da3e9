import pytest

from careers.guide_import.text.blocks import ArticleError, BlockKind

from .articles import read


def shapes(article):
    return [(block.kind, block.marker, block.depth, block.text) for block in article.blocks if not block.skip_reason]


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("Gehälter für Köche\n\n60.000 €".encode(), "UTF-8"),
        ("\ufeffGehälter für Köche\n\n60.000 €".encode(), "UTF-8"),
        ("Gehälter für Köche\r\n\r\n60.000 €".encode("utf-16"), "UTF-16"),
        ("Gehälter für Köche\n\n60.000 €".encode("utf-16-le"), "UTF-16"),
        ("Gehälter für Köche\r\r60.000 €".encode("cp1252"), "Windows-1252"),
    ],
)
def test_every_common_encoding_reads_alike(content, encoding):
    article = read(content)
    assert [block.text for block in article.blocks] == ["Gehälter für Köche", "60.000 €"]
    assert article.encoding == encoding


def test_an_html_file_may_declare_another_encoding():
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Płaca księgowego</p></body></html>'
    assert read(page.encode("iso-8859-2"), "a.html").blocks[0].text == "Płaca księgowego"


@pytest.mark.parametrize(
    "declared",
    ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "hex", "rot13", "nonsense", "utf-16"],
)
def test_a_page_that_declares_no_real_encoding_is_read_as_windows_1252(declared):
    page = f'<html><head><meta charset="{declared}"></head><body><p>Gehälter \\u0041</p><p>x</p></body></html>'
    if declared == "utf-16":
        with pytest.raises(ArticleError, match="neither UTF-8 nor utf-16"):
            read(page.encode("cp1252") + b"x" * (len(page) % 2 == 0), "a.html")
    else:
        article = read(page.encode("cp1252"), "a.html")
        assert (article.blocks[0].text, article.encoding) == ("Gehälter \\u0041", "Windows-1252")


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.txt", "a.txt is empty"),
        (b"   \n\n", "a.md", "a.md is empty"),
        (b"%PDF-1.7 ...", "a.pdf", "is a PDF"),
        (b"%PDF-1.7 ...", "a.txt", "is a PDF"),
        (b"{\\rtf1 hello}", "a.docx", "rich-text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc", "old Word file"),
        (b"\x89PNG\r\n\x1a\n", "a.html", "a picture"),
        (b"plain text", "a.docx", "not a Word file"),
        (b"a,b\n1,2", "a.csv", "ends in .csv"),
        (b"PK\x03\x04 broken", "a.docx", "broken or locked archive"),
        (b"PK\x03\x04 broken", "a.txt", "broken or locked archive"),
        (b"some\x00\x01\x02\x03text\x00\x05", "a.txt", "has no text"),
        ("fine\nlost \ufffd letter".encode(), "a.txt", "line 2: contains a"),
        (b"fine\nbroken \x81\x8d\xff", "a.txt", "line 2: neither UTF-8 nor Windows-1252"),
        ("\ufeffabc".encode("utf-16-le") + b"\xd8", "a.txt", "broken at byte"),
        (b"<html><body><script>x()</script></body></html>", "a.html", "is HTML without text"),
        (b"<html><body>" + b"<div>" * 300 + b"deep</body></html>", "a.html", "nested too deeply"),
        (b"word " * 1_200_000, "a.txt", "at most 5 MB"),
        (b"line\n\n" * 6000, "a.txt", "6,000 paragraphs"),
        (b"word " * 110_000, "a.txt", "500,000 characters"),
        (b"<p>a</p>" * 31_000, "a.html", "30,000 elements"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1", "a.md", "a pointer"),
    ],
)
def test_what_is_no_article_is_named_in_a_sentence(content, name, says):
    with pytest.raises(ArticleError, match=r".+\.$") as error:
        read(content, name)
    assert says in str(error.value)
    assert name in str(error.value)


def test_markdown_keeps_lists_tables_and_emphasis():
    article = read(
        "# Title\n\nSome *soft* and **hard** text with a [link](https://example.org/a_b).\n\n- **Lead:** text\n  1. deep\n\n"
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nsoft\nwrapped line of one paragraph\n",
        "a.md",
    )
    assert shapes(article) == [
        (BlockKind.HEADING, "", 0, "Title"),
        (BlockKind.PARAGRAPH, "", 0, "Some soft and hard text with a link."),
        (BlockKind.LIST_ENTRY, "-", 1, "Lead: text"),
        (BlockKind.LIST_ENTRY, "1.", 2, "deep"),
        (BlockKind.TABLE_ROW, "", 0, "a | b"),
        (BlockKind.TABLE_ROW, "", 0, "1 | 2"),
        (BlockKind.PARAGRAPH, "", 0, "soft"),
        (BlockKind.PARAGRAPH, "", 0, "wrapped line of one paragraph"),
    ]
    assert article.blocks[1].markdown == "Some *soft* and **hard** text with a [link](https://example.org/a_b)."
    assert article.blocks[0].where == "line 1"


def test_pasted_bullets_in_markdown_part_though_no_blank_line_does():
    article = read("# T\n\nDuties:\n• one\n• two\n", "a.md")
    assert [block.text for block in article.blocks] == ["T", "Duties:", "• one", "• two"]


def test_lines_wrapped_at_a_margin_are_one_paragraph():
    text = (
        "A forester looks after trees for as long as a lifetime lasts and longer,\n"
        "which makes the work one of patience. Most of it happens out of doors, in\n"
        "all kinds of weather, and some of it at a desk.\n\nShort line\nanother\n"
    )
    paragraph, *lines = [block.text for block in read(text).blocks]
    assert paragraph.startswith("A forester looks after trees for as long as a lifetime lasts and longer, which makes")
    assert paragraph.endswith("Most of it happens out of doors, in all kinds of weather, and some of it at a desk.")
    assert lines == ["Short line", "another"]


def test_html_leaves_out_what_stands_around_and_lists_it():
    article = read(
        "<html><body><nav>Menu here</nav><div class='cookie-banner'>We use cookies</div><main><h1>Title</h1>"
        "<p>The text<script>evil()</script> itself.</p><!-- hidden remark --><aside>Aside text</aside>"
        "<form><p>Your name</p></form><div class='comment-list'><p>Nice!</p></div></main><footer>All rights</footer>"
        "</body></html>",
        "a.html",
    )
    assert [block.text for block in article.blocks if not block.skip_reason] == ["Title", "The text itself."]
    assert {block.text: block.skip_reason for block in article.blocks if block.skip_reason} == {
        "Menu here": "navigation",
        "We use cookies": "cookie notice",
        "Aside text": "aside",
        "Your name": "form",
        "Nice!": "comments of readers",
        "All rights": "page footer",
    }


def test_a_sidebar_named_on_the_whole_page_hides_nothing():
    page = "<html><body class='has-sidebar'><div class='content-with-sidebar'><h1>T</h1><p>All of the text.</p></div></body>"
    assert [block.text for block in read(page, "a.html").blocks] == ["T", "All of the text."]


def test_definition_lists_and_line_breaks_become_points():
    article = read("<h1>T</h1><dl><dt>Care</dt><dd>for people</dd></dl><p>• one<br>• two</p><p>x</p>", "a.html")
    assert [block.text for block in article.blocks] == ["T", "Care: for people", "• one", "• two", "x"]
    nested = read(
        "<h1>T</h1><dl><dt>Eye</dt><dd>for colours<dl><dt>Red</dt><dd>warm</dd></dl></dd></dl><p>x</p>", "a.html"
    )
    assert [block.text for block in nested.blocks] == ["T", "Eye: for colours", "Red: warm", "x"]


@pytest.mark.parametrize("markup", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_web_addresses_become_links(markup):
    article = read(f"<h1>T</h1><p>See <a href='{markup}'>this</a>.</p><p>x</p><p>y</p>", "a.html")
    assert article.blocks[1].markdown == "See this."


def test_no_address_in_a_page_is_opened(monkeypatch):
    import socket

    def refuse(*args, **kwargs):
        raise AssertionError("the network was used")

    monkeypatch.setattr(socket, "socket", refuse)
    page = "<!DOCTYPE html SYSTEM 'http://example.org/x.dtd'><html><head><link rel='stylesheet' href='http://example.org/a.css'>"
    assert read(
        page + "<base href='http://example.org/'></head><body><img src='/x.png'><p>Text</p></body></html>", "a.html"
    )
