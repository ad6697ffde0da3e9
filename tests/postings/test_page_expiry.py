"""Between a moment and the next one named for the page cache, no posting changes what readers see of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from careers.postings.job_list.form import POSTED_CHOICES
from careers.postings.models import Posting
from careers.postings.page_expiry import INSTANT, next_moment
from tests import factories
from tests.cases import each

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPANS = [timedelta(days=int(days)) for days, _ in POSTED_CHOICES]
GRACE = timedelta(days=90)


def seen(at):
    """All that pages ask of the clock about postings."""
    live = Posting.objects.live(at)
    sets = [live, Posting.objects.readable(at), Posting.objects.opened(at)]
    sets += [live.filter(publish_at__gte=at - span) for span in SPANS]
    return [set(rows.values_list("pk", flat=True)) for rows in sets]


def posting(**moments):
    """One whose rows say just these moments."""
    row = factories.PostingFactory(closes_on=None)
    values = {"publish_at": NOW - timedelta(days=400)} | moments
    Posting.objects.filter(pk=row.pk).update(**values)
    return row


@each(
    ("moments", "expected"),
    [
        ({"publish_at": NOW + timedelta(minutes=5)}, NOW + timedelta(minutes=5)),
        ({"closes_on": NOW, "closes_at": NOW + timedelta(minutes=5)}, NOW + timedelta(minutes=5)),
        ({"closes_on": NOW, "closes_at": NOW - timedelta(days=3)}, NOW + GRACE - timedelta(days=3)),
        ({"closed_at": NOW - timedelta(days=3)}, NOW + GRACE - timedelta(days=3)),
        ({"filled_at": NOW - timedelta(days=3)}, NOW + GRACE - timedelta(days=3)),
        ({"publish_at": NOW - timedelta(days=5)}, NOW + timedelta(days=2) + INSTANT),
        ({"publish_at": NOW - timedelta(days=7)}, NOW + INSTANT),
        ({"closes_on": NOW, "closes_at": NOW}, NOW + GRACE),
        ({"closed_at": NOW - timedelta(days=91)}, None),
    ],
    ids=[
        "opens", "closes", "grace after the closing day", "grace after closing by hand", "grace after filling", "leaves a span",
        "leaves a span on this instant", "just closed", "gone",
    ],
)  # fmt: skip
def test_the_next_moment(moments, expected):
    posting(**moments)
    assert next_moment(NOW) == expected


@pytest.mark.parametrize("field", ["publish_at", "closes_at", "closed_at", "filled_at"])
def test_each_is_found_by_an_index(field):
    """Asked after every change: it must not read all postings."""
    if connection.vendor != "sqlite":
        return  # PostgreSQL reads a small table as a whole, whatever indexes it has
    plan = Posting.objects.filter(**{f"{field}__gt": NOW}).order_by(field).values_list(field).explain()
    assert "USING COVERING INDEX" in plan
    assert "TEMP B-TREE" not in plan


def test_nothing_changes_before_the_next_moment(settings):
    """From moment to moment through four months: the same on the instant before, another on most of them."""
    for days in (0, 1, 3, 8, 29, 31, 62):
        opening = NOW + timedelta(days=days, minutes=days)
        posting(publish_at=opening, closes_on=opening, closes_at=opening + timedelta(days=days + 1))
        posting(publish_at=opening, closed_at=opening + timedelta(days=2))
        posting(publish_at=opening, filled_at=opening + timedelta(hours=2))
    at, moments, changed = NOW, 0, 0
    while (moment := next_moment(at)) and moment < NOW + timedelta(days=120):
        before = seen(at)
        assert seen(moment - INSTANT) == before
        changed += seen(moment) != before
        at, moments = moment, moments + 1
    assert moments > 20
    assert changed >= moments * 0.6
