"""Rules for the pay fields: plausible period, informative range, and agreement with the text."""

from decimal import Decimal

from careers.core.money import Period

from .finding import EXPERIENCE, GOOGLE, STYLE, Note, Rule, quoted
from .pay_in_text import amounts_in, bounds_in, ranges_in

WIDE, VERY_WIDE = Decimal("1.5"), Decimal(2)
# Units of currencies of small value for about one US dollar. The bounds below are multiplied by them.
SMALL_UNITS = {
    "ARS": 1000, "CLP": 900, "COP": 4000, "CRC": 500, "CZK": 20, "HUF": 350, "IDR": 15000, "INR": 80, "ISK": 130, "JPY": 150,
    "KES": 130, "KRW": 1300, "LKR": 300, "MXN": 18, "NGN": 1500, "PHP": 55, "PKR": 280, "RUB": 90, "THB": 35, "TRY": 35,
    "TWD": 30, "UAH": 40, "VND": 25000, "ZAR": 18,
}  # fmt: skip
# Currencies of places where a full year of work pays at least LEAST_RICH_YEAR.
RICH = {"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD", "DKK", "NOK", "SEK", "SGD"}
LEAST_RICH_YEAR = 10_000
MOST_USUAL = {Period.HOUR: 500, Period.DAY: 4_000, Period.WEEK: 20_000, Period.MONTH: 60_000, Period.YEAR: 3_000_000}
LEAST_USUAL = {Period.HOUR: 1, Period.DAY: 8, Period.WEEK: 40, Period.MONTH: 150, Period.YEAR: 1_500}
LOOKS_LIKE_BELOW = [(250, "an hour"), (1_000, "a day or a week")]
UNPAID = {"volunteer", "intern"}
PART = {"part_time", "per_diem", "temporary"}


def unlikely_period(subject):
    pay = subject.pay
    if not pay or pay.period not in Period.values:
        return
    unit = SMALL_UNITS.get(pay.currency, 1)
    low, high = pay.low if pay.low is not None else pay.high, pay.high if pay.high is not None else pay.low
    if pay.period == Period.YEAR and (guess := likely_period(high, unit, subject)):
        yield Note("pay_period", f"{pay} looks like pay {guess}.")
    elif high < LEAST_USUAL[pay.period] * unit:
        yield Note("pay_period", f"{pay} is very low for this period. Check the amount and the period.")
    elif low > MOST_USUAL[pay.period] * unit:
        likely = "a year" if pay.period != Period.YEAR else "of another currency, or has a figure too many"
        yield Note("pay_period", f"{pay} looks like pay {likely}.")


def likely_period(amount, unit, subject):
    """The period that an amount too small for a year probably has; '' if a year is plausible."""
    for bound, period in LOOKS_LIKE_BELOW:
        if amount < bound * unit:
            return period
    is_full = subject.employment_type not in UNPAID | PART
    if amount < LEAST_USUAL[Period.YEAR] * unit or (
        subject.pay.currency in RICH and is_full and amount < LEAST_RICH_YEAR
    ):
        return "a month"
    return ""


def wide_range(subject):
    low, high = subject.pay.low, subject.pay.high
    if not low or not high or high <= WIDE * low:
        return
    ratio = high / low
    weight = "far too wide to be useful" if ratio > VERY_WIDE else "wide"
    yield Note(
        "pay_max",
        f"The upper end is {ratio:.1f} times the lower end: the range is {weight}. Split it by level, or narrow it.",
    )


def one_end(subject):
    pay = subject.pay
    if pay and (pay.low is None or pay.high is None):
        yield Note(
            "pay_max" if pay.high is None else "pay_min",
            f"Visitors see “{pay.range_text}”. Enter both ends of the range if you can.",
        )


def pay_against_text(subject):
    """Pay in the text that the pay fields contradict or lack, and amounts that the fields stated once."""
    found = pay_in_texts(subject)
    ranges = [one.written for _, one in found]
    if found and not subject.pay:
        yield Note(
            "pay_min", f"The text says {quoted(ranges)}, the pay fields are empty: search by pay does not find it."
        )
    elif found and not any(one.agrees(subject.pay) for _, one in found):
        yield Note(found[0][0], f"The text says {quoted(ranges)}, the fields say {subject.pay}.")
    else:
        yield from former_pay_in_text(subject)


def pay_in_texts(subject):
    """[(field, pay in text)]: the ranges; with pay in the fields and without a range what the text says of one end."""
    pay, texts = subject.pay, subject.plain_texts.items()
    ranges = [(field, one) for field, text in texts for one in ranges_in(text)]
    if not pay:
        return [(field, one) for field, one in ranges if one.is_about_pay]
    if found := [(field, one) for field, one in ranges if is_meant(one, subject)]:
        return found
    bounds = [(field, one) for field, text in texts for one in bounds_in(text)]
    return [(field, one) for field, one in bounds if one.is_in(pay) and one.is_comparable(pay)]


def is_meant(one, subject):
    """Whether a range is about this pay. In another currency it may be that of another place, unless it was this one once."""
    if one.is_in(subject.pay):
        return one.is_about_pay or one.shares_an_end(subject.pay)
    return one.is_about_pay and (one.has_amounts_of(subject.pay) or bool(one.currencies & subject.former.currencies))


def former_pay_in_text(subject):
    former = subject.former
    if not (former.amounts or former.currencies or former.periods or former.values):
        return
    says = f"the fields say {subject.pay}" if subject.pay else "the pay fields are empty"
    for field, text in subject.plain_texts.items():
        filled = former.values.get(field, {}).get("pay")
        found = [one.written for one in amounts_in(text) if was_pay(one, subject)]
        if found := [filled] if filled and filled in text else found:
            yield Note(field, f"The text says {quoted(found)}, {says}.")


def was_pay(one, subject):
    """An amount that the fields state no more, or state in another currency or for another period than once."""
    pay, former, (amount, _) = subject.pay, subject.former, one.low
    if amount in former.amounts:
        return True
    is_other_currency = one.currencies & former.currencies and pay.currency not in one.currencies
    is_other_period = one.period in former.periods and one.period != pay.period
    return amount in (pay.low, pay.high) and bool(is_other_currency or is_other_period)


RULES = [
    Rule("pay_period", "Pay of another period", EXPERIENCE, unlikely_period),
    Rule("pay_wide", "Wide range of pay", EXPERIENCE, wide_range),
    Rule("pay_one_end", "One end of pay", STYLE, one_end),
    Rule("pay_against_text", "Pay against text", GOOGLE, pay_against_text),
]
