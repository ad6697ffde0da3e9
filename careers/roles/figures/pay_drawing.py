"""Pay of several kinds compared in one drawing: official figures, what open jobs offer, the pay of one job.

Drawn by templates/components/_pay_drawing.html. All amounts are in one currency and for one period; nothing is converted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices

from careers.core.money import Period, amount_text
from careers.occupations.figures.charts import Axis, PayBar, Tick, compact_amount


class PayKind(TextChoices):
    OFFICIAL = "official", "Official figure"
    ADVERTISED = "advertised", "Offered in open jobs"
    JOB = "job", "This job"


@dataclass(frozen=True)
class PayRange:
    """One row to draw. `middle` is a median, unless `middle_name` says otherwise."""

    label: str
    low: Decimal | None
    middle: Decimal | None
    high: Decimal | None
    kind: str = PayKind.OFFICIAL
    middle_name: str = "median"
    open_end: bool = False  # the highest amount is the publisher's ceiling: the real one is at least as high

    @property
    def amounts(self) -> list[Decimal]:
        return [amount for amount in (self.low, self.middle, self.high) if amount is not None]


@dataclass(frozen=True)
class DrawnPay:
    label: str
    text: str
    kind: str
    bar: PayBar


@dataclass(frozen=True)
class PayDrawing:
    rows: list[DrawnPay]
    ticks: list[Tick]
    unit: str  # 'USD a year'


def draw_pay(ranges: Iterable[PayRange], currency: str, period: str = Period.YEAR) -> PayDrawing | None:
    """The drawing of the ranges in the given order, without those that have no amount; None if none has."""
    drawn = [pay for pay in ranges if pay.amounts]
    if not drawn:
        return None
    axis = Axis.covering(amount for pay in drawn for amount in pay.amounts)
    return PayDrawing(
        [DrawnPay(pay.label, range_text(pay, currency), pay.kind, range_bar(pay, axis)) for pay in drawn],
        axis.ticks(compact_amount),
        f"{currency} {Period(period).a_period}",
    )


def range_bar(pay: PayRange, axis: Axis) -> PayBar:
    ends = [amount for amount in (pay.low, pay.high) if amount is not None]
    is_range = len(ends) == 2 and ends[0] < ends[1]
    mark = pay.middle if pay.middle is not None or is_range else ends[0]
    return PayBar(
        whole=axis.span(ends[0], ends[1]) if is_range else None,
        middle=None,
        median=axis.x(mark) if mark is not None else "",
        mean="",
        open_at=axis.x(max(pay.amounts)) if pay.open_end else "",
    )


def range_text(pay: PayRange, currency: str) -> str:
    """'$77,070 to $195,550, median $120,230', 'from $80,000', 'at least $239,200'."""
    texts = [text for text in (ends_text(pay, currency), middle_text(pay, currency)) if text]
    return ", ".join(texts)


def ends_text(pay: PayRange, currency: str) -> str:
    least = "at least " if pay.open_end else ""
    if pay.low is not None and pay.high is not None:
        low, high = whole_amount(pay.low, currency), whole_amount(pay.high, currency)
        return low if pay.low == pay.high else f"{low} to {least}{high}"
    if pay.low is not None:
        return f"from {whole_amount(pay.low, currency)}"
    return f"up to {whole_amount(pay.high, currency)}" if pay.high is not None else ""


def middle_text(pay: PayRange, currency: str) -> str:
    if pay.middle is None:
        return ""
    is_ceiling = pay.open_end and pay.middle == max(pay.amounts)
    return f"{pay.middle_name} {'at least ' if is_ceiling else ''}{whole_amount(pay.middle, currency)}"


def whole_amount(amount: Decimal, currency: str) -> str:
    """Rounded to whole amounts from 1,000 on: pay per hour keeps its cents."""
    return amount_text(amount.quantize(Decimal(1)) if amount >= 1000 else amount, currency)
