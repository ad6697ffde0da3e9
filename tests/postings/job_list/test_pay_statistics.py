"""What open postings of a role offer: which count, where, and how they are summed up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from careers.postings.job_list.pay_statistics import advertised_pay, midpoint
from tests import factories

pytestmark = pytest.mark.postgres


def offer(role, low=100_000, high=None, currency="USD", period="year", country="US", **fields):
    posting = factories.PostingFactory(
        role=role, pay_min=low, pay_max=high, pay_currency=currency, pay_period=period, **fields
    )
    if country:
        factories.PostingPlaceFactory(posting=posting, country=country, city="")
    return posting


@pytest.fixture
def role(db, settings):
    settings.ADVERTISED_PAY_MINIMUM = 1
    return factories.RoleFactory()


def summed_up(role):
    return [(found.country, found.currency, found.number, found.amounts["median"]) for found in advertised_pay(role)]


def test_a_posting_counts_by_the_middle_of_its_range_or_its_one_end():
    assert midpoint(Decimal(80), Decimal(100)) == 90
    assert midpoint(Decimal(80), None) == 80
    assert midpoint(None, Decimal(100)) == 100


def test_pay_of_other_periods_is_brought_to_a_year_and_counted(role):
    offer(role, 50, period="hour")
    offer(role, 9_000, period="month")
    offer(role, 100_000)
    found = advertised_pay(role)[0]
    assert found.amounts["median"] == 104_000
    assert found.converted == {"hour": 1, "month": 1}


def test_only_live_postings_of_the_role_that_state_pay_count(role):
    offer(role, 1_000)
    offer(role, None)
    offer(factories.RoleFactory(), 9_000)
    for trait in ("draft", "scheduled", "closed", "filled", "withdrawn", "rejected"):
        offer(role, 9_000, **{trait: True})
    assert summed_up(role) == [("US", "USD", 1, 1_000)]


def test_currencies_and_countries_never_mix(role):
    offer(role, 1_000)
    offer(role, 3_000)
    offer(role, 2_000, country="CA")
    offer(role, 5_000, country="CA", currency="CAD")
    assert summed_up(role) == [("US", "USD", 2, 2_000), ("CA", "CAD", 1, 5_000), ("CA", "USD", 1, 2_000)]


def test_a_posting_counts_once_in_each_of_its_countries(role):
    posting = offer(role, 1_000)
    for country, city in (("US", "Boston"), ("CA", "Ottawa")):
        factories.PostingPlaceFactory(posting=posting, country=country, city=city)
    for country in ("US", "DE"):
        factories.RemoteCountryFactory(posting=posting, country=country)
    assert summed_up(role) == [("CA", "USD", 1, 1_000), ("US", "USD", 1, 1_000)]


def test_remote_work_counts_in_the_one_country_it_may_be_done_from(role):
    remote = offer(role, 1_000, country=None, workplace="remote")
    assert summed_up(role) == []
    factories.RemoteCountryFactory(posting=remote, country="DE")
    assert summed_up(role) == [("DE", "USD", 1, 1_000)]
    factories.RemoteCountryFactory(posting=remote, country="FR")
    assert summed_up(role) == []


def test_fewer_postings_than_the_setting_say_nothing(role, settings):
    settings.ADVERTISED_PAY_MINIMUM = 3
    offer(role)
    offer(role)
    assert advertised_pay(role) == []
    offer(role)
    assert [found.number for found in advertised_pay(role)] == [3]


def test_the_window_runs_from_the_oldest_publish_day_to_today(role):
    at = datetime(2026, 11, 21, 12, tzinfo=UTC)
    for days in (3, 40):
        offer(role, publish_at=at - timedelta(days=days), closes_on=date(2027, 1, 1))
    found = advertised_pay(role, at)[0]
    assert (found.since, found.until) == (date(2026, 10, 12), date(2026, 11, 21))


def test_amounts_are_shown_whole(role):
    offer(role, Decimal("100000.50"))
    offer(role, 133_333)
    found = advertised_pay(role)[0]
    assert (found.median, found.middle_half) == ("$116,667", "$108,334 to $125,000")


def test_one_question_is_asked_whatever_there_is(role, django_assert_num_queries):
    for country in ("US", "US", "DE", "FR"):
        posting = offer(role, country=country)
        factories.RemoteCountryFactory(posting=posting, country=country)
    with django_assert_num_queries(1):
        assert len(advertised_pay(role)) == 3


def page(client, role):
    return client.get(role.get_absolute_url()).content.decode()


def test_the_guide_shows_offers_beside_the_claims_of_their_place_and_currency(client, role):
    factories.PayClaimFactory(role=role, median=120_000)
    for pay in (100_000, 130_000, 160_000):
        offer(role, pay, publish_at=timezone.now() - timedelta(days=2))
    offer(role, 40, period="hour")
    markup = page(client, role)
    assert 'id="pay-USD"' in markup
    assert "<strong>Advertised</strong> in 4 open jobs" in markup
    assert "$115,000" in markup
    assert "1 of them states pay per hour" in markup
    assert "we take the middle of each job’s pay range" in markup
    assert "4 open jobs for this role</td><td>USD a year" in markup


def test_offers_stand_alone_where_nothing_is_published(client, role):
    offer(role, 50_000, currency="EUR", country="DE")
    markup = page(client, role)
    assert '<h2 id="pay">Pay</h2>' in markup
    assert 'id="pay-EUR"' in markup
    assert "in 1 open job for this role" in markup


def test_the_guide_says_nothing_of_offers_below_the_minimum(client, role, settings):
    settings.ADVERTISED_PAY_MINIMUM = 5
    for _ in range(4):
        offer(role)
    assert "Advertised" not in page(client, role)
