"""Two ways of using the quote in tab-separated files, and commas; the same fact reads the same in each."""

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.files import cells
from careers.files.errors import FileError
from careers.files.tables import open_table

HEADER = "Code\tTask\tNote\n"


def rows_of(path, required=("Code", "Task", "Note")):
    with open_table(path, required=required) as table:
        return [tuple(row.cells.values()) for row in table]


def read(folder, content, name="table.txt", required=("Code", "Task", "Note")):
    path = folder / name
    path.write_text(content, encoding="utf-8", newline="")
    return rows_of(path, required)


def test_both_ways_give_the_same_text(tmp_path):
    bare = '1\tConduct "head counts" early.\tx\r\n2\tAttach "out of order" signs.\ty\r\n3\t"trains".\tz\r\n'
    quoted = '1\t"Conduct ""head counts"" early."\tx\n2\t"Attach ""out of order"" signs."\ty\n3\t"""trains""."\tz\n'
    assert read(tmp_path, HEADER + bare) == read(tmp_path, HEADER + quoted)
    assert read(tmp_path, HEADER + bare)[2] == ("3", '"trains".', "z")


@pytest.mark.parametrize(
    "line", ['1\t5" pipe\tx', '1\t"Foo" bar\tx', '1\ta "b"\tx', '1\t"foo\tx', '1\t"a"b"\tx', '1\ta\t"']
)
def test_one_line_that_is_not_csv_makes_the_file_bare(tmp_path, line):
    assert read(tmp_path, f'{HEADER}0\t"whole"\tx\n{line}\n') == [("0", '"whole"', "x"), tuple(line.split("\t"))]


def test_a_file_without_any_such_line_is_quoted(tmp_path):
    assert read(tmp_path, HEADER + '1\t"whole"\t""\n') == [("1", "whole", "")]


def test_a_quoted_cell_may_hold_tabs_and_line_breaks_of_any_kind(tmp_path):
    content = HEADER + '1\t"one\r\ntwo ""2""\n\nthree"\t"a\tb"\r\n2\tc\t"d\r\ne"\r\n3\tf\tg\r\n'
    (tmp_path / "table.txt").write_text(content, newline="")
    with open_table(tmp_path / "table.txt", required=("Code", "Task", "Note")) as table:
        rows = [(row.number, *row.cells.values()) for row in table]
    assert rows == [(2, "1", 'one\ntwo "2"\n\nthree', "a\tb"), (6, "2", "c", "d\ne"), (8, "3", "f", "g")]


def test_a_quoted_first_cell_may_break_its_line(tmp_path):
    assert read(tmp_path, HEADER + '"1\nor 2"\tb\tc\n') == [("1\nor 2", "b", "c")]


@pytest.mark.parametrize("before", ["", "0\ta\n"])
def test_a_pair_of_bare_quotes_far_apart_swallows_no_rows(tmp_path, before):
    """Read as CSV these would be one row with a cell over three lines; each of the lines is a whole row."""
    rows = before + '1\t"begins\tx\n2\tbetween\ty\n3\tends"\tz\n4\tafter\tx\n'
    assert len(read(tmp_path, HEADER + rows, required=("Code", "Task"))) == rows.count("\n")


def test_a_quote_that_ends_nothing_makes_the_file_bare(tmp_path):
    rows = read(tmp_path, HEADER + '1\t"begins\tx\n2\ta"b\n3\tends"\tz\n', required=("Code", "Task"))
    assert rows == [("1", '"begins'), ("2", 'a"b'), ("3", 'ends"')]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ('1\t"Conduct ""head counts""."\tx\n2\ta\tb\n3\t5" pipe\ty\n', (2, 4)),
        ('1\t"over two\nlines"\tx\n2\t5" pipe\ty\n', (3, 4)),
        ('1\t"begins\tx\n2\ta"b\ty\n3\t"Conduct ""head counts""."\tz\n', (4, 2)),
    ],
)
def test_a_file_that_does_both_is_refused_with_both_lines(tmp_path, rows, lines):
    with pytest.raises(FileError) as error:
        read(tmp_path, HEADER + rows)
    says = "table.txt: line {} quotes a cell as CSV does, line {} has a bare quote".format(*lines)
    assert str(error.value).startswith(says)


def test_a_quote_that_is_never_closed_makes_the_file_bare(tmp_path):
    assert read(tmp_path, HEADER + '1\t"begins\tx\n2\tc\td\n') == [("1", '"begins', "x"), ("2", "c", "d")]


def test_commas_are_always_csv(tmp_path):
    content = 'Code,Task,Note\r\n1,"a, ""b""\r\nand\tc",\r\n2,5" pipe,\td\t\r\n'
    assert read(tmp_path, content, "table.csv") == [("1", 'a, "b"\nand\tc', ""), ("2", '5" pipe', "d")]


@pytest.mark.parametrize(
    ("line", "says"), [('2,"a"b,c\n', "line 3: the quotes do not match"), ('2,"a,c\n3,d,e\n', "line 3: a cell begins")]
)
def test_broken_commas_are_named_with_the_line_they_begin_on(tmp_path, line, says):
    with pytest.raises(FileError, match=says):
        read(tmp_path, "Code,Task,Note\n1,a,b\n" + line, "table.csv")


anything = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="�")
quoted_text = st.text(st.one_of(st.sampled_from('"\n,'), anything)) | st.text(
    st.one_of(st.sampled_from('"\t,'), anything)
)
bare_text = st.text(st.one_of(st.sampled_from('",'), anything)).filter(lambda text: '""' not in text)


@pytest.mark.parametrize(("name", "separator"), [("table.txt", "\t"), ("table.csv", ",")])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@settings(deadline=None)
@given(st.lists(st.tuples(quoted_text, quoted_text, quoted_text), min_size=1))
def test_whatever_is_written_as_csv_is_read_back(tmp_path_factory, name, separator, end, rows):
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator=end).writerows(
        [("Code", "Task", "Note"), ("1", "a", "b"), *rows]
    )
    path = tmp_path_factory.mktemp("t") / name
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
    stripped = [tuple(cell.strip() for cell in row) for row in rows]
    assert rows_of(path) == [("1", "a", "b"), *(row for row in stripped if any(row))]


@settings(deadline=None)
@given(st.lists(st.tuples(bare_text, bare_text, bare_text), min_size=1))
def test_whatever_is_written_bare_is_read_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("t") / "table.txt"
    lines = [HEADER.strip(), '1\tan inch is 1"\tb', *("\t".join(row) for row in rows)]
    path.write_text("\r\n".join(lines), encoding="utf-8", newline="")
    stripped = [tuple(cell.strip() for cell in row) for row in rows]
    assert rows_of(path) == [("1", 'an inch is 1"', "b"), *(row for row in stripped if any(row))]


@settings(deadline=None)
@given(st.text(st.sampled_from('ab"\t\n\r,'), max_size=60))
def test_any_text_at_all_is_rows_or_a_sentence(tmp_path_factory, content):
    for name in ("table.txt", "table.csv"):
        path = tmp_path_factory.mktemp("t") / name
        path.write_text("Code\tTask\tNote\n".replace("\t", "," if name.endswith("csv") else "\t") + content, newline="")
        with suppress(FileError):
            assert all(len(row) == 3 for row in rows_of(path))


TASK_COLUMNS = ("O*NET-SOC Code", "Task ID", "Task", "Incumbents Responding", "Date")


def tasks_of(folder):
    with open_table(folder / "Task Statements.txt", required=TASK_COLUMNS) as table:
        return {
            (row["O*NET-SOC Code"], row["Task ID"]): (
                row["Task"],
                row.read("Incumbents Responding", cells.whole),
                row["Date"],
            )
            for row in table
        }


@pytest.fixture(scope="module")
def tasks(shared_data):
    return tasks_of(shared_data / "onet-29.3"), tasks_of(shared_data / "onet-30.2")


def test_the_tasks_of_two_releases_are_told_apart_by_nothing_but_their_text(tasks):
    """18,775 tasks are in both. Five were reworded by the publisher; six hold quotes, and read alike from both layouts."""
    older, newer = tasks
    assert (len(older), len(newer)) == (18_796, 18_796)
    assert (len(older.keys() - newer.keys()), len(newer.keys() - older.keys())) == (21, 21)
    common = older.keys() & newer.keys()
    assert {key for key in common if older[key][0] != newer[key][0]} == {
        ("23-2011.00", "1638"),
        ("23-2011.00", "1641"),
        ("23-2011.00", "18493"),
        ("23-2011.00", "18494"),
        ("29-1141.04", "18000"),
    }
    assert {key for key in common if '"' in older[key][0]} == {key for key in common if '"' in newer[key][0]}
    assert older["11-1031.00", "15287"][0] == 'Conduct "head counts" to help predict the outcome of upcoming votes.'


def test_a_count_changed_only_where_the_publisher_asked_again(tasks):
    """95.0 and 95, empty and n/a are the same: a task with the same date has the same count of incumbents."""
    older, newer = tasks
    assert [
        key for key in older.keys() & newer.keys() if older[key][2] == newer[key][2] and older[key][1] != newer[key][1]
    ] == []


def test_occupations_of_two_releases_are_the_same(shared_data):
    older, newer = (
        rows_of(shared_data / release / "Occupation Data.txt", ("O*NET-SOC Code", "Title", "Description"))
        for release in ("onet-29.3", "onet-30.2")
    )
    assert len(older) == 1_016
    assert older == newer


def test_technologies_of_two_releases_differ_by_what_was_added_and_withdrawn(shared_data):
    columns = ("O*NET-SOC Code", "Example", "Commodity Code", "Commodity Title")
    older, newer = (
        set(rows_of(shared_data / release / "Technology Skills.txt", columns)) for release in ("onet-29.3", "onet-30.2")
    )
    assert (len(older), len(newer), len(older - newer), len(newer - older)) == (32_681, 32_773, 96, 188)


def test_links_with_texts_from_right_to_left(shared_data):
    links = rows_of(shared_data / "free-programming-books" / "links.csv", ("lang", "title", "url"))
    assert len(links) == 10_742
    assert ("ar", "احترف الأردوينو") in {link[:2] for link in links}
