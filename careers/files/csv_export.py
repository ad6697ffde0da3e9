"""CSV for spreadsheet programs, which run a cell that starts like a formula (CSV injection)."""

import csv
from collections.abc import Iterable
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value: object) -> object:
    """An apostrophe is put before a text that starts like a formula. Numbers stay numbers."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Starts with a byte order mark, by which spreadsheet programs recognise UTF-8."""
    out = StringIO()
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()
