"""The guide of the week on the first page: its pay drawn, its growth in words.

Rule: the published guides that have official pay, by title, taken in turn by the number of the ISO week. It changes on Monday
at midnight in the site's time zone; kept pages end at every midnight.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import cast

from django.utils import timezone

from careers.core.money import per_year
from careers.core.text import fold_text
from careers.roles.figures.pay_drawing import PayDrawing, PayKind, PayRange, draw_pay
from careers.roles.figures.summary import GuideSummary, OfficialPay, summarise_guides
from careers.roles.models import Role


@dataclass(frozen=True)
class WeeklyGuide:
    role: Role
    summary: GuideSummary
    drawing: PayDrawing | None


def guide_of_the_week(guides: Iterable[Role], at: datetime | None = None) -> WeeklyGuide | None:
    """Of the published guides; None while none has official pay."""
    by_pk = {guide.pk: guide for guide in guides}
    summaries = {pk: summary for pk, summary in summarise_guides(by_pk).items() if summary.pay}
    if not summaries:
        return None
    turn = sorted(summaries, key=lambda pk: (fold_text(by_pk[pk].title), pk))
    chosen = turn[timezone.localdate(at).isocalendar().week % len(turn)]
    summary = summaries[chosen]
    return WeeklyGuide(by_pk[chosen], summary, drawn(cast(OfficialPay, summary.pay)))


def drawn(pay: OfficialPay) -> PayDrawing | None:
    """Yearly pay: from the 10th to the 90th percentile, and the median."""
    figure = pay.figure
    low, high = (yearly(amount, figure.period) for amount in (pay.low, pay.high))
    time = figure.reference_period or str(pay.year or "")
    label = ", ".join(part for part in (pay.place, time) if part)
    is_open = any(figure.is_top_coded(name) for name in figure.STATISTICS)
    return draw_pay([PayRange(label, low, pay.yearly, high, PayKind.OFFICIAL, open_end=is_open)], pay.currency)


def yearly(amount: Decimal | None, period: str) -> Decimal | None:
    return None if amount is None else per_year(amount, period)
