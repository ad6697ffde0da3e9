"""Cells for spreadsheets: harmless, and the same text when they are read again. No export goes another way."""

import csv
import io
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib import admin as django_admin
from hypothesis import example, given
from hypothesis import strategies as st

from careers.files.csv_export import SafeCSV, csv_response, csv_text, original_text, safe_cell

ROOT = Path(__file__).resolve().parents[2]
STARTS = "=+-@\t\r\n＝＋－＠﹦﹢﹣﹫"
TEXTS = st.text(st.sampled_from(STARTS + "' a,\""), max_size=6) | st.text(max_size=20)


@given(TEXTS)
@example("+1+1")
@example("-1+1")
@example("@SUM(1)")
@example("＝1")
@example(" =1")
@example("'=1")
def test_a_cell_is_harmless_and_gives_its_text_back(text):
    cell = safe_cell(text)
    assert not cell.lstrip().startswith(tuple(STARTS))
    assert cell[:1] not in STARTS or not cell
    assert original_text(cell) == text


@pytest.mark.parametrize("text", ["Lamp Keeper", "it's", "'quoted'", "3-1", "a=b", "Zürich", ""])
def test_other_texts_are_left_alone(text):
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_other_values_become_texts():
    class Title:
        def __str__(self):
            return "=1"

    assert csv_text([[-3, Decimal("-2.50"), None, Title()]]) == "\ufeff-3,-2.50,,'=1\r\n"


def test_the_file_says_that_it_is_utf_8():
    response = csv_response([["Döner"]], "d.csv")
    assert response.content == b"\xef\xbb\xbfD\xc3\xb6ner\r\n"
    assert response["Content-Type"] == "text/csv; charset=utf-8"


# -- No export goes another way

OTHER_WAYS = re.compile(
    r"csv\.(?:writer|DictWriter)\b|\btext/csv\b|openpyxl\.Workbook|\bimport Workbook\b"
    r"|(?:Content-Disposition|filename)\b[^\n]*\.(?:csv|xlsx)"
)


def test_tables_are_written_in_one_place():
    sources = [path for folder in ("careers", "portal") for path in sorted((ROOT / folder).rglob("*.py"))]
    found = [str(path.relative_to(ROOT)) for path in sources if OTHER_WAYS.search(path.read_text())]
    assert found == ["careers/files/csv_export.py"]


def test_lists_of_the_admin_are_exported_in_no_other_format():
    exporting = [admin for admin in django_admin.site._registry.values() if hasattr(admin, "get_export_formats")]
    assert exporting
    assert {form for admin in exporting for form in admin.get_export_formats()} == {SafeCSV}


@pytest.mark.django_db
@pytest.mark.ignore_template_errors
def test_every_address_that_gives_a_table_gives_harmless_cells(admin):
    from tests.addresses import admin_addresses, admin_rows
    from tests.hostile import fill_all_texts

    rows = admin_rows()
    fill_all_texts("@SUM(1+1)")
    tables = {}
    for address, model, _ in admin_addresses(rows):
        if model and ("export" in address or address.endswith(".csv")):
            response = (
                admin.post(address, {"format": "0", "resource": ""}) if "export" in address else admin.get(address)
            )
            tables[address] = response.content.decode()
    assert len(tables) == 2
    for text in tables.values():
        assert text.startswith("\ufeff")
        cells = [cell for row in csv.reader(io.StringIO(text[1:])) for cell in row]
        assert [cell for cell in cells if cell.startswith(tuple(STARTS))] == []
