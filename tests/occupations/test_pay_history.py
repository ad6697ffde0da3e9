from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from careers.occupations import soc
from careers.occupations.figures.pay_history import pay_history
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

UNBROKEN = "15-1232"  # counted by itself in every year: only the new method of 2021 concerns it


@pytest.fixture
def occupation():
    return factories.OccupationFactory(soc=True, code=UNBROKEN, title="User Support Specialists")


def claim(occupation, year, median="60000", **figures):
    """What an import would store for one year."""
    figures = {"p25": None, "p75": None, "median": median} | figures
    return factories.OfficialPayFactory(
        occupation=occupation,
        release=factories.ReleaseFactory(dataset="oews"),
        reference_year=year,
        reference_period=f"May {year}",
        **{
            name: Decimal(value) if isinstance(value, str) and name != "period" else value
            for name, value in figures.items()
        },
    )


def medians(history):
    return [(year.year, year.median) for year in history.years]


def test_the_years_stand_in_order_whatever_order_the_claims_come_in(occupation):
    claims = [claim(occupation, 2023, "62000"), claim(occupation, 2021, "60000"), claim(occupation, 2022, "61000")]
    assert medians(pay_history(UNBROKEN, claims)) == [(2021, "$60,000"), (2022, "$61,000"), (2023, "$62,000")]


def test_one_year_makes_no_history(occupation):
    assert pay_history(UNBROKEN, []) is None
    assert pay_history(UNBROKEN, [claim(occupation, 2025)]) is None
    unknown = claim(occupation, 2024, None, absences={"median": "suppressed"})
    assert pay_history(UNBROKEN, [claim(occupation, 2025), unknown]) is None


def test_an_undated_figure_has_no_place_in_it(occupation):
    claims = [claim(occupation, None), claim(occupation, 2024), claim(occupation, 2025)]
    assert [year.year for year in pay_history(UNBROKEN, claims).years] == [2024, 2025]


def test_a_suppressed_year_is_a_gap_and_no_zero(occupation):
    suppressed = claim(occupation, 2023, None, absences={"median": "suppressed"})
    history = pay_history(UNBROKEN, [claim(occupation, 2022), suppressed, claim(occupation, 2024)])
    assert medians(history)[1] == (2023, "not published")
    assert history.has_gaps
    assert history.chart.segments == []
    assert len(history.chart.points) == 2
    assert all(Decimal(point.y) < history.chart.bottom for point in history.chart.points)


def test_a_year_nobody_published_is_no_data(occupation):
    history = pay_history(UNBROKEN, [claim(occupation, 2022), claim(occupation, 2024)])
    assert medians(history)[1] == (2023, "no data")
    legislators = [claim(occupation, 2024), claim(occupation, 2026)]
    assert medians(pay_history("11-1031", legislators))[1] == (2025, "not published")


def test_pay_by_the_hour_is_shown_where_there_is_none_by_the_year(occupation):
    claims = []
    for year in (2023, 2024):
        claims.append(claim(occupation, year, None, absences={"median": "suppressed"}))
        claims.append(claim(occupation, year, "29.05", period="hour"))
    history = pay_history(UNBROKEN, claims)
    assert history.period_spoken == "an hour"
    assert medians(history) == [(2023, "$29.05"), (2024, "$29.05")]


def test_pay_by_the_year_is_shown_where_there_are_both(occupation):
    claims = [claim(occupation, year, period=period) for year in (2023, 2024) for period in ("hour", "year")]
    assert pay_history(UNBROKEN, claims).period_spoken == "a year"


def test_a_figure_at_the_ceiling_says_at_least_and_is_drawn_apart(occupation):
    capped = claim(occupation, 2024, "239200", top_code="239200")
    history = pay_history(UNBROKEN, [claim(occupation, 2023, "200000"), capped])
    assert medians(history)[1] == (2024, "at least $239,200")
    assert [point.is_top_coded for point in history.chart.points] == [False, True]
    assert [segment.is_dotted for segment in history.chart.segments] == [True]
    assert not history.change


def test_the_line_that_leaves_a_figure_at_the_ceiling_is_dotted(occupation):
    claims = [claim(occupation, 2022, "239200", top_code="239200")]
    claims += [claim(occupation, year, "200000") for year in (2023, 2024)]
    chart = pay_history(UNBROKEN, claims).chart
    assert chart.breaks == []
    assert [segment.is_dotted for segment in chart.segments] == [True, False]


def test_a_band_that_ends_at_the_ceiling_says_so(occupation):
    capped = claim(occupation, 2024, "180000", p25="120000", p75="239200", top_code="239200")
    history = pay_history(UNBROKEN, [claim(occupation, 2023, "170000"), capped])
    assert history.has_capped_band
    assert not history.has_ceiling
    assert history.years[1].middle_half == "$120,000 to at least $239,200"


def test_a_break_parts_the_line_and_is_told(occupation):
    history = pay_history(UNBROKEN, [claim(occupation, year) for year in (2020, 2021, 2022)])
    assert [(entry.year, entry.letter) for entry in history.breaks] == [(2021, "a")]
    assert [segment.is_dotted for segment in history.chart.segments] == [True, False]


def test_reasons_of_one_year_stand_under_one_letter(occupation):
    history = pay_history("15-2051", [claim(occupation, year) for year in (2020, 2021)])
    assert [len(entry.reasons) for entry in history.breaks] == [2]
    assert history.years[0].combined_code.code == "15-2098"
    assert history.years[1].combined_code is None


def test_the_ceiling_is_a_break_only_for_those_who_reach_it(occupation):
    low = [claim(occupation, year) for year in (2021, 2022)]
    assert pay_history(UNBROKEN, low).breaks == []
    high = [claim(occupation, 2021, "208000", top_code="208000"), claim(occupation, 2022, "220000", top_code="239200")]
    assert [entry.year for entry in pay_history(UNBROKEN, high).breaks] == [2022]


def test_a_break_before_the_first_year_is_nothing_to_tell(occupation):
    assert pay_history(UNBROKEN, [claim(occupation, year) for year in (2021, 2022)]).breaks == []


def test_the_middle_half_is_a_band_between_breaks(occupation):
    claims = [claim(occupation, year, p25="50000", p75="80000") for year in (2020, 2021, 2022)]
    chart = pay_history(UNBROKEN, claims).chart
    assert len(chart.posts) == 1
    assert [len(points.split()) for points in chart.bands] == [4]


def test_the_change_is_that_of_the_years_without_a_break(occupation):
    claims = [claim(occupation, 2020, "50000"), claim(occupation, 2021, "60000"), claim(occupation, 2022, "66000")]
    assert pay_history(UNBROKEN, claims).change == (2021, 2022, "10%", "rose")
    assert pay_history(UNBROKEN, claims[:2]).change == ()


def test_the_drawing_has_a_table_behind_it(occupation):
    capped = claim(occupation, 2022, "208000", top_code="208000", p25="90000", p75="208000")
    claims = [claim(occupation, 2020), claim(occupation, 2021, None, absences={"median": "suppressed"}), capped]
    html = render_to_string(
        "occupations/_pay_history.html", {"history": pay_history(UNBROKEN, claims), "name": "Helpers"}
    )
    assert html.count('<th scope="row">') == 3
    assert "at least $208,000" in html
    assert "not published" in html
    assert 'aria-hidden="true"' in html
    assert str(soc.series_breaks()[0].sentence) in html
