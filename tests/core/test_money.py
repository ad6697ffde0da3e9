from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from careers.core.money import (
    Pay,
    Period,
    amount_text,
    currency_codes,
    parse_amount,
    per_year,
    split_currency,
    validate_currency,
)

amounts = st.decimals(min_value=Decimal("0.01"), max_value=Decimal(10**9), places=2)
currencies = st.sampled_from(sorted(currency_codes()))


@pytest.mark.parametrize(("period", "factor"), [("hour", 2080), ("day", 260), ("week", 52), ("month", 12), ("year", 1)])
def test_periods_compare_by_the_stated_rule(period, factor):
    assert per_year(Decimal("10.50"), period) == Decimal("10.50") * factor


def test_no_amount_stays_no_amount():
    assert per_year(None, Period.HOUR) is None


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (60_000, 75_000, "€60,000 to €75,000 a year"),
        (60_000, None, "from €60,000 a year"),
        (None, 75_000, "up to €75,000 a year"),
        (60_000, 60_000, "€60,000 a year"),
        (None, None, ""),
    ],
)
def test_pay_reads_as_it_was_stated(low, high, text):
    def amount(value):
        return None if value is None else Decimal(value)

    pay = Pay(amount(low), amount(high), "EUR", Period.YEAR)
    assert str(pay) == text
    assert bool(pay) is bool(text)


def test_an_hourly_wage_keeps_its_cents():
    assert str(Pay(Decimal("41.21"), None, "USD", Period.HOUR)) == "from $41.21 an hour"


@pytest.mark.parametrize(("locale", "text"), [("en", "₦6,000,000"), ("de", "6.000.000 ₦"), ("hi", "₦60,00,000")])
def test_numbers_are_written_by_the_locale(locale, text):
    assert amount_text(Decimal(6_000_000), "NGN", locale).replace("\xa0", " ") in (
        text,
        text.replace("₦", "NGN ").strip(),
    )


def test_dollars_of_different_countries_look_different():
    assert len({amount_text(Decimal(1), currency) for currency in ("USD", "CAD", "AUD")}) == 3


@given(amounts, currencies)
def test_every_currency_can_be_written(amount, currency):
    text = amount_text(amount, currency)
    assert any(character.isdigit() for character in text)


@given(amounts, st.sampled_from(Period))
def test_a_year_is_never_less_than_the_period(amount, period):
    assert per_year(amount, period) >= amount


@pytest.mark.parametrize("code", ["XXQ", "usd", "", "EURO"])
def test_an_unknown_currency_is_refused(code):
    with pytest.raises(ValidationError, match="not a currency code") as refusal:
        validate_currency(code)
    assert refusal.value.code == "currency"


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("1234.5", "EUR", "de", "1.234,50 €"),
        ("1234", "EUR", "de", "1.234 €"),
        ("25000", "AED", "en", "AED 25,000"),
        ("25000.5", "AED", "en", "AED 25,000.50"),
        ("25000", "AUD", "en", "A$25,000"),
        ("1234", "JPY", "en", "¥1,234"),
    ],
)
def test_cents_are_written_where_there_are_some_and_letters_are_parted_from_the_number(amount, currency, locale, text):
    assert amount_text(Decimal(amount), currency, locale).replace("\xa0", " ") == text


def test_pay_a_year_is_pay_like_any_other():
    assert Pay(Decimal(20), None, "EUR", "hour").per_year == Pay(Decimal(41_600), None, "EUR", "year")
    assert Pay(None, Decimal(3_000), "EUR", "month").per_year == Pay(None, Decimal(36_000), "EUR", "year")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("65000", "65000"),
        ("65,000", "65000"),
        ("65.000", "65000"),
        ("65 000", "65000"),
        ("65\u202f000,50", "65000.50"),
        ("65'000.5", "65000.50"),
        ("1,250,000", "1250000"),
        ("1,20,000", "120000"),
        ("41.21", "41.21"),
        ("41,21", "41.21"),
        ("82k", "82000"),
        ("82 K", "82000"),
        ("82.5k", "82500"),
        ("1.2m", "1200000"),
        (" 0.5 ", "0.50"),
        ("-5", "-5"),
    ],
)
def test_amounts_are_read_as_people_type_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "x",
        "1e5",
        "NaN",
        "82 thousand",
        "€65,000",
        "65,000 EUR",
        "1,2,3",
        "65,00,0",
        "1.234.56",
        "0.125",
        "6 5",
        "9" * 40,
    ],
)
def test_what_is_no_amount_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="for example 65000, 65,000 or 65k"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["9" * 19, "9" * 30, "9" * 29 + "k", "1" + ",000" * 7])
def test_an_amount_with_more_digits_than_can_be_calculated_is_refused(typed):
    with pytest.raises(ValueError, match="too large"):
        parse_amount(typed)


@pytest.mark.parametrize("typed", ["9" * 18 + ".99m", "999,999,999,999,999,999.99 m"])
def test_the_largest_amounts_are_read_exactly(typed):
    assert parse_amount(typed) == Decimal("9" * 18 + "990000")


@given(amounts)
def test_an_amount_that_the_portal_prints_is_read_back(amount):
    assert parse_amount(f"{amount:,}") == amount
    assert parse_amount(str(amount)) == amount


@pytest.mark.parametrize(
    ("typed", "rest", "sign"),
    [
        ("€65k", "65k", "€"),
        ("65k€", "65k", "€"),
        ("65,000 eur", "65,000", "EUR"),
        ("CHF 65'000", "65'000", "CHF"),
        ("65 mad", "65", "MAD"),
        ("82k", "82k", ""),
        ("82 thousand", "82 thousand", ""),
        ("Rs 65,000", "Rs 65,000", ""),
        ("-5", "-5", ""),
        ("", "", ""),
    ],
)
def test_a_currency_typed_with_an_amount_is_split_off(typed, rest, sign):
    assert split_currency(typed) == (rest, sign)
