"""What readers did in the last 30 days, of all postings together, beside the 30 days before."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import DailyCount, UnansweredSearch

DAYS = 30
TOP_POSTINGS = 5
TOP_SEARCHES = 10


@dataclass(frozen=True)
class Total:
    label: str
    now: int
    before: int  # in the same number of days before


@dataclass(frozen=True)
class TopPosting:
    name: str
    views: int
    applies: int
    url: str


@dataclass(frozen=True)
class Unanswered:
    """Words that found nothing, and how many visitors searched for them, each counted once a day."""

    words: str
    visitors: int
    url: str


@dataclass(frozen=True)
class SiteStatistics:
    totals: list[Total]
    top: list[TopPosting]
    unanswered: list[Unanswered]

    def __bool__(self):
        return bool(self.unanswered) or any(total.now or total.before for total in self.totals)


def site_statistics(today: date | None = None) -> SiteStatistics:
    """Three queries."""
    today = today or timezone.localdate()
    first = today - timedelta(days=DAYS - 1)
    return SiteStatistics(totals(first, today), top_postings(first, today), unanswered_searches(first, today))


def totals(first: date, last: date) -> list[Total]:
    now = Sum("number", filter=Q(day__gte=first), default=0)
    before = Sum("number", filter=Q(day__lt=first), default=0)
    counts = DailyCount.objects.between(first - timedelta(days=DAYS), last).order_by().values("kind")
    by_kind = {row["kind"]: row for row in counts.annotate(now=now, before=before)}
    nothing = {"now": 0, "before": 0}
    return [
        Total(kind.label, row["now"], row["before"])
        for kind in DailyCount.Kind
        for row in [by_kind.get(kind.value, nothing)]
    ]


def top_postings(first: date, last: date) -> list[TopPosting]:
    """Those viewed most often."""
    number = {
        kind: Sum("number", filter=Q(kind=kind), default=0) for kind in (DailyCount.Kind.VIEW, DailyCount.Kind.APPLY)
    }
    rows = (
        DailyCount.objects.between(first, last)
        .values("posting_id", "posting__title", "posting__employer__name")
        .annotate(views=number[DailyCount.Kind.VIEW], applies=number[DailyCount.Kind.APPLY])
        .filter(views__gt=0)
        .order_by("-views", "posting_id")
    )
    return [
        TopPosting(
            f"{row['posting__title']}, {row['posting__employer__name']}",
            row["views"],
            row["applies"],
            reverse("admin:postings_posting_statistics", args=[row["posting_id"]]),
        )
        for row in rows[:TOP_POSTINGS]
    ]


def unanswered_searches(first: date, last: date) -> list[Unanswered]:
    """Those of the most visitors. The link shows whether they still find nothing."""
    rows = UnansweredSearch.objects.filter(day__gte=first, day__lte=last).order_by().values("words")
    most_first = rows.annotate(visitors=Sum("number")).order_by("-visitors", "words")[:TOP_SEARCHES]
    return [Unanswered(row["words"], row["visitors"], search_address(row["words"])) for row in most_first]


def search_address(words: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = words
    return f"{reverse('search')}?{query.urlencode()}"
