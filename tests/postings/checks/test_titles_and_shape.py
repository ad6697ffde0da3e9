"""Rules about titles, and about length and shape of the text."""

import pytest

from .subjects import at, pay, rules_of, said, subject

TITLES = [
    ("title_pay", "Analyst $90k", "Analyst, 401k plans"),
    ("title_code", "Analyst (REQ-20311)", "Analyst, Web3"),
    ("title_code", "Analyst #4411", "C# developer"),
    ("title_date", "Analyst from 12.05.2026", "Analyst, level 12"),
    ("title_urge", "URGENT: analyst", "Insurgent studies lecturer"),
    ("title_capitals", "SENIOR DATA ANALYST", "SQL DBA"),
    ("title_symbols", "Analyst!!!", "Analyst - data"),
    ("title_symbols", "Analyst 🚀", "Analyste à Genève"),
    ("title_contact", "Analyst, write to a@example.com", "Analyst @ night"),
    ("title_contact", "Analyst www.example.com", "ASP.NET developer"),
    ("title_employer", "Analyst at Ostrava Mills", "Analyst of mills"),
    ("title_place", "Analyst Brno (remote)", "Analyst of remotely sensed pictures"),
    ("title_long", "Analyst " * 11, "Analyst " * 9),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "fault", "near_miss"), TITLES, ids=[f"{row[0]}: {row[1][:20]}" for row in TITLES])
def test_a_title_is_the_name_of_the_job_alone(rule, fault, near_miss):
    places = at("CZ", city="Brno")
    assert rule in rules_of(subject(title=fault, places=places))
    assert rule not in rules_of(subject(title=near_miss, places=places))


@pytest.mark.parametrize("title", ["АНАЛИТИК ДАННЫХ", "SENIOR DATA ANALYST"])
def test_capitals_are_capitals_in_every_script(title):
    assert "title_capitals" in rules_of(subject(title=title))


@pytest.mark.parametrize("title", ["データアナリスト", "محلل بيانات"])
def test_a_script_without_capitals_is_no_shouting(title):
    assert "title_capitals" not in rules_of(subject(title=title))


def test_a_description_that_repeats_the_title_blocks():
    assert said(subject("Data Analyst."), "description_is_title")[0].blocks
    assert "description_is_title" not in rules_of(subject("Data analyst in a team of four."))


SHAPES = [
    ("too_short", "word " * 100, "word " * 150),
    ("too_short", "Too short.", "word " * 150),
    ("too_long", "word " * 1201, "word " * 1200),
    ("wall_of_text", "word " * 151, "word " * 150),
    ("no_list", "word " * 251, "word " * 251 + "\n\n- word"),
]


@pytest.mark.parametrize(("rule", "fault", "near_miss"), SHAPES, ids=[f"{row[0]} {len(row[1])}" for row in SHAPES])
def test_length_and_shape(rule, fault, near_miss):
    assert rule in rules_of(subject(fault))
    assert rule not in rules_of(subject(near_miss))


def test_a_long_list_is_no_wall():
    assert "wall_of_text" not in rules_of(subject("- word word word\n" * 60))


def test_remote_work_names_its_countries():
    remote = {"workplace": "remote", "places": at("DE", city="Berlin")}
    assert "remote_without_country" in rules_of(subject(**remote))
    assert "remote_without_country" not in rules_of(subject(**remote, remote_countries=("DE",)))


@pytest.mark.parametrize(
    ("workplace", "text", "clashes"),
    [
        ("remote", "This is an on-site position.", True),
        ("remote", "You work three days a week in our Berlin office.", True),
        ("remote", "Meet us in our office once a year.", False),
        ("onsite", "The position is fully remote.", True),
        ("hybrid", "Some of the team is fully remote.", False),
    ],
)
def test_the_workplace_agrees_with_the_text(workplace, text, clashes):
    assert ("remote_against_text" in rules_of(subject(text, workplace=workplace))) == clashes


def test_a_place_in_the_united_states_names_its_state():
    assert "place_without_state" in rules_of(subject(places=at("US", city="Austin")))
    assert "place_without_state" not in rules_of(subject(places=at("US-TX", "DE")))


@pytest.mark.parametrize(("state", "city"), [("US-TX", "Austin"), ("US-TX", ""), ("US-NY", "NEW YORK")])
def test_a_city_that_is_known_needs_no_word(state, city):
    assert "city_unknown" not in rules_of(subject(places=at(state, city=city)))


@pytest.mark.parametrize(("written", "city", "known"), [("US-AK", "Houston", "Texas"), ("DE-HH", "München", "Bayern")])
def test_a_city_in_another_state_than_written_is_told_with_the_state_we_know(written, city, known):
    [finding] = said(subject(places=at(written, city=city)), "city_unknown")
    assert f"“{city}” we know is in {known}, not in" in finding.sentence


def test_a_city_nobody_knows_is_told_to_be_outside_the_search_by_distance():
    [finding] = said(subject(places=at("US-TX", city="Austen Mills")), "city_unknown")
    assert (finding.field, finding.blocks) == ("places", False)
    assert "“Austen Mills”" in finding.sentence


PERIODS = [
    (pay(45, 60), "an hour"),
    (pay(900, 950), "a day or a week"),
    (pay(4_500, None, "EUR"), "a month"),
    (pay(80_000, 90_000, period="hour"), "a year"),
    (pay(60_000, 90_000, period="week"), "a year"),
]


@pytest.mark.parametrize(("stated", "likely"), PERIODS, ids=[str(row[0]) for row in PERIODS])
def test_pay_of_another_period_is_seen(stated, likely):
    [finding] = said(subject(pay=stated, employment_type="full_time"), "pay_period")
    assert f"looks like pay {likely}" in finding.sentence


@pytest.mark.parametrize(
    "stated",
    [
        pay(28_000, 30_000),
        pay(15, 20, period="hour"),
        pay(1200, 1500, "JPY", "hour"),
        pay(600_000, None, "INR"),
        pay(3_000_000, None, "JPY"),
    ],
    ids=str,
)
def test_usual_pay_is_left_alone(stated):
    assert "pay_period" not in rules_of(subject(pay=stated))


def test_an_internship_may_pay_little_a_year():
    assert "pay_period" not in rules_of(subject(pay=pay(6_000, 6_000, "EUR"), employment_type="intern"))


@pytest.mark.parametrize(("high", "word"), [(150, ""), (151, "wide"), (201, "far too wide")])
def test_a_wide_range_is_named_by_its_ratio(high, word):
    found = said(subject(pay=pay(100, high, period="hour")), "pay_wide")
    assert bool(found) == bool(word)
    assert not found or f"is {word}" in found[0].sentence


@pytest.mark.parametrize(
    ("text", "fires"),
    [
        ("The salary range is $90,000 - $120,000.", True),
        ("Base pay $90K–$120K.", True),
        ("The salary range is $100,000 to $130,000.", False),
        ("We raised $20 - $30 million; compensation is fair.", False),
        ("Salary: €90,000 - €120,000.", False),
        ("Lots cost $90,000 - $120,000.", False),
    ],
)
def test_pay_in_the_text_agrees_with_the_fields(text, fires):
    assert ("pay_against_text" in rules_of(subject(text, pay=pay(100_000, 130_000)))) == fires


def test_pay_in_the_text_alone_is_named():
    assert "the pay fields are empty" in said(subject("Salary: $90,000 - $120,000."), "pay_against_text")[0].sentence


@pytest.mark.parametrize(
    ("low", "high", "field"), [(50_000, None, "pay_max"), (None, 50_000, "pay_min"), (50_000, 60_000, None)]
)
def test_one_end_of_pay_asks_for_the_other(low, high, field):
    found = said(subject(pay=pay(low, high)), "pay_one_end")
    assert [finding.field for finding in found] == ([field] if field else [])
