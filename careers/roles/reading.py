"""Claims as readers meet them: each statistic under its own name, each figure with its age and what it was measured for."""

from dataclasses import dataclass, field
from itertools import groupby

from babel.numbers import get_currency_name
from django.conf import settings

from careers.core.money import PERIODS_A_YEAR, Period

from .cautions import USUAL_SPAN, is_dated, is_undated, year_of
from .figures import GrowthChart, PayBar, PayChart, Span, growth_chart, pay_chart

RANGES = (
    ("25th to 75th percentile", "p25", "p75"),
    ("10th to 90th percentile", "p10", "p90"),
    ("Stated range", "low", "high"),
)
WIDE_RANGES = ("10th to 90th percentile", "Stated range")
SINGLE = {"p10": "10th percentile", "p25": "25th percentile", "p75": "75th percentile", "p90": "90th percentile"}
TABLE_COLUMNS = ("median", "mean", "p10", "p25", "p75", "p90", "low", "high")
HOURS = {Period.HOUR: "2,080 hours", Period.DAY: "260 days", Period.WEEK: "52 weeks", Period.MONTH: "12 months"}


def pay_figures(claim):
    """[(name of the statistic, text)], the middle first. A mean is called a mean and nothing else."""
    figures = [
        (name.capitalize(), claim.text_of(name)) for name in ("median", "mean") if claim.amount(name) is not None
    ]
    for label, low, high in RANGES:
        has_low, has_high = claim.amount(low) is not None, claim.amount(high) is not None
        if has_low and has_high:
            figures.append((label, f"{claim.text_of(low)} to {claim.text_of(high)}"))
        elif has_low:
            figures.append(
                (SINGLE.get(low, label), claim.text_of(low) if low in SINGLE else f"from {claim.text_of(low)}")
            )
        elif has_high:
            figures.append(
                (SINGLE.get(high, label), claim.text_of(high) if high in SINGLE else f"up to {claim.text_of(high)}")
            )
    return figures


def percentage(rate, sign=""):
    return "" if rate is None else f"{rate.normalize():{sign}f}%".replace("-", "−")


@dataclass(frozen=True)
class Row:
    """A claim with its place on the chart."""

    claim: object
    bar: PayBar | Span | None

    @property
    def figures(self):
        return pay_figures(self.claim)

    @property
    def median(self):
        return self.claim.text_of("median")

    @property
    def cells(self):
        """The pay figures in the order of the table's columns, '' where there is none."""
        return [self.claim.text_of(name) for name in TABLE_COLUMNS]

    @property
    def growth(self):
        """'33.5%', '−4%', '' where it is not known: no digit after the point that is not needed."""
        return percentage(self.claim.growth_percent)

    @property
    def openings(self):
        """Annual openings with separators, '' where they are not known."""
        return "" if self.claim.annual_openings is None else f"{self.claim.annual_openings:,}"

    @property
    def is_undated(self):
        return is_undated(self.claim)

    @property
    def is_dated(self):
        return is_dated(self.claim)

    @property
    def unusual_span(self):
        """The length of a projection in years, where it is not the usual ten."""
        claim = self.claim
        years = claim.target_year - claim.base_year if claim.base_year and claim.target_year else USUAL_SPAN
        return None if years == USUAL_SPAN else years


@dataclass(frozen=True)
class PayGroup:
    """All claims in one currency."""

    chart: PayChart
    rows: list[Row]

    @property
    def currency(self):
        return self.chart.currency

    @property
    def currency_name(self):
        return get_currency_name(self.currency, locale="en")

    @property
    def conversions(self):
        """What is said beside an axis on which something else than pay a year was drawn."""
        periods = sorted({Period(row.claim.period) for row in self.rows} - {Period.YEAR}, key=PERIODS_A_YEAR.get)
        return [f"pay {period.label} is drawn as {HOURS[period]} a year" for period in periods]


@dataclass(frozen=True)
class Outlook:
    chart: GrowthChart | None
    rows: list[Row] = field(default_factory=list)


def sourced_first(claims):
    return sorted(claims, key=lambda claim: claim.source_id is None)


def pay_groups(claims):
    """Claims by currency: the currency of the best documented figures first, sourced figures first in each."""
    ranked = sourced_first(claims)
    currencies = list(dict.fromkeys(claim.currency for claim in ranked))
    ranked.sort(key=lambda claim: currencies.index(claim.currency))
    groups = [list(group) for _, group in groupby(ranked, key=lambda claim: claim.currency)]
    charts = [pay_chart(group) for group in groups]
    return [
        PayGroup(chart, [Row(claim, bar) for claim, bar in zip(group, chart.bars, strict=True)])
        for group, chart in zip(groups, charts, strict=True)
    ]


def outlook_of(claims):
    """Claims by the year they start from, the newest first: figures with different base years never mix."""
    ranked = sorted(sourced_first(claims), key=lambda claim: -(claim.base_year or 0))
    chart = growth_chart(ranked)
    bars = chart.bars if chart else [None] * len(ranked)
    return Outlook(chart, [Row(claim, bar) for claim, bar in zip(ranked, bars, strict=True)])


@dataclass(frozen=True)
class KeyFigure:
    label: str
    value: str
    unit: str
    claim: object

    @property
    def when(self):
        """The time the figure describes, unless its unit or the name of its source says it already."""
        claim = self.claim
        words = claim.years if hasattr(claim, "years") else claim.reference_period or str(claim.reference_year or "")
        return "" if words in f"{self.unit} {claim.source or ''}" else words

    @property
    def is_undated(self):
        return is_undated(self.claim)

    @property
    def is_dated(self):
        return is_dated(self.claim)


def best(claims, has):
    """The claim to name first: sourced before unsourced, then the newest, then the editor's order."""
    candidates = [claim for claim in claims if has(claim)]
    return min(candidates, key=lambda claim: (claim.source_id is None, -(year_of(claim) or 0)), default=None)


def best_pay(claims):
    """(statistic, claim): a sourced median, else a sourced mean, else what there is."""
    found = [
        (name, best(claims, lambda claim, name=name: claim.amount(name) is not None)) for name in ("median", "mean")
    ]
    found = [(name, claim) for name, claim in found if claim]
    return min(found, key=lambda pair: pair[1].source_id is None, default=(None, None))


def wide_range(claim):
    """The figures of a claim that say how far pay reaches."""
    return [(label, text) for label, text in pay_figures(claim) if label in WIDE_RANGES]


def key_figures(pay_claims, outlook_claims):
    figures = []
    statistic, pay = best_pay(pay_claims)
    if pay:
        figures.append(KeyFigure(f"{statistic.capitalize()} pay", pay.text_of(statistic), pay.period_spoken, pay))
    if spread := pay or best(pay_claims, wide_range):
        for label, text in wide_range(spread)[:1]:
            figures.append(KeyFigure(f"Pay, {label.lower()}", text, spread.period_spoken, spread))
    if growth := best(outlook_claims, lambda claim: claim.growth_percent is not None):
        text = percentage(growth.growth_percent, "+")
        figures.append(KeyFigure("Expected growth", text, growth.years, growth))
    if openings := best(outlook_claims, lambda claim: claim.annual_openings is not None):
        text = f"{openings.annual_openings:,}"
        figures.append(KeyFigure("Openings", text, "a year", openings))
    return figures


@dataclass(frozen=True)
class Standing:
    """How well a guide's figures are documented."""

    figures: int
    sourced: int
    oldest: int | None

    @property
    def years(self):
        """The age past which a figure is called dated."""
        return settings.FIGURE_REVIEW_YEARS

    @classmethod
    def of(cls, claims):
        years = [year for claim in claims if (year := year_of(claim))]
        return cls(len(claims), sum(claim.source_id is not None for claim in claims), min(years, default=None))
