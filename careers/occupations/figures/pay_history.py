"""Pay of one occupation over the years: the median as a line, the middle half as a band, the breaks of the series marked.

Positions: x is percent of the chart's width, y is pixels from its top; its height is fixed.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, pairwise

from careers.core.money import Period
from careers.files.cells import Absence
from careers.occupations import soc

from .charts import Axis, Tick, compact, percent

HEIGHT = 208
TOP, BOTTOM = 26, 180
FIRST_X, LAST_X = Decimal(14), Decimal(95)  # room for the amounts at the start, for a year's number at the end


@dataclass(frozen=True)
class YearPay:
    """One year of the series: what was published, or in words why there is nothing."""

    year: int
    claim: object | None
    absence: str
    counted_with: soc.CombinedCode | None

    @property
    def is_known(self):
        return self.claim is not None and self.claim.median is not None

    @property
    def is_top_coded(self):
        return self.is_known and self.claim.is_top_coded("median")

    @property
    def has_middle(self):
        return self.claim is not None and self.claim.p25 is not None and self.claim.p75 is not None

    @property
    def median(self):
        return self.claim.text_of("median") if self.is_known else self.absence

    @property
    def middle(self):
        """'$95,000 to at least $239,200'; '' where an end is not known."""
        return f"{self.claim.text_of('p25')} to {self.claim.text_of('p75')}" if self.has_middle else ""


@dataclass(frozen=True)
class Break:
    """A year from which figures do not follow smoothly on those before, and all that is to be said about it."""

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
class Level:
    text: str
    y: str
    text_y: str


@dataclass(frozen=True)
class HistoryChart:
    levels: list[Level]
    years: list[Tick]
    bands: list[str]  # the points of a polygon, x in percent, y in pixels
    posts: list[Segment]  # the middle half of a year that stands alone
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
    def first(self):
        return self.years[0].year

    @property
    def last(self):
        return self.years[-1].year

    @property
    def period_spoken(self):
        return Period(self.period).a_period

    @property
    def chart(self):
        return chart_of(self)

    @property
    def has_ceiling(self):
        return any(year.is_top_coded for year in self.years)

    @property
    def has_capped_band(self):
        """Whether an edge of the band stands at the publisher's ceiling instead of at a figure."""
        return any(year.has_middle and year.claim.is_top_coded("p75") for year in self.years)

    @property
    def has_gaps(self):
        return any(not year.is_known for year in self.years)

    @property
    def counted_with(self):
        """The combined code that holds the occupation in every year; None where it stands or stood by itself."""
        codes = {year.counted_with for year in self.years}
        return codes.pop() if len(codes) == 1 else None

    @property
    def change(self):
        """(first year, last year, '19.2%', rose or fell) of the newest years without a break between; () without."""
        run = [year for year in runs(self.years, self.breaks)[-1] if year.is_known and not year.is_top_coded]
        if len(run) < 2:
            return ()
        first, last = run[0].claim.median, run[-1].claim.median
        rate = ((last - first) * 100 / first).quantize(Decimal("0.1"))
        if not rate:
            return ()
        return run[0].year, run[-1].year, f"{abs(rate).normalize():f}%", "rose" if rate > 0 else "fell"


def pay_history(soc_code, claims):
    """The history of a six-digit SOC occupation from its imported claims; None where no line can be drawn.

    Yearly pay, or hourly pay where more years have that: occupations without a yearly figure are paid by the hour.
    """
    dated = [claim for claim in claims if claim.reference_year]
    if not dated:
        return None
    currency = max(dated, key=lambda claim: claim.reference_year).currency
    series = [claim for claim in dated if claim.currency == currency]
    period = max((Period.YEAR, Period.HOUR), key=lambda period: len(medians(series, period)))
    if len(medians(series, period)) < 2:
        return None
    by_year = {claim.reference_year: claim for claim in series if claim.period == period}
    span = range(min(claim.reference_year for claim in series), max(claim.reference_year for claim in series) + 1)
    top_coded = any(reaches_ceiling(claim) for claim in by_year.values())
    years = [year_pay(soc_code, year, by_year.get(year)) for year in span]
    return PayHistory(soc_code, currency, period.value, years, breaks_between(soc_code, span, top_coded))


def medians(claims, period):
    return {claim.reference_year for claim in claims if claim.period == period and claim.median is not None}


def reaches_ceiling(claim):
    return any(claim.is_top_coded(name) for name in ("p25", "median", "p75"))


def year_pay(soc_code, year, claim):
    return YearPay(year, claim, absence_of(soc_code, year, claim), soc.combined_code_of(soc_code, year))


def absence_of(soc_code, year, claim):
    """Why there is no median, in words; '' where there is one."""
    if claim is None:
        return Absence.SUPPRESSED.label if soc.is_unpublished(soc_code, year) else Absence.NO_DATA.label
    return "" if claim.median is not None else Absence(claim.absences.get("median", Absence.NO_DATA)).label


def breaks_between(soc_code, span, top_coded):
    """The breaks after the first year of the span, one for each year, lettered in order."""
    known = [entry for entry in soc.breaks_of(soc_code, top_coded=top_coded) if span[0] < entry.year <= span[-1]]
    years = [(year, tuple(entries)) for year, entries in groupby(known, key=lambda entry: entry.year)]
    return [Break(year, "abcdefgh"[index], entries) for index, (year, entries) in enumerate(years)]


def runs(years, breaks):
    """The years parted at each break."""
    starts = {entry.year for entry in breaks}
    parted = []
    for year in years:
        if not parted or year.year in starts:
            parted.append([])
        parted[-1].append(year)
    return parted


# -- The drawing


@dataclass(frozen=True)
class Plane:
    """Where a year and an amount stand."""

    axis: Axis
    first: int
    last: int

    def x(self, year):
        return FIRST_X + (LAST_X - FIRST_X) * (year - self.first) / max(self.last - self.first, 1)

    def y(self, amount):
        return BOTTOM - (BOTTOM - TOP) * self.axis.at(amount) / 100

    def line(self, left, right, **state):
        return Segment(
            percent(self.x(left[0])), px(self.y(left[1])), percent(self.x(right[0])), px(self.y(right[1])), **state
        )


def px(number):
    return f"{number:.1f}"


def chart_of(history):
    years = [year for year in history.years if year.claim]
    axis = Axis.over([amount for year in years for amount in drawn(year)])
    plane = Plane(axis, history.first, history.last)
    known = [year for year in history.years if year.is_known]
    bands, posts = bands_of(history, plane)
    return HistoryChart(
        levels=levels_of(axis, plane),
        years=[Tick(str(year.year), percent(plane.x(year.year)), "middle") for year in history.years],
        bands=bands,
        posts=posts,
        segments=segments_of(known, history.breaks, plane),
        points=[
            Point(percent(plane.x(year.year)), px(plane.y(year.claim.median)), year.is_top_coded) for year in known
        ],
        breaks=[
            Tick(entry.letter, percent(plane.x(entry.year - Decimal("0.5"))), "middle") for entry in history.breaks
        ],
    )


def drawn(year):
    amounts = [year.claim.median] if year.is_known else []
    return [*amounts, year.claim.p25, year.claim.p75] if year.has_middle else amounts


def levels_of(axis, plane):
    count = int((axis.high - axis.low) / axis.step)
    values = [axis.low + axis.step * index for index in range(count + 1)]
    return [Level(compact(value), px(plane.y(value)), px(plane.y(value) - 4)) for value in values]


def segments_of(known, breaks, plane):
    """Lines between neighbouring years; none over a gap. Dotted where the two ends do not compare."""
    starts = {entry.year for entry in breaks}
    return [
        plane.line(
            (left.year, left.claim.median),
            (right.year, right.claim.median),
            is_dotted=right.year in starts or left.is_top_coded or right.is_top_coded,
        )
        for left, right in pairwise(known)
        if right.year == left.year + 1
    ]


def bands_of(history, plane):
    """(polygons, posts): the middle half of neighbouring years in one band, of a year that stands alone as a post."""
    polygons, posts = [], []
    for run in runs(history.years, history.breaks):
        for has_middle, group in groupby(run, key=lambda year: year.has_middle):
            years = list(group)
            if has_middle and len(years) > 1:
                polygons.append(polygon(years, plane))
            elif has_middle:
                year = years[0]
                posts.append(plane.line((year.year, year.claim.p25), (year.year, year.claim.p75)))
    return polygons, posts


def polygon(years, plane):
    corners = [(year.year, year.claim.p75) for year in years] + [
        (year.year, year.claim.p25) for year in reversed(years)
    ]
    return " ".join(f"{plane.x(year):.2f},{px(plane.y(amount))}" for year, amount in corners)
