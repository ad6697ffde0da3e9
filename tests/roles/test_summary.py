"""A guide at a glance: official pay, growth in words, openings and education."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.roles.figures.growth_words import growth_words
from careers.roles.figures.summary import GuideSummary, summarise_guides
from tests import factories
from tests.cases import each
from tests.occupations.published import linked, official_outlook, official_pay, soc_occupation

GROWTH = {
    "33.5": "much faster than average",
    "7": "much faster than average",
    "6.5": "much faster than average",
    "6.4": "faster than average",
    "4.5": "faster than average",
    "4.4": "about as fast as average",
    "2.5": "about as fast as average",
    "2.4": "slower than average",
    "0.5": "slower than average",
    "0.4": "little or no change",
    "-0.4": "little or no change",
    "-0.5": "decline",
    "-12": "decline",
}


def summary_of(role):
    return summarise_guides([role.pk])[role.pk]


@pytest.fixture
def data_scientists(db):
    occupation = soc_occupation("15-2051", "Data Scientists")
    official_pay(occupation, median=120_230, p10=68_000, p90=199_500)
    official_outlook(
        occupation, growth_percent=Decimal("33.5"), annual_openings=23_400, entry_education="Bachelor’s degree"
    )
    return occupation


@each("percent, words", GROWTH.items())
def test_growth_is_told_in_the_words_of_bls(db, percent, words):
    assert growth_words(Decimal(percent), 2024, 2034) == words


def test_years_without_known_thresholds_have_no_words():
    assert growth_words(Decimal(33), 2014, 2024) == ""


def test_a_summary_tells_the_official_figures_with_place_and_years(data_scientists):
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    found = summary_of(role)
    pay = found.pay
    assert (pay.amount, pay.yearly, pay.currency, pay.text) == (120_230, 120_230, "USD", "$120,230 a year")
    assert (pay.place, pay.year, pay.place_and_year) == ("United States", 2025, "United States, 2025")
    assert (found.growth.text, found.growth.words) == ("+33.5%", "much faster than average")
    assert found.growth.years == "2024 to 2034"
    assert (found.openings, found.education) == (23_400, "Bachelor’s degree")


def test_all_of_a_summary_describes_one_occupation_the_heaviest_with_figures(data_scientists):
    role = factories.RoleFactory()
    linked(role, "15-1299.08", "15-1221.00", "15-2051.00")
    official_pay(soc_occupation("15-1221"), median=140_300)
    found = summary_of(role)
    assert found.occupation.code == "15-1221.00"
    assert (found.pay.text, found.growth, found.openings, found.education) == ("$140,300 a year", None, None, "")


def test_hourly_pay_stays_hourly_and_compares_by_the_year(db):
    role = factories.RoleFactory()
    linked(role, "27-2011.00")
    official_pay(soc_occupation("27-2011"), period="hour", median=Decimal("20.50"))
    pay = summary_of(role).pay
    assert (pay.text, pay.yearly) == ("$20.50 an hour", 42_640)


def test_a_guides_own_figures_are_not_in_its_summary(db):
    role = factories.RoleFactory()
    factories.PayClaimFactory(role=role, median=90_000)
    assert summary_of(role) == GuideSummary()


@pytest.mark.postgres
def test_many_guides_take_as_many_queries_as_one(data_scientists):
    roles = factories.RoleFactory.create_batch(4)
    links = linked(roles[0], "15-2051.00")
    for role in roles[1:]:
        factories.OccupationLinkFactory(role=role, occupation=links[0].occupation)
    with CaptureQueriesContext(connection) as queries:
        found = summarise_guides(role.pk for role in roles)
    assert [summary.pay.amount for summary in found.values()] == [120_230] * 4
    assert len(queries) == 3
