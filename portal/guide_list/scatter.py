"""Pay against growth: a dot for each guide with both official figures, drawn as an SVG without a viewBox.

Positions: x in percent of the width, y in pixels from the top. Guides with the same two figures share a dot.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from statistics import median
from typing import cast

from careers.core.money import amount_text
from careers.occupations.figures.charts import MAX_TICKS, Axis, Tick, compact_amount, percent_text, round_step
from careers.occupations.figures.format import percentage
from careers.roles.figures.summary import Growth, OfficialPay

from .rows import GuideRow

HEIGHT, TOP, BOTTOM = 420, 40, 376
FIRST_X, LAST_X = Decimal(12), Decimal(95)  # leaves room for the amounts at the start
NARROW, WIDE = 300, 800  # widths in pixels for which names are placed: a phone, and beside the filters
AMOUNTS = 34  # pixels at the start that belong to the amounts of the axis
MANY_DOTS = 100  # drawn smaller
CELL = 6  # pixels: names and dots may not touch the same cell
CHARACTER = Decimal("6.6")  # pixels, at most, of an average letter


@dataclass(frozen=True)
class GridLine:
    text: str
    y: str
    text_y: str


SHARE_BEFORE = {"start": Decimal(0), "middle": Decimal("0.5"), "end": Decimal(1)}  # of a name, before its anchor


@dataclass(frozen=True)
class Side:
    """Where a name is written beside its dot: pixels from the middle of the dot, and the text-anchor."""

    dx: int
    dy: int
    anchor: str

    def start(self, x: Decimal, length: Decimal) -> Decimal:
        """Where a name of this length begins beside a dot at `x`."""
        return x + self.dx - length * SHARE_BEFORE[self.anchor]


SIDES = (Side(12, 4, "start"), Side(-12, 4, "end"), Side(0, -12, "middle"), Side(0, 20, "middle"))


@dataclass(frozen=True)
class Name:
    """How a name is drawn at some widths. One without room is shown only while its dot is pointed at."""

    side: Side
    has_room: bool
    widths: str = ""  # "narrow", "wide", or "" for both


@dataclass
class Dot:
    """`number` counts the dots that several guides share, from 1; 0 for a guide's own."""

    rows: list[GuideRow]
    percent: Decimal
    position: Decimal
    number: int = 0
    names: list[Name] = field(default_factory=list)

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
        return self.row.role.title + (f" +{len(self.rows) - 1}" if len(self.rows) > 1 else "")

    @property
    def figures(self) -> str:
        """'$120,230 a year, +33.5%'"""
        pay, growth = self.row.figures.pay, self.row.figures.growth
        return f"{pay.text}, {growth.text}" if pay and growth else ""

    @property
    def spoken(self) -> str:
        """Begins with the name as it is drawn, so that people who speak to their browser can say what they see."""
        titles = ", ".join(row.role.title for row in self.rows)
        return f"{self.name}: {self.figures}" + (f", {len(self.rows)} guides: {titles}" if self.number else "")


@dataclass(frozen=True)
class Scatter:
    dots: list[Dot]
    pay_lines: list[GridLine]
    growth_ticks: list[Tick]
    zero: str  # '' if the axis does not reach it
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
    def radius(self) -> int:
        """Of a guide's own dot, in pixels."""
        return 6 if len(self.dots) <= MANY_DOTS else 4

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
    pay_axis, growth_axis = snug_axis(pay), snug_axis(growth)
    middle_pay, middle_growth = Decimal(median(pay)), Decimal(median(growth))
    return Scatter(
        dots=place_names(place_dots(rows, pay_axis, growth_axis)),
        pay_lines=[grid_line(value, pay_axis) for value in pay_axis.tick_values()],
        growth_ticks=[
            Tick(percentage(value), percent_text(x_of(value, growth_axis)), "middle")
            for value in growth_axis.tick_values()
        ],
        zero=percent_text(x_of(Decimal(0), growth_axis)) if growth_axis.low <= 0 <= growth_axis.high else "",
        median_pay=amount_text(middle_pay.quantize(Decimal(1)), currency),
        median_pay_y=f"{y_of(middle_pay, pay_axis):.1f}",
        median_growth=percentage(middle_growth.quantize(Decimal("0.1")), "+"),
        median_growth_x=percent_text(x_of(middle_growth, growth_axis)),
        places=sorted({row.figures.pay.place for row in rows if row.figures.pay}),
        years=sorted({row.figures.growth.years for row in rows if row.figures.growth}),
    )


def pay_of(row: GuideRow) -> Decimal:
    return cast(OfficialPay, row.figures.pay).yearly


def growth_of(row: GuideRow) -> Decimal:
    return cast(Growth, row.figures.growth).percent


def snug_axis(values: list[Decimal]) -> Axis:
    """From the lowest to the highest value, rounded outwards. Dots may do without a zero, unlike bars."""
    low, high = min(values), max(values)
    if low == high:
        return Axis.covering(values)
    step = round_step((high - low) / (MAX_TICKS - 1))
    return Axis(
        (low / step).to_integral_value(ROUND_FLOOR) * step, (high / step).to_integral_value(ROUND_CEILING) * step, step
    )


def x_of(growth: Decimal, axis: Axis) -> Decimal:
    return FIRST_X + (LAST_X - FIRST_X) * axis.position(growth) / 100


def y_of(pay: Decimal, axis: Axis) -> Decimal:
    return BOTTOM - (BOTTOM - TOP) * axis.position(pay) / 100


def grid_line(value: Decimal, axis: Axis) -> GridLine:
    y = y_of(value, axis)
    return GridLine(compact_amount(value), f"{y:.1f}", f"{y - 4:.1f}")


def place_dots(rows: list[GuideRow], pay_axis: Axis, growth_axis: Axis) -> list[Dot]:
    """From the highest pay to the lowest; first those of one guide, then those that several share."""
    by_figures: dict[tuple[Decimal, Decimal], list[GuideRow]] = {}
    for row in sorted(rows, key=lambda row: (-pay_of(row), -growth_of(row), row.title_key)):
        by_figures.setdefault((pay_of(row), growth_of(row)), []).append(row)
    dots = [Dot(same, x_of(growth, growth_axis), y_of(pay, pay_axis)) for (pay, growth), same in by_figures.items()]
    for number, dot in enumerate((dot for dot in dots if len(dot.rows) > 1), 1):
        dot.number = number
    return sorted(dots, key=lambda dot: dot.number)  # shared ones are drawn on top of others


def place_names(dots: list[Dot]) -> list[Dot]:
    """Writes the names beside the dots where there is room, at each width; the best paid come first."""
    narrow, wide = (names_at(dots, width) for width in (NARROW, WIDE))
    for dot, at_narrow, at_wide in zip(dots, narrow, wide, strict=True):
        same = at_narrow == at_wide
        dot.names = [at_wide] if same else [replace(at_narrow, widths="narrow"), replace(at_wide, widths="wide")]
    return dots


def names_at(dots: list[Dot], width: int) -> list[Name]:
    taken = {cell for dot in dots for cell in dot_cells(dot, width)}
    names = []
    for dot in dots:
        side = next((side for side in SIDES if has_room(dot, side, width, taken)), None)
        if side:
            taken |= name_cells(dot, side, width)
        names.append(Name(side or SIDES[dot.percent > 50], side is not None))
    return names


def has_room(dot: Dot, side: Side, width: int, taken: set[tuple[int, int]]) -> bool:
    length, x = CHARACTER * len(dot.name), dot.percent * width / 100
    start = side.start(x, length)
    is_inside = start >= AMOUNTS and start + length <= width
    return is_inside and taken.isdisjoint(name_cells(dot, side, width) - dot_cells(dot, width))


def name_cells(dot: Dot, side: Side, width: int) -> set[tuple[int, int]]:
    length, x = CHARACTER * len(dot.name), dot.percent * width / 100
    return cells(side.start(x, length), dot.position + side.dy - 9, length, 10)


def dot_cells(dot: Dot, width: int) -> set[tuple[int, int]]:
    size = 10 if dot.number else 6
    return cells(dot.percent * width / 100 - size, dot.position - size, Decimal(2 * size), 2 * size)


def cells(x: Decimal, y: Decimal, width: Decimal, height: int) -> set[tuple[int, int]]:
    """The cells of the chart that a rectangle touches."""
    columns = range(int(x // CELL), int((x + width) // CELL) + 1)
    rows = range(int(y // CELL), int((y + height) // CELL) + 1)
    return {(column, row) for column in columns for row in rows}
