"""Finds days written in a text: '31 December 2026', 'Dec 31', '31.12.26', '2026-12-31', '12/31/2026'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?P<month{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
CENTURY = 2000  # of years with two digits
DAY = r"(?P<day{0}>\d{{1,2}})(?:st|nd|rd|th)?"
YEAR = r"(?P<year{0}>\d{{4}}|['’]\d{{2}})"
DATE = re.compile(
    rf"(?<![\d.,/-])(?:{DAY.format(1)}(?:\.| of)? {MONTH.format(1)}(?:,? {YEAR.format(1)})?(?!\w)"
    r"|(?P<year3>\d{4})(?P<separator3>[-./])(?P<month3>\d{2})(?P=separator3)(?P<day3>\d{2})(?![./-]?\d)"
    r"|(?P<day4>\d{1,2})(?P<separator4>[-./])(?P<month4>\d{1,2})(?P=separator4)(?P<year4>\d{4}|\d{2})(?![./-]?\d))"
    rf"|(?<!\w){MONTH.format(2)} {DAY.format(2)}(?:,? {YEAR.format(2)})?(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DayInText:
    """A day as written, where it starts in the text, and its readings as (year or None, month, day)."""

    written: str
    start: int
    readings: frozenset[tuple[int | None, int, int]]

    def may_mean(self, day: date | None) -> bool:
        return day is not None and any(
            (month, number) == (day.month, day.day) and year in (None, day.year)
            for year, month, number in self.readings
        )


def days_in(text: str) -> Iterator[DayInText]:
    for match in DATE.finditer(text):
        if readings := frozenset(reading for reading in _readings(match) if _exists(*reading)):
            yield DayInText(match[0], match.start(), readings)


def _readings(match):
    for form in "1234":
        if match[f"day{form}"]:
            year, day, month = match[f"year{form}"], int(match[f"day{form}"]), match[f"month{form}"]
            month = int(month) if month.isdigit() else MONTHS.index(month[:3].lower()) + 1
            year = year and int(year[-4:].lstrip("'’"))
            year = year + CENTURY if year is not None and year < 100 else year
            yield year, month, day
            if form == "4":  # 3/4/2027 is March in the United States and April elsewhere
                yield year, day, month


def _exists(year, month, day):
    try:
        date(year or 2000, month, day)
    except ValueError:
        return False
    return True
