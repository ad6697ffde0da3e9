"""Where the marks of a chart stand. Pure arithmetic: claims in, positions in percent of the width out.

Amounts stay Decimal; positions are text ready for an SVG attribute, such as '41.25%'.
"""

from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from babel.numbers import format_compact_decimal

from careers.core.money import per_year

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
MOST_TICKS = 6


@dataclass(frozen=True)
class Tick:
    text: str
    x: str
    anchor: str


@dataclass(frozen=True)
class Axis:
    """A scale that holds zero, with ticks at round numbers."""

    low: Decimal
    high: Decimal
    step: Decimal

    @classmethod
    def over(cls, values):
        low, high = min([Decimal(0), *values]), max([Decimal(0), *values])
        if low == high:
            high = Decimal(1)
        step = round_step((high - low) / (MOST_TICKS - 1))
        return cls(
            (low / step).to_integral_value(ROUND_FLOOR) * step,
            (high / step).to_integral_value(ROUND_CEILING) * step,
            step,
        )

    def at(self, value):
        return (value - self.low) * 100 / (self.high - self.low)

    def x(self, value):
        return percent(self.at(value))

    def span(self, low, high):
        return Span(self.x(low), percent(self.at(high) - self.at(low)))

    def ticks(self, write):
        values = [self.low + self.step * index for index in range(int((self.high - self.low) / self.step) + 1)]
        return [Tick(write(value), self.x(value), self.anchor(value)) for value in values]

    def anchor(self, value):
        """Which end of its text stands at the tick, so that no text leaves the chart."""
        return {self.low: "start", self.high: "end"}.get(value, "middle")


@dataclass(frozen=True)
class Span:
    x: str
    width: str


@dataclass(frozen=True)
class PayBar:
    """One claim: the whole range, its middle half, and the two statistics that must not be confused.

    Where figures reach the publisher's ceiling, the bar is left open there, and they have no mark of their own.
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
    """Amounts of one currency, all brought to a year, on one axis."""

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


def percent(number):
    return f"{number:.2f}%"


def round_step(least):
    """The smallest of 1, 2, 2.5, 5 and 10 times a power of ten that is not below `least`."""
    power = Decimal(10) ** least.adjusted()
    return next(step * power for step in STEPS if step * power >= least)


def pay_chart(figures):
    """The chart of claims, or of advertised pay, that share a currency; None where there are none."""
    amounts = [yearly(figure) for figure in figures]
    if not amounts:
        return None
    axis = Axis.over([amount for of_one in amounts for amount in of_one.values()])
    bars = [pay_bar(axis, of_one, top_coded(figure)) for figure, of_one in zip(figures, amounts, strict=True)]
    return PayChart(axis.ticks(compact), bars)


def compact(value):
    """'0', '2.5K', '50K', '10M'. The chart's heading names the currency, so that the numbers fit a narrow screen."""
    digits = 1 if value and value != compacted(value) else 0
    return format_compact_decimal(value, locale="en", fraction_digits=digits)


def compacted(value):
    """The value without what a whole number of thousands, millions or billions does not show."""
    unit = Decimal(1000) ** max(0, value.adjusted() // 3)
    return (value / unit).to_integral_value() * unit


def yearly(figure):
    """{statistic: amount a year} of what a claim, or advertised pay, has."""
    amounts = {name: per_year(figure.amount(name), figure.period) for name in figure.STATISTICS}
    return {name: amount for name, amount in amounts.items() if amount is not None}


def top_coded(figure):
    return {name for name in figure.STATISTICS if figure.is_top_coded(name)}


def pay_bar(axis, amounts, top_coded):
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


def growth_chart(claims):
    """Growth in percent as bars from zero; a claim of openings alone has no bar. None where no claim has growth."""
    claims = list(claims)
    rates = [claim.growth_percent for claim in claims if claim.growth_percent is not None]
    if not rates:
        return None
    axis = Axis.over(rates)
    return GrowthChart(
        axis.x(Decimal(0)),
        axis.ticks(lambda value: f"{value.normalize():f}%"),
        [growth_bar(axis, claim.growth_percent) for claim in claims],
    )


def growth_bar(axis, rate):
    return None if rate is None else axis.span(min(rate, Decimal(0)), max(rate, Decimal(0)))
