"""Text tables: encodings, line ends, columns, rows, and the wrong file under the right name."""

import re
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.files import cells
from careers.files.errors import FileError
from careers.files.tables import open_table

COLUMNS = ("Code", "Title", "Note")


def write(folder, content, name="table.txt"):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def rows_of(path, required=COLUMNS, **more):
    with open_table(path, required=required, **more) as table:
        return [tuple(row.cells.values()) for row in table]


def fault_of(path, required=COLUMNS, **more):
    with pytest.raises(FileError) as error:
        rows_of(path, required, **more)
    assert path.name in str(error.value)
    return str(error.value)


def test_a_row_has_its_line_its_cells_and_a_reader(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\n08\t Legislators \t95.0\n")
    with open_table(path, required=COLUMNS) as table:
        (row,) = table
    assert (table.name, table.columns, table.notes) == ("table.txt", COLUMNS, [])
    assert (row.number, row.cells) == (2, {"Code": "08", "Title": "Legislators", "Note": "95.0"})
    assert (row["Code"], row.read("Note", cells.whole)) == ("08", 95)


def test_what_a_reader_refuses_names_file_line_and_column(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\n08\tLegislators\tmany\n")
    with open_table(path, required=COLUMNS) as table, pytest.raises(FileError) as error:
        next(iter(table)).read("Note", cells.number)
    assert str(error.value) == "table.txt, line 2, column Note: “many” is not a number, for example 1234.5."


TEXT = "Code\tTitle\tNote\n1\tCafé “Zoë”\tnaïve\n2\tDéjà vu\t–\n"
ROWS = [("1", "Café “Zoë”", "naïve"), ("2", "Déjà vu", "–")]


@pytest.mark.parametrize(
    ("content", "notes"),
    [
        (TEXT.encode("utf-8"), []),
        (TEXT.encode("utf-8-sig"), []),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), ["read as UTF-16"]),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), ["read as UTF-16"]),
        (TEXT.encode("cp1252"), ["read as Windows-1252"]),
    ],
)
def test_every_encoding_gives_the_same_rows(tmp_path, content, notes):
    path = write(tmp_path, content)
    assert rows_of(path) == ROWS
    with open_table(path, required=COLUMNS) as table:
        assert table.notes == notes


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_csv_is_parted_by_what_parts_its_header(tmp_path, mark):
    """Spreadsheets write semicolons where the comma is the decimal mark."""
    path = write(tmp_path, f'Code{mark}Title{mark}Note\n1{mark}"Flour, rye; fine"{mark}"2,5"\n', "t.csv")
    assert rows_of(path) == [("1", "Flour, rye; fine", "2,5")]


LONG = b"Code\tTitle\tNote\n" + b"1\tabc\tdef\n" * 60_000  # more than one chunk of the first pass


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"Code\tTitle\tNote\n1\t\x81\tx\n", "line 2: byte 0x81 is not Windows-1252"),
        ("Code\tTitle\tNote\n1\té\tx\n".encode() + b"2\t\xe9\tx\n", "line 3: byte 0xe9 is not UTF-8"),
        (b"\xef\xbb\xbfCode\tTitle\tNote\n1\t\xe9\tx\n", "line 2: byte 0xe9 is not UTF-8"),
        (b"\xff\xfe" + "Code\tTitle\tNote\n1\tx\ty\n".encode("utf-16-le") + b"\x00\xd8\n\x00", "line 3"),
        ("Code\tTitle\tNote\r1\té\tx\r".encode() + b"2\t\xff\tx\r", "line 3: byte 0xff is not UTF-8"),
        ("Code\tTitle\tNote\r1\té\tx\r".encode() + b"\xff\tx\ty\r", "line 3: byte 0xff is not UTF-8"),
        (b"Code\tTitle\tNote\r\n1\tx\ty\r\n2\ta\0b\tx\r\n", "line 3: a NUL byte"),
        ("Code\tTitle\tNote\n1\t�\tx\n", "line 2: a replacement character"),
        (LONG + b"1\t\x81\tx\n", "line 60002: byte 0x81"),
        (LONG + b"1\ta\0b\tx\n", "line 60002: a NUL byte"),
        (LONG + "1\té\t\n".encode() + LONG + b"\xe9", "line 120004: byte 0xe9 is not UTF-8"),
        ("Code\tTitle\tNote\n1\té\t".encode() + b"\xc3", "line 2: byte 0xc3 is not UTF-8"),
    ],
)
def test_what_is_no_text_stops_with_its_line_before_the_first_row(tmp_path, content, says):
    path = write(tmp_path, content)
    with pytest.raises(FileError, match=re.escape(says)), open_table(path, required=COLUMNS):
        pytest.fail("a table was opened")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends(tmp_path, end):
    assert rows_of(write(tmp_path, TEXT.replace("\n", end))) == ROWS


def test_mixed_line_ends_blank_lines_and_a_last_line_without_end(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\r\n1\ta\tb\n\n2\tc\td\r\t\t\r\n3\te\tf")
    with open_table(path, required=COLUMNS) as table:
        assert [(row.number, row["Code"]) for row in table] == [(2, "1"), (4, "2"), (6, "3")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"�')), min_size=1))
def test_any_text_survives_any_encoding(tmp_path_factory, encoding, titles):
    path = tmp_path_factory.mktemp("t") / "table.txt"
    lines = ["Code\tTitle\tNote", *(f"1\t{title}\tx" for title in titles)]
    path.write_bytes("\n".join(lines).encode(encoding))
    assert rows_of(path) == [("1", title.strip(), "x") for title in titles]


def test_a_missing_column_stops_before_the_first_row(tmp_path):
    path = write(tmp_path, "Code\tLabel\tNote\n1\ta\tb\n")
    assert fault_of(path) == "table.txt: no column Title; the columns are: Code, Label, Note"


def test_columns_are_found_whatever_their_order_case_spaces_and_hyphens(tmp_path):
    path = write(tmp_path, " NOTE \tchange,  2024–34\tcode\nn\tc\t1\n")
    with open_table(path, required=("Code", "Change, 2024-34"), optional=("Note", "Source")) as table:
        (row,) = table
    assert table.columns == ("Note", "Change, 2024-34", "Code")
    assert table.headers["Change, 2024-34"] == "change, 2024–34"
    assert row.cells == {"Code": "1", "Change, 2024-34": "c", "Note": "n", "Source": ""}


def test_other_names_and_patterns_find_a_column(tmp_path):
    aliases = {"Title": ["Label"], "Note": [re.compile(r"remark, \d{4}-\d{2}")]}
    path = write(tmp_path, "code\tLABEL\tRemark, 2024–34\n1\ta\tb\n")
    with open_table(path, required=COLUMNS, aliases=aliases) as table:
        assert [row.cells for row in table] == [{"Code": "1", "Title": "a", "Note": "b"}]
        assert table.headers["Note"] == "Remark, 2024–34"


def test_a_column_that_could_be_either_of_two_is_refused(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\tLabel\n1\ta\tb\tc\n")
    assert "column Title could be Title or Label" in fault_of(path, aliases={"Title": ["Label"]})


def test_unknown_columns_are_noted_and_left_out(tmp_path):
    path = write(tmp_path, "Code\tColour\tTitle\t\tNote\t\tShape\n1\tred\ta\tz\tb\tz\tround\n")
    with open_table(path, required=COLUMNS) as table:
        assert table.notes == ["unknown columns ignored: Colour, Shape"]
        assert [row.cells for row in table] == [{"Code": "1", "Title": "a", "Note": "b"}]


def test_a_header_with_the_same_name_twice_is_refused(tmp_path):
    assert "column title is in the header more than once" in fault_of(
        write(tmp_path, "Code\tTitle\tNote\tTITLE \n1\ta\tb\tc\n")
    )


def test_a_header_further_down(tmp_path):
    path = write(tmp_path, "Table 1.2\nCode\tTitle\tNote\n1\ta\tb\n")
    assert rows_of(path, header_row=2) == [("1", "a", "b")]
    assert "no column Code" in fault_of(path, header_row=9)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "Code\tTitle\tNote\n1\ta\tb\n2\tc\td\te\n",
            "table.txt, line 3: the row has 4 cells, but the header has 3 columns",
        ),
        ("Code\tTitle\tNote\t\n1\ta\tb\tc\n", "table.txt, line 2: the row has 4 cells, but the header has 3 columns"),
        ("Code\tTitle\tNote\n1\ta\tb\n2\tc\n", "table.txt, line 3: ends before Note"),
        ("Code\tTitle\tNote\n1\ta\tb\n2", "table.txt, line 3: ends before Title, Note"),
        ("Code\tTitle\tNote\n1\ta\rb\tc\n", "table.txt, line 2: ends before Note"),
    ],
)
def test_a_row_of_another_width_is_named(tmp_path, content, says):
    assert fault_of(write(tmp_path, content)) == says


def test_empty_cells_at_the_end_may_be_too_many_or_left_out(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\t\t\n1\ta\t\t\t\t\n2\tb\n")
    assert rows_of(path, ("Code", "Title"), optional=("Note",)) == [("1", "a", ""), ("2", "b", "")]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("Tasks.txt", b"", "the file is empty"),
        ("Tasks.txt", b"\xef\xbb\xbf \r\n", "the file is empty"),
        ("Tasks.xlsx", b"", "the file is empty"),
        ("Tasks.txt", "Code\tTitle\tNote\n", "has a header but no rows"),
        ("Tasks.txt", "Code\tTitle\tNote\n\n\t\t\n", "has a header but no rows"),
        ("Tasks.txt", "<!DOCTYPE html>\n<title>404</title>", "is an HTML page"),
        ("Tasks.csv", "\ufeff\n <HTML><head>", "is an HTML page"),
        ("Tasks.txt", b"\xff\xfe" + "<html>".encode("utf-16-le"), "is an HTML page"),
        ("Tasks.xlsx", "<html><body>Not found</body></html>", "is an HTML page"),
        ("Tasks.txt", '<?xml version="1.0"?><Error/>', "is XML"),
        ("Tasks.txt", f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n", "git-lfs"),
        ("Tasks.xlsx", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n", "git-lfs"),
        ("Tasks.txt", b"%PDF-1.7\n", "is a PDF"),
        ("Tasks.txt", b"\x1f\x8b\x08\x00", "is packed with gzip"),
        ("Tasks.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "save it as .xlsx without a password"),
        ("Tasks.xls", "Code\tTitle\tNote\n1\ta\tb\n", "save it as .xlsx"),
        ("Tasks.xlsm", b"PK\x03\x04", "save it as .xlsx"),
        ("Tasks.xlsx", "Code\tTitle\tNote\n1\ta\tb\n", "is not a spreadsheet, though it is called .xlsx"),
        ("Tasks.txt", b"PK\x03\x04 cut short", "is a damaged zip archive"),
        ("Tasks.doc", "Code\tTitle\tNote\n1\ta\tb\n", "does not end in .txt, .tsv, .csv, .xlsx"),
        ("Tasks.txt", b"\xff\xfe\x00\x00C\x00\x00\x00", "is UTF-32"),
    ],
)
def test_the_wrong_file_under_the_right_name_is_called_by_its_name(tmp_path, name, content, says):
    assert says in fault_of(write(tmp_path, content, name))


@pytest.mark.parametrize(
    ("part", "says"), [("xl/workbook.xml", "is a spreadsheet (xlsx) called .csv"), ("readme.md", "is a zip archive")]
)
def test_a_zip_under_the_name_of_a_table(tmp_path, part, says):
    with zipfile.ZipFile(tmp_path / "table.csv", "w") as archive:
        archive.writestr(part, "x")
    assert says in fault_of(tmp_path / "table.csv")


def test_no_file_and_a_folder(tmp_path):
    assert "no such file" in fault_of(tmp_path / "absent.txt")
    (tmp_path / "folder.txt").mkdir()
    assert "is a folder" in fault_of(tmp_path / "folder.txt")


@pytest.mark.parametrize(
    ("error", "says"), [(PermissionError(13, "x"), "no permission"), (OSError(5, "Input/output error"), "Input/output")]
)
def test_a_file_that_may_not_be_read(tmp_path, monkeypatch, error, says):
    def refuse(*args, **kwargs):
        raise error

    path = write(tmp_path, TEXT)
    monkeypatch.setattr(Path, "open", refuse)
    assert says in fault_of(path)


def test_a_cell_or_a_line_too_long_is_named(tmp_path):
    head = "Code\tTitle\tNote\n1\ta\tb\n"
    assert "line 3: a cell has more than" in fault_of(write(tmp_path, head + "2\t" + "x" * 200_000 + "\tc\n"))
    assert "line 3: longer than" in fault_of(write(tmp_path, head + "2\tx\t" * 2**21))
    assert "line 3: a cell has more than" in fault_of(
        write(tmp_path, "Code,Title,Note\n1,a,b\n2," + '"x""' + "x" * 200_000 + '",c\n', "table.csv")
    )
    rows = '"' + "x\n" * 50_000 + '",'
    assert "line 3: the row has more than" in fault_of(
        write(tmp_path, "Code,Title,Note\n1,a,b\n" + rows * 50 + "\n", "table.csv")
    )


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_large_file_is_never_whole_in_memory(tmp_path, quote):
    path = tmp_path / "table.txt"
    with path.open("w") as file:
        file.write("Code\tTitle\tNote\n")
        for number in range(12_000):
            file.write(f"{number}\t{quote}{'long title ' * 100}{quote}\tx\n")
    tracemalloc.start()
    with open_table(path, required=COLUMNS) as table:
        count = sum(1 for row in table)
        size, position = table.size, table.position()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, size, position) == (12_000, path.stat().st_size, path.stat().st_size)
    assert peak < size / 6


def test_how_far_it_is_can_be_asked_on_the_way(tmp_path):
    path = write(tmp_path, "Code\tTitle\tNote\n" + "1\ta\tb\n" * 50_000)
    with open_table(path, required=COLUMNS) as table:
        next(iter(table))
        assert 0 < table.position() < table.size == path.stat().st_size
