"""Texts made to keep the server busy: the time to render, search and check them grows with their length and no faster."""

from datetime import date

import pytest

from careers.core import prose
from careers.postings.checks.pay_in_text import amounts_in, bounds_in, ranges_in
from careers.postings.checks.rules import run_rules
from careers.postings.checks.subject import Subject
from careers.postings.placeholders import placeholders_in, unpaired_braces, without_empty_sentences
from careers.postings.text.merge import MOST_COMPARISONS, merge
from careers.search.documents import strip_link_targets
from tests.cases import each
from tests.linear import filled, is_linear

PIECES = [
    "[", "[a](", "[a](x", "![a](", "[[a]", "](", "a", "*a ", "_a_", "`", "<a ", "&a", "~~a", "# a  ", "{", "{a ", "a@", "a.b@",
    " 000", "up to €1 pay ",
    "#", "- ", "5 ", "$1,", "|", " \n", "a\n",
]  # fmt: skip


def check(text):
    run_rules(Subject(title="Baker", texts={"description": text}, on=date(2026, 1, 1)))


def read_pay(text):
    return [*ranges_in(text), *bounds_in(text), *amounts_in(text)]


def fill(text):
    return placeholders_in(text), unpaired_braces(text), without_empty_sentences(text, {})


@each(
    "act",
    [
        lambda text: prose.render_markdown.__wrapped__(text),
        prose.strip_markdown,
        strip_link_targets,
        check,
        read_pay,
        fill,
    ],
)
def test_the_time_grows_with_the_length_of_a_text(act):
    slow = [
        piece for piece in PIECES if not is_linear(act, lambda length, piece=piece: f"{filled(piece, length)}\nz\n](")
    ]
    assert slow == []


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("See [the guide](https://example.org/a_(b)) now", "See the guide now"),
        ("[![alt](a.png)](https://example.org/)", "[alt](https://example.org/)"),
        ("![alt](a.png) and [a](b) and [c](d", "alt and a and c"),
        (r"\[a\](https://example.org) and M\*A\*S\*H, \_\_init\_\_", "[a](https://example.org) and M*A*S*H, __init__"),
    ],
)
def test_links_are_left_out_of_plain_text(markdown, text):
    assert prose.strip_markdown(markdown) == text


def test_very_long_texts_are_merged_by_their_ends():
    lines = [f"line {number % 7}" for number in range(int(MOST_COMPARISONS**0.5) + 100)]
    base = "\n".join(lines)
    theirs, mine = f"new\n{base}", f"{base}\nown"
    assert merge(base, theirs, base).text == theirs
    assert merge(base, base, mine).text == mine
    merged = merge(base, theirs, mine)
    assert (merged.text, merged.conflicts) == (f"new\n{base}\nown", 0)
