"""Readers for one cell of a publisher's table: a number or why there is none, a text, yes or no, a code.

Each takes the cell as text and raises ValueError with a message for people. Numbers never pass through a float.
"""

import re
from decimal import Decimal

from django.db.models import TextChoices


class Absence(TextChoices):
    """Why a number is missing; it never becomes 0."""

    NO_DATA = "no_data", "no data"
    SUPPRESSED = "suppressed", "not published"
    TOP_CODED = "top_coded", "at least"
    SMALL = "small", "small"


NO_VALUE = {"", "n/a", "—", "–", "-"}
MARKS = {
    **dict.fromkeys(NO_VALUE | {"none"}, Absence.NO_DATA),
    **dict.fromkeys(("*", "**"), Absence.SUPPRESSED),
    "#": Absence.TOP_CODED,
    "~": Absence.SMALL,
}
NUMBER = re.compile(r"([-+−]?)([1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]*)(?:\.([0-9]+))?")
LONGEST_NUMBER = 40
FLAGS = {"y": True, "yes": True, "true": True, "n": False, "no": False, "false": False}


def number(cell: str) -> Decimal | Absence:
    """'1,234.50' -> Decimal('1234.5'), '95.0' -> Decimal('95'); '*' -> SUPPRESSED."""
    cell = cell.strip()
    if mark := MARKS.get(cell.lower()):
        return mark
    parts = NUMBER.fullmatch(cell) if len(cell) <= LONGEST_NUMBER else None
    if not parts or not (parts[2] or parts[3]):
        raise ValueError(f"{quoted(cell)} is not a number, for example 1234.5.")
    amount = Decimal(f"{parts[2].replace(',', '') or 0}.{(parts[3] or '').rstrip('0')}")
    return amount.copy_negate() if parts[1] in ("-", "−") and amount else amount


def whole(cell: str) -> int | Absence:
    """'95.0' -> 95; absences as in number()."""
    amount = number(cell)
    if isinstance(amount, Absence):
        return amount
    if amount != amount.to_integral_value():
        raise ValueError(f"{quoted(cell)} is not a whole number, for example 12.")
    return int(amount)


def text(cell: str) -> str:
    """'' for an empty cell or a dash. "None" (no training needed) and "NA" (Namibia) are texts."""
    cell = cell.strip()
    return "" if cell.lower() in NO_VALUE else cell


def flag(cell: str) -> bool | None:
    """Y, yes, TRUE -> True; N, no, FALSE -> False; empty -> None."""
    cell = text(cell)
    if not cell:
        return None
    if cell.lower() not in FLAGS:
        raise ValueError(f"{quoted(cell)} is not yes or no. Write one of the two.")
    return FLAGS[cell.lower()]


DATE_LIKE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{1,2}[/.][0-9]{1,2}[/.][0-9]{2,4}.*|[A-Za-z]{3,9}[-. ][0-9]{2,4}"
    r"|[0-9]{1,2}[-. ][A-Za-z]{3,9}([-. ][0-9]{2,4})?"
)
PLAIN_NUMBER = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class Code:
    """A reader of codes of one pattern. Codes stay text: '08' is not '8', and '2511.10' is not '2511.1'."""

    def __init__(self, pattern: str, example: str):
        self.pattern = re.compile(pattern, re.ASCII)
        self.example = example

    def __call__(self, cell: str) -> str:
        code = cell.strip()
        if self.pattern.fullmatch(code):
            return code
        raise ValueError(f"{quoted(code)} is not a code of the form {self.example}{self.likely_cause(code)}.")

    def likely_cause(self, code: str) -> str:
        if DATE_LIKE.fullmatch(code):
            return "; a spreadsheet has made a date of it"
        if PLAIN_NUMBER.fullmatch(code) and any(self.pattern.fullmatch(lost) for lost in with_zeros(code)):
            return "; a spreadsheet has dropped zeros"
        return ""


def with_zeros(code: str) -> list[str]:
    """Codes that a spreadsheet may have turned into this number: '8' -> '08', ...; '2511.1' -> '2511.10', ..."""
    decimals = "" if "." in code else "."
    return [code.rjust(width, "0") for width in range(10)] + [code + decimals + "0" * zeros for zeros in (1, 2)]


def quoted(cell: str) -> str:
    return f"“{cell if len(cell) <= 60 else cell[:60] + '…'}”"
