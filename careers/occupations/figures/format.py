"""Figures as text: amounts, ranges, percentages, and the reason where a figure is missing."""

from calendar import month_abbr
from decimal import Decimal

from careers.core.money import Period
from careers.files.cells import Absence
from careers.occupations.models.figures import Figure, PayFigures

RANGES = (
    ("25th to 75th percentile", "p25", "p75"),
    ("10th to 90th percentile", "p10", "p90"),
    ("Stated range", "low", "high"),
)
LABELS = {
    "median": "Median",
    "mean": "Mean",
    "p10": "10th percentile",
    "p25": "25th percentile",
    "p75": "75th percentile",
    "p90": "90th percentile",
}
SPREAD = ("p10", "p25", "p75", "p90")
PERIODS_PER_YEAR_TEXT = {
    Period.HOUR: "2,080 hours",
    Period.DAY: "260 days",
    Period.WEEK: "52 weeks",
    Period.MONTH: "12 months",
}


def pay_texts(figure: PayFigures) -> list[tuple[str, str]]:
    """[(label of the statistic, text)], median and mean first. Unpublished statistics are included with the reason."""
    if not figure.has_figures:
        return [("Pay", absence_text(figure, "median") or Absence.NO_DATA.label)]
    texts = [(LABELS[name], statistic_text(figure, name)) for name in ("median", "mean")]
    for label, low, high in RANGES:
        texts += range_texts(figure, label, low, high)
    return [(label, text) for label, text in texts if text]


def range_texts(figure: PayFigures, label: str, low: str, high: str) -> list[tuple[str, str]]:
    if figure.amount(low) is not None and figure.amount(high) is not None:
        return [(label, f"{figure.text_of(low)} to {figure.text_of(high)}")]
    if low in LABELS:
        return [(LABELS[name], statistic_text(figure, name)) for name in (low, high)]
    ends = [("from", figure.text_of(low)), ("up to", figure.text_of(high))]
    return [(label, f"{word} {text}") for word, text in ends if text]


def statistic_text(figure: PayFigures, statistic: str) -> str:
    """'$120,230', 'at least $239,200', 'not published'; '' for a statistic that the figure does not include."""
    return figure.text_of(statistic) or absence_text(figure, statistic)


def absence_text(figure: Figure, field: str) -> str:
    """Why an official figure has no value in this field; '' if no reason is recorded."""
    reason = figure.absences.get(field)
    return Absence(reason).label if reason else ""


def number_text(number: int | None) -> str:
    """'233,440'; '' for None."""
    return "" if number is None else f"{number:,}"


def percentage(rate: Decimal | None, sign: str = "") -> str:
    """'33.5%', '−4%'; '' for None. With `sign` "+", positive rates have a plus sign. Zero has none: −0.04 may round to −0.0."""
    if rate is None:
        return ""
    return f"{rate.normalize():{sign}f}%".replace("-", "−") if rate else "0%"


def time_text(figure: PayFigures) -> str:
    """The time pay was measured as the source writes it, else the year: 'May 2025', '2025'; '' if neither is known."""
    return figure.reference_period or str(figure.reference_year or "")


def has_spread(figure: PayFigures) -> bool:
    return any(figure.amount(name) is not None for name in SPREAD)


def survey_month(text: str) -> str:
    """'Aug 2023' for O*NET's '08/2023'; anything else as it is."""
    month, _, year = text.partition("/")
    is_month = month.isascii() and month.isdigit() and 1 <= int(month) <= 12
    return f"{month_abbr[int(month)]} {year}" if is_month and year else text
