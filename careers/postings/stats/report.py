"""What was counted of one posting, by day and by the site readers came from, over a span of days."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce

from careers.postings.models import DailyCount

from .collector import HERE, OTHERS

Kind = DailyCount.Kind
HOST_WORDS = {"": "Not told (typed in, an app, a letter)", HERE: "This site", OTHERS: "Other sites"}


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
class Readership:
    first: date
    last: date
    by_day: dict[date, Tally]  # every day of the span, the first one first
    by_host: dict[str, Tally]  # the site that sent most first
    by_day_and_host: dict[tuple[date, str], Tally]
    total: Tally

    @classmethod
    def of(cls, posting, *, first, last):
        """One query."""
        days, hosts, both, total = {}, {}, {}, Counter()
        span = (last - first).days + 1
        for offset in range(span):
            days[first + timedelta(days=offset)] = Counter()
        rows = posting.daily_counts.between(first, last).order_by("day", "host", "kind")
        for day, host, kind, number in rows.values_list("day", "host", "kind", "number"):
            for numbers in (
                days[day],
                hosts.setdefault(host, Counter()),
                both.setdefault((day, host), Counter()),
                total,
            ):
                numbers[kind] += number
        busiest_first = sorted(hosts.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        return cls(
            first,
            last,
            {day: Tally.of(numbers) for day, numbers in days.items()},
            {host: Tally.of(numbers) for host, numbers in busiest_first},
            {key: Tally.of(numbers) for key, numbers in both.items()},
            Tally.of(total),
        )

    @property
    def most(self):
        """The most of a kind on one day; at least 1, so that a line can be drawn against it."""
        return max(1, *(max(tally.views, tally.applies) for tally in self.by_day.values()))

    def line(self, kind):
        """Points of an SVG polyline in a field of 100 by 100: the first day left, none at the bottom."""
        numbers = [getattr(tally, kind) for tally in self.by_day.values()]
        step = 100 / max(1, len(numbers) - 1)
        return " ".join(
            f"{index * step:.2f},{100 - 100 * number / self.most:.2f}" for index, number in enumerate(numbers)
        )

    @property
    def lines(self):
        return {"views": self.line("views"), "applies": self.line("applies")}


def host_words(host):
    return HOST_WORDS.get(host, host)


def total_of(kind):
    """For annotate(): all that was ever counted of this kind for each posting of the outer query."""
    rows = DailyCount.objects.of_kind(kind).filter(posting=OuterRef("pk")).order_by().values("posting")
    return Coalesce(Subquery(rows.annotate(total=Sum("number")).values("total")), 0)
