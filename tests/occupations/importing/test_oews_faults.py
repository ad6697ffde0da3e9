"""What is wrong with a file of OEWS is said by file, row and column, and nothing of it is written."""

import zipfile
from datetime import datetime

import pytest
from django.core.management import CommandError
from openpyxl import load_workbook

from careers.occupations.models import Occupation, OfficialPay, Release
from tests.cases import each

from .bls import OEWS_COLUMNS, counts, oews_file, run, wages

pytestmark = pytest.mark.django_db
NAME = "national_M2025_dl.xlsx"


def fault(*paths, **options):
    with pytest.raises(CommandError) as error:
        run("import_oews", *paths, commit=True, **options)
    assert not any(model.objects.exists() for model in (Release, Occupation, OfficialPay))
    return str(error.value)


def test_the_year_of_the_file_and_of_its_name_must_agree(tmp_path):
    path = oews_file(tmp_path, year=2025, name="national_M2024_dl.xlsx")
    assert fault(path) == (
        "Not imported. national_M2024_dl.xlsx: the name says 2024, the sheet Field Descriptions says May 2025"
    )


@pytest.mark.parametrize("name", ["wages.xlsx", "oesm25nat.xlsx", "national_M2025_dl, of 2026-03-01.xlsx"])
def test_a_name_without_a_year_or_with_another_beside_it_is_fine(tmp_path, name):
    run("import_oews", oews_file(tmp_path, name=name), commit=True)
    assert Release.objects.get().version == "2025"


@pytest.mark.parametrize("says", ["May OEWS Estimates", "Not the May 2025 OEWS Estimates", "2025", " "])
def test_a_sheet_that_does_not_say_the_year_is_a_fault(tmp_path, says):
    assert f"{NAME}: sheet Field Descriptions begins “{says.strip()}”" in fault(oews_file(tmp_path, says=says))


def without_fields(path):
    book = load_workbook(path)
    del book["Field Descriptions"]
    book.save(path)
    return path


def test_a_workbook_without_the_sheet_that_says_the_year_is_a_fault(tmp_path):
    assert f"{NAME}: no sheet Field Descriptions; the sheets are:" in fault(without_fields(oews_file(tmp_path)))


def test_a_missing_column_is_named_with_those_that_are_there(tmp_path):
    columns = [name for name in OEWS_COLUMNS if name not in ("A_MEDIAN", "O_GROUP")]
    text = fault(oews_file(tmp_path, columns=columns))
    assert f"{NAME}: no column O_GROUP, A_MEDIAN; the columns are: AREA, AREA_TITLE," in text


def test_a_column_nobody_knows_is_named_and_left_out(tmp_path):
    text = run("import_oews", oews_file(tmp_path, columns=[*OEWS_COLUMNS, "A_MODE"]), commit=True)
    assert [line for line in text.splitlines() if "unknown" in line] == [f"{NAME}: unknown column ignored: A_MODE"]


@each(
    ("cells", "says"),
    [
        ({"A_MEDIAN": "high"}, "row 3, column A_MEDIAN: “high” is not a number"),
        ({"A_MEDIAN": -1}, "row 3, column A_MEDIAN: “-1” is not pay"),
        ({"A_MEDIAN": 0}, "row 3, column A_MEDIAN: “0” is not pay"),
        ({"H_MEAN": 41.215}, "row 3, column H_MEAN: “41.215” is not pay"),
        ({"A_MEAN": 10**13}, "row 3: mean 10000000000000 has more than 14 digits"),
        ({"A_PCT25": 130000}, "row 3: the percentiles do not ascend; A_PCT25 is 130,000, A_MEDIAN is 120,230"),
        ({"A_PCT10": 86000, "A_PCT25": "*"}, None),
        ({"A_PCT10": 200000, "A_PCT25": "*", "A_MEDIAN": "*"}, "A_PCT10 is 200,000, A_PCT75 is 161,170"),
        ({"H_PCT90": 1}, "row 3: the percentiles do not ascend; H_PCT75 is 77.49, H_PCT90 is 1"),
        ({"TOT_EMP": -10}, "row 3: employment -10 is not between 0 and"),
        ({"TOT_EMP": 10.5}, "row 3, column TOT_EMP: “10.5” is not a whole number"),
        ({"TOT_EMP": "#"}, "row 3, column TOT_EMP: “#” marks a ceiling of pay"),
        ({"ANNUAL": "maybe"}, "row 3, column ANNUAL: “maybe” is not yes or no"),
        ({"O_GROUP": "narrow"}, "row 3: level “narrow” is not known"),
        ({"OCC_TITLE": ""}, "row 3: title is empty"),
        ({"OCC_TITLE": "A" * 201}, "row 3: title “AAAA"),
        ({"OCC_CODE": "15-2051.00"}, "row 3, column OCC_CODE: “15-2051.00” is not a code of the form 15-2051"),
        ({"OCC_CODE": ""}, "row 3, column OCC_CODE: “” is not a code"),
        ({"OCC_CODE": "2031-11-01"}, "“2031-11-01” is not a code of the form 15-2051; a spreadsheet has made a date"),
        ({"OCC_CODE": datetime(2031, 11, 1)}, "row 3, column I: a date, where text or a number belongs"),  # noqa: DTZ001
        ({"A_MEDIAN": "=A_MEAN*2"}, "row 3, column AB: a formula; formulas are never evaluated"),
    ],
)
def test_a_cell_that_cannot_be_is_named_by_file_row_and_column(tmp_path, cells, says):
    path = oews_file(tmp_path, wages("15-2031", "Operations Research Analysts"), wages() | cells)
    if says is None:
        run("import_oews", path, commit=True)
    else:
        text = fault(path)
        assert f"{NAME}, row 3" in text
        assert says in text


def test_rows_that_repeat_exactly_count_once(tmp_path):
    text = run("import_oews", oews_file(tmp_path, wages(), wages()), commit=True)
    assert counts(text, "pay figures") == {"added": 2}
    assert "2 rows repeated exactly, counted once" in text


def test_rows_that_contradict_each_other_stop_the_import(tmp_path):
    path = oews_file(tmp_path, wages(), wages(A_MEDIAN=100000))
    assert "pay figures: rows contradict each other; choose with --keep first or --keep last" in fault(path)


@pytest.mark.parametrize(("keep", "median"), [("first", 120230), ("last", 100000)])
def test_which_of_two_contradicting_rows_counts_can_be_chosen(tmp_path, keep, median):
    path = oews_file(tmp_path, wages(), wages(A_MEDIAN=100000))
    text = run("import_oews", path, commit=True, keep=keep)
    assert f"{NAME}, row 2 and {NAME}, row 3" in text
    assert OfficialPay.objects.get(period="year").median == median


POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 412345\n"
PAGE = b"<!DOCTYPE html><html><body><h1>403 Forbidden</h1></body></html>"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", f"{NAME}: the file is empty"),
        (PAGE, f"{NAME}: is an HTML page"),
        (POINTER, f"{NAME}: is a git-lfs pointer"),
        (b"OCC_CODE,OCC_TITLE\n15-2051,Data Scientists\n", f"{NAME}: is not a spreadsheet, though it is called .xlsx"),
        (b"PK\x03\x04 and then nothing of a zip", f"{NAME}: the workbook is damaged"),
        (None, f"{NAME}: there is no such file"),
    ],
)
def test_the_wrong_file_under_the_right_name_is_called_what_it_is(tmp_path, content, says):
    path = tmp_path / NAME
    if content is not None:
        path.write_bytes(content)
    assert says in fault(path)


def test_a_spreadsheet_called_csv_is_called_a_spreadsheet(tmp_path):
    assert "wages.csv: is a spreadsheet (xlsx)" in fault(oews_file(tmp_path).rename(tmp_path / "wages.csv"))


def test_text_holds_no_year(tmp_path):
    path = tmp_path / "national_M2025_dl.csv"
    path.write_text(",".join(OEWS_COLUMNS) + "\n")
    assert f"{path.name}: is not an xlsx file; we read the year of OEWS from its sheet Field Descriptions" in fault(
        path
    )


def test_a_file_with_a_header_alone_is_named_as_such(tmp_path):
    path = oews_file(tmp_path)
    book = load_workbook(path)
    book.worksheets[0].delete_rows(2)
    book.save(path)
    assert f"{NAME}: has a header but no rows" in fault(path)


def added_to(path, part, content):
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(part, content)
    return path


def test_a_zip_bomb_is_refused(tmp_path):
    path = added_to(oews_file(tmp_path), "xl/worksheets/sheet9.xml", b"0" * 40_000_000)
    assert f"{NAME}: " in (text := fault(path))
    assert "zip bomb" in text


def test_links_to_other_workbooks_are_refused(tmp_path):
    path = added_to(oews_file(tmp_path), "xl/externalLinks/externalLink1.xml", b"<externalLink/>")
    assert f"{NAME}: has links to other workbooks" in fault(path)


def test_a_fault_in_one_file_stops_all_before_any_begins(tmp_path):
    broken = tmp_path / "national_M2024_dl.xlsx"
    broken.write_bytes(PAGE)
    assert "national_M2024_dl.xlsx: is an HTML page" in fault(oews_file(tmp_path, year=2023), broken)
