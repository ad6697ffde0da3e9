"""Pay of an occupation over the years, and its chart: median as a line, middle half as a band, breaks of the series marked.

Positions in the chart: x in percent of its width, y in pixels from its top. Its height is fixed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise
from typing import Any

from careers.core.money import Period
from careers.files.cells import Absence
from careers.occupations import soc
from careers.occupations.models import OfficialPay

from .charts import Axis, Tick, compact_amount, percent_text
from .format import absence_text

HEIGHT = 208
TOP, BOTTOM = 26, 180
FIRST_X, LAST_X = Decimal(14), Decimal(95)  # leaves room for the amounts on the left and half a year label on the right


@dataclass(frozen=True)
class YearPay:
    """One year of the series: its figure, or the reason why there is no median."""

    year: int
    figure: Any  # OfficialPay | None; `has_median` and `has_middle_half` say what it holds
    absence: str
    combined_code: soc.CombinedCode | None

    @property
    def has_median(self) -> bool:
        return self.figure is not None and self.figure.median is not None

    @property
    def is_top_coded(self) -> bool:
        return self.has_median and self.figure.is_top_coded("median")

    @property
    def has_middle_half(self) -> bool:
        return self.figure is not None and self.figure.p25 is not None and self.figure.p75 is not None

    @property
    def median(self) -> str:
        return self.figure.text_of("median") if self.has_median else self.absence

    @property
    def middle_half(self) -> str:
        """'$95,000 to at least $239,200'; '' unless both percentiles are known."""
        return f"{self.figure.text_of('p25')} to {self.figure.text_of('p75')}" if self.has_middle_half else ""


@dataclass(frozen=True)
class Break:
    """A year whose figures are not comparable with those of the year before, with all reasons."""

    year: int
    letter: str
    reasons: tuple[soc.SeriesBreak, ...]


@dataclass(frozen=True)
class Point:
    x: str
    y: str
    is_top_coded: bool


@dataclass(frozen=True)
class Segment:
    x1: str
    y1: str
    x2: str
    y2: str
    is_dotted: bool = False


@dataclass(frozen=True)
class GridLine:
    text: str
    y: str
    text_y: str


@dataclass(frozen=True)
class HistoryChart:
    grid_lines: list[GridLine]
    years: list[Tick]
    bands: list[str]  # middle half of neighbouring years: points of a polygon
    posts: list[Segment]  # middle half of a year without neighbours: a vertical line
    segments: list[Segment]
    points: list[Point]
    breaks: list[Tick]

    height = HEIGHT
    top, bottom = TOP, BOTTOM


@dataclass(frozen=True)
class PayHistory:
    soc_code: str
    currency: str
    period: str
    years: list[YearPay]
    breaks: list[Break]

    @property
    def first(self) -> int:
        return self.years[0].year

    @property
    def last(self) -> int:
        return self.years[-1].year

    @property
    def period_spoken(self) -> str:
        return Period(self.period).a_period

    @property
    def chart(self) -> HistoryChart:
        return history_chart(self)

    @property
    def has_ceiling(self) -> bool:
        return any(year.is_top_coded for year in self.years)

    @property
    def has_capped_band(self) -> bool:
        """Whether the band ends at the publisher's ceiling in some year, instead of at the 75th percentile."""
        return any(year.has_middle_half and year.figure.is_top_coded("p75") for year in self.years)

    @property
    def has_gaps(self) -> bool:
        return any(not year.has_median for year in self.years)

    @property
    def change(self) -> tuple[int, int, str, str] | tuple[()]:
        """(first year, last year, '19.2%', rose or fell) since the last break of the series; () if there is no change."""
        run = [
            year for year in comparable_runs(self.years, self.breaks)[-1] if year.has_median and not year.is_top_coded
        ]
        if len(run) < 2:
            return ()
        first, last = run[0].figure.median, run[-1].figure.median
        rate = ((last - first) * 100 / first).quantize(Decimal("0.1"))
        if not rate:
            return ()
        return run[0].year, run[-1].year, f"{abs(rate).normalize():f}%", "rose" if rate > 0 else "fell"


def pay_history(soc_code: str, figures: Iterable[OfficialPay]) -> PayHistory | None:
    """The history of a six-digit SOC occupation; None if fewer than two years have a median.

    Pay per year, or per hour if more years have that: some occupations are published with hourly pay only.
    """
    dated: list[Any] = [figure for figure in figures if figure.reference_year]
    if not dated:
        return None
    currency = max(dated, key=lambda figure: figure.reference_year).currency
    series = [figure for figure in dated if figure.currency == currency]
    period = max((Period.YEAR, Period.HOUR), key=lambda period: len(years_with_median(series, period)))
    if len(years_with_median(series, period)) < 2:
        return None
    by_year = {figure.reference_year: figure for figure in series if figure.period == period}
    span = range(min(figure.reference_year for figure in series), max(figure.reference_year for figure in series) + 1)
    top_coded = any(reaches_ceiling(figure) for figure in by_year.values())
    years = [year_pay(soc_code, year, by_year.get(year)) for year in span]
    return PayHistory(soc_code, currency, period.value, years, breaks_within(soc_code, span, top_coded))


def years_with_median(figures: list[OfficialPay], period: str) -> set[int]:
    return {figure.reference_year for figure in figures if figure.period == period and figure.median is not None}


def reaches_ceiling(figure: OfficialPay) -> bool:
    return any(figure.is_top_coded(name) for name in ("p25", "median", "p75"))


def year_pay(soc_code: str, year: int, figure: OfficialPay | None) -> YearPay:
    return YearPay(year, figure, median_absence(soc_code, year, figure), soc.combined_code_for(soc_code, year))


def median_absence(soc_code: str, year: int, figure: OfficialPay | None) -> str:
    """Why there is no median; '' if there is one."""
    if figure is None:
        return Absence.SUPPRESSED.label if soc.is_unpublished(soc_code, year) else Absence.NO_DATA.label
    return "" if figure.median is not None else absence_text(figure, "median") or Absence.NO_DATA.label


def breaks_within(soc_code: str, span: range, top_coded: bool) -> list[Break]:
    """The breaks after the first year of the span, one per year, lettered in order."""
    known = [entry for entry in soc.breaks_for(soc_code, top_coded=top_coded) if span[0] < entry.year <= span[-1]]
    years = [(year, tuple(entries)) for year, entries in groupby(known, key=lambda entry: entry.year)]
    return [Break(year, "abcdefgh"[index], entries) for index, (year, entries) in enumerate(years)]


def comparable_runs(years: list[YearPay], breaks: list[Break]) -> list[list[YearPay]]:
    """The years, split at each break."""
    starts = {entry.year for entry in breaks}
    found: list[list[YearPay]] = []
    for year in years:
        if not found or year.year in starts:
            found.append([])
        found[-1].append(year)
    return found


# -- Chart


@dataclass(frozen=True)
class Plane:
    """Converts years and amounts to positions in the chart."""

    axis: Axis
    first: int
    last: int

    def x(self, year: Decimal | int) -> Decimal:
        return FIRST_X + (LAST_X - FIRST_X) * (year - self.first) / max(self.last - self.first, 1)

    def y(self, amount: Decimal) -> Decimal:
        return BOTTOM - (BOTTOM - TOP) * self.axis.position(amount) / 100

    def line(self, start: tuple[int, Decimal], end: tuple[int, Decimal], *, is_dotted: bool = False) -> Segment:
        """`start` and `end` are (year, amount)."""
        (x1, y1), (x2, y2) = ((percent_text(self.x(year)), pixels(self.y(amount))) for year, amount in (start, end))
        return Segment(x1, y1, x2, y2, is_dotted)


def pixels(number: Decimal) -> str:
    return f"{number:.1f}"


def history_chart(history: PayHistory) -> HistoryChart:
    axis = Axis.covering(amount for year in history.years for amount in charted_amounts(year))
    plane = Plane(axis, history.first, history.last)
    known = [year for year in history.years if year.has_median]
    bands, posts = middle_half_shapes(history, plane)
    return HistoryChart(
        grid_lines=[grid_line(value, plane) for value in axis.tick_values()],
        years=[Tick(str(year.year), percent_text(plane.x(year.year)), "middle") for year in history.years],
        bands=bands,
        posts=posts,
        segments=median_segments(known, history.breaks, plane),
        points=[
            Point(percent_text(plane.x(year.year)), pixels(plane.y(year.figure.median)), year.is_top_coded)
            for year in known
        ],
        breaks=[
            Tick(entry.letter, percent_text(plane.x(entry.year - Decimal("0.5"))), "middle") for entry in history.breaks
        ],
    )


def charted_amounts(year: YearPay) -> list[Decimal]:
    amounts = [year.figure.median] if year.has_median else []
    return [*amounts, year.figure.p25, year.figure.p75] if year.has_middle_half else amounts


def grid_line(value: Decimal, plane: Plane) -> GridLine:
    return GridLine(compact_amount(value), pixels(plane.y(value)), pixels(plane.y(value) - 4))


def median_segments(known: list[YearPay], breaks: list[Break], plane: Plane) -> list[Segment]:
    """Lines between neighbouring years, none over a gap. Dotted if the two medians are not comparable."""
    starts = {entry.year for entry in breaks}
    return [
        plane.line(
            (left.year, left.figure.median),
            (right.year, right.figure.median),
            is_dotted=right.year in starts or left.is_top_coded or right.is_top_coded,
        )
        for left, right in pairwise(known)
        if right.year == left.year + 1
    ]


def middle_half_shapes(history: PayHistory, plane: Plane) -> tuple[list[str], list[Segment]]:
    """(bands, posts) as in HistoryChart."""
    polygons, posts = [], []
    for run in comparable_runs(history.years, history.breaks):
        for has_middle_half, group in groupby(run, key=lambda year: year.has_middle_half):
            years = list(group)
            if has_middle_half and len(years) > 1:
                polygons.append(polygon(years, plane))
            elif has_middle_half:
                year = years[0]
                posts.append(plane.line((year.year, year.figure.p25), (year.year, year.figure.p75)))
    return polygons, posts


def polygon(years: list[YearPay], plane: Plane) -> str:
    """Its corners for an SVG attribute: the 75th percentiles from left to right, then the 25th back."""
    corners = [(year.year, year.figure.p75) for year in years]
    corners += [(year.year, year.figure.p25) for year in reversed(years)]
    return " ".join(f"{plane.x(year):.2f},{pixels(plane.y(amount))}" for year, amount in corners)
