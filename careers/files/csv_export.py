"""Tables for a spreadsheet program, which takes a cell that begins like a formula for one and carries it out."""

import csv
from io import StringIO

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def safe_cell(value):
    """A text that begins like a formula gets an apostrophe in front. Numbers stay numbers."""
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_STARTS) else value


def csv_text(rows):
    """With a mark at the start by which spreadsheet programs know the encoding."""
    out = StringIO()
    csv.writer(out).writerows([safe_cell(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()
