"""Pay: amounts, currencies and periods.

Amounts are Decimal. To compare periods, a year has 2,080 paid hours, 260 days, 52 weeks and 12 months.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import pycountry
from babel import Locale
from babel.numbers import format_currency, get_currency_symbol
from django.core.exceptions import ValidationError
from django.db.models import TextChoices


class Period(TextChoices):
    HOUR = "hour", "per hour"
    DAY = "day", "per day"
    WEEK = "week", "per week"
    MONTH = "month", "per month"
    YEAR = "year", "per year"

    @property
    def a_period(self) -> str:
        """'an hour', 'a year'"""
        return {"hour": "an hour"}.get(self.value, f"a {self.value}")


PERIODS_A_YEAR = {Period.HOUR: 2080, Period.DAY: 260, Period.WEEK: 52, Period.MONTH: 12, Period.YEAR: 1}


def per_year(amount: Decimal | None, period: str) -> Decimal | None:
    """The amount per year in the same currency; None stays None."""
    return None if amount is None else amount * PERIODS_A_YEAR[Period(period)]


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    return frozenset(currency.alpha_3 for currency in pycountry.currencies)


def validate_currency(code: str) -> None:
    if code not in currency_codes():
        raise ValidationError(
            f"“{code}” is not a currency code. Enter 3 letters, for example USD, EUR or GBP.", code="currency"
        )


# Groups of three digits ("65,000", "65.000", "65 000", "65'000") or as in India ("1,20,000"); then at most two decimals.
TYPED_AMOUNT = re.compile(
    r"(?P<minus>[-−])?"
    r"(?:(?P<grouped>[1-9][0-9]{0,2}(?:(?P<separator>[,.'’ \u00a0\u202f])[0-9]{3})(?:(?P=separator)[0-9]{3})*)"
    r"|(?P<indian>[1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})|(?P<plain>[0-9]+))"
    r"(?:(?P<point>[.,])(?P<decimals>[0-9]{1,2}))?[ \u00a0]?(?P<scale>[kKmM])?"
)
LONGEST_AMOUNT = 30  # characters
MOST_DIGITS = 18  # before the point: Decimal calculates exactly with 28 digits, two of them decimals, six those of "m"
SCALES = {"k": 1000, "m": 1_000_000}


def parse_amount(text: str) -> Decimal:
    """What people type: '65,000', '65.000', '65 000.50', '82k', '82.5k', '1.2m'. Raises ValueError.

    A point or comma before three digits separates thousands, before one or two digits it is the decimal point.
    """
    match = TYPED_AMOUNT.fullmatch(text.strip()) if len(text) <= LONGEST_AMOUNT else None
    if match is None or (match["point"] and match["point"] == match["separator"]):
        raise ValueError("Enter an amount, for example 65000, 65,000 or 65k.")
    whole = re.sub(r"[^0-9]", "", match["grouped"] or match["indian"] or match["plain"])
    if len(whole) > MOST_DIGITS:
        raise ValueError("This amount is too large. Enter one like 65000, 65,000 or 65k.")
    amount = Decimal(f"{whole}.{match['decimals'] or 0}") * SCALES.get((match["scale"] or "").lower(), 1)
    amount = amount.quantize(Decimal("0.01")) if amount % 1 else amount.quantize(Decimal(1))
    return -amount if match["minus"] else amount


SIGN_BEFORE = re.compile(r"([^\d\s.,'’−-]{1,4})[ \u00a0]?(?=\d)")
SIGN_BEHIND = re.compile(r"(?<=[\dkKmM])[ \u00a0]?([A-Za-z]{3}|[^\w\s.,'’]{1,3})$")


@lru_cache(maxsize=1)
def currency_signs() -> dict[str, str]:
    """{sign or code: code}: 'EUR' and '€' are EUR, 'CA$' is CAD, '$' is USD."""
    return {get_currency_symbol(code, locale="en"): code for code in currency_codes()} | {
        code: code for code in currency_codes()
    }


def split_currency(text: str) -> tuple[str, str]:
    """'€65k' -> ('65k', '€'), '65,000 eur' -> ('65,000', 'EUR'). Without a sign that we know the text stays as it is."""
    text = text.strip()
    if len(text) <= LONGEST_AMOUNT:
        for match in (SIGN_BEFORE.match(text), SIGN_BEHIND.search(text)):
            if match and (sign := match[1].upper()) in currency_signs():
                return f"{text[: match.start()]}{text[match.end() :]}", sign
    return text, ""


def is_sign_of(sign: str, code: str) -> bool:
    """'$' stands for any dollar or peso, 'CA$' for one."""
    return currency_signs().get(sign) == code or (sign == "$" and get_currency_symbol(code, locale="en").endswith("$"))


@lru_cache(maxsize=4096)
def amount_text(amount: Decimal, currency: str, locale: str = "en") -> str:
    """'$120,000', '$41.21', 'A$95,000'. Whole amounts have no decimals; the locale decides on separators."""
    if amount != amount.to_integral_value():
        return _separate_code(format_currency(amount, currency, locale=locale))
    pattern = Locale.parse(locale).currency_formats["standard"].pattern.replace(".00", "")
    return _separate_code(format_currency(amount, currency, pattern, locale=locale, currency_digits=False))


def _separate_code(text: str) -> str:
    """'AED25,000' -> 'AED 25,000', with a no-break space after a code of letters; symbols stay as they are."""
    return re.sub(r"(?<=[^\W\d_])(?=\d)", "\u00a0", text)


@dataclass(frozen=True)
class Pay:
    """Pay as stated by an employer or a source: one or both ends, in one currency, for one period."""

    low: Decimal | None
    high: Decimal | None
    currency: str
    period: str

    def __bool__(self) -> bool:
        return self.low is not None or self.high is not None

    def __str__(self) -> str:
        return f"{self.range_text} {Period(self.period).a_period}" if self else ""

    @property
    def range_text(self) -> str:
        if self.low is not None and self.high is not None:
            low, high = amount_text(self.low, self.currency), amount_text(self.high, self.currency)
            return low if low == high else f"{low} to {high}"
        if self.low is not None:
            return f"from {amount_text(self.low, self.currency)}"
        return f"up to {amount_text(self.high, self.currency)}" if self.high is not None else ""

    @property
    def per_year(self) -> "Pay":
        return Pay(per_year(self.low, self.period), per_year(self.high, self.period), self.currency, Period.YEAR)
