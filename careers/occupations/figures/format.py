"""Figures as text: amounts, ranges, percentages, and words where a figure is missing."""

from careers.core.money import Period
from careers.files.cells import Absence

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
HOURS = {Period.HOUR: "2,080 hours", Period.DAY: "260 days", Period.WEEK: "52 weeks", Period.MONTH: "12 months"}


def pay_figures(claim):
    """[(name of the statistic, text)], the middle first. A mean is called a mean, and what is not published says so."""
    if all(claim.amount(name) is None for name in claim.STATISTICS):
        return [("Pay", absence_text(claim, "median") or Absence.NO_DATA.label)]
    figures = [(LABELS[name], figure_text(claim, name)) for name in ("median", "mean") if figure_text(claim, name)]
    for label, low, high in RANGES:
        figures += range_figures(claim, label, low, high)
    return figures


def range_figures(claim, label, low, high):
    if claim.amount(low) is not None and claim.amount(high) is not None:
        return [(label, f"{claim.text_of(low)} to {claim.text_of(high)}")]
    if low in LABELS:
        return [(LABELS[name], figure_text(claim, name)) for name in (low, high) if figure_text(claim, name)]
    ends = [("from", claim.text_of(low)), ("up to", claim.text_of(high))]
    return [(label, f"{word} {text}") for word, text in ends if text]


def figure_text(claim, statistic):
    """'$120,230', 'at least $239,200', 'not published'; '' for a statistic that is no part of the claim."""
    return claim.text_of(statistic) or absence_text(claim, statistic)


def absence_text(claim, statistic):
    reason = claim.absences.get(statistic)
    return Absence(reason).label if reason else ""


def percentage(rate, sign=""):
    return "" if rate is None else f"{rate.normalize():{sign}f}%".replace("-", "−")


def has_spread(claim):
    return any(claim.amount(name) is not None for name in SPREAD)
