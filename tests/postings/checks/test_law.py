"""What the law of a place asks of a posting: dated rows, reached by places and by remote work."""

from datetime import date

import pytest

from .subjects import at, pay, rules_of, said, subject

NO_BENEFITS = "You weigh parcels."


@pytest.mark.parametrize("code", ["US-CO", "US-CA", "US-WA", "US-VA", "CA-ON", "IT", "AT"])
def test_a_place_whose_law_asks_for_pay(code):
    [finding] = said(subject(places=at(code)), "law_pay")
    assert finding.is_law
    assert not finding.blocks
    assert "Not legal advice" in finding.sentence
    assert "law_pay" not in rules_of(subject(places=at(code), pay=pay(50_000, 60_000)))


@pytest.mark.parametrize("code", ["US-TX", "DE", "CA-AB"])
def test_a_place_whose_law_asks_for_nothing(code):
    assert "law_pay" not in rules_of(subject(places=at(code)))
    assert "no_pay" in rules_of(subject(places=at(code)))


@pytest.mark.parametrize(
    ("code", "day", "asks"),
    [
        ("US-VA", date(2026, 6, 30), False),
        ("US-VA", date(2026, 7, 1), True),
        ("US-DE", date(2026, 9, 1), False),
        ("US-DE", date(2027, 9, 26), True),
    ],
)
def test_only_a_rule_in_force_speaks(code, day, asks):
    assert ("law_pay" in rules_of(subject(places=at(code), on=day))) == asks


@pytest.mark.parametrize(("day", "asks"), [(date(2023, 12, 31), False), (date(2024, 1, 1), True)])
def test_a_rule_that_changed_asks_what_it_asks_then(day, asks):
    """Colorado asks for a closing day since 2024."""
    assert ("law_closing_day" in rules_of(subject(places=at("US-CO"), on=day))) == asks


def test_a_city_has_a_law_of_its_own():
    assert "Cleveland" in said(subject(places=at("US-OH", city="Cleveland")), "law_pay")[0].sentence
    assert "law_pay" not in rules_of(subject(places=at("US-OH", city="Toledo")))


def test_remote_work_reaches_the_states_whose_law_says_so():
    remote = subject(workplace="remote", remote_countries=("US",))
    [finding] = said(remote, "law_pay")
    assert "Colorado" in finding.sentence
    assert "Hawaii" not in finding.sentence
    assert "law_pay" not in rules_of(subject(workplace="hybrid", remote_countries=("US",)))


def test_one_sentence_names_all_the_laws_that_ask_the_same():
    [finding] = said(subject(places=at("US-CA", "US-CO")), "law_pay")
    assert "Law of Colorado and California:" in finding.sentence


def test_what_was_not_confirmed_is_said():
    assert "Unverified: the closing day (Colorado)" in said(subject(places=at("US-CO")), "law_pay")[0].sentence
    assert "Not confirmed" not in said(subject(places=at("US-VA")), "law_pay")[0].sentence


@pytest.mark.parametrize(
    ("stated", "fires"), [(pay(50_000, None), True), (pay(None, 50_000), True), (pay(1, 2), False)]
)
def test_an_open_end_where_both_are_asked_for(stated, fires):
    assert ("law_open_end" in rules_of(subject(places=at("US-MN"), pay=stated))) == fires
    assert "law_open_end" not in rules_of(subject(places=at("US-CA"), pay=stated))


def test_a_range_wider_than_the_law_allows():
    assert "law_spread" in rules_of(subject(places=at("CA-ON"), pay=pay(60_000, 110_001, "CAD")))
    assert "law_spread" not in rules_of(subject(places=at("CA-ON"), pay=pay(60_000, 110_000, "CAD")))


def test_benefits_where_they_are_asked_for():
    assert "law_benefits" in rules_of(subject(NO_BENEFITS, places=at("US-WA")))
    assert "law_benefits" not in rules_of(subject("Dental insurance.", places=at("US-WA")))
    assert "law_benefits" not in rules_of(subject(NO_BENEFITS, places=at("US-CA")))


@pytest.mark.parametrize(
    "text",
    [
        "30 days of leave", "A learning budget of $1,500 a year", "Equipment of your choice", "401(k) with a company match",
        "Sabbaticals after five years", "We pay your public transport", "Flexible hours", "Childcare on the premises",
    ],
)  # fmt: skip
def test_usual_benefits_are_recognised_wherever_they_stand(text):
    assert "law_benefits" not in rules_of(subject(f"{NO_BENEFITS} {text}.", places=at("US-CO")))


def test_a_point_listed_under_benefits_is_a_benefit_whatever_it_says_but_pay_is_none():
    listed = {"texts": {"benefits": "- Pay: $50,000 a year\n- A boat for everybody\n\nApply soon."}}
    assert "law_benefits" not in rules_of(subject(NO_BENEFITS, places=at("US-CO"), **listed))
    alone = {"texts": {"benefits": "- Pay: $50,000 a year\n\nApply soon."}}
    assert "law_benefits" in rules_of(subject(NO_BENEFITS, places=at("US-CO"), **alone))
    assert "law_benefits" in rules_of(subject("You maintain equipment and drive a boat.", places=at("US-CO")))


def test_what_was_looked_for_and_not_found_is_not_said_to_be_missing():
    one = subject(NO_BENEFITS, places=at("US-CO"))
    assert "we found no benefit we recognise" in said(one, "law_benefits")[0].sentence
    assert "we found none in its text" in said(one, "law_closing_day")[0].sentence
    assert "the pay fields are empty" in said(one, "law_pay")[0].sentence


@pytest.mark.parametrize("text", ["Letters reach us; applications are read until 3 May.", "Open until filled."])
def test_other_words_for_a_closing_day(text):
    assert "law_closing_day" not in rules_of(subject(text, places=at("US-CO")))


@pytest.mark.parametrize("named", [{"closes_on": date(2026, 10, 1)}, {"description": "Apply by 1 October."}])
def test_a_closing_day_where_one_is_asked_for(named):
    assert "law_closing_day" in rules_of(subject(places=at("US-CO")))
    assert "law_closing_day" not in rules_of(subject(places=at("US-CO"), **named))


def test_pay_history_names_the_law_of_the_place():
    text = "State your salary history."
    assert "Law of Virginia" in said(subject(text, places=at("US-VA")), "law_pay_history")[0].sentence
    assert "law_pay_history" not in rules_of(subject(text, places=at("US-TX")))


def test_where_pay_may_come_before_the_interview_that_is_said():
    assert "before the interview" in said(subject(places=at("PL")), "law_pay")[0].sentence
