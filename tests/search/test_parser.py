"""What a visitor typed, taken apart. No index is needed for that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search.parser import MAX_CLAUSES, Clause, parse_clauses


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        ("data engineer", [Clause(("data",)), Clause(("engineer",))]),
        ("Data  data", [Clause(("data",))]),
        ('"data engineer"', [Clause(("data", "engineer"))]),
        ('"data engineer', [Clause(("data", "engineer"))]),
        ("-intern data", [Clause(("intern",), is_excluded=True), Clause(("data",))]),
        ('-"unpaid trial"', [Clause(("unpaid", "trial"), is_excluded=True)]),
        ("back-end", [Clause(("back", "end"))]),
        ("C++ C#", [Clause(("c++",)), Clause(("c#",))]),
        ("mach*", [Clause(("mach",), is_prefix=True)]),
        ("Développeur", [Clause(("developpeur",))]),
        ("title:boss AND", [Clause(("title", "boss"))]),
        ("the jobs in", [Clause(("the",)), Clause(("jobs",)), Clause(("in",))]),
        ("-intern jobs", [Clause(("intern",), is_excluded=True), Clause(("jobs",))]),
        ("- * \" ' ( ) [ ] ^ ~ \\ : !", []),
        ("", []),
    ],
)
def test_words_phrases_and_exclusions(typed, clauses):
    assert parse_clauses(typed) == clauses


def test_of_many_words_those_excluded_are_kept():
    typed = " ".join(["data", *(f"word{number}" for number in range(MAX_CLAUSES)), "-engineer"])
    clauses = parse_clauses(typed)
    assert (len(clauses), Clause(("engineer",), is_excluded=True) in clauses) == (MAX_CLAUSES, True)


@given(st.text(max_size=300))
def test_anything_typed_gives_a_bounded_number_of_clauses(typed):
    clauses = parse_clauses(typed)
    assert len(clauses) <= MAX_CLAUSES
    assert all(clause.words for clause in clauses)
