"""Rows of one sheet of an xlsx file. Formulas are not evaluated; values that a spreadsheet may have changed are refused."""

import math
import warnings
import zipfile
import zlib
from contextlib import contextmanager
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from careers.files.errors import FileError

from .delimited import CELL_LIMIT
from .workbook_guard import check_workbook

ROW_LIMIT = 1_048_576  # what a sheet can hold

# Errors that openpyxl and its parsers raise for a damaged workbook.
DAMAGED = (ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, NotImplementedError)
DAMAGED += (zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError)


class SheetRecords:
    """(row number, cells) of a sheet. Empty cells at the end of a row are not stored."""

    may_end_early = True
    notes = ()

    def __init__(self, path, sheet):
        self.name = path.name
        self.size = sheet.max_row
        self._sheet = sheet
        self._number = 0
        self._wanted = None
        self._dates = set()
        self._amounts = set()
        sheet.reset_dimensions()  # the size stored in a file is often wrong

    def position(self):
        return self._number

    def where(self, number):
        return f"{self.name}, row {number}"

    def want(self, positions, dates, amounts):
        """The positions of the columns that are used, and among them those of dates and of amounts: a date in another used
        column is an error. A formula always is."""
        self._wanted, self._dates, self._amounts = positions, dates, amounts

    def __iter__(self):
        rows = self._sheet.iter_rows()
        while True:
            try:
                row = next(rows, None)
            except DAMAGED as error:
                raise damaged(self.name, error, f" after row {self._number}") from error
            if row is None:
                return
            self._number += 1
            if self._number > ROW_LIMIT:
                raise FileError(f"{self.name}: more than {ROW_LIMIT:,} rows")
            yield self._number, [self._text(position, cell) for position, cell in enumerate(row)]

    def _text(self, position, cell):
        """The value of a cell as plain text."""
        value, kind = cell.value, cell.data_type
        if value is None or (kind == "d" and self._wanted is not None and position not in self._wanted):
            return ""
        if kind == "d" and position in self._dates and isinstance(value, date):
            return date_text(value)
        if fault := value_fault(value, kind):
            raise FileError(f"{self.where(cell.row)}, column {cell.column_letter}: {fault}")
        if position in self._amounts and isinstance(value, float) and not value.is_integer():
            value = rounded_amount(value)
        return value if isinstance(value, str) else plain_number(value)


def value_fault(value, kind):
    if kind == "f":
        return "a formula; formulas are never evaluated, so save the sheet with values only"
    if kind == "e":
        return f"the spreadsheet's error value {value}"
    if kind == "d":
        return "a date, where text or a number belongs; a spreadsheet may have made it of a code such as 11-2031"
    if isinstance(value, float) and not math.isfinite(value):
        return "not a finite number"
    if isinstance(value, str) and len(value) > CELL_LIMIT:
        return f"a cell of more than {CELL_LIMIT:,} characters"
    if isinstance(value, str) and "\ufffd" in value:
        return "a replacement character (the text was damaged before)"
    return None


def date_text(value):
    """'2027-03-31'; with a time of day '2027-03-31 09:30'. A spreadsheet stores a day as its midnight."""
    has_time = isinstance(value, datetime) and value.time() != time.min
    return f"{value:%Y-%m-%d %H:%M}" if has_time else f"{value:%Y-%m-%d}"


def plain_number(value):
    """95.0 -> '95', 57.8 -> '57.8', 1e-07 -> '0.0000001', True -> 'TRUE'."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    digits = format(Decimal(repr(value)), "f")
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def rounded_amount(value):
    """18.375 -> 18.38, 22.125 -> 22.13"""
    return float(Decimal(repr(value)).quantize(Decimal("0.01"), ROUND_HALF_UP))


def damaged(name, error, where=""):
    return FileError(f"{name}: the workbook is damaged{where} ({str(error).partition(chr(10))[0]})")


@contextmanager
def open_sheet(path, sheet_name):
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"openpyxl\b")
        check_workbook(path.name, file)
        try:
            workbook = load_workbook(file, read_only=True, keep_links=False)
        except DAMAGED as error:
            raise damaged(path.name, error) from error
        try:
            yield SheetRecords(path, chosen_sheet(path.name, workbook, sheet_name))
        finally:
            workbook.close()


def chosen_sheet(name, workbook, sheet_name):
    sheets = {sheet.title: sheet for sheet in workbook.worksheets}
    if not sheets:
        raise FileError(f"{name}: the workbook has no sheet with cells. Save the table as an xlsx file.")
    if sheet_name is None:
        return workbook.worksheets[0]
    if sheet_name not in sheets:
        raise FileError(f"{name}: no sheet {sheet_name}; the sheets are: {', '.join(sheets)}")
    return sheets[sheet_name]
