"""Positions of marks, and the words that stand beside them."""

from datetime import date
from decimal import Decimal

import pytest

from careers.roles.figures import Axis, compact, growth_chart, pay_chart, round_step
from careers.roles.models import OutlookClaim, PayClaim, Source
from careers.roles.reading import Standing, best_pay, is_dated, key_figures, outlook_of, pay_figures, pay_groups


def pay(**amounts):
    terms = {"currency": "USD", "period": "year"}
    return PayClaim(**terms | {name: Decimal(v) if isinstance(v, int) else v for name, v in amounts.items()})


def sourced(claim, pk=1):
    claim.source = Source(pk=pk, publisher="Bureau", title="Wages")
    return claim


def number(position):
    return float(position.removesuffix("%"))


@pytest.mark.parametrize(
    ("least", "step"),
    [("0.3", "0.5"), ("1", "1"), ("1.1", "2"), ("2.2", "2.5"), ("46000", "50000"), ("51000", "100000"), ("7", "10")],
)
def test_a_step_is_the_next_round_number(least, step):
    assert round_step(Decimal(least)) == Decimal(step)


@pytest.mark.parametrize(
    "values", [[0], [1], [85_720], [199_130, 67_240], [10_000_000], [-12, 30], [-5], [Decimal("0.1")], [99_999_999_999]]
)
def test_an_axis_holds_zero_and_all_values_with_few_ticks(values):
    axis = Axis.over([Decimal(value) for value in values])
    assert axis.low <= min(0, *values, 0)
    assert axis.high >= max(0, *values, 0)
    ticks = axis.ticks(str)
    assert 2 <= len(ticks) <= 8
    assert number(ticks[0].x) == 0
    assert number(ticks[-1].x) == 100
    assert (ticks[0].anchor, ticks[-1].anchor) == ("start", "end")


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "0"), (2_500, "2.5K"), (50_000, "50K"), (10_000_000, "10M"), (1, "1"), (Decimal("0.5"), "0.5")],
)
def test_tick_numbers_are_short(value, text):
    assert compact(Decimal(value)) == text


def test_marks_stand_in_the_order_of_their_amounts():
    chart = pay_chart([pay(p10=50_000, p25=60_000, median=80_000, mean=90_000, p75=100_000, p90=150_000)])
    bar = chart.bars[0]
    start, end = number(bar.whole.x), number(bar.whole.x) + number(bar.whole.width)
    middle, middle_end = number(bar.middle.x), number(bar.middle.x) + number(bar.middle.width)
    assert start < middle < number(bar.median) < number(bar.mean) < middle_end < end <= 100


def test_pay_an_hour_is_drawn_as_2080_hours_a_year():
    hourly, yearly = pay_chart([pay(median=50, period="hour"), pay(median=104_000)]).bars
    assert hourly.median == yearly.median


def test_a_single_end_draws_no_range():
    assert pay_chart([pay(low=100_000)]).bars[0].whole is None
    assert pay_chart([]) is None


def test_a_falling_occupation_has_a_bar_that_ends_at_zero():
    chart = growth_chart([OutlookClaim(growth_percent=Decimal("-4.0")), OutlookClaim(annual_openings=5)])
    falling, without = chart.bars
    assert number(falling.x) + number(falling.width) == pytest.approx(number(chart.zero), abs=0.02)
    assert without is None
    assert growth_chart([OutlookClaim(annual_openings=5)]) is None


def test_a_mean_is_never_called_a_median():
    assert pay_figures(pay(mean=90_000)) == [("Mean", "$90,000")]
    assert best_pay([pay(mean=90_000)])[0] == "mean"
    assert [figure.label for figure in key_figures([pay(mean=90_000)], [])] == ["Mean pay"]


def test_a_range_alone_gives_neither_mean_nor_median():
    assert pay_figures(pay(low=90_000, high=150_000)) == [("Stated range", "$90,000 to $150,000")]
    assert [figure.label for figure in key_figures([pay(low=90_000, high=150_000)], [])] == ["Pay, stated range"]


def test_open_ranges_and_single_percentiles_are_named_for_what_they_are():
    assert pay_figures(pay(low=100_000)) == [("Stated range", "from $100,000")]
    assert pay_figures(pay(high=100_000)) == [("Stated range", "up to $100,000")]
    assert pay_figures(pay(p90=100_000)) == [("90th percentile", "$100,000")]


def test_a_top_coded_figure_reads_at_least():
    claim = pay(p10=90_000, p90=239_200, top_code=239_200)
    assert pay_figures(claim) == [("10th to 90th percentile", "$90,000 to at least $239,200")]


def test_a_sourced_figure_is_named_before_a_newer_unsourced_one():
    old = sourced(pay(mean=80_000, reference_year=2020))
    new = pay(median=100_000, reference_year=2026)
    assert best_pay([new, old]) == ("mean", old)


def test_among_sourced_medians_the_newest_is_named():
    old, new = sourced(pay(median=80_000, reference_year=2022)), sourced(pay(median=90_000, reference_year=2025))
    assert best_pay([old, new]) == ("median", new)


def test_currencies_never_share_an_axis():
    groups = pay_groups([pay(median=1, currency="NGN"), sourced(pay(median=100)), pay(low=90, currency="USD")])
    assert [(group.currency, len(group.rows)) for group in groups] == [("USD", 2), ("NGN", 1)]
    assert [row.claim.source_id for row in groups[0].rows] == [1, None]


def test_what_was_converted_for_the_axis_is_said():
    group = pay_groups([pay(median=50, period="hour"), pay(median=9_000, period="month"), pay(median=100_000)])[0]
    assert group.conversions == [
        "pay per month is drawn as 12 months a year",
        "pay per hour is drawn as 2,080 hours a year",
    ]


def test_a_figure_is_dated_once_it_is_older_than_the_setting(settings):
    settings.FIGURE_REVIEW_YEARS = 3
    assert not is_dated(pay(median=1, reference_year=2023), on=date(2026, 11, 21))
    assert is_dated(pay(median=1, reference_year=2022), on=date(2026, 11, 21))
    assert not is_dated(pay(median=1), on=date(2026, 11, 21))
    assert is_dated(OutlookClaim(growth_percent=1, base_year=2019), on=date(2026, 11, 21))


def test_a_projection_whose_years_are_over_is_dated():
    assert is_dated(OutlookClaim(growth_percent=1, target_year=2025), on=date(2026, 11, 21))
    assert not is_dated(OutlookClaim(growth_percent=1, target_year=2026), on=date(2026, 11, 21))


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
    row = outlook_of([OutlookClaim(growth_percent=Decimal(4), **years)]).rows[0]
    assert row.claim.years == words
    assert row.is_undated is not bool(years)


def test_a_key_figure_says_its_time_once():
    def times(pay_claims, outlook_claims=()):
        return [figure.when for figure in key_figures(pay_claims, outlook_claims)]

    assert times([pay(median=1, reference_year=2025)]) == ["2025"]
    assert times([pay(median=1, reference_year=2025, reference_period="May 2025")]) == ["May 2025"]
    released = sourced(pay(median=1, reference_period="May 2025"))
    released.source.release = "May 2025"
    assert times([released]) == [""]
    projection = OutlookClaim(growth_percent=Decimal(4), annual_openings=90, base_year=2024, target_year=2034)
    assert times([], [projection]) == ["", "2024–2034"]


def test_a_key_figure_without_a_year_is_undated():
    assert [figure.is_undated for figure in key_figures([pay(median=1), pay(mean=1, reference_year=2025)], [])] == [
        True
    ]


def test_projections_stand_by_base_year_and_an_unusual_span_is_said():
    older = OutlookClaim(growth_percent=Decimal("17.0"), base_year=2020, target_year=2029)
    newer = OutlookClaim(growth_percent=Decimal("33.5"), base_year=2024, target_year=2034)
    undated = OutlookClaim(annual_openings=1200)
    rows = outlook_of([older, undated, newer]).rows
    assert [row.claim for row in rows] == [newer, older, undated]
    assert [row.unusual_span for row in rows] == [None, 9, None]
    assert [row.growth for row in rows] == ["33.5%", "17%", ""]
    assert [row.openings for row in rows] == ["", "", "1,200"]


def test_a_decline_is_written_with_a_minus_sign():
    claim = OutlookClaim(growth_percent=Decimal("-4.0"), base_year=2024, target_year=2034)
    assert key_figures([], [claim])[0].value == "−4%"


def test_the_standing_counts_sources_and_names_the_oldest_year():
    claims = [sourced(pay(median=1, reference_year=2025)), pay(mean=1), OutlookClaim(growth_percent=1, base_year=2019)]
    assert Standing.of(claims) == Standing(figures=3, sourced=1, oldest=2019)
    assert Standing.of([]) == Standing(figures=0, sourced=0, oldest=None)
