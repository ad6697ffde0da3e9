from decimal import Decimal

import pytest

from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from tests.cases import each

ROLE = "Land Surveyor"


def read(text, **context):
    return outlook_in(text, OutlookContext(role=ROLE, is_outlook=True, **context))


@pytest.mark.parametrize(
    ("text", "growth", "years"),
    [
        ("Employment is projected to grow 17% between 2019 and 2029.", "17", (2019, 2029)),
        ("Jobs will grow by 6 percent from 2023 to 2033.", "6", (2023, 2033)),
        ("Growth 2024-34: 33.5%", "33.5", (2024, 2034)),
        ("Growth 2024–2034: 5 per cent", "5", (2024, 2034)),
        ("23% growth by 2031", "23", (None, 2031)),
        ("Employment will decline 3 percent from 2022 to 2032.", "-3", (2022, 2032)),
        ("Employment change, 2022 to 2032: -4%", "-4", (2022, 2032)),
        ("Demand is set to rise by 12 per cent over the next decade.", "12", (None, None)),
    ],
)
def test_growth_with_its_years(text, growth, years):
    ((claim,), _) = read(text)
    assert (claim.growth, (claim.base_year, claim.target_year)) == (Decimal(growth), years)


def test_growth_without_years_is_said_so():
    ((claim,), _) = read("Demand is set to rise by 12 per cent over the next decade.")
    assert claim.doubts == ["no years are named: “over the next decade”"]


def test_openings_are_not_growth():
    ((claim,), _) = read("About 9,600 openings are expected each year.")
    assert (claim.growth, claim.openings) == (None, 9600)
    ((claim,), _) = read("Employment will grow 6 percent by 2033. About 3,300 openings each year are expected.")
    assert (claim.growth, claim.openings) == (6, 3300)


def test_openings_over_all_years_are_no_yearly_openings():
    claims, doubts = read("45,000 new jobs by 2030")
    assert claims == []
    assert doubts == ["45,000 new jobs: not said to be openings in a year"]


def test_a_heading_that_says_openings_over_a_rate_is_kept():
    ((claim,), _) = read("23% by 2031", heading="Projected job openings")
    assert (claim.growth, claim.openings, claim.heading) == (23, None, "Projected job openings")
    ((claim,), _) = read("23% by 2031", heading="Projected growth")
    assert claim.heading == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("The field grows 8% a year.", "a rate per year"),
        ("Faster than average (5% to 8%)", "a range"),
    ],
)
def test_other_rates_are_no_claim_and_said_so(text, reason):
    claims, doubts = read(text)
    assert claims == []
    assert reason in doubts[0]


@pytest.mark.parametrize(
    "text",
    [
        "Over 83 percent of employers plan to hire.",
        "Salaries grew by 5% in 2023.",
        "The global market size is expected to grow 9% by 2030.",
        "This is faster than the average for all occupations (4 percent).",
        "Use it 100% of the time by 2030.",
    ],
)
def test_percentages_of_something_else(text):
    assert read(text) == ([], [])
    assert outlook_in(text, OutlookContext(role=ROLE)) == ([], [])


def test_the_occupation_counted_is_told_where_it_is_another():
    text = "Employment of cartographers (17-1021.00) is projected to grow 5% by 2033 in the United States."
    ((claim,), _) = read(text)
    assert (claim.population, claim.country) == ("Cartographers (17-1021.00)", "US")
    ((claim,), _) = read("Employment of land surveyors is projected to grow 5% by 2033.")
    assert claim.population == ""


@each(
    "text, population",
    [
        (
            "The Bureau of Labor Statistics projects employment of ferry workers, which includes captains, mates, and pilots "
            "of ferries, to grow 1.5 percent from 2023 to 2033.",
            "Ferry workers",
        ),
        (
            "Employment of deck crew, which includes mates, cooks and pilots, is projected to grow 4% by 2033.",
            "Deck crew",
        ),
        ("Employment of mates, cooks, and pilots is projected to grow 4% by 2033.", "Mates, cooks, and pilots"),
        ("Deck workers (including mates and pilots) are projected to grow 4% by 2033.", "Deck workers"),
        ("Captains are projected to grow 4% by 2033.", "Captains"),
        ("Overall employment in transport occupations is projected to grow 5% by 2033.", "Transport occupations"),
        ("Growth in demand for mates is expected to be 5% by 2033.", "Mates"),
        ("Employment of harbour pilots, according to the BLS, will grow 5% by 2033.", ""),
        ("Harbour pilots are projected to grow 4% by 2033.", ""),
        ("Employment is projected to grow 4% by 2033.", ""),
    ],
)
def test_growth_of_another_occupation_is_that_of_the_guide_in_no_wording(text, population):
    ((claim,), _) = outlook_in(text, OutlookContext(role="Harbour Pilot", is_outlook=True))
    assert claim.population == population


@each(
    "text",
    [
        "Deck workers (including mates and pilots) are projected to grow 4% by 2033.",
        "Harbour pilots are projected to grow 4% by 2033.",
        "Marine technicians should increase by 4% until 2033.",
    ],
)
def test_people_who_grow_are_read_in_any_chapter(text):
    ((claim,), _) = outlook_in(text, OutlookContext(role="Harbour Pilot"))
    assert claim.growth == 4


def test_what_the_text_leans_on_without_naming_it_is_the_heading():
    ((claim,), _) = read("According to a recent report, jobs will grow 17% from 2020 to 2029.")
    assert (claim.source, claim.heading) == (None, "a recent report")


@pytest.mark.parametrize(
    ("text", "told", "country"),
    [
        ("The Bureau of Labor Statistics projects growth of 6 percent from 2023 to 2033.", "", "US"),
        ("The Bureau of Labor Statistics projects growth of 6 percent from 2023 to 2033.", "CA", "CA"),
        ("Glassdoor projects growth of 6 percent from 2023 to 2033.", "", ""),
    ],
)
def test_where_no_place_is_told_a_national_office_speaks_of_its_own_country(text, told, country):
    ((claim,), _) = read(text, country=told)
    assert claim.country == country
