from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careers.guide_import.extract.amounts import amounts_in, value_of
from careers.guide_import.extract.currencies import find_currency


@pytest.mark.parametrize(
    ("text", "low", "high", "sign"),
    [
        ("$120,000", "120000", None, "$"),
        ("US$ 85,720", "85720", None, "US$"),
        ("60.000 €", "60000", None, "€"),
        ("60 000 EUR", "60000", None, "EUR"),
        ("CHF 110'000", "110000", None, "CHF"),
        ("CHF 110’000", "110000", None, "CHF"),
        ("₹1,20,000", "120000", None, "₹"),
        ("1.2 lakh rupees", "120000", None, "rupees"),
        ("₹6-12 LPA", "600000", "1200000", "₹"),
        ("6-12 LPA", "600000", "1200000", "INR"),
        ("₦6 million", "6000000", None, "₦"),
        ("1,5 million kr", "1500000", None, "kr"),
        ("120k USD", "120000", None, "USD"),
        ("80-120k EUR", "80000", "120000", "EUR"),
        ("$80k–$120k", "80000", "120000", "$"),
        ("between R300,000 and R700,000", "300000", "700000", "R"),
        ("AED 20,000 to 30,000", "20000", "30000", "AED"),
        ("28.000,00 € bis 35.000,00 €", "28000", "35000", "€"),
        ("$41.21", "41.21", None, "$"),
        ("12,50 €", "12.50", None, "€"),
        ("A$95,000", "95000", None, "A$"),
    ],
)
def test_amounts_as_any_country_writes_them(text, low, high, sign):
    (amount,) = amounts_in(text)
    assert (amount.low, amount.high, amount.sign) == (Decimal(low), Decimal(high) if high else None, sign)


@pytest.mark.parametrize(
    "text",
    [
        "in 2024",
        "5 years",
        "grew by 15%",
        "401(k)",
        "ALL 50 states",
        "the TOP 100",
        "page 12",
        "a day",
        "15 percent",
        "",
    ],
)
def test_numbers_that_are_no_money(text):
    assert amounts_in(text) == []


def test_a_sum_of_two_is_no_range():
    assert [amount.high for amount in amounts_in("a salary of $50,000 and a bonus of $5,000")] == [None, None]


@settings(deadline=None)
@given(st.integers(1_000, 99_999_999), st.sampled_from([",", ".", "'", "’", " "]))
def test_every_thousands_separator_gives_the_same_number(number, separator):
    assert value_of(f"{number:,}".replace(",", separator)) == number


@settings(deadline=None)
@given(st.integers(1_000, 9_999_999), st.integers(0, 99), st.sampled_from([",.", ".,", " ,", "'."]))
def test_cents_are_told_from_thousands(number, cents, signs):
    text = f"{number:,}".replace(",", signs[0]) + f"{signs[1]}{cents:02}"
    assert value_of(text) == Decimal(number) + Decimal(cents) / 100


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text):
    for amount in amounts_in(text, bare=True):
        assert 0 <= amount.start < amount.end <= len(text)
        assert amount.low > 0


@pytest.mark.parametrize(
    ("sign", "country", "code"),
    [
        ("$", "US", "USD"), ("$", "CA", "CAD"), ("$", "AU", "AUD"), ("$", "DE", "USD"), ("$", "", "USD"), ("$", "MX", ""),
        ("£", "", "GBP"), ("€", "DE", "EUR"), ("kr", "NO", "NOK"), ("kr", "SE", "SEK"), ("kr", "", ""), ("R", "ZA", "ZAR"),
        ("Rs", "PK", "PKR"), ("Rs", "", ""), ("¥", "JP", "JPY"), ("¥", "CN", "CNY"), ("", "ZA", "ZAR"), ("", "", ""),
    ],
)  # fmt: skip
def test_a_sign_means_the_currency_of_its_place_or_nothing(sign, country, code):
    found, doubt = find_currency(sign, country)
    assert found == code
    if not found and sign:
        assert doubt


def test_a_dollar_without_a_place_is_taken_for_the_us_and_said_so():
    assert find_currency("$", "") == ("USD", "“$” without a place: USD taken")
