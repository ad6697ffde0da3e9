"""Counts of one posting over a span of days, by day and by referring site."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from careers.postings.models import DailyCount, Posting

from .collector import OTHER_HOSTS, THIS_SITE

Kind = DailyCount.Kind
HOST_LABELS = {"": "Unknown (typed in, app or email)", THIS_SITE: "This site", OTHER_HOSTS: "Other sites"}


@dataclass(frozen=True)
class Tally:
    views: int = 0
    applies: int = 0
    saves: int = 0

    @classmethod
    def of(cls, numbers):
        return cls(numbers[Kind.VIEW], numbers[Kind.APPLY], numbers[Kind.SAVE])

    def __bool__(self):
        return bool(self.views or self.applies or self.saves)


@dataclass(frozen=True)
class PostingStatistics:
    first: date
    last: date
    by_day: dict[date, Tally]  # every day of the span, in order
    by_host: dict[str, Tally]  # most visits first
    by_day_and_host: dict[tuple[date, str], Tally]
    total: Tally

    @classmethod
    def of(cls, posting: Posting, *, first: date, last: date) -> "PostingStatistics":
        """One query."""
        days, hosts, by_both, total = {}, {}, {}, Counter()
        span = (last - first).days + 1
        for offset in range(span):
            days[first + timedelta(days=offset)] = Counter()
        rows = posting.daily_counts.between(first, last).order_by("day", "host", "kind")
        for day, host, kind, number in rows.values_list("day", "host", "kind", "number"):
            for numbers in (
                days[day],
                hosts.setdefault(host, Counter()),
                by_both.setdefault((day, host), Counter()),
                total,
            ):
                numbers[kind] += number
        busiest_first = sorted(hosts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return cls(
            first,
            last,
            {day: Tally.of(numbers) for day, numbers in days.items()},
            {host: Tally.of(numbers) for host, numbers in busiest_first},
            {key: Tally.of(numbers) for key, numbers in by_both.items()},
            Tally.of(total),
        )

    @property
    def most(self) -> int:
        """The most views or apply clicks on one day, and at least 1: the height of the chart."""
        return max(1, *(max(tally.views, tally.applies) for tally in self.by_day.values()))

    def polyline(self, kind: str) -> str:
        """Points of an SVG polyline in a field of 100 by 100, with 0 at the bottom."""
        numbers = [getattr(tally, kind) for tally in self.by_day.values()]
        step = 100 / max(1, len(numbers) - 1)
        return " ".join(
            f"{index * step:.2f},{100 - 100 * number / self.most:.2f}" for index, number in enumerate(numbers)
        )

    @property
    def lines(self):
        return {"views": self.polyline("views"), "applies": self.polyline("applies")}


def host_label(host):
    return HOST_LABELS.get(host, host)


def total_count(kind: DailyCount.Kind) -> Coalesce:
    """Annotation for a posting queryset: the posting's count of this kind over all time."""
    rows = DailyCount.objects.of_kind(kind).filter(posting=OuterRef("pk")).order_by().values("posting")
    return Coalesce(Subquery(rows.annotate(total=Sum("number")).values("total")), 0)
