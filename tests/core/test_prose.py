import html.parser
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.core.prose import (
    BLOCK_TAGS,
    INLINE_TAGS,
    is_blank,
    plain_text,
    render_inline_markdown,
    render_markdown,
    render_with_placeholders,
)
from tests.cases import each

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


TYPED = [
    "A 501(c)(3) organisation",
    "(a) this, (b) that, (c) the rest, (r) and (tm), (p)",
    "Nights -- and weekends ... and more?????",
    "Pay is +-10 %, 1/2 day --- or so",
]


@each("text", TYPED)
def test_signs_stay_as_they_were_typed(text):
    assert plain_text(text) == text
    assert str(render_inline_markdown(text)) == text
    assert str(render_with_placeholders(text)) == f"<p>{text}</p>\n"


@each(
    "text, href, shown",
    [
        ("https://example.com/a--b", "https://example.com/a--b", "https://example.com/a--b"),
        ("See https://example.com/(c)/x...", "https://example.com/(c)/x", "https://example.com/(c)/x"),
        ("(https://example.org/wiki/A_(b))", "https://example.org/wiki/A_(b)", "https://example.org/wiki/A_(b)"),
        ("At www.example.com, daily", "https://www.example.com", "www.example.com"),
        ("Write to john--doe@example.com.", "mailto:john--doe@example.com", "john--doe@example.com"),
        ("https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2", "https://example.com/?a=1&b=2"),
        ("请看https://example.com/工作。谢谢", "https://example.com/%E5%B7%A5%E4%BD%9C", "https://example.com/工作"),
    ],
)
def test_bare_addresses_become_links(text, href, shown):
    for rendered in (render_markdown(text), render_inline_markdown(text)):
        [link] = [value for name, value in Tags(str(rendered)).attributes if name == "href"]
        assert link == href
        assert f">{escape(shown, quote=False)}</a>" in rendered
    assert plain_text(text) == text


@each(
    "text",
    [
        "`https://example.com/a--b`",
        "    www.example.com",
        "javascript:alert(1)",
        "https://",
        "http://localhost/x",
        "www.",
        "me@home",
        "name@@example.com",
        "C++@work",
    ],
)
def test_code_and_what_only_looks_like_an_address_is_no_link(text):
    assert "<a" not in render_markdown(text)


def test_an_address_that_is_a_link_already_is_not_linked_twice():
    assert render_markdown("[see https://example.com/](https://example.org/)").count("<a ") == 1
    assert render_markdown("<https://example.org/>").count("<a ") == 1


@pytest.mark.parametrize("text", ["a@" * 15_000, "www." * 8_000, "a" * 30_000 + "@", "https://x.de/" + ")" * 30_000])
def test_addresses_are_found_in_one_pass(text):
    """Each would take minutes if a pattern went back over what it has read."""
    assert plain_text(text) == text


def hrefs(rendered):
    return [value for name, value in Tags(str(rendered)).attributes if name == "href"]


@each(
    "link, href",
    [
        ("/roles/", "https://careers.example.org/roles/"),
        ("apply.html", "https://careers.example.org/apply.html"),
        ("../jobs/?q=a#b", "https://careers.example.org/jobs/?q=a#b"),
        ("?q=data", "https://careers.example.org/?q=data"),
        ("//example.com/x", "https://example.com/x"),
        ("www.example.com/x", "https://www.example.com/x"),
        ("example.com", "https://example.com"),
        ("jobs.example.co.uk/a.html?b", "https://jobs.example.co.uk/a.html?b"),
        ("terms.pdf", "https://careers.example.org/terms.pdf"),
        ("roles/a.b/", "https://careers.example.org/roles/a.b/"),
        ("https://example.com/x", "https://example.com/x"),
        ("mailto:a@example.com", "mailto:a@example.com"),
        ("#apply", "#apply"),
    ],
)
def test_links_lead_to_the_same_place_from_everywhere(link, href):
    text = f"[guide]({link})"
    assert hrefs(render_markdown(text)) == hrefs(render_inline_markdown(text)) == [href]
    assert hrefs(render_markdown(text, page="https://x.example/1/"))[0].startswith(("https://", "mailto:"))


def test_a_part_of_the_page_is_found_from_elsewhere():
    assert hrefs(render_markdown("[x](#apply)", page="https://x.example/1/")) == ["https://x.example/1/#apply"]


def test_a_break_within_a_paragraph_is_kept():
    assert render_markdown("One\nTwo") == "<p>One<br>\nTwo</p>\n"
