"""The pay of a role in one drawing: its published figures, and what open jobs here offer."""

from collections.abc import Sequence
from decimal import Decimal

from careers.core.money import Period, per_year
from careers.occupations.figures.format import PERIODS_PER_YEAR_TEXT, time_text
from careers.occupations.models.figures import PayFigures

from .pay_drawing import PayDrawing, PayKind, PayRange, draw_pay

ROWS_DRAWN = 6


def draw_role_pay(figures: Sequence[PayFigures], advertised: Sequence = ()) -> PayDrawing | None:
    """Pay per year in the currency of the first figure, or of the largest sample of open jobs. The others are in the tables.

    `advertised` is pay of open postings (careers.postings.job_list.pay_statistics.AdvertisedPay).
    """
    currencies = [entry.currency for entry in (*figures, *advertised)]
    if not currencies:
        return None
    published = [published_range(figure) for figure in figures if figure.currency == currencies[0]]
    offered = [offered_range(pay) for pay in advertised if pay.currency == currencies[0]]
    return draw_pay([*published[: ROWS_DRAWN - len(offered[:2])], *offered[:2]], currencies[0])


def published_range(figure: PayFigures) -> PayRange:
    middle_name = "median" if figure.median is not None else "mean"
    return PayRange(
        published_label(figure),
        yearly(figure, "p10", "p25", "low"),
        yearly(figure, middle_name),
        yearly(figure, "p90", "p75", "high"),
        PayKind.OFFICIAL,
        middle_name,
        open_end=any(figure.is_top_coded(name) for name in figure.STATISTICS),
    )


def published_label(figure: PayFigures) -> str:
    """'Data Scientists (15-2051), United States, May 2025'"""
    parts = [figure.measured_population, figure.place_name, time_text(figure)]
    if figure.period != Period.YEAR:
        parts.append(f"{Period(figure.period).label}, drawn as {PERIODS_PER_YEAR_TEXT[Period(figure.period)]} a year")
    return ", ".join(part for part in parts if part)


def yearly(figure: PayFigures, *statistics: str) -> Decimal | None:
    """The first of these statistics that the figure has."""
    amounts = (figure.amount(name) for name in statistics)
    return per_year(next((amount for amount in amounts if amount is not None), None), figure.period)


def offered_range(pay) -> PayRange:
    label = f"{pay.number} open jobs here, {pay.place_name}, middle half"
    return PayRange(label, pay.amount("p25"), pay.amount("median"), pay.amount("p75"), PayKind.ADVERTISED)
