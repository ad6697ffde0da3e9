"""CSV for spreadsheet programs, which run a cell that starts like a formula (CSV injection). Every export is written here."""

import csv
import re
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from django.http import HttpResponse
from import_export.formats import base_formats

# Apostrophes before such a start count as well: otherwise a text that begins with one would lose it when it is read again.
FORMULA_START = re.compile(r"'*(?:\s*[=+\-@＝＋－＠﹦﹢﹣﹫]|[\t\r\n])")
CONTENT_TYPE = "text/csv; charset=utf-8"


def safe_cell(value: object) -> object:
    """An apostrophe is put before a text that starts like a formula. Numbers stay numbers."""
    if value is None or isinstance(value, int | float | Decimal):
        return value
    text = str(value)
    return f"'{text}" if FORMULA_START.match(text) else text


def original_text(cell: str) -> str:
    """The text that safe_cell() was given."""
    return cell[1:] if cell.startswith("'") and FORMULA_START.match(cell[1:]) else cell


def csv_lines(rows: Iterable[Iterable[object]], line_end: str = "\r\n") -> str:
    out = StringIO()
    csv.writer(out, lineterminator=line_end).writerows([safe_cell(value) for value in row] for row in rows)
    return out.getvalue()


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Starts with a byte order mark, by which spreadsheet programs recognise UTF-8."""
    return "\ufeff" + csv_lines(rows)


def csv_response(rows: Iterable[Iterable[object]], name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(csv_text(rows), content_type=CONTENT_TYPE, headers=headers)


class SafeCSV(base_formats.CSV):
    """The only format in which an admin list is exported (`get_export_formats`)."""

    CONTENT_TYPE = CONTENT_TYPE

    def export_data(self, dataset, **kwargs) -> str:
        return csv_text([dataset.headers, *dataset])
