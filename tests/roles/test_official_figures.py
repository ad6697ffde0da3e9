"""The official figures that reach a guide through the occupations it is linked to."""

from decimal import Decimal

import pytest

from careers.occupations.models import Source
from careers.roles.figures.official import is_copy, official_figures_by_id, official_figures_of
from careers.roles.guide.structured_data import preferred_median
from careers.roles.models import OutlookClaim, PayClaim
from tests import factories
from tests.cases import each
from tests.occupations.published import (
    linked,
    official_outlook,
    official_pay,
    onet_occupation,
    release_of,
    soc_occupation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def official(role):
    return official_figures_of([role])[role.pk]


def first(role):
    return official(role).occupations[0]


def test_the_heaviest_occupation_comes_first_with_its_newest_figures():
    role = factories.RoleFactory()
    linked(role, "15-1299.08", "15-2051.00")
    data, others = soc_occupation("15-2051"), soc_occupation("15-1299")
    official_pay(data, 2024, median=112_590)
    newest, of_others = official_pay(data, 2025, median=120_230), official_pay(others, 2025, median=116_580)
    outlook = official_outlook(data)
    found = official(role)
    assert [linked_occupation.code for linked_occupation in found.occupations] == ["15-1299.08", "15-2051.00"]
    assert [linked_occupation.pay for linked_occupation in found.occupations] == [of_others, newest]
    assert [linked_occupation.outlook for linked_occupation in found.occupations] == [None, outlook]
    assert [figure.reference_year for figure in found.occupations[1].pay_series] == [2024, 2025]


def test_a_role_without_links_and_a_link_without_figures_have_none():
    bare, role = factories.RoleFactory(), factories.RoleFactory()
    linked(role, "15-2051.00")
    found = official_figures_of([bare, role])
    assert (found[bare.pk].occupations, found[bare.pk].first_shown, found[bare.pk].pay) == ((), None, [])
    first = found[role.pk].first_shown
    assert (first.pay, first.outlook, first.pay_series, first.history) == (None, None, (), None)


def test_links_under_one_six_digit_code_share_a_figure_that_is_told_once():
    role = factories.RoleFactory()
    linked(role, "15-1299.08", "15-1299.05")
    figure = official_pay(soc_occupation("15-1299"), median=116_580)
    found = official(role)
    assert found.pay == [figure]
    assert [occupation.code for occupation in found.occupations_with(figure)] == ["15-1299.08", "15-1299.05"]


def test_one_of_several_can_be_asked_for_and_an_unknown_one_cannot():
    role = factories.RoleFactory()
    linked(role, "15-2051.00", "15-1221.00")
    data, science = (official_pay(soc_occupation(code), median=1) for code in ("15-2051", "15-1221"))
    found = official(role)
    assert found.pay == [data, science]
    assert found.select("15-1221.00").pay == [science]
    assert found.select("15-1221.00").first_shown.code == "15-1221.00"
    assert found.select("15-2031.00").pay == [data, science]


def test_pay_a_year_is_told_before_pay_an_hour_of_the_same_release():
    role = factories.RoleFactory()
    linked(role, "27-2011.00")
    occupation, release = soc_occupation("27-2011"), release_of(2025)
    official_pay(occupation, release=release, period="hour", median=20)
    assert first(role).is_hourly_only
    yearly = official_pay(occupation, release=release, median=41_600)
    assert first(role).pay == yearly
    assert not first(role).is_hourly_only


def test_pay_a_year_that_is_not_published_gives_way_to_pay_an_hour_that_is():
    role = factories.RoleFactory()
    linked(role, "27-2011.00")
    occupation, release = soc_occupation("27-2011"), release_of(2025)
    official_pay(occupation, release=release, absences={"median": "suppressed"})
    assert first(role).pay.median is None
    official_pay(occupation, release=release, period="hour", median=20)
    assert first(role).is_hourly_only


def test_an_older_figure_never_stands_in_for_one_that_is_no_longer_published():
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    occupation = soc_occupation("15-2051")
    official_pay(occupation, 2024, median=1)
    gone = official_pay(occupation, 2025, absences={"median": "suppressed"})
    assert first(role).pay == gone


def test_years_without_a_row_of_its_own_are_those_of_the_combined_code():
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    combined = soc_occupation("15-2098", "Data Scientists and Mathematical Science Occupations, All Other")
    of_2020 = official_pay(combined, 2020, median=98_230)
    own = official_pay(soc_occupation("15-2051"), 2021, median=100_910)
    assert first(role).pay_series == (of_2020, own)
    assert first(role).pay == own


def test_a_combined_code_speaks_for_nobody_once_it_is_no_longer_in_force():
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    official_pay(soc_occupation("15-2098"), 2021, median=1)
    assert first(role).pay_series == ()


def test_a_row_of_its_own_speaks_before_that_of_the_combined_code():
    role = factories.RoleFactory()
    linked(role, "15-2051.00")
    own = official_pay(soc_occupation("15-2051"), 2020, median=1)
    official_pay(soc_occupation("15-2098"), 2020, median=2)
    assert first(role).pay_series == (own,)


def test_an_occupation_counted_together_with_others_has_the_figure_of_them_all():
    role = factories.RoleFactory()
    linked(role, "13-1021.00")
    combined = soc_occupation("13-1020", "Buyers and Purchasing Agents")
    soc_occupation("13-1020", "Buyers and Purchasing Agents", level="broad")
    pay, outlook = official_pay(combined, median=77_180), official_outlook(combined)
    assert (first(role).pay, first(role).outlook) == (pay, outlook)


def test_figures_of_broad_groups_are_not_those_of_an_occupation():
    role = factories.RoleFactory()
    linked(role, "13-1021.00")
    official_pay(soc_occupation("13-1020", level="broad"), median=77_180)
    assert first(role).pay is None


def test_any_number_of_roles_links_and_years_takes_three_questions(django_assert_num_queries):
    roles = factories.RoleFactory.create_batch(3)
    linked(roles[0], "15-2051.00", "15-1221.00", "13-1021.00")
    factories.OccupationLinkFactory(role=roles[1], occupation=roles[0].occupation_links.first().occupation)
    for code in ("15-2051", "15-1221", "13-1020"):
        occupation = soc_occupation(code)
        for year in (2023, 2024, 2025):
            official_pay(occupation, year, release=release_of(f"{year}.{code}"), median=year)
        official_outlook(occupation, release=release_of(code, "projections"))
    with django_assert_num_queries(3):
        found = official_figures_of(roles)
        for of_role in found.values():
            for linked_occupation in of_role.occupations:
                assert str(linked_occupation.pay.source)
                assert str(linked_occupation.pay.occupation)
                assert linked_occupation.history
    assert [len(found[role.pk].occupations) for role in roles] == [3, 1, 0]


def test_a_withdrawn_occupation_keeps_its_figures():
    role, gone = factories.RoleFactory(), factories.ReleaseFactory()
    occupation = onet_occupation("15-2051.00", withdrawn_in=gone)
    factories.OccupationLinkFactory(role=role, occupation=occupation)
    figure = official_pay(soc_occupation("15-2051"), median=1)
    assert official(role).pay == [figure]


# -- Copies of official figures among a guide's own ---------------------------------------------------------------------


def copy(**changes):
    fields = {"country": "US", "currency": "USD", "reference_year": 2025, "mean": Decimal(9), "median": Decimal(8)}
    return PayClaim(**fields | {"source": Source(pk=1)} | changes)


def test_a_plain_copy_of_an_official_figure_is_one():
    assert is_copy(copy(), copy())
    projection = OutlookClaim(growth_percent=1, source=Source(pk=1))
    assert is_copy(projection, projection)


@each(
    "changes",
    [
        {"median": None},
        {"reference_year": 2024},
        {"country": "DE"},
        {"period": "hour"},
        {"heading": "Average salary"},
        {"source": None},
        {"quoted_in": Source(pk=2)},
    ],
)
def test_a_figure_that_says_something_else_or_quotes_it_is_no_copy(changes):
    assert not is_copy(copy(**changes), copy())


def test_pay_is_no_copy_of_an_outlook():
    assert not is_copy(copy(), OutlookClaim(growth_percent=1))


@pytest.mark.parametrize(
    ("fields", "is_told"),
    [
        ({}, True),
        ({"source_id": None}, False),
        ({"country": ""}, False),
        ({"median": None, "mean": Decimal(9)}, False),
        ({"top_code": Decimal(10)}, False),
    ],
)
def test_search_engines_are_told_a_median_with_a_source_and_a_country_alone(fields, is_told):
    claim = PayClaim(**{"source_id": 1, "country": "US", "currency": "USD", "median": Decimal(10)} | fields)
    assert (preferred_median([claim]) is claim) is is_told


def test_the_newest_figures_alone_are_those_a_guide_with_all_years_shows_first():
    role = factories.RoleFactory()
    linked(role, "15-2051.00", "13-1021.00", "11-1011.00")
    own, before = soc_occupation("15-2051"), soc_occupation("15-2098")
    for year, occupation in ((2020, before), (2024, own), (2025, own)):
        for period in ("hour", "year"):
            official_pay(occupation, year, median=year, period=period)
        official_outlook(occupation, year)
    official_pay(soc_occupation("13-1020"), median=77_180)  # a combined code in force
    official_pay(soc_occupation("11-1011"), 2023, median=50)  # no longer published
    [newest] = official_figures_by_id([role.pk], newest_only=True).values()
    shown = [(linked_occupation.pay, linked_occupation.outlook) for linked_occupation in newest.occupations]
    assert shown == [
        (linked_occupation.pay, linked_occupation.outlook) for linked_occupation in official(role).occupations
    ]
    assert [pay.median for pay, _ in shown] == [2025, 77_180, 50]
    assert {figure.reference_year for figure in newest.occupations[0].pay_series} <= {2020, 2025}
