"""Rules for the pay fields: plausible period, informative range, and agreement with the text."""

import re
from decimal import Decimal

from careers.core.money import Pay, Period, currency_codes

from .finding import EXPERIENCE, GOOGLE, STYLE, Note, Rule, quoted

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

SYMBOLS = {
    "$": {"USD", "CAD", "AUD", "NZD", "SGD", "HKD"},
    "€": {"EUR"},
    "£": {"GBP"},
    "¥": {"JPY", "CNY"},
    "₹": {"INR"},
}
AMOUNT = r"(?P<{0}>\d{{1,3}}(?:[,.]\d{{3}})+|\d+(?:\.\d{{1,2}})?)(?!\d)\s?(?P<{0}k>[kK]\b)?"
RANGE_IN_TEXT = re.compile(
    rf"(?P<sign>[$€£¥₹])\s?{AMOUNT.format('low')}(?:\s?[A-Z]{{3}})?\s?(?:-|–|—|to|and)\s?(?:[A-Z]{{0,3}}[$€£¥₹])?\s?{AMOUNT.format('high')}"
    r"(?!\s?(?:[MB]\b|million|billion|bn\b))"
)
AMOUNT_IN_TEXT = re.compile(
    rf"(?P<before>[$€£¥₹]\s?|\b[A-Z]{{3}}\s)?(?<![\d.,]){AMOUNT.format('one')}(?P<after>\s?(?:[€£]|[A-Z]{{3}}\b))?"
)
PAY_WORDS = re.compile(
    r"salary|compensation|pay\b|wage|base|range|OTE|per hour|an hour|/hr|annual|per year", re.IGNORECASE
)
NEAR = 120
LEAST_WITHOUT_CURRENCY = 1000  # smaller numbers near words about pay are hours, days and shares


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
    """Pay ranges in the text that the pay fields contradict or lack, and amounts that the fields stated once."""
    found = ranges_in(subject)
    ranges = [written for _, written, _ in found]
    if found and not subject.pay:
        yield Note(
            "pay_min", f"The text says {quoted(ranges)}, the fields of pay are empty: search by pay does not find it."
        )
    elif found and not any(agrees(subject.pay, ends) for _, _, ends in found):
        yield Note(found[0][0], f"The text says {quoted(ranges)}, the fields say {subject.pay}.")
    else:
        yield from former_pay_in_text(subject)


def former_pay_in_text(subject):
    says = f"the fields say {subject.pay}" if subject.pay else "the fields of pay are empty"
    for field, text in subject.plain_texts.items():
        filled = subject.former.values.get(field, {}).get("pay")
        found = [written for written, amount in amounts_in(text) if amount in subject.former.amounts]
        if found := [filled] if filled and filled in text else found:
            yield Note(field, f"The text says {quoted(found)}, {says}.")


def amounts_in(text):
    """(as written, amount) of each amount with a currency, or near words about pay."""
    for match in AMOUNT_IN_TEXT.finditer(text):
        amount = amount_of(match["one"], bool(match["onek"]))
        around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
        if has_currency(match) or (amount >= LEAST_WITHOUT_CURRENCY and PAY_WORDS.search(around)):
            yield match[0].strip(), amount


def has_currency(match):
    marks = {(match[part] or "").strip() for part in ("before", "after")}
    return bool(marks & (SYMBOLS.keys() | currency_codes()))


def ranges_in(subject):
    """[(field, as written, (low, high))] of the ranges in the currency of the pay fields, or in any if they are empty."""
    found = []
    for field, text in subject.plain_texts.items():
        for match in RANGE_IN_TEXT.finditer(text):
            around = text[max(0, match.start() - NEAR) : match.end() + NEAR]
            currencies = SYMBOLS[match["sign"]]
            if PAY_WORDS.search(around) and (not subject.pay or subject.pay.currency in currencies):
                found.append((field, match[0], ends_of(match)))
    return found


def ends_of(match):
    """Two pairs (amount, unit it is written in): 82k is written in thousands."""
    high_k = bool(match["highk"])
    low_k = bool(match["lowk"]) or high_k
    return tuple((amount_of(match[end], k), 1000 if k else 1) for end, k in (("low", low_k), ("high", high_k)))


def amount_of(written, is_thousands):
    """'45,000' and '45.000' are thousands; '45.5' and '20.50' are not."""
    whole = re.sub(r"[,.](?=\d{3}(?!\d))", "", written)
    return Decimal(whole) * (1000 if is_thousands else 1)


def agrees(pay: Pay, ends):
    """Whether both ends are the same, as stated or per year. A range never agrees with pay of which one end is open."""
    if pay.low is None or pay.high is None:
        return False
    stated = zip((pay.low, pay.high), ends, strict=True)
    if all(abs(amount - written) < unit for amount, (written, unit) in stated):
        return True
    yearly = zip((pay.per_year.low, pay.per_year.high), ends, strict=True)
    return pay.period != Period.YEAR and all(is_close(amount, written) for amount, (written, _) in yearly)


def is_close(one, other):
    """For amounts worked out per year, which a text rounds."""
    return abs(one - other) <= Decimal("0.01") * max(one, other)


RULES = [
    Rule("pay_period", "Pay of another period", EXPERIENCE, unlikely_period),
    Rule("pay_wide", "Wide range of pay", EXPERIENCE, wide_range),
    Rule("pay_one_end", "One end of pay", STYLE, one_end),
    Rule("pay_against_text", "Pay against text", GOOGLE, pay_against_text),
]
