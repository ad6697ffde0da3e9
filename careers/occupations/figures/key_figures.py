"""The key figures at the top of a guide's or an occupation's page: pay, its range, growth, openings."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from careers.occupations.models.figures import OutlookFigures, PayFigures

from .age import figure_year, is_outdated, is_undated
from .format import number_text, pay_texts, percentage, time_text

F = TypeVar("F", bound=PayFigures | OutlookFigures)

WIDE_RANGES = ("10th to 90th percentile", "Stated range")


@dataclass(frozen=True)
class KeyFigure:
    label: str
    value: str
    unit: str
    figure: PayFigures | OutlookFigures

    @property
    def population(self) -> str:
        return self.figure.measured_population

    @property
    def time(self) -> str:
        """The time the figure describes; '' if its unit or the name of its source includes it."""
        figure = self.figure
        time = figure.years if isinstance(figure, OutlookFigures) else time_text(figure)
        shown = f"{self.unit} {figure.source or ''}"
        return "" if time in shown or short_years(time) in shown else time

    @property
    def is_undated(self) -> bool:
        return is_undated(self.figure)

    @property
    def is_outdated(self) -> bool:
        return is_outdated(self.figure)


def short_years(years: str) -> str:
    """'2024–2034' as publishers number such releases: '2024-34'."""
    return re.sub(r"(\d{4})–\d\d(\d\d)", r"\1-\2", years)


def preferred(figures: Iterable[F], has_value: Callable[[F], object]) -> F | None:
    """Of the figures that have the value: sourced before unsourced, then the newest, then in the given order."""
    candidates = [figure for figure in figures if has_value(figure)]
    return min(candidates, key=lambda figure: (figure.source_id is None, -(figure_year(figure) or 0)), default=None)


def preferred_pay(figures: Sequence[PayFigures]) -> tuple[str, PayFigures | None]:
    """(statistic, figure): a sourced median, else a sourced mean, else an unsourced median or mean, else ("", None)."""
    found = []
    for name in ("median", "mean"):
        if figure := preferred(figures, lambda figure, name=name: figure.amount(name) is not None):
            found.append((name, figure))
    return min(found, key=lambda pair: pair[1].source_id is None, default=("", None))


def wide_ranges(figure: PayFigures) -> list[tuple[str, str]]:
    return [(label, text) for label, text in pay_texts(figure) if label in WIDE_RANGES]


def key_figures(pay_figures: Sequence[PayFigures], outlook_figures: Sequence[OutlookFigures]) -> list[KeyFigure]:
    found = []
    statistic, pay = preferred_pay(pay_figures)
    if pay:
        found.append(KeyFigure(f"{statistic.capitalize()} pay", pay.text_of(statistic), pay.period_spoken, pay))
    if spread := pay or preferred(pay_figures, wide_ranges):
        for label, text in wide_ranges(spread)[:1]:
            found.append(KeyFigure(f"Pay, {label.lower()}", text, spread.period_spoken, spread))
    if growth := preferred(outlook_figures, lambda figure: figure.growth_percent is not None):
        found.append(KeyFigure("Expected growth", percentage(growth.growth_percent, "+"), growth.years, growth))
    if openings := preferred(outlook_figures, lambda figure: figure.annual_openings is not None):
        found.append(KeyFigure("Openings", number_text(openings.annual_openings), "a year", openings))
    return found
