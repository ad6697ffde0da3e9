"""Workbooks: numbers and codes as plain text, and everything in them that is refused."""

import datetime as dt
import zipfile
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from careers.files import cells
from careers.files.errors import FileError
from careers.files.tables import open_table, workbook_guard

COLUMNS = ("Code", "Title", "Value")
SHEETS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def set_limits(monkeypatch, **limits):
    monkeypatch.setattr(workbook_guard, "LIMITS", replace(workbook_guard.LIMITS, **limits))


def write(folder, *sheets, name="table.xlsx"):
    """Sheets as (title, rows)."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets:
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    workbook.save(folder / name)
    return folder / name


def table_of(folder, *rows):
    return write(folder, ("Sheet", [COLUMNS, *rows]))


def repack(path, changes):
    """The same archive with some parts replaced or added; a function changes what is there, None leaves it out."""
    with zipfile.ZipFile(path) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for part, change in changes.items():
        parts[part] = change(parts[part]) if callable(change) else change
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            if content is not None:
                archive.writestr(part, content)
    return path


def with_cell(path, reference, xml):
    """The workbook with one cell's XML put in place of what openpyxl wrote."""

    def change(sheet):
        start = sheet.index(f'<c r="{reference}"'.encode())
        ends = [sheet.find(end, start) + len(end) for end in (b"</c>", b"/>") if sheet.find(end, start) > 0]
        return sheet[:start] + xml.encode() + sheet[min(ends) :]

    return repack(path, {"xl/worksheets/sheet1.xml": change})


def with_shared_strings(path, *strings, head=b""):
    """The workbook with strings kept apart from the sheet, as Excel does; the cell B2 shows the first."""
    items = "".join(f"<si><t>{string}</t></si>" for string in strings)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    entry = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
    changes = {
        "xl/sharedStrings.xml": head + f'<sst xmlns="{SHEETS}">{items}</sst>'.encode(),
        "[Content_Types].xml": lambda types: types.replace(b"</Types>", b"</Types>" if kind in types else entry),
    }
    return repack(with_cell(path, "B2", '<c r="B2" t="s"><v>0</v></c>'), changes)


def rows_of(path, required=COLUMNS, **more):
    with open_table(path, required=required, **more) as table:
        return [tuple(row.cells.values()) for row in table]


def fault_of(path, **more):
    with pytest.raises(FileError) as error:
        rows_of(path, **more)
    assert path.name in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (95.0, "95"),
        (57.8, "57.8"),
        (155495730, "155495730"),
        (1e-07, "0.0000001"),
        (1e21, "1000000000000000000000"),
        (-0.5, "-0.5"),
        (0, "0"),
        (True, "TRUE"),
        (False, "FALSE"),
        (" padded ", "padded"),
        ("95.0", "95.0"),
        ("08", "08"),
        ("000000", "000000"),
        ("2511.10", "2511.10"),
        ("#", "#"),
        ("NA", "NA"),
        ("—", "—"),
        (None, ""),
    ],
)
def test_a_cell_is_its_plain_text(tmp_path, value, text):
    assert rows_of(table_of(tmp_path, ("1", "a", value))) == [("1", "a", text)]


@pytest.mark.parametrize(
    ("stored", "text"),
    [("0.28999999999999998", "0.29"), ("95.0", "95"), ("1.505E2", "150.5"), ("1E+2", "100")],
)
def test_a_number_is_what_the_spreadsheet_shows_not_how_it_is_stored(tmp_path, stored, text):
    path = with_cell(table_of(tmp_path, ("1", "a", 1)), "C2", f'<c r="C2"><v>{stored}</v></c>')
    assert rows_of(path) == [("1", "a", text)]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(-(10**15), 10**15) | st.decimals(-(10**9), 10**9, places=4), min_size=1, max_size=20))
def test_any_number_is_exact(tmp_path_factory, amounts):
    path = table_of(tmp_path_factory.mktemp("t"), *(("1", "a", amount) for amount in amounts))
    assert [cells.number(row[2]) for row in rows_of(path)] == [Decimal(amount) for amount in amounts]


plain = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters="�=")).map(str.strip)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(plain, plain, plain).filter(any), min_size=1, max_size=20))
def test_any_text_is_read_back(tmp_path_factory, rows):
    assert rows_of(table_of(tmp_path_factory.mktemp("t"), *rows)) == rows


def test_rows_are_numbered_as_the_sheet_numbers_them(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1), (), (None, "", None), ("2", "b"))
    with open_table(path, required=COLUMNS) as table:
        assert [(row.number, row["Code"], row["Value"]) for row in table] == [(2, "1", "1"), (5, "2", "")]
        assert (table.size, table.position()) == (5, 5)
    with open_table(path, required=COLUMNS) as table, pytest.raises(FileError) as error:
        next(iter(table)).read("Title", cells.number)
    assert str(error.value) == "table.xlsx, row 2, column Title: “a” is not a number, for example 1234.5."


def test_the_first_sheet_or_one_by_name_with_its_header_further_down(tmp_path):
    second = [("A table of things",), COLUMNS, ("2", "b", 5.5)]
    path = write(tmp_path, ("First", [COLUMNS, ("1", "a", 3)]), ("Table 1.2", second))
    assert rows_of(path) == [("1", "a", "3")]
    assert rows_of(path, sheet="Table 1.2", header_row=2) == [("2", "b", "5.5")]
    assert "no sheet Table 9; the sheets are: First, Table 1.2" in fault_of(path, sheet="Table 9")


def test_what_the_sheet_says_of_its_own_size_is_not_believed(tmp_path):
    path = repack(
        table_of(tmp_path, ("1", "a", 1), ("2", "b", 2)),
        {"xl/worksheets/sheet1.xml": lambda sheet: sheet.replace(b'ref="A1:C3"', b'ref="A1:A1"')},
    )
    assert len(rows_of(path)) == 2


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (("1", "a", "=1+1"), "row 3, column C: a formula"),
        (("1", "a", "#REF!"), "row 3, column C: the spreadsheet's error value #REF!"),
        ((dt.date(2031, 11, 1), "a", 1), "row 3, column A: a date"),
        (("1", "a", dt.time(8, 30)), "row 3, column C: a date"),
        (("1", "a", 1, "left over"), "row 3: the row has 4 cells, but the header has 3 columns"),
        (("1", "�", 1), "row 3, column B: a replacement character"),
    ],
)
def test_a_cell_that_is_no_value_is_named(tmp_path, row, says):
    assert says in fault_of(table_of(tmp_path, ("0", "x", 0), row))


def test_a_date_is_read_in_a_column_of_dates(tmp_path):
    days = [dt.date(2027, 3, 31), dt.datetime(2027, 3, 31), dt.datetime(2027, 3, 31, 9, 30)]  # noqa: DTZ001
    with open_table(table_of(tmp_path, *(("1", "a", day) for day in days)), required=COLUMNS, dates=["Value"]) as table:
        assert [row["Value"] for row in table] == ["2027-03-31", "2027-03-31", "2027-03-31 09:30"]
    path = table_of(tmp_path, ("1", "a", dt.time(8, 30)))
    with pytest.raises(FileError, match="a date"), open_table(path, required=COLUMNS, dates=["Value"]) as table:
        list(table)


def test_a_formula_in_a_column_that_is_not_used_is_refused_and_a_date_is_not(tmp_path):
    header = (*COLUMNS, "Other")
    assert "row 2, column D: a formula" in fault_of(write(tmp_path, ("S", [header, ("1", "a", 1, "=1+1")])))
    assert rows_of(write(tmp_path, ("S", [header, ("1", "a", 1, dt.date(2024, 5, 1))]))) == [("1", "a", "1")]


def test_a_formula_with_a_stored_value_is_still_a_formula(tmp_path):
    path = with_cell(table_of(tmp_path, ("1", "a", 1)), "C2", '<c r="C2"><f>1+1</f><v>2</v></c>')
    assert "row 2, column C: a formula" in fault_of(path)


@pytest.mark.parametrize(
    ("xml", "says"),
    [
        ('<c r="C2"><v>1e999</v></c>', "row 2, column C: not a finite number"),
        ('<c r="C2"><v>many</v></c>', "the workbook is damaged after row 1"),
        ('<c r="C2" t="s"><v>4711</v></c>', "the workbook is damaged after row 1"),
        ('<c r="C2"><v>1</v>', "the workbook is damaged"),
        (f'<c r="C2" t="inlineStr"><is><t>{"x" * 140_000}</t></is></c>', "row 2, column C: a cell of more than"),
    ],
)
def test_broken_cells_are_a_sentence(tmp_path, xml, says, monkeypatch):
    set_limits(monkeypatch, ratio=10_000)
    assert says in fault_of(with_cell(table_of(tmp_path, ("1", "a", 1)), "C2", xml))


def test_an_empty_sheet_and_one_with_only_a_header(tmp_path):
    assert "no column Code, Title, Value; the columns are: none" in fault_of(write(tmp_path, ("S", [])))
    assert "has a header but no rows" in fault_of(table_of(tmp_path))


def body_of(xml):
    """A part without its XML declaration."""
    return xml.partition(b"?>")[2] if xml.startswith(b"<?xml") else xml


ENTITIES = b"""<?xml version="1.0"?><!-- first --><!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>"""


@pytest.mark.parametrize(
    "part",
    ["xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml", "docProps/core.xml"],
)
def test_a_part_that_declares_entities_is_refused(tmp_path, part):
    path = table_of(tmp_path, ("1", "a", 1))
    repack(path, {part: lambda xml: ENTITIES + body_of(xml)})
    assert f"{part} declares a document type" in fault_of(path)


def test_shared_strings_are_read_and_checked(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1))
    assert rows_of(with_shared_strings(path, "kept apart")) == [("1", "kept apart", "1")]
    assert "the workbook is damaged after row 1" in fault_of(with_shared_strings(path))
    assert "the workbook is damaged (" in fault_of(with_shared_strings(path, "</t><t>"[:4]))
    assert "declares a document type" in fault_of(with_shared_strings(path, "&b;", head=ENTITIES))


@pytest.mark.parametrize("encoding", ["utf-7", "no-such"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml"])
def test_a_part_in_an_encoding_nobody_knows_is_a_sentence(tmp_path, part, encoding):
    head = f'<?xml version="1.0" encoding="{encoding}"?>'.encode()
    path = repack(table_of(tmp_path, ("1", "a", 1)), {part: lambda xml: head + body_of(xml)})
    assert f"{part} is damaged" in fault_of(path)


def test_entities_in_another_encoding_are_found_as_well(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1))
    hidden = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE sst><sst/>'.encode("utf-16")
    assert "declares a document type" in fault_of(repack(path, {"xl/sharedStrings.xml": hidden}))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"xl/externalLinks/externalLink1.xml": b"<x/>"}, "has links to other workbooks"),
        (
            {"[Content_Types].xml": lambda types: types.replace(b"</Types>", b"<!-- externalLink+xml --></Types>")},
            "links",
        ),
        (
            {"[Content_Types].xml": lambda types: types.replace(b"sheet.main", b"sheet.macroEnabled.main")},
            "holds macros",
        ),
        (
            {"[Content_Types].xml": lambda types: types.replace(b"</Types>", b"<!-- vbaProject --></Types>")},
            "holds macros",
        ),
        ({"../../outside.xml": b"<x/>"}, "path leads out"),
        ({"/etc/passwd": b"x"}, "path leads out"),
        ({"C:/windows.ini": b"x"}, "path leads out"),
        ({"xl\\..\\x.xml": b"x"}, "path leads out"),
        ({"[Content_Types].xml": None}, "is a zip archive, not a spreadsheet"),
        ({"xl/workbook.xml": None}, "the workbook is damaged"),
        ({"xl/worksheets/sheet1.xml": None}, "the workbook has no sheet"),
        ({"xl/workbook.xml": b"<not-a-workbook/>"}, "the workbook has no sheet"),
        ({"xl/styles.xml": b"<styleSheet><unclosed>"}, "the workbook is damaged"),
        ({"xl/styles.xml": b"no markup"}, "xl/styles.xml is damaged"),
    ],
)
def test_workbooks_that_are_refused_before_they_are_read(tmp_path, changes, says):
    assert says in fault_of(repack(table_of(tmp_path, ("1", "a", 1)), changes))


def test_a_zip_that_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "table.xlsx", "w") as zipped:
        zipped.writestr("word/document.xml", "<x/>")
        zipped.writestr("[Content_Types].xml", "<Types/>")
    assert "is a zip archive, not a spreadsheet" in fault_of(tmp_path / "table.xlsx")


def test_a_workbook_cut_short(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1))
    path.write_bytes(path.read_bytes()[:-200])
    assert "the workbook is damaged" in fault_of(path)


@pytest.mark.parametrize("name", ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"])
@pytest.mark.parametrize("damaged", ["\xff{}", "{}\xc3"])
def test_a_workbook_whose_names_are_no_text_is_a_sentence(tmp_path, name, damaged):
    path = table_of(tmp_path, ["1"] * len(COLUMNS))
    bytes_of_name = damaged.format(name[:-1]).encode("latin-1")
    content = bytearray(path.read_bytes().replace(name.encode(), bytes_of_name))
    for signature, flags in ((b"PK\x01\x02", 9), (b"PK\x03\x04", 7)):
        start = -1
        while (start := content.find(signature, start + 1)) >= 0:
            content[start + flags] |= 0x08
    path.write_bytes(content)
    assert "the workbook is damaged" in fault_of(path)


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path):
    path = repack(table_of(tmp_path, ("1", "a", 1)), {"xl/media/image1.png": bytes(3 * 2**20)})
    assert "image1.png unpacks to 100 times its size; refused as a zip bomb" in fault_of(path)


@pytest.mark.parametrize(("limit", "says"), [("unpacked", "unpacks to more than"), ("members", "more than 3 parts")])
def test_a_zip_bomb_is_refused_by_its_size(tmp_path, monkeypatch, limit, says):
    set_limits(monkeypatch, **{limit: 3})
    assert says in fault_of(table_of(tmp_path, ("1", "a", 1)))


def test_a_part_that_is_read_whole_may_not_be_large(tmp_path, monkeypatch):
    set_limits(monkeypatch, member=50_000)
    path = table_of(tmp_path, *[("1", "a", number) for number in range(1000)])
    assert len(rows_of(path)) == 1000
    assert "styles.xml unpacks to more than" in fault_of(
        repack(path, {"xl/styles.xml": lambda xml: xml + b" " * 50_000})
    )


def test_a_row_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    set_limits(monkeypatch, ratio=10_000)
    path = with_cell(table_of(tmp_path, ("1", "a", 1)), "C2", '<c r="C2"/>' * 500_000)
    assert "sheet1.xml has a row of more than 4 MB" in fault_of(path)


def test_a_part_larger_than_it_says_is_refused_before_it_is_read(tmp_path):
    """The directory says 10 bytes; what follows them is never unpacked."""
    path = repack(table_of(tmp_path, ("1", "a", 1)), {"xl/media/image1.png": b"x" * 100_000})
    content = path.read_bytes()
    entry = content.rindex(b"xl/media/image1.png") - 46  # the central directory's record of that part
    path.write_bytes(content[: entry + 24] + (10).to_bytes(4, "little") + content[entry + 28 :])
    assert "image1.png is damaged, or larger than it says" in fault_of(path)


def test_an_encrypted_part_is_refused(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1))
    content = bytearray(path.read_bytes())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "is encrypted; save it without a password" in fault_of(path)


def test_a_part_there_twice_is_refused(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1))
    with pytest.warns(UserWarning, match="Duplicate name"), zipfile.ZipFile(path, "a") as zipped:
        zipped.writestr("xl/workbook.xml", "<other/>")
    assert "two parts of the same name" in fault_of(path)


def test_the_file_is_closed_when_the_importer_fails(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1), ("2", "b", 2))
    with suppress(ZeroDivisionError), open_table(path, required=COLUMNS) as table:
        opened = table._records._sheet.parent._archive
        for row in table:
            assert row.number / 0
    assert opened.fp is None


def test_a_row_far_down_does_not_fill_the_memory(tmp_path):
    path = table_of(tmp_path, ("1", "a", 1), ("2", "b", 2))
    far = {"xl/worksheets/sheet1.xml": lambda sheet: sheet.replace(b'r="3"', b'r="99999999"')}
    assert "more than 1,048,576 rows" in fault_of(repack(path, far))
