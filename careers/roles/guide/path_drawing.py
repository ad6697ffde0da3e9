"""The career path as a drawing: a line with a stop for each step, drawn behind the list of steps.

The list has rows of one height, so that the drawing knows where each stop is. Positions are rem, as text for SVG.
"""

from dataclasses import dataclass
from decimal import Decimal

from careers.roles.models import CareerStep

ROW = Decimal("2.75")  # height of a row: --target in static/css/tokens.css
LINE, BRANCH = Decimal("0.75"), Decimal("2.25")  # x of the main line and of the stops of next steps


@dataclass(frozen=True)
class Stop:
    step: CareerStep | None  # None for the guide's own role
    x: str
    y: str

    @property
    def is_next(self) -> bool:
        return self.step is not None and self.step.kind == CareerStep.Kind.AFTER


@dataclass(frozen=True)
class PathDrawing:
    """From common starting points through the role to its next steps."""

    stops: list[Stop]
    height: str
    x: str
    top: str
    bottom: str


def draw_path(steps: list[CareerStep]) -> PathDrawing | None:
    """None without steps before or after the role: similar roles lie on no line."""
    before = [step for step in steps if step.kind == CareerStep.Kind.BEFORE]
    after = [step for step in steps if step.kind == CareerStep.Kind.AFTER]
    if not before and not after:
        return None
    stops = [
        Stop(step, rem(BRANCH if step and step.kind == CareerStep.Kind.AFTER else LINE), rem(middle_of(row)))
        for row, step in enumerate([*before, None, *after])
    ]
    return PathDrawing(stops, rem(ROW * len(stops)), rem(LINE), stops[0].y, stops[-1].y)


def middle_of(row: int) -> Decimal:
    return ROW * row + ROW / 2


def rem(number: Decimal) -> str:
    return f"{number.normalize():f}rem"
