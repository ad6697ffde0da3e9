"""Values that pages share, and pages that expire earlier than the others."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from careers.changes.counter import CounterState
from careers.page_cache import kept_values
from careers.page_cache.kept_values import KeptValues
from tests import factories
from tests.occupations.published import linked, official_pay, soc_occupation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at(monkeypatch):
    """Turns the clock on the wall: at(moment)."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def request_at(number, until):
    request = RequestFactory().get("/")
    request.counter_state = CounterState(number, 0, "epoch")
    request.kept_until = lambda: until
    return request


def test_a_value_is_made_once_until_content_or_the_clock_changes_it(at):
    noon = datetime(2026, 6, 1, 12, tzinfo=UTC)
    at(noon)
    kept, made = KeptValues(), iter("abcdefg")

    def value(number, key="key", until=noon + timedelta(hours=1)):
        return kept.get(request_at(number, until), key, lambda: next(made))

    assert [value(1), value(1), value(1, "other"), value(1)] == ["a", "a", "b", "a"]
    assert [value(2), value(2)] == ["c", "c"]
    at(noon + timedelta(hours=1))
    assert value(2, until=noon + timedelta(hours=2)) == "d"


def test_inside_a_transaction_nothing_is_kept_and_the_memory_is_bounded(monkeypatch):
    kept, made, later = KeptValues(), iter(range(100)), timezone.now() + timedelta(hours=1)
    with transaction.atomic():
        assert [kept.get(RequestFactory().get("/"), "key", lambda: next(made)) for _ in range(2)] == [0, 1]
    assert [kept.get(RequestFactory().get("/"), "key", lambda: next(made)) for _ in range(2)] == [2, 2]
    monkeypatch.setattr(kept_values, "MAX_VALUES", 3)
    for key in range(9):
        kept.get(request_at(1, later), key, lambda: next(made))
        assert len(kept._kept[2]) <= 3


def test_the_pay_a_role_s_jobs_are_compared_with_is_read_once(client):
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    official_pay(soc_occupation("15-2051"), median=120_230)
    pay = {"pay_min": 1, "pay_max": 2, "pay_currency": "USD", "pay_period": "year"}
    jobs = factories.PostingFactory.create_batch(2, role=role, **pay)
    for job in jobs:
        factories.PostingPlaceFactory(posting=job, country="US")

    def reads(job):
        with CaptureQueriesContext(connection) as queries:
            assert "official median" in client.get(job.get_absolute_url()).text
        return sum("occupationlink" in query["sql"] or "officialpay" in query["sql"] for query in queries)

    assert [reads(job) for job in jobs] == [2, 0]


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_a_job_s_page_counts_the_days_anew_from_midnight_in_its_own_zone(client, at, zone):
    opened = datetime(2026, 5, 1, tzinfo=UTC)
    posting = factories.PostingFactory(closes_on=date(2026, 6, 8), time_zone=zone, publish_at=opened)
    midnight = datetime(2026, 6, 6, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    for moment, words in (
        (midnight - timedelta(minutes=20), "Closes in 3 days, 8 Jun 2026"),
        (midnight - timedelta(minutes=1), "Closes in 3 days, 8 Jun 2026"),
        (midnight, "Closes in 2 days, 8 Jun 2026"),
    ):
        at(moment)
        assert words in client.get(posting.get_absolute_url()).text
