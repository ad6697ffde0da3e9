"""Pay against growth: a dot for each guide with both official figures, drawn as an SVG without a viewBox.

Positions: x in percent of the width, y in pixels from the top. Guides with the same two figures share a dot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import median

from careers.core.money import amount_text
from careers.occupations.figures.charts import Axis, Tick, compact_amount, percent_text
from careers.occupations.figures.format import percentage

from .rows import GuideRow

HEIGHT, TOP, BOTTOM = 420, 40, 376
FIRST_X, LAST_X = Decimal(9), Decimal(97)  # leaves room for the amounts at the start
NARROW, WIDE = 300, 800  # widths in pixels for which names are placed: a phone, and beside the filters
CELL = 12  # pixels: names and dots may not touch the same cell
CHARACTER = Decimal("6.6")  # pixels, at most, of an average letter


@dataclass(frozen=True)
class GridLine:
    text: str
    y: str
    text_y: str


@dataclass
class Dot:
    """`number` counts the dots that several guides share, from 1; 0 for a guide's own."""

    rows: list[GuideRow]
    percent: Decimal
    position: Decimal
    number: int = 0
    named_at: set[int] = field(default_factory=set)  # widths at which there is room for the name

    @property
    def x(self) -> str:
        return percent_text(self.percent)

    @property
    def y(self) -> str:
        return f"{self.position:.1f}"

    @property
    def row(self) -> GuideRow:
        return self.rows[0]

    @property
    def name(self) -> str:
        return self.row.role.title if len(self.rows) == 1 else f"{len(self.rows)} guides"

    @property
    def figures(self) -> str:
        """'$120,230 a year, +33.5%'"""
        pay, growth = self.row.figures.pay, self.row.figures.growth
        return f"{pay.text}, {growth.text}" if pay and growth else ""

    @property
    def spoken(self) -> str:
        titles = ", ".join(row.role.title for row in self.rows)
        return f"{titles}: {self.figures}" if len(self.rows) == 1 else f"{self.name} with the same figures: {titles}: {self.figures}"

    @property
    def is_at_end(self) -> bool:
        """Whether its name is written before the dot, since there is little room behind it."""
        return self.percent > 55

    @property
    def is_named_wide(self) -> bool:
        return WIDE in self.named_at

    @property
    def is_named_narrow(self) -> bool:
        return NARROW in self.named_at


@dataclass(frozen=True)
class Scatter:
    dots: list[Dot]
    pay_lines: list[GridLine]
    growth_ticks: list[Tick]
    zero: str
    median_pay: str
    median_pay_y: str
    median_growth: str
    median_growth_x: str
    places: list[str]
    years: list[str]  # of the growth

    height, top, bottom = HEIGHT, TOP, BOTTOM
    text_bottom = BOTTOM + 18
    first_x, last_x = percent_text(FIRST_X), percent_text(LAST_X)

    @property
    def shared(self) -> list[Dot]:
        return [dot for dot in self.dots if dot.number]

    @property
    def count(self) -> int:
        return sum(len(dot.rows) for dot in self.dots)


def split_drawable(rows: Iterable[GuideRow], currency: str) -> tuple[list[GuideRow], list[GuideRow]]:
    """(rows with pay in this currency and growth, the others)"""
    drawable, others = [], []
    for row in rows:
        has_both = row.yearly_pay(currency) is not None and row.figures.growth is not None
        (drawable if has_both else others).append(row)
    return drawable, others


def draw_scatter(rows: list[GuideRow], currency: str) -> Scatter | None:
    """`rows` as split_drawable() returns them; None without any."""
    if not rows:
        return None
    pay, growth = [pay_of(row) for row in rows], [growth_of(row) for row in rows]
    pay_axis, growth_axis = Axis.covering(pay), Axis.covering(growth)
    middle_pay, middle_growth = Decimal(median(pay)), Decimal(median(growth))
    return Scatter(
        dots=place_names(place_dots(rows, pay_axis, growth_axis)),
        pay_lines=[grid_line(value, pay_axis) for value in pay_axis.tick_values()],
        growth_ticks=[
            Tick(f"{value.normalize():f}%", percent_text(x_of(value, growth_axis)), "middle")
            for value in growth_axis.tick_values()
        ],
        zero=percent_text(x_of(Decimal(0), growth_axis)),
        median_pay=amount_text(middle_pay.quantize(Decimal(1)), currency),
        median_pay_y=f"{y_of(middle_pay, pay_axis):.1f}",
        median_growth=percentage(middle_growth.quantize(Decimal("0.1")), "+"),
        median_growth_x=percent_text(x_of(middle_growth, growth_axis)),
        places=sorted({row.figures.pay.place for row in rows if row.figures.pay}),
        years=sorted({row.figures.growth.years for row in rows if row.figures.growth}),
    )


def pay_of(row: GuideRow) -> Decimal:
    assert row.figures.pay is not None
    return row.figures.pay.yearly


def growth_of(row: GuideRow) -> Decimal:
    assert row.figures.growth is not None
    return row.figures.growth.percent


def x_of(growth: Decimal, axis: Axis) -> Decimal:
    return FIRST_X + (LAST_X - FIRST_X) * axis.position(growth) / 100


def y_of(pay: Decimal, axis: Axis) -> Decimal:
    return BOTTOM - (BOTTOM - TOP) * axis.position(pay) / 100


def grid_line(value: Decimal, axis: Axis) -> GridLine:
    y = y_of(value, axis)
    return GridLine(compact_amount(value), f"{y:.1f}", f"{y - 4:.1f}")


def place_dots(rows: list[GuideRow], pay_axis: Axis, growth_axis: Axis) -> list[Dot]:
    """From the highest pay to the lowest."""
    by_figures: dict[tuple[Decimal, Decimal], list[GuideRow]] = {}
    for row in sorted(rows, key=lambda row: (-pay_of(row), -growth_of(row), row.title_key)):
        by_figures.setdefault((pay_of(row), growth_of(row)), []).append(row)
    dots = [
        Dot(same, x_of(growth, growth_axis), y_of(pay, pay_axis)) for (pay, growth), same in by_figures.items()
    ]
    for number, dot in enumerate((dot for dot in dots if len(dot.rows) > 1), 1):
        dot.number = number
    return dots


def place_names(dots: list[Dot]) -> list[Dot]:
    """Marks the dots beside which there is room for the name, at each width; the best paid are named first."""
    for width in (NARROW, WIDE):
        taken = {cell for dot in dots for cell in cells(dot.percent * width / 100 - 8, dot.position - 8, 16, 16)}
        for dot in dots:
            length, x = CHARACTER * len(dot.name), dot.percent * width / 100
            start = x - 12 - length if dot.is_at_end else x + 12
            wanted = cells(start, dot.position - 6, length, 12) - cells(x - 8, dot.position - 8, 16, 16)
            if start >= 0 and start + length <= width and not wanted & taken:
                taken |= wanted
                dot.named_at.add(width)
    return dots


def cells(x: Decimal, y: Decimal, width: Decimal | int, height: int) -> set[tuple[int, int]]:
    """The cells of the chart that a rectangle touches."""
    columns = range(int(x // CELL), int((x + width) // CELL) + 1)
    rows = range(int(y // CELL), int((y + height) // CELL) + 1)
    return {(column, row) for column in columns for row in rows}
