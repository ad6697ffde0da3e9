"""The changes that `make mutants` tries, on planted lines. Whether its table names files that exist."""

import tomllib

import pytest

from bench.mutation import ROOT, TABLE, mutants_of, sample


@pytest.mark.parametrize(
    ("line", "changed"),
    [
        ("a = b < c", ["a = (b <= c)"]),
        ("a = not b", ["a = b"]),
        ("a = b and c", ["a = (b or c)", "a = b", "a = c"]),
        ("f(x__lte=1)", ["pass", "f()", "f(x__lt=1)", "f(x__lte=2)"]),
        ("g = f(b, c)", ["g = f(c, b)"]),
        ("a = {'é', 'b'}", ["a = {'b'}", "a = {'é'}"]),
        ("a = [b for b in c if d]", ["a = [b for b in c]"]),
        ("a = b if c else d", ["a = b if not c else d"]),
        ("raise a", ["pass"]),
        ("a: x[1, 2] = b", []),
        ("'what it is for'", []),
        ("g = max(b, c)", []),
        ("a = Field(blank=True, editable=False)", ["a = Field(blank=True)", "a = Field(blank=True, editable=True)"]),
        ("indexes = [Index(fields=['b', 'c']), Index(fields=['d'])]", []),
    ],
)
def test_each_change_is_one_that_somebody_might_make_by_mistake(line, changed):
    assert sorted(mutant.after for mutant in mutants_of("a.py", f"{line}\n")) == sorted(changed)


def test_a_change_says_where_it_is_and_leaves_all_else_as_it_was():
    [mutant] = mutants_of("a.py", "# “é”\nif b:\n    a = (\n        b\n        < c\n    )\n")
    assert (mutant.line, mutant.source) == (4, "# “é”\nif b:\n    a = (\n        (b <= c)\n    )\n")


def test_what_is_drawn_is_drawn_again_where_one_of_it_turns_out_to_be_equivalent():
    table = tomllib.loads(TABLE.read_text()) | {"sample": 9, "equivalent": {}}
    drawn, known, _ = sample("money", table["subjects"]["money"], table)
    equivalent = {"money": {drawn[0].after: "why"}}
    again, rest, left_out = sample("money", table["subjects"]["money"], table | {"equivalent": equivalent})
    assert {change for change in drawn if change.after != drawn[0].after} <= set(again)
    assert (len(again), rest + left_out) == (9, known)


def test_the_table_names_modules_and_tests_that_are_there():
    for modules in tomllib.loads(TABLE.read_text())["subjects"].values():
        for path, tests in modules.items():
            assert [name for name in (path, *tests) if not (ROOT / name.partition("::")[0]).exists()] == []
