import json
import re
from decimal import Decimal

import pytest

from tests import factories
from tests.occupations.pages import page, show, support_specialists
from tests.occupations.published import official_outlook, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def specialists():
    return support_specialists()


def published():
    """The occupation of SOC under which the pay of the support specialists is published."""
    return soc_occupation("15-1232", "Support Specialists, All")


def pay(occupation, year=2025, median=Decimal(60000), **figures):
    return official_pay(occupation, year, median=median, **figures)


# -- Pay and outlook


def test_newest_pay_stands_first_and_the_years_before_are_drawn(client, specialists):
    occupation = published()
    pay(occupation, 2024, median=Decimal(58000))
    pay(occupation, 2025, p10=Decimal(40000), p90=Decimal(90000), employment=1234)
    pay(occupation, 2025, period="hour", median=Decimal("28.85"))
    shown = page(client, specialists)
    assert "Median pay $60,000 a year" in shown
    assert "Support Specialists, All (15-1232), United States, May 2025, in USD. Covers 1,234 people" in shown
    assert "A year $40,000 no data $60,000 no data $90,000 no data" in shown
    assert "An hour no data no data $28.85 no data no data no data" in shown
    assert "Pay from 2024 to 2025" in shown
    assert "<svg" in show(client, specialists).content.decode()


def test_what_is_not_published_is_said_and_a_ceiling_is_at_least(client, specialists):
    claim = pay(published(), median=Decimal(239200), top_code=Decimal(239200), absences={"p10": "suppressed"})
    shown = page(client, specialists)
    assert "A year not published no data at least $239,200" in shown
    assert "$0" not in shown
    assert "estimatedSalary" not in show(client, specialists).content.decode()
    assert claim.median == 239200


def test_pay_by_the_hour_alone_is_said_to_be_all_there_is(client, specialists):
    pay(published(), period="hour", median=Decimal("29.05"))
    shown = page(client, specialists)
    assert "Pay for this occupation is published only by the hour." in shown
    assert "Median pay $29.05 an hour" in shown


def test_without_pay_or_outlook_the_page_says_so(client, specialists):
    shown = page(client, specialists)
    assert "No pay figures are published for this occupation." in shown
    assert "No projection is published for this occupation." in shown


def test_the_outlook_has_growth_openings_years_and_entry_education(client, specialists):
    official_outlook(
        published(),
        growth_percent=Decimal("5.5"),
        annual_openings=1200,
        base_employment=1000,
        target_employment=1055,
        entry_education="Bachelor's degree",
    )
    shown = page(client, specialists)
    assert "Change in employment, 2024–2034 +5.5% Openings a year, on average 1,200" in shown
    assert "People employed, 2024–2034 1,000 to 1,055 Typical education needed Bachelor's degree" in shown


def test_growth_that_is_not_published_is_no_zero(client, specialists):
    official_outlook(published(), growth_percent=None, annual_openings=1200, absences={"growth_percent": "no_data"})
    shown = page(client, specialists)
    assert "Change in employment, 2024–2034 no data" in shown


def test_pay_of_a_group_says_how_many_occupations_it_holds(client, specialists):
    factories.OccupationFactory(code="15-1232.01", title="Others")
    factories.OccupationFactory(code="15-1232.02", withdrawn_in=factories.ReleaseFactory())
    pay(published())
    shown = page(client, specialists)
    assert "published for Support Specialists, All (15-1232), a group of 2 O*NET occupations" in shown


def test_pay_of_a_single_occupation_says_nothing_of_a_group(client, specialists):
    pay(published())
    shown = page(client, specialists)
    assert "which holds" not in shown
    assert "There are no separate figures for this occupation" not in shown


def test_pay_counted_under_a_combined_code_is_shown_as_that_codes(client):
    buyers = factories.OccupationFactory(code="13-1021.00", title="Farm Buyers")
    factories.OccupationFactory(code="13-1022.00", title="Retail Buyers")
    pay(soc_occupation("13-1020", "Buyers and Purchasing Agents"))
    shown = page(client, buyers)
    assert "published for Buyers and Purchasing Agents (13-1020), a group of 2 O*NET occupations" in shown
    assert "There are no separate figures for this occupation" in shown


# -- For search engines


def structured(client, occupation):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', show(client, occupation).content.decode())
    return json.loads(found[1])["@graph"][1] if found else None


def test_a_listed_occupation_is_described_to_search_engines(client, specialists):
    pay(published(), p10=Decimal(40000), mean=Decimal(65000))
    found = structured(client, specialists)
    assert (found["name"], found["occupationalCategory"]) == ("Support Specialists", "15-1232.00")
    [salary] = found["estimatedSalary"]
    assert salary == {
        "@type": "MonetaryAmountDistribution",
        "name": "Support Specialists, All (15-1232), May 2025",
        "currency": "USD",
        "duration": "P1Y",
        "median": 60000,
        "percentile10": 40000,
    }


def test_a_mean_is_no_median_for_search_engines(client, specialists):
    pay(published(), median=None, mean=Decimal(65000))
    assert "estimatedSalary" not in structured(client, specialists)


def test_a_percentile_at_the_ceiling_is_left_out_for_search_engines(client, specialists):
    pay(published(), p90=Decimal(239200), top_code=Decimal(239200))
    assert "percentile90" not in structured(client, specialists)["estimatedSalary"][0]


def test_a_category_of_the_soc_is_not_described_to_search_engines(client):
    assert structured(client, published()) is None
