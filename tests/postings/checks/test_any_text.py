"""No text makes a check fail."""

from hypothesis import given, settings
from hypothesis import strategies as st

from careers.postings.checks.rules import run_rules

from .subjects import at, pay, subject

PIECES = [
    "# ",
    "- ",
    "\n\n",
    "{{",
    "[Company]",
    "$90k",
    " - ",
    "€",
    "#LI-",
    "a@b.cz",
    "\x00",
    "\ud800",
    "İ",
    "ﬁ",
    "’",
    "_____",
]
TEXT = st.lists(st.one_of(st.text(max_size=20), st.sampled_from(PIECES)), max_size=12).map("".join)


@settings(max_examples=60, deadline=None)
@given(title=TEXT, text=TEXT, low=st.none() | st.integers(1, 10**12), more=st.none() | st.integers(0, 10**9))
def test_findings_never_raise(title, text, low, more):
    high = None if low is None or more is None else low + more
    one = subject(text, title=title, pay=pay(low, high), places=at("US-CO", "CA-ON"), workplace="remote")
    assert all(finding.sentence and finding.source for finding in run_rules(one))
