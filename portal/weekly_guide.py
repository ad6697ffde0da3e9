"""The guide of the week on the first page: its pay drawn, its growth in words.

Rule: the published guides that have official pay, by title, taken in turn by the number of the ISO week. It changes on Monday
at midnight in the site's time zone; kept pages end at every midnight.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from django.utils import timezone

from careers.core.text import fold_text
from careers.occupations.figures.format import time_text
from careers.roles.figures.pay_drawing import PayDrawing, draw_pay
from careers.roles.figures.role_pay import published_range
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
    """Without the name of the occupation, which stands below."""
    label = ", ".join(filter(None, [pay.place, time_text(pay.figure)]))
    return draw_pay([replace(published_range(pay.figure), label=label)], pay.currency)
