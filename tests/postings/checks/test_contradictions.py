"""Text and fields that disagree: pay, closing day, places, employers."""

from datetime import date
from decimal import Decimal

import pytest

from careers.postings.checks.dates import days_in
from careers.postings.checks.pay_in_text import amounts_in
from careers.postings.text.former_facts import FormerFacts
from careers.postings.text.render import Place
from tests.cases import each

from .subjects import pay, said, subject

DAY = date(2027, 1, 20)


def sentences(one, rule):
    return [finding.sentence for finding in said(one, rule)]


class TestPay:
    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            ("The salary range is $82,000 to $90,000.", pay(82_000, 90_000)),
            ("Salary: $82k–$90k.", pay(82_000, 90_000)),
            ("Salary: $82k–$90k.", pay(82_400, 89_900)),
            ("Salary: €52,000 to €60,000 a year.", pay(25, "28.9", "EUR", "hour")),
            ("Salary in Reno $70,000 - $80,000, in Oslo $82,000 - $90,000.", pay(82_000, 90_000)),
        ],
    )
    def test_both_ends_agree(self, text, fields):
        assert not said(subject(text, pay=fields), "pay_against_text")

    @pytest.mark.parametrize(
        ("text", "fields"),
        [
            ("The salary range is $82,000 to $90,000.", pay(82_000, 95_000)),
            ("The salary range is $82,000 to $90,000.", pay(85_000, 90_000)),
            ("The salary range is $82,000 to $90,000.", pay(90_000, 120_000)),
            ("The salary range is $82,000 to $90,000.", pay(82_500, 90_000)),
            ("The salary range is $82,000 to $90,000.", pay(82_000, None)),
            ("Salary: €52,000 to €60,000 a year.", pay(25, 40, "EUR", "hour")),
        ],
    )
    def test_one_end_is_not_enough(self, text, fields):
        [finding] = said(subject(text, pay=fields), "pay_against_text")
        assert finding.sentence.endswith(f"the fields say {fields}.")

    @pytest.mark.parametrize(
        "text", ["We pay $82,000 a year.", "Salary: 82k.", "EUR 82,000 a year", "82.000 € im Jahr"]
    )
    def test_an_amount_that_the_fields_stated_once(self, text):
        former = FormerFacts(amounts=frozenset({Decimal(82_000)}))
        assert said(subject(text, pay=pay(85_000, 90_000), former=former), "pay_against_text")
        assert said(subject(text, former=former), "pay_against_text")
        assert not said(subject(text, pay=pay(85_000, 90_000)), "pay_against_text")

    def test_pay_that_the_portal_filled_in_with_the_same_amounts_for_another_period(self):
        former = FormerFacts(values={"description": {"pay": "$40 to $45 a day"}})
        [finding] = said(
            subject("Pay: $40 to $45 a day.", pay=pay(40, 45, period="hour"), former=former), "pay_against_text"
        )
        assert finding.sentence == "The text says “$40 to $45 a day”, the fields say $40 to $45 an hour."

    @each(
        "text, fields",
        [
            ("We pay €60,000 to €70,000 a year.", pay(60_000, 70_000, "GBP")),
            ("We pay €60,000 to €70,000 a year.", pay(60_000, 70_000, "EUR", "month")),
            ("We pay €60,000 to €70,000.", pay(60_000, 70_000, "USD")),
            ("An annual salary of 60k to 70k EUR.", pay(60_000, 70_000, "EUR", "month")),
            ("The hourly rate is £20 - £25.", pay(20, 25, "GBP", "day")),
            ("EUR 60,000 - 80,000 per annum", pay(60_000, 70_000, "EUR")),
            ("Salary 60.000 bis 72.000 Euro", pay(60_000, 70_000, "EUR")),
            ("Between 55,000 and 70,000 euros", pay(60_000, 70_000, "EUR")),
            ("We pay up to €75,000.", pay(60_000, 70_000, "EUR")),
            ("Salary from EUR 55 000 up", pay(60_000, 70_000, "EUR")),
            ("We pay 60 000 to 70 000 euros", pay(60_000, 80_000, "EUR")),
            ("Salary: CHF 70'000 - 80'000", pay(70_000, 90_000, "CHF")),
            ("Salary: ₹12,00,000 - ₹15,00,000", pay(1_200_000, 1_600_000, "INR")),
        ],
    )
    def test_currency_period_and_each_end_have_to_agree_however_they_are_written(self, text, fields):
        [finding] = said(subject(text, pay=fields), "pay_against_text")
        assert finding.sentence.endswith(f"the fields say {fields}.")

    @each(
        "text, fields",
        [
            ("We pay €60,000 to €70,000 a year.", pay(60_000, 70_000, "EUR")),
            ("We pay €60,000 to €70,000 a year.", pay(5_000, "5833.33", "EUR", "month")),
            ("We pay €5,000 to €6,000 a month.", pay(60_000, 72_000, "EUR")),
            ("Salary 60.000,00 bis 70.000,00 Euro brutto im Jahr", pay(60_000, 70_000, "EUR")),
            ("EUR 60 000 - EUR 70 000 per annum", pay(60_000, 70_000, "EUR")),
            ("We pay CA$60,000 - CA$70,000 CAD.", pay(60_000, 70_000, "CAD")),
            ("We pay up to €70,000.", pay(60_000, 70_000, "EUR")),
            ("We pay well, with a bonus of up to €75,000.", pay(60_000, 70_000, "EUR")),
            ("We pay for courses, up to €1,500.", pay(60_000, 70_000, "EUR")),
            ("We pay €60,000 to €70,000, and up to €75,000 in London.", pay(60_000, 70_000, "EUR")),
            ("Salary in Oslo NOK 600,000 - 700,000.", pay(60_000, 70_000, "EUR")),
            ("Our compensation is fair; we raised €60 - €75 million.", pay(60_000, 70_000, "EUR")),
            ("Good pay. Teams of 60 to 75 people, 2025 to 2026.", pay(60, 70, "EUR", "hour")),
        ],
    )
    def test_the_same_pay_written_otherwise_and_other_sums_are_left_alone(self, text, fields):
        assert not said(subject(text, pay=fields), "pay_against_text")

    @each(
        "text, fields",
        [
            ("We pay €60,000 a year.", pay(60_000, 60_000, "GBP")),
            ("We pay EUR 60 000.", pay(60_000, 70_000, "GBP")),
            ("You earn €60,000 a month.", pay(60_000, 70_000, "EUR")),
            ("You earn 60k monthly.", pay(60_000, None, "EUR")),
        ],
    )
    def test_an_amount_that_the_fields_state_now_in_another_currency_or_period(self, text, fields):
        former = FormerFacts(currencies=frozenset({"EUR"}), periods=frozenset({"month"}))
        text = f"The salary: {text}"
        assert said(subject(text, pay=fields, former=former), "pay_against_text")
        assert not said(subject(text, pay=fields), "pay_against_text")

    @each(
        "text, amount, written",
        [
            ("€ 70 000 a year", 70_000, "€ 70 000 a year"),
            ("CHF 70'000", 70_000, "CHF 70'000"),
            ("CHF 70’000", 70_000, "CHF 70’000"),
            ("70.000,00 €", 70_000, "70.000,00 €"),
            ("€20,50 an hour", "20.50", "€20,50 an hour"),
            ("₹12,00,000", 1_200_000, "₹12,00,000"),
            ("€75k", 75_000, "€75k"),
            ("75 thousand euros", 75_000, "75 thousand euros"),
        ],
    )
    def test_amounts_are_read_whole(self, text, amount, written):
        [one] = amounts_in(f"It is {text}.")
        assert (one.low[0], one.written) == (Decimal(amount), written)

    @each("text", ["€75 million", "€75.5 million", "€75M", "$75 bn", "75 Mio. Euro", "€1,2345"])
    def test_millions_are_no_amounts(self, text):
        assert not list(amounts_in(f"It is {text}."))

    def test_other_numbers_are_no_pay(self):
        former = FormerFacts(amounts=frozenset({Decimal(40), Decimal(2000)}))
        text = "Good pay for 40 hours a week. " + "We weigh parcels. " * 9 + "We have 2,000 machines."
        assert not said(subject(text, pay=pay(45, 50, period="hour"), former=former), "pay_against_text")


class TestClosingDay:
    @pytest.mark.parametrize(
        "text",
        [
            "Apply by 31 December 2026.", "Please apply before 31st of December.", "Deadline: Dec. 31, 2026",
            "Apply until 31.12.2026!",
            "Applications close on 2026-12-31.", "Closing date: 31/12/2026", "Send us your letter by December 31st.",
            "The position is open until 31 Dec",
            "Apply by 31.12.26.", "Deadline: 31/12/26", "Deadline: 12/31/26", "Apply by 31. December 2026",
            "Apply by Dec 31 '26", "Apply before 31-12-2026", "Apply until 2026/12/31.",
        ],
    )  # fmt: skip
    def test_the_text_calls_another_day_the_last(self, text):
        [sentence] = sentences(subject(text, closes_on=DAY), "closing_day_against_text")
        assert sentence.endswith("; the closing day is 20 Jan 2027.")
        [sentence] = sentences(subject(text), "closing_day_against_text")
        assert sentence.endswith("; there is no closing day.")

    @pytest.mark.parametrize(
        "text",
        [
            "Apply by 20 January 2027.", "Deadline: Jan 20", "Closing date: 20/1/2027 or 1/20/2027",
            "We start on 31 December 2026.",
            "Apply by 20 January and start on 1 March 2027.", "Apply with a work sample; the office opened on 3 May 2020.",
            "Apply by 45 May.", "Version 1.2.2027 of the deadline scheduler", "Phone 31.12.20260",
            "Apply by 20.1.27.", "Apply by mail for version 2.1.27.4", "Apply by 31.12.26.7",
        ],
    )  # fmt: skip
    def test_days_of_other_things_are_left_alone(self, text):
        assert not said(subject(text, closes_on=DAY), "closing_day_against_text")

    def test_a_day_that_was_the_closing_day_once_is_found_anywhere(self):
        former = FormerFacts(closing_days=frozenset({date(2026, 12, 31)}))
        one = subject("Until 31 December 2026 we take letters.", closes_on=DAY, former=former)
        assert said(one, "closing_day_against_text")
        for text in ("31.12.26 is near.", "We read letters (12/31/26).", "Closed on 31-12-26"):
            assert said(subject(text, closes_on=DAY, former=former), "closing_day_against_text"), text
        assert not said(subject("Open 24 December 2026.", closes_on=DAY, former=former), "closing_day_against_text")

    def test_a_day_is_read_in_both_orders(self):
        [day] = days_in("on 3/4/2027")
        assert [day.may_mean(date(2027, 4, 3)), day.may_mean(date(2027, 3, 4)), day.may_mean(date(2026, 3, 4))] == [
            True, True, False,
        ]  # fmt: skip


class TestPlacesAndEmployers:
    HERE = (Place("US", "US-NY", "New York"),)

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("Old Mill bakes.", "The text says “Old Mill”; the employer is “Old Mill Bakers”."),
            ("Come to York.", "The text says “York”; the place is “New York, New York, United States”."),
        ],
    )
    def test_what_was_true_once(self, text, sentence):
        former = FormerFacts(employers=frozenset({"Old Mill"}), places=frozenset({"York"}))
        facts = {"employer": "Old Mill Bakers", "place": "New York, New York, United States"}
        assert sentences(subject(text, places=self.HERE, facts=facts, former=former), "facts_against_text") == [
            sentence
        ]

    @pytest.mark.parametrize(
        "text", ["Old Mill Bakers wants you in New York.", "Yorkshire pudding from the Old Millstone"]
    )
    def test_longer_names_that_contain_the_former_one(self, text):
        former = FormerFacts(employers=frozenset({"Old Mill"}), places=frozenset({"York"}))
        facts = {"employer": "Old Mill Bakers", "place": "New York, New York, United States"}
        assert not said(subject(text, places=self.HERE, facts=facts, former=former), "facts_against_text")

    @each(
        "text, said_there",
        [
            ("OLD MILL bakes.", "OLD MILL"),
            ("At old mill we bake.", "old mill"),
            ("Come to YORK.", "YORK"),
            ("Old Mill Bakers and OLD MILL BAKERS bake.", ""),
            ("NEW YORK is big, and we york on.", ""),
        ],
    )
    def test_names_in_capitals(self, text, said_there):
        former = FormerFacts(employers=frozenset({"Old Mill"}), places=frozenset({"York"}))
        facts = {"employer": "Old Mill Bakers", "place": "New York, New York, United States"}
        found = sentences(subject(text, places=self.HERE, facts=facts, former=former), "facts_against_text")
        assert [sentence.split("”")[0] for sentence in found] == (
            [f"The text says “{said_there}"] if said_there else []
        )

    def test_words_the_portal_filled_in_that_no_longer_hold(self):
        former = FormerFacts(values={"description": {"workplace": "on site"}})
        one = subject("The work is on site, always.", facts={"workplace": "hybrid"}, former=former)
        assert sentences(one, "facts_against_text") == ["The text says “on site”; the workplace is “hybrid”."]
        assert not said(subject("We site wells.", facts={"workplace": "hybrid"}, former=former), "facts_against_text")
