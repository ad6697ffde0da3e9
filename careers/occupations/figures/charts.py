"""Bar charts of pay and growth: axis, ticks and the positions of bars and marks.

Amounts are Decimal. Positions are percent of the chart's width, as text for an SVG attribute: '41.25%'.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Protocol

from babel.numbers import format_compact_decimal

from careers.core.money import per_year
from careers.occupations.models.figures import OutlookFigures

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MAX_TICKS = 6


class PayLike(Protocol):
    """Pay figures of careers.occupations.models.figures, or advertised pay of postings."""

    STATISTICS: Any  # their names; tuples of different lengths
    period: str

    def amount(self, statistic: str) -> Decimal | None: ...

    def is_top_coded(self, statistic: str) -> bool: ...


@dataclass(frozen=True)
class Tick:
    text: str
    x: str
    anchor: str


@dataclass(frozen=True)
class Axis:
    """A scale that includes zero, with ticks at round numbers."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def covering(cls, values: Iterable[Decimal]) -> "Axis":
        values = [Decimal(0), *values]
        low, high = min(values), max(values)
        if low == high:
            high = Decimal(1)
        step = round_step((high - low) / (MAX_TICKS - 1))
        return cls(
            (low / step).to_integral_value(ROUND_FLOOR) * step,
            (high / step).to_integral_value(ROUND_CEILING) * step,
            step,
        )

    def position(self, value: Decimal) -> Decimal:
        """In percent of the axis, from its lower end."""
        return (value - self.low) * 100 / (self.high - self.low)

    def x(self, value: Decimal) -> str:
        return percent_text(self.position(value))

    def span(self, low: Decimal, high: Decimal) -> "Span":
        return Span(self.x(low), percent_text(self.position(high) - self.position(low)))

    def tick_values(self) -> list[Decimal]:
        return [self.low + self.step * index for index in range(int((self.high - self.low) / self.step) + 1)]

    def ticks(self, format_value: Callable[[Decimal], str]) -> list[Tick]:
        return [Tick(format_value(value), self.x(value), self.anchor(value)) for value in self.tick_values()]

    def anchor(self, value: Decimal) -> str:
        """The text-anchor of a tick's label. Labels at the ends of the axis must not leave the chart."""
        return {self.low: "start", self.high: "end"}.get(value, "middle")


@dataclass(frozen=True)
class Span:
    x: str
    width: str


@dataclass(frozen=True)
class PayBar:
    """One pay figure: the whole range, its middle half, median and mean.

    Statistics that reach the publisher's ceiling have no mark of their own: the bar is drawn open at `open_at`.
    """

    whole: Span | None
    middle: Span | None
    median: str
    mean: str
    open_at: str = ""

    def __bool__(self):
        return bool(self.whole or self.middle or self.median or self.mean or self.open_at)


@dataclass(frozen=True)
class PayChart:
    """Amounts of one currency on one axis, all converted to pay per year."""

    ticks: list[Tick]
    bars: list[PayBar] = field(default_factory=list)

    @property
    def has_open_ends(self):
        return any(bar.open_at for bar in self.bars)


@dataclass(frozen=True)
class GrowthChart:
    zero: str
    ticks: list[Tick]
    bars: list[Span | None] = field(default_factory=list)


def percent_text(number: Decimal) -> str:
    return f"{number:.2f}%"


def round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is at least `least`."""
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in STEPS if step * power >= least)


def pay_chart(figures: Sequence[PayLike]) -> PayChart | None:
    """The chart of pay figures or advertised pay of one currency; None if there are none."""
    amounts = [yearly_amounts(figure) for figure in figures]
    if not amounts:
        return None
    axis = Axis.covering(amount for by_statistic in amounts for amount in by_statistic.values())
    bars = [
        pay_bar(axis, by_statistic, top_coded_statistics(figure))
        for figure, by_statistic in zip(figures, amounts, strict=True)
    ]
    return PayChart(axis.ticks(compact_amount), bars)


def compact_amount(value: Decimal) -> str:
    """'0', '2.5K', '50K', '10M', without the currency, so that the labels fit a narrow screen."""
    digits = 1 if value and value != round_to_unit(value) else 0
    return format_compact_decimal(value, locale="en", fraction_digits=digits)


def round_to_unit(value: Decimal) -> Decimal:
    """Rounded to whole thousands, millions or billions."""
    unit = Decimal(1000) ** max(0, value.adjusted() // 3)
    return (value / unit).to_integral_value() * unit


def yearly_amounts(figure: PayLike) -> dict[str, Decimal]:
    """{statistic: amount per year}, without the statistics it lacks."""
    amounts = {name: per_year(figure.amount(name), figure.period) for name in figure.STATISTICS}
    return {name: amount for name, amount in amounts.items() if amount is not None}


def top_coded_statistics(figure: PayLike) -> set[str]:
    return {name for name in figure.STATISTICS if figure.is_top_coded(name)}


def pay_bar(axis: Axis, amounts: dict[str, Decimal], top_coded: set[str]) -> PayBar:
    ends = [amounts[name] for name in ("low", "p10", "p25", "p75", "p90", "high") if name in amounts]
    quarters = [amounts[name] for name in ("p25", "p75") if name in amounts]
    marks = {name: axis.x(amounts[name]) for name in ("median", "mean") if name in amounts and name not in top_coded}
    return PayBar(
        whole=axis.span(min(ends), max(ends)) if len(ends) > 1 else None,
        middle=axis.span(*quarters) if len(quarters) > 1 else None,
        median=marks.get("median", ""),
        mean=marks.get("mean", ""),
        open_at=axis.x(max(amounts[name] for name in top_coded)) if top_coded else "",
    )


def growth_chart(figures: Sequence[OutlookFigures]) -> GrowthChart | None:
    """Growth in percent as bars from zero, None for a figure without growth. No chart if no figure has growth."""
    rates = [figure.growth_percent for figure in figures if figure.growth_percent is not None]
    if not rates:
        return None
    axis = Axis.covering(rates)
    return GrowthChart(
        axis.x(Decimal(0)),
        axis.ticks(lambda value: f"{value.normalize():f}%"),
        [growth_bar(axis, figure.growth_percent) for figure in figures],
    )


def growth_bar(axis: Axis, rate: Decimal | None) -> Span | None:
    return None if rate is None else axis.span(min(rate, Decimal(0)), max(rate, Decimal(0)))
