"""Positions in charts, figures as text, and key figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.occupations.figures.age import is_outdated
from careers.occupations.figures.charts import Axis, compact_amount, growth_chart, pay_chart, round_step
from careers.occupations.figures.format import pay_texts, percentage
from careers.occupations.figures.key_figures import key_figures, preferred_pay
from careers.occupations.models import OfficialPay, Source
from careers.roles.models import OutlookClaim, PayClaim


def pay(**amounts):
    terms = {"currency": "USD", "period": "year"}
    model = OfficialPay if {"absences", "occupation"} & set(amounts) else PayClaim
    return model(**terms | {name: Decimal(v) if isinstance(v, int) else v for name, v in amounts.items()})


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
    axis = Axis.covering([Decimal(value) for value in values])
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
    assert compact_amount(Decimal(value)) == text


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
    assert pay_texts(pay(mean=90_000)) == [("Mean", "$90,000")]
    assert preferred_pay([pay(mean=90_000)])[0] == "mean"
    assert [figure.label for figure in key_figures([pay(mean=90_000)], [])] == ["Mean pay"]


def test_a_range_alone_gives_neither_mean_nor_median():
    assert pay_texts(pay(low=90_000, high=150_000)) == [("Stated range", "$90,000 to $150,000")]
    assert [figure.label for figure in key_figures([pay(low=90_000, high=150_000)], [])] == ["Pay, stated range"]


def test_what_is_not_published_says_so_and_is_never_zero():
    gap = pay(median=90_000, absences={"p90": "suppressed", "mean": "no_data", "employment": "suppressed"})
    assert pay_texts(gap) == [("Median", "$90,000"), ("Mean", "no data"), ("90th percentile", "not published")]
    assert pay_texts(pay(absences={"median": "suppressed"})) == [("Pay", "not published")]
    assert pay_texts(pay()) == [("Pay", "no data")]
    assert percentage(Decimal(0)) == percentage(Decimal(0), "+") == percentage(Decimal("-0.0"), "+") == "0%"


def test_a_bar_that_reaches_the_ceiling_stays_open_and_marks_nothing_there():
    claim = pay(p10=90_000, p25=150_000, median=239_200, p75=239_200, p90=239_200, mean=241_000, top_code=239_200)
    bar, plain = pay_chart([claim, pay(p10=90_000, p90=239_200)]).bars
    assert bar.open_at == pay_chart([claim]).bars[0].open_at
    assert number(bar.open_at) == pytest.approx(number(bar.whole.x) + number(bar.whole.width), abs=0.02)
    assert bar.median == ""
    assert number(bar.mean) > number(bar.open_at)
    assert plain.open_at == ""


@given(st.lists(st.decimals(1, 10**9, places=2), min_size=1, max_size=8), st.booleans())
def test_every_mark_stands_within_the_chart_in_the_order_of_the_amounts(amounts, is_hourly):
    claims = [pay(mean=amount, period="hour" if is_hourly else "year") for amount in sorted(amounts)]
    places = [number(bar.mean) for bar in pay_chart(claims).bars]
    assert places == sorted(places)
    assert 0 <= places[0] <= places[-1] <= 100


def test_open_ranges_and_single_percentiles_are_named_for_what_they_are():
    assert pay_texts(pay(low=100_000)) == [("Stated range", "from $100,000")]
    assert pay_texts(pay(high=100_000)) == [("Stated range", "up to $100,000")]
    assert pay_texts(pay(p90=100_000)) == [("90th percentile", "$100,000")]


def test_a_top_coded_figure_reads_at_least():
    claim = pay(p10=90_000, p90=239_200, top_code=239_200)
    assert pay_texts(claim) == [("10th to 90th percentile", "$90,000 to at least $239,200")]


def test_a_sourced_figure_is_named_before_a_newer_unsourced_one():
    old = sourced(pay(mean=80_000, reference_year=2020))
    new = pay(median=100_000, reference_year=2026)
    assert preferred_pay([new, old]) == ("mean", old)


def test_among_sourced_medians_the_newest_is_named():
    old, new = sourced(pay(median=80_000, reference_year=2022)), sourced(pay(median=90_000, reference_year=2025))
    assert preferred_pay([old, new]) == ("median", new)


def test_a_figure_is_dated_once_it_is_older_than_the_setting(settings):
    settings.FIGURE_REVIEW_YEARS = 3
    assert not is_outdated(pay(median=1, reference_year=2023), on=date(2026, 11, 21))
    assert is_outdated(pay(median=1, reference_year=2022), on=date(2026, 11, 21))
    assert not is_outdated(pay(median=1), on=date(2026, 11, 21))
    assert is_outdated(OutlookClaim(growth_percent=1, base_year=2019), on=date(2026, 11, 21))


def test_a_projection_whose_years_are_over_is_outdated():
    assert is_outdated(OutlookClaim(growth_percent=1, target_year=2025), on=date(2026, 11, 21))
    assert not is_outdated(OutlookClaim(growth_percent=1, target_year=2026), on=date(2026, 11, 21))


def test_a_key_figure_says_its_time_once():
    def times(pay_claims, outlook_claims=()):
        return [figure.time for figure in key_figures(pay_claims, outlook_claims)]

    assert times([pay(median=1, reference_year=2025)]) == ["2025"]
    assert times([pay(median=1, reference_year=2025, reference_period="May 2025")]) == ["May 2025"]
    released = sourced(pay(median=1, reference_period="May 2025"))
    released.source.release = "May 2025"
    assert times([released]) == [""]
    projection = OutlookClaim(growth_percent=Decimal(4), annual_openings=90, base_year=2024, target_year=2034)
    assert times([], [projection]) == ["", "2024–2034"]
    sourced(projection).source.release = "2024-34"
    assert times([], [projection]) == ["", ""]


def test_a_key_figure_without_a_year_is_undated():
    assert [figure.is_undated for figure in key_figures([pay(median=1), pay(mean=1, reference_year=2025)], [])] == [
        True
    ]


def test_a_decline_is_written_with_a_minus_sign():
    claim = OutlookClaim(growth_percent=Decimal("-4.0"), base_year=2024, target_year=2034)
    assert key_figures([], [claim])[0].value == "−4%"
