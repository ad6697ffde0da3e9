import html.parser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.core.prose import BLOCK_TAGS, INLINE_TAGS, is_blank, plain_text, render_inline_markdown, render_markdown

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html;base64,PHNjcmlwdD4=)",
    "[click](vbscript:x)",
    "<style>body{display:none}</style>",
    "<iframe src=//example.com></iframe>",
    "<svg onload=alert(1)>",
    "![x](javascript:alert(1))",
    "<a href='javascript:x'>x</a>",
    "<p onclick=x>unclosed <b",
]


class Tags(html.parser.HTMLParser):
    def __init__(self, markup):
        super().__init__()
        self.names, self.attributes = set(), []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        self.names.add(tag)
        self.attributes += attributes


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("rendered", [render_markdown, render_inline_markdown])
def test_nothing_dangerous_is_left(attack, rendered):
    tags = Tags(str(rendered(attack)))
    assert tags.names <= BLOCK_TAGS
    for name, value in tags.attributes:
        assert not name.startswith("on")
        assert name != "href" or value.startswith(("http://", "https://", "mailto:"))


@given(st.text(max_size=500))
def test_any_text_renders_to_known_tags_alone(text):
    assert Tags(str(render_markdown(text))).names <= BLOCK_TAGS
    assert Tags(str(render_inline_markdown(text))).names <= INLINE_TAGS


def test_headings_fall_in_under_the_page():
    markup = render_markdown("# One\n\n## Two", top=3)
    assert "<h3>One</h3>" in markup
    assert "<h4>Two</h4>" in markup


def test_links_of_other_people_are_not_vouched_for():
    assert 'rel="nofollow ugc noopener"' in render_markdown("[x](https://example.org/)")
    assert 'rel="noopener"' in render_markdown("[x](https://example.org/)", trusted=True)


def test_ampersands_are_escaped_once():
    assert render_markdown("R&D & more") == "<p>R&amp;D &amp; more</p>\n"
    assert plain_text("R&D & <3") == "R&D & <3"


@pytest.mark.parametrize("text", ["", "  \n", "***", "&nbsp;", "<p>&nbsp;</p>", "# ", "​"])
def test_text_with_nothing_to_read_is_blank(text):
    assert is_blank(text)


@pytest.mark.parametrize("text", ["a", "- 1", "机", "?"])
def test_text_with_something_to_read_is_not_blank(text):
    assert not is_blank(text)
