"""What readers and editors are told before they rely on a figure. No database: a claim and codes say it all."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.occupations.figures.age import is_outdated, is_past_projection
from careers.occupations.models import Occupation, OfficialPay, Source
from careers.roles.figures.cautions import Code, cautions_of, guide_cautions, includes
from careers.roles.models import OutlookClaim, PayClaim
from tests.cases import each

pytestmark = pytest.mark.postgres

TODAY = date(2026, 11, 21)
SOURCED = {"source": Source(pk=1, publisher="Bureau", title="Wages"), "reference_year": 2025}


def pay(**fields):
    return PayClaim(**{"currency": "USD", "period": "year"} | SOURCED | fields)


def outlook(**fields):
    terms = {"source": SOURCED["source"], "base_year": 2024, "target_year": 2034}
    return OutlookClaim(**terms | fields)


def codes(claim, linked=()):
    return [caution.code for caution in cautions_of(claim, linked, on=TODAY)]


def sentence(claim, code, linked=()):
    return next(caution.for_readers for caution in cautions_of(claim, linked, on=TODAY) if caution.code == code)


def measured(code, title="Operations Research Analysts", **fields):
    return pay(measured_for=Occupation(pk=1, code=code, title=title, soc_code=code[:7]), **fields)


def test_a_sourced_figure_of_our_time_needs_no_caution():
    assert codes(pay(median=1)) == []
    assert codes(outlook(growth_percent=4)) == []


def test_a_figure_without_source_or_year_says_so():
    assert codes(pay(source=None)) == ["unsourced"]
    assert codes(pay(reference_year=None)) == ["undated"]
    assert codes(OutlookClaim(growth_percent=1)) == ["unsourced", "undated"]
    assert codes(OutlookClaim(source=SOURCED["source"], target_year=2031)) == []


@pytest.mark.parametrize(
    ("claim", "code", "advice"),
    [
        (pay(reference_year=None), "undated", "Enter the reference year"),
        (outlook(base_year=None, target_year=None), "undated", "Enter the base and target year"),
        (pay(source=None), "unsourced", "Add the source"),
        (pay(reference_year=1990), "dated", "This figure is from 1990: over 3 years old. Add the newest edition"),
    ],
)
def test_a_mark_beside_a_figure_tells_editors_what_to_enter(settings, claim, code, advice):
    settings.FIGURE_REVIEW_YEARS = 3
    [caution] = cautions_of(claim, on=TODAY)
    assert (caution.code, caution.is_mark) == (code, True)
    assert caution.for_editors.startswith(advice)


def test_other_cautions_are_sentences_and_no_marks():
    assert [caution.is_mark for caution in cautions_of(pay(heading="Pay per week", mean=1), on=TODAY)] == [False]


def test_a_figure_past_the_review_limit_is_dated(settings):
    settings.FIGURE_REVIEW_YEARS = 3
    assert codes(pay(reference_year=2023)) == []
    assert codes(pay(reference_year=2022)) == ["dated"]
    assert sentence(pay(reference_year=2022), "dated") == "This figure is from 2022: over 3 years old."
    over = outlook(base_year=2015, target_year=2025)
    assert sentence(over, "dated") == "This projection’s years are over."
    assert not is_past_projection(over, on=date(2025, 12, 31))
    assert is_past_projection(over)
    assert not is_past_projection(pay(reference_year=1990))


@pytest.mark.parametrize("claim", [pay(reference_year=1990), outlook(base_year=1990, target_year=2000)])
def test_whether_a_figure_is_dated_is_asked_of_the_day_named(claim):
    assert not is_outdated(claim, on=date(1990, 6, 1))
    assert is_outdated(claim, on=date(2001, 6, 1))
    assert is_outdated(claim)


def test_a_figure_measured_for_an_occupation_the_guide_is_not_linked_to_says_for_whom():
    claim = measured("15-2031.00", median=85_720)
    assert codes(claim, {"15-2051.00", "15-1221.00"}) == ["other_occupation"]
    assert sentence(claim, "other_occupation") == ("This figure is for Operations Research Analysts (15-2031.00).")
    assert codes(claim, {"15-2031.00"}) == []


@each(
    ("measured_code", "linked_code", "counts"),
    [
        ("15-1299", "15-1299.08", True),
        ("15-1299", "15-1299.01", True),
        ("15-1290", "15-1299.08", True),  # the broad occupation over it
        ("15-1200", "15-1299.08", True),
        ("13-1020", "13-1021.00", True),  # a combined code
        ("15-2098", "15-2051.00", True),  # a combined code until 2020
        ("15-1250", "15-1299.08", False),
        ("15-2098", "15-1299.08", False),
        ("15-2031", "15-2051.00", False),
        ("00-0000", "15-2051.00", False),
    ],
)
def test_siblings_groups_and_combined_codes_count_as_linked(measured_code, linked_code, counts):
    assert includes(measured_code, linked_code) is counts


def test_a_sibling_under_the_same_six_digits_counts_as_linked():
    assert codes(measured("15-1299.01"), {"15-1299.08"}) == []


def test_a_code_in_the_population_is_looked_at_where_no_occupation_is_named():
    claim = pay(population="Operations Research Analysts (15-2031.00)")
    assert sentence(claim, "other_occupation", {"15-2051.00"}) == (
        "This figure is for Operations Research Analysts (15-2031.00)."
    )
    assert codes(claim, {"15-2031.00"}) == []
    indirect = pay(population="Not stated; other figures there are those of Operations Research Analysts (15-2031)")
    assert sentence(indirect, "other_occupation", {"15-2051.00"}) == ("This figure is for occupation 15-2031.")
    assert codes(pay(population="Developers (15-1252) and testers (15-1253)"), {"15-1253.00"}) == []
    assert codes(pay(population="Asked by phone: 1-15-20310"), {"15-2051.00"}) == []


def test_an_official_figure_came_through_a_link():
    terms = {"currency": "USD", "period": "year", "population": "Operations Research Analysts (15-2031)"}
    assert codes(OfficialPay(**terms | SOURCED), {"15-2051.00"}) == []


@pytest.mark.parametrize(
    ("heading", "fields", "fact"),
    [
        ("2024", {"reference_year": 2022, "reference_period": "May 2022"}, "measured May 2022"),
        ("Salary in 2024", {"reference_year": 2023}, "measured 2023"),
        ("Pay 2024", {"reference_year": None, "reference_period": "May 2022"}, "measured May 2022"),
        ("Monthly salary", {}, "it is pay a year"),
        ("Average annual wage", {"mean": 41, "period": "hour"}, "it is pay an hour"),
        ("Pay per week", {"period": "day"}, "it is pay a day"),
    ],
)
def test_a_heading_of_another_year_or_period_is_told(heading, fields, fact):
    claim = pay(heading=heading, **{"median": None} | fields)
    assert sentence(claim, "period_differs") == f"Quoted under the heading “{heading}”, but {fact}."


@pytest.mark.parametrize(
    ("heading", "fields"),
    [
        ("2024", {"reference_year": 2024}),
        ("2023-2024", {"reference_year": 2024}),
        ("2024", {"reference_year": None}),
        ("Hourly and annual pay", {"period": "year"}),
        ("Salary of the year's most wanted job", {"period": "hour"}),
        ("", {}),
    ],
)
def test_a_heading_that_agrees_or_says_nothing_is_let_be(heading, fields):
    assert "period_differs" not in codes(pay(heading=heading, **fields))


def test_a_projection_under_the_heading_of_another_year_is_told():
    assert sentence(outlook(heading="Growth in 2026"), "period_differs").endswith("it is a projection for 2024–2034.")
    assert codes(outlook(heading="Growth to 2034", growth_percent=3)) == []
    assert codes(outlook(heading="2024 to 2034")) == []
    assert codes(outlook(heading="Growth in 2026", base_year=None, target_year=None)) == ["undated"]


@pytest.mark.parametrize(
    ("heading", "amounts", "fact"),
    [
        ("Average salary", {"median": 85_720}, "it is a median"),
        ("Median salary", {"mean": 120_000}, "it is a mean"),
        ("Average salary", {"low": 90_000, "high": 150_000}, "it is a range"),
        ("Mean wage", {"p10": 1, "p90": 2}, "it is a range"),
    ],
)
def test_a_heading_that_names_another_statistic_is_told(heading, amounts, fact):
    claim = pay(heading=heading, **amounts)
    assert codes(claim) == ["mean_and_median_mixed"]
    assert f"but {fact}" in sentence(claim, "mean_and_median_mixed")


@pytest.mark.parametrize(
    ("heading", "amounts"),
    [
        ("Average salary", {"mean": 1}),
        ("Average salary", {"mean": 2, "median": 1}),
        ("Median and average", {"median": 1}),
        ("Above six figures", {"low": 1}),
        ("Meaningful work", {"median": 1}),
    ],
)
def test_a_heading_that_names_the_statistic_or_none_is_let_be(heading, amounts):
    assert codes(pay(heading=heading, **amounts)) == []


def test_growth_called_openings_and_the_reverse_are_told():
    growth, openings = {"growth_percent": Decimal(23)}, {"annual_openings": 9_600}
    assert codes(outlook(heading="Job openings", **growth)) == ["growth_for_openings"]
    assert codes(outlook(heading="Projected vacancies", **growth)) == ["growth_for_openings"]
    assert codes(outlook(heading="Growth", **openings)) == ["growth_for_openings"]
    assert codes(outlook(heading="Job openings", **openings)) == []
    assert codes(outlook(heading="Openings and growth", **growth, **openings)) == []


def test_a_span_other_than_ten_years_is_told():
    assert codes(outlook(base_year=2020, target_year=2029, growth_percent=1)) == ["unusual_span", "dated"]
    assert "Covers 9 years" in sentence(outlook(base_year=2025, target_year=2034), "unusual_span")
    assert "Covers 12 years" in sentence(outlook(base_year=2024, target_year=2036), "unusual_span")
    assert "Covers 1 year," in sentence(outlook(base_year=2025, target_year=2026), "unusual_span")
    assert codes(outlook(base_year=None, target_year=2034, growth_percent=1)) == []
    assert codes(outlook(target_year=None, growth_percent=1)) == []


def test_a_place_that_mixes_means_and_medians_is_told_once():
    claims = [pay(median=1), pay(mean=2), pay(mean=3)]
    assert [(place, caution.code) for place, caution in guide_cautions(claims)] == [
        ("No place given, USD", Code.MEAN_AND_MEDIAN_MIXED)
    ]
    assert guide_cautions([pay(median=1, mean=1), pay(median=2)]) == []
    assert guide_cautions([pay(mean=1), pay(mean=2)]) == []
    assert guide_cautions([pay(median=1), pay(low=1, high=2)]) == []
    assert guide_cautions([pay(median=1, country="US"), pay(mean=2, country="DE")]) == []
    assert guide_cautions([pay(median=1, country="DE"), pay(mean=2, country="DE", currency="EUR")]) == []
    [(place, _)] = guide_cautions([pay(median=1, country="DE"), pay(mean=2, country="DE")])
    assert place == "Germany, USD"


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_heading_or_population_says_is_answered(heading, population):
    for claim in (pay(heading=heading, population=population), outlook(heading=heading, population=population)):
        for caution in cautions_of(claim, {"15-2051.00"}, on=TODAY):
            assert caution.for_readers
            assert caution.for_editors
            assert caution.label
