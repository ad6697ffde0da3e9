"""Merging two changes of a text word by word, where one of them is the portal filling in a fact again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.postings.text.merge import MOST_COMPARISONS, merge

OLD, NEW = "31 December 2026", "20 January 2027"
lines = st.lists(st.sampled_from(["a b", "b c", "c. d", "d", ""]), max_size=6).map("\n".join)


@pytest.mark.parametrize(
    ("base", "theirs", "mine", "text"),
    [
        (f"Apply by {OLD}.", f"Apply by {NEW}.", f"Write to us by {OLD}, please.", f"Write to us by {NEW}, please."),
        (f"- {OLD}\n- Tea", f"- {NEW}\n- Tea", f"Really:\n- {OLD}\n- Coffee", f"Really:\n- {NEW}\n- Coffee"),
        (f"Tea. Until {OLD}.", "Tea.", f"Green tea. Until {OLD}.", "Green tea."),
        (f"- Until {OLD}\n- Tea", "- Tea", f"Really:\n- Until {OLD}\n- Coffee\n- Tea", "Really:\n- Coffee\n- Tea"),
        ("Tea.", f"Tea. Until {NEW}.", "Green tea.", f"Green tea. Until {NEW}."),
        (f"By {OLD}.", f"By {NEW}.", f"Until {NEW}.", f"Until {NEW}."),
    ],
)
def test_both_changes_are_kept(base, theirs, mine, text):
    merged = merge(base, theirs, mine, whole=[OLD, NEW])
    assert (merged.text, merged.conflicts) == (text, 0)


@pytest.mark.parametrize(
    "mine", ["Apply by New Year.", f"Apply by {OLD} or {OLD}.", "Apply by 31 December.", "We wait."]
)
def test_a_fact_written_anew_conflicts_and_stays(mine):
    merged = merge(f"Apply by {OLD}.", f"Apply by {NEW}.", mine, whole=[OLD, NEW])
    assert (merged.text, merged.conflicts) == (mine, 1)


def test_days_are_never_mixed():
    """Word by word, 31 → 20 and December → November would make a third day of two."""
    merged = merge(f"By {OLD}.", f"By {NEW}.", "By 31 November 2026.", whole=[OLD, NEW])
    assert (merged.text, merged.conflicts) == ("By 31 November 2026.", 1)


@given(lines, lines, lines)
def test_a_change_on_one_side_is_taken_whole_and_the_same_on_both_is_no_conflict(base, theirs, mine):
    assert merge(base, theirs, base, whole=[]).text == theirs
    assert merge(base, base, mine, whole=[]).text == mine
    assert merge(base, mine, mine, whole=[]).conflicts == 0


def test_very_long_lines_are_merged_as_lines_alone():
    words = "word " * (MOST_COMPARISONS // 1000)
    assert merge(f"{words}{OLD}.", f"{words}{NEW}.", f"My {words}{OLD}!", whole=[OLD, NEW]).conflicts == 1
