"""Amounts of money in running text: numbers in the notation of any country, currency signs, and ranges."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from careers.guide_import.text.blocks import MAX_ANALYSED_LENGTH

from .currencies import AMBIGUOUS_CODES, AMBIGUOUS_SIGNS, CODES, UNAMBIGUOUS_SIGNS

NUMBER = (
    r"(?:\d{1,3}(?:[,.'’ ]\d{3})+(?!\d)(?:[.,]\d{1,2}(?!\d))?|\d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d{1,2}(?!\d))?"
    r"|\d+(?:[.,]\d+)?)"
)
SCALES = {
    "k": 1000, "thousand": 1000, "tsd": 1000, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6, "mil": 10**6,
    "lakh": 10**5, "lac": 10**5, "lpa": 10**5, "l": 10**5, "crore": 10**7, "cr": 10**7,
}  # fmt: skip
SCALE = r"(?:thousand|tsd\.?|million|millions|mil|mio\.?|mn|lakhs?|lacs?|lpa|crores?|cr|[km])(?![^\W\d])|L(?![^\W\d])"
SIGNS = sorted([*UNAMBIGUOUS_SIGNS, *AMBIGUOUS_SIGNS], key=len, reverse=True)
CURRENCY = r"(?:{}|(?<![A-Za-z])(?:{})(?![A-Za-z]))".format(
    "|".join((r"(?<![A-Za-z])" if sign[0].isalpha() else "") + re.escape(sign)
             + (r"(?![A-Za-z])" if sign[-1].isalpha() else "") for sign in SIGNS),
    "|".join(CODES),
)  # fmt: skip
AMOUNT = re.compile(
    rf"(?P<before>{CURRENCY})?\s?(?<![\w.,])(?P<number>{NUMBER})\s?(?P<scale>(?i:{SCALE}))?(?P<plus>\+)?"
    rf"(?:\s?(?P<after>{CURRENCY}))?"
)
AMOUNT_AFTER_SIGN = re.compile(
    rf"(?P<before>{CURRENCY})\s?(?P<number>{NUMBER})\s?(?P<scale>(?i:{SCALE}))?(?P<plus>\+)?(?:\s?(?P<after>{CURRENCY}))?"
)
JOINERS = re.compile(
    r"\s*(?:–|—|-|−|~|\bto\b|\bup to\b|\bbis\b|\bthrough\b|\btill\b|\buntil\b|\bà\b)\s*(?:\babout\b|\baround\b)?\s*$"
)
AND = re.compile(r"\s*\band\b\s*$")
DIGIT = re.compile(r"\d")
LARGEST = Decimal(10) ** 11


@dataclass(frozen=True)
class Amount:
    """A single amount, or a range if `high` is set. `sign` is the currency as written: 'US$', 'EUR' or ''."""

    low: Decimal
    high: Decimal | None
    sign: str
    start: int
    end: int
    open_end: bool = False
    per_year: bool = False


def value_of(number: str, scale: str = "") -> Decimal:
    """'60.000' -> 60000, '1,20,000' -> 120000, '41.21' -> 41.21, '1,5' million -> 1500000."""
    plain = re.sub(r"['’ ]", "", number)
    separators = re.findall(r"[.,]", plain)
    decimal = ""
    if separators:
        last = max(plain.rfind("."), plain.rfind(","))
        digits_after = len(plain) - last - 1
        is_repeated = len(separators) > 1 and len(set(separators)) == 1
        if not is_repeated and (digits_after != 3 or (scale and len(separators) == 1)):
            decimal, plain = plain[last + 1 :], plain[:last]
    digits = re.sub(r"[.,]", "", plain)
    value = Decimal(f"{digits}.{decimal}" if decimal else digits)
    value *= SCALES.get(scale.lower().rstrip(".").removesuffix("s"), 1) if scale else 1
    return value.quantize(Decimal("0.01")) if value % 1 else value.quantize(Decimal(1))


def amounts_in(text: str, *, bare: bool = False) -> list[Amount]:
    """Amounts with a currency; with `bare`, also plain numbers that could be pay."""
    if len(text) > MAX_ANALYSED_LENGTH or not DIGIT.search(text):
        return []
    return [amount for amount in _amounts(text) if amount.sign or (bare and _could_be_pay(amount))]


@lru_cache(maxsize=4096)
def _amounts(text):
    singles = [amount for match in _matches(text) if (amount := _single(match, text))]
    return [replace(found, sign=found.sign or "INR") if found.per_year else found for found in _ranges(singles, text)]


def _matches(text):
    """Matches in order. A sign belongs to the number after it even without a space between them: “USD120,000”."""
    found = sorted(
        [*AMOUNT.finditer(text), *AMOUNT_AFTER_SIGN.finditer(text)],
        key=lambda match: (match.start("number"), -len(match["before"] or "")),
    )
    position = 0
    for match in found:
        if match.start("number") >= position:
            yield match
            position = match.end()


def _single(match, text):
    if re.match(r"\s?(?:%|per ?cent|\(k\)|st\b|nd\b|rd\b|th\b)", text[match.end() :]) or match["number"].startswith(
        "00"
    ):
        return None
    if len(match["number"]) > 18:
        return None
    value, scale = value_of(match["number"], match["scale"] or ""), (match["scale"] or "").lower()
    sign = next((side for side in (match["before"], match["after"]) if side and _is_currency(side, value)), "")
    if not 0 < value < LARGEST:
        return None
    return Amount(value, None, sign, match.start(), match.end(), bool(match["plus"]), scale == "lpa")


def _is_currency(sign, value):
    return value >= 1000 or sign not in AMBIGUOUS_CODES


def _ranges(singles, text):
    result, index = [], 0
    while index < len(singles):
        first = singles[index]
        second = singles[index + 1] if index + 1 < len(singles) else None
        if second and _is_range(first, second, text):
            result.append(_joined(first, second, text))
            index += 2
        else:
            result.append(first)
            index += 1
    return result


def _is_range(first, second, text):
    between = text[first.end : second.start]
    if first.sign and second.sign and first.sign != second.sign and not {first.sign, second.sign} & {"$", "kr", "R"}:
        return False
    if not (first.sign or second.sign) and _is_year(first):
        return False
    if JOINERS.fullmatch(between):
        return True
    before = text[max(0, first.start - 40) : first.start]
    return bool(
        AND.fullmatch(between) and re.search(r"\b(?:between|from|range|ranges|ranging|anywhere)\b", before, re.I)
    )


def _joined(first, second, text):
    low = first.low
    scale = re.search(rf"(?i:{SCALE})", text[second.start : second.end])
    if scale and low < 1000 and low < second.low and not re.search(rf"(?i:{SCALE})", text[first.start : first.end]):
        low = value_of(str(low), scale[0])
    sign = max(first.sign, second.sign, key=len)
    return Amount(low, second.low, sign, first.start, second.end, second.open_end, first.per_year or second.per_year)


def _is_year(amount):
    return amount.low % 1 == 0 and 1900 <= amount.low <= 2100


def _could_be_pay(amount):
    return amount.low >= 1000 and not (_is_year(amount) and amount.high is None)
