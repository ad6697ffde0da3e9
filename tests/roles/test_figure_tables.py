"""The tables of figures on a guide's page: groups by currency, place and years, and how well they are documented."""

from decimal import Decimal

import pytest

from careers.occupations.models import OfficialOutlook, Source
from careers.roles.figures.documentation import Documentation
from careers.roles.figures.outlook_table import outlook_table
from careers.roles.figures.pay_table import pay_table
from careers.roles.models import OutlookClaim, PayClaim


def pay(**amounts):
    terms = {"currency": "USD", "period": "year"}
    return PayClaim(**terms | {name: Decimal(v) if isinstance(v, int) else v for name, v in amounts.items()})


def sourced(claim, pk=1):
    claim.source = Source(pk=pk, publisher="Bureau", title="Wages")
    return claim


def number(position):
    return float(position.removesuffix("%"))


def test_growth_that_is_missing_says_why():
    outlook = OfficialOutlook(absences={"growth_percent": "no_data"}, annual_openings=3)
    assert outlook_table([outlook])[0].rows[0].growth == "no data"


def test_currencies_never_share_an_axis():
    currencies = pay_table([pay(median=1, currency="NGN"), sourced(pay(median=100)), pay(low=90, currency="USD")])
    assert [(currency.currency, len(currency.groups[0].rows)) for currency in currencies] == [("USD", 2), ("NGN", 1)]
    assert [row.figure.source_id for row in currencies[0].groups[0].rows] == [1, None]


def test_places_of_one_currency_stand_apart_on_one_axis_and_no_place_comes_last():
    claims = [pay(low=1), pay(mean=2, country="ES"), pay(mean=8, country="DE"), pay(mean=4, country="ES")]
    currency = pay_table(claims)[0]
    assert [(group.place, len(group.rows)) for group in currency.groups] == [
        ("Spain", 2),
        ("Germany", 1),
        ("No place given", 1),
    ]
    spain, germany = (group.rows[0].bar for group in currency.groups[:2])
    assert number(germany.mean) == pytest.approx(4 * number(spain.mean), abs=0.02)


def test_a_single_figure_without_spread_is_not_drawn():
    assert pay_table([pay(mean=1, low=1, high=2)])[0].chart is None
    assert pay_table([pay(p10=1, p90=2)])[0].chart
    assert pay_table([pay(mean=1), pay(mean=2)])[0].chart
    assert pay_table([]) == []


def test_what_was_converted_for_the_axis_is_said():
    currency = pay_table([pay(median=50, period="hour"), pay(median=9_000, period="month"), pay(median=100_000)])[0]
    assert currency.conversions == [
        "pay per month is drawn as 12 months a year",
        "pay per hour is drawn as 2,080 hours a year",
    ]


@pytest.mark.parametrize(
    ("years", "words"),
    [
        ({}, ""),
        ({"target_year": 2034}, "by 2034"),
        ({"base_year": 2024}, "from 2024"),
        ({"base_year": 2024, "target_year": 2034}, "2024–2034"),
    ],
)
def test_a_projection_is_undated_only_where_it_names_no_year(years, words):
    row = outlook_table([OutlookClaim(growth_percent=Decimal(4), **years)])[0].rows[0]
    assert row.figure.years == words
    assert ("undated" in [caution.code for caution in row.cautions]) is not bool(years)


def test_projections_stand_by_place_and_years_the_newest_first():
    older = OutlookClaim(growth_percent=Decimal("17.0"), base_year=2020, target_year=2029)
    newer = OutlookClaim(growth_percent=Decimal("33.5"), base_year=2024, target_year=2034)
    abroad = OutlookClaim(growth_percent=Decimal("2.0"), base_year=2024, target_year=2034, country="DE")
    undated = OutlookClaim(annual_openings=1200)
    groups = outlook_table([older, undated, newer, abroad, newer])
    assert [(group.place, group.years) for group in groups] == [
        ("No place given", "2024–2034"),
        ("Germany", "2024–2034"),
        ("No place given", "2020–2029"),
        ("No place given", "no years given"),
    ]
    assert [len(group.rows) for group in groups] == [2, 1, 1, 1]
    assert [bool(group.chart) for group in groups] == [True, False, False, False]
    assert [row.growth for group in groups for row in group.rows] == ["33.5%", "33.5%", "2%", "17%", ""]
    assert groups[-1].rows[0].openings == "1,200"


def test_the_documentation_counts_sources_and_names_the_oldest_year():
    claims = [sourced(pay(median=1, reference_year=2025)), pay(mean=1), OutlookClaim(growth_percent=1, base_year=2019)]
    assert Documentation.of(claims) == Documentation(figures=3, sourced=1, oldest=2019)
    assert Documentation.of([]) == Documentation(figures=0, sourced=0, oldest=None)
