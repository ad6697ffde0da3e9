"""The pay of a job beside its guide's official pay and that of other open jobs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from careers.postings.models import Posting
from tests import factories
from tests.cases import each
from tests.occupations.published import linked, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
YEARLY = {"pay_min": 100_000, "pay_max": 150_000, "pay_currency": "USD", "pay_period": "year"}


@pytest.fixture
def role():
    role = factories.RoleFactory(title="Data Scientist")
    linked(role, "15-2051.00")
    official_pay(soc_occupation("15-2051", "Data Scientists"), median=120_230, p10=67_240, p90=199_130)
    return role


def job(role, country="US", **changed):
    posting = factories.PostingFactory(role=role, **(YEARLY | changed))
    if country:
        factories.PostingPlaceFactory(posting=posting, country=country)
    return posting


def section(client, posting):
    """The section's text; None where the page has none."""
    found = html.fromstring(client.get(posting.get_absolute_url()).content).find_class("pay-comparison")
    return " ".join(found[0].text_content().split()) if found else None


def test_official_pay_and_open_jobs_are_drawn_beside_it(client, role, settings):
    settings.ADVERTISED_PAY_MINIMUM = 3
    posting = job(role)
    for low in (90_000, 110_000):
        job(role, pay_min=low, pay_max=low)
    text = section(client, posting)
    assert "This job’s pay range includes the official median of $120,230 a year." in text
    assert "This job $100,000 to $150,000" in text
    assert "Official: Data Scientists (15-2051), United States, May 2025 $67,240 to $199,130, median $120,230" in text
    assert "3 open jobs here, United States, middle half $100,000 to $117,500, median $110,000" in text
    assert "Source: Bureau of Labor, May 2025" in text


@each(
    "low, high, sentence",
    [
        (130_000, 150_000, "This job pays more than the official median of $120,230 a year."),
        (80_000, 90_000, "This job pays less than the official median of $120,230 a year."),
        (130_000, None, "This job pays more than the official median"),
        (None, 90_000, "This job pays less than the official median"),
        (120_230, 120_230, "This job pays the official median of"),
        (100_000, None, ""),
        (None, 150_000, ""),
    ],
)
def test_the_sentence_says_only_what_the_amounts_allow(client, role, low, high, sentence):
    text = section(client, job(role, pay_min=low, pay_max=high))
    assert sentence in text if sentence else "This job pays" not in text and "includes" not in text


def test_pay_of_another_period_is_made_a_year_and_says_so(client, role):
    text = section(client, job(role, pay_min=50, pay_max=60, pay_period="hour"))
    assert "This job, stated per hour, taken as 2,080 hours a year $104,000 to $124,800" in text


@each(
    "changed, country, words",
    [
        ({"pay_currency": "EUR"}, "US", "We have no official yearly pay figures in EUR for the United States"),
        ({}, "DE", "We have no official yearly pay figures in USD for Germany"),
        ({}, "", "This job does not name a single country"),
        ({"pay_min": None, "pay_max": None}, "US", None),
        ({"closed": True}, "US", None),
    ],
)
def test_nothing_is_compared_across_currencies_and_countries(client, role, changed, country, words):
    text = section(client, job(role, country, **changed))
    if words is None:
        assert text is None
    else:
        assert words in text
        assert "median" not in text


def test_places_in_several_countries_compare_with_none(client, role):
    posting = job(role)
    factories.PostingPlaceFactory(posting=posting, country="CA", position=1)
    assert "does not name a single country" in section(client, posting)


def test_a_remote_job_for_one_country_is_compared_there(client, role):
    posting = job(role, "", workplace="remote")
    factories.RemoteCountryFactory(posting=posting, country="US")
    assert "official median" in section(client, posting)


def test_pay_published_per_hour_only_is_not_made_a_year(client):
    role = factories.RoleFactory()
    linked(role, "15-1252.00")
    official_pay(soc_occupation("15-1252"), period="hour", median="41.21")
    assert "no official yearly pay" in section(client, job(role))


def test_a_median_at_the_publishers_ceiling_is_not_compared_with_in_words(client):
    role = factories.RoleFactory()
    linked(role, "29-1212.00")
    official_pay(soc_occupation("29-1212"), median=239_200, p90=239_200, top_code=239_200)
    text = section(client, job(role))
    assert "median at least $239,200" in text
    assert "This job pays" not in text


def test_without_figures_or_a_published_guide_there_is_no_section(client, role):
    assert section(client, job(factories.RoleFactory())) is None
    role.status = "draft"
    role.save()
    assert section(client, job(role)) is None


def test_the_comparison_takes_three_queries(client, role):
    posting = job(role)

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(posting.get_absolute_url())
        return len(found)

    with_pay = queries()
    Posting.objects.filter(pk=posting.pk).update(pay_min=None, pay_max=None)
    assert with_pay - queries() == 3
