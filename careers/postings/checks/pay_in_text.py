"""Finds pay written in a text: '€60,000 to €70,000 a year', '60.000 bis 72.000 Euro', 'up to CHF 70 000'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from careers.core.money import PERIODS_A_YEAR, Pay, Period, currency_codes

DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD", "SGD", "HKD"})
SYMBOLS = {
    "$": DOLLARS,
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
}
NAMES = {
    "euro": SYMBOLS["€"], "dollar": DOLLARS, "pound": SYMBOLS["£"], "franc": frozenset({"CHF"}),
    "franken": frozenset({"CHF"}), "yen": frozenset({"JPY"}), "rupee": SYMBOLS["₹"],
}  # fmt: skip
WORD_CODES = {"ALL", "CUP", "MOP", "TOP", "TRY"}  # currencies, but in a text in capitals more often words
# As in TYPED_AMOUNT of core/money.py. Atomic: '75.5 million' must not be read as 75.
AMOUNT = (
    r"(?P<{0}>(?>\d{{1,3}}(?:(?P<{0}group>[,. '’])\d{{3}})(?:(?P={0}group)\d{{3}}){{0,3}}(?:[.,]\d{{2}})?(?![.,]?\d)"
    r"|\d{{1,2}}(?:,\d{{2}}){{1,4}},\d{{3}}(?![.,]?\d)"
    r"|\d+(?:[.,]\d{{1,2}})?(?![.,]?\d)))"
    r"(?:\s?(?P<{0}k>[kK]\b|thousand\b)|(?!\s?(?:[MBm]\b|mn\b|bn\b|million|billion|Mio\b|Mrd\b)))"
)
BEFORE = r"(?:(?P<{0}>[$€£¥₹]|\b[A-Z]{{3}})\s?)?(?<![\d.,'’])"
AFTER = r"(?:\s?(?P<{0}>[€£]|[A-Z]{{3}}\b|(?i:euro|dollar|pound|franc|franken|yen|rupee)s?\b))?"
LOW = BEFORE.format("before_low") + AMOUNT.format("low") + AFTER.format("after_low")
HIGH = r"(?:[A-Z]{1,2}(?=[$]))?" + BEFORE.format("before_high") + AMOUNT.format("high") + AFTER.format("after_high")
RANGE_IN_TEXT = re.compile(rf"{LOW}\s?(?:-|–|—|to\b|and\b|bis\b)\s?{HIGH}")
AMOUNT_IN_TEXT = re.compile(LOW)
UPPER_BOUND = re.compile(
    r"\b(?:up to|at most|no more than|maximum(?: of)?|bis zu) (?:[A-Z]{1,2}(?=[$]))?$", re.IGNORECASE
)
LOWER_BOUND = re.compile(
    r"\b(?:from|at least|no less than|starting at|minimum(?: of)?|ab) (?:[A-Z]{1,2}(?=[$]))?$", re.IGNORECASE
)
LONGEST_BOUND = 20
PAY_WORDS = re.compile(
    r"salary|compensation|pay\b|wage|base|range|OTE|per hour|an hour|/hr|annual|per year|per annum|gehalt|remuneration",
    re.IGNORECASE,
)
OTHER_SUMS = re.compile(
    r"bonus|budget|allowance|stipend|referral|relocation|training|commission|reimburs|equity|expenses|revenue|equipment",
    re.IGNORECASE,
)
NEAR = 120
LEAST_WITHOUT_CURRENCY = 1000  # smaller numbers near words about pay are hours, days and shares

PERIOD_WORDS = {
    Period.YEAR: r"year|annum|jahr|yr", Period.MONTH: r"month|monat", Period.WEEK: r"week|woche", Period.DAY: r"day|tag",
    Period.HOUR: r"hour|stunde|hr|h",
}  # fmt: skip
ADVERBS = {
    Period.YEAR: r"annual(?:ly)?|yearly|p\.\s?a\.|jährlich", Period.MONTH: r"monthly|monatlich", Period.WEEK: r"weekly",
    Period.DAY: r"daily", Period.HOUR: r"hourly",
}  # fmt: skip
PERIOD_AFTER = {
    period: re.compile(
        r",?\s?\(?(?:(?:gross|brutto|before tax) )?"
        rf"(?:(?:(?:per|an?|each|every|pro|im|in der) |/\s?)(?:{words})\b|(?:{ADVERBS[period]})(?!\w))",
        re.IGNORECASE,
    )
    for period, words in PERIOD_WORDS.items()
}
PERIOD_BEFORE = {
    period: re.compile(
        rf"\b(?:{words})\s(?:\w+\s){{0,3}}(?:salary|pay|wages?|compensation|rate|range|remuneration)\b[^.!?;\d]{{0,30}}$",
        re.IGNORECASE,
    )
    for period, words in ADVERBS.items()
}


@dataclass(frozen=True)
class PayInText:
    """One end is None where the text gives one amount alone, such as “up to €75,000”.

    ``low`` and ``high`` are (amount, unit it is written in): 82k is written in thousands. ``currencies`` are those the
    marks may mean; empty without a mark. ``period`` is '' where the text does not say.
    """

    written: str
    low: tuple[Decimal, int] | None
    high: tuple[Decimal, int] | None
    currencies: frozenset[str]
    period: str
    is_about_pay: bool  # words about pay are near, or a period follows

    def is_in(self, pay: Pay) -> bool:
        return not self.currencies or pay.currency in self.currencies

    def agrees(self, pay: Pay) -> bool:
        """Whether all ends it gives are those of the pay, as stated or per year. Both may be rounded."""
        if not self.is_in(pay):
            return False
        if self.period in ("", pay.period) and self.has_amounts_of(pay):
            return True
        period = self.period or Period.YEAR
        return period != pay.period and all(
            end is not None
            and is_close(end * PERIODS_A_YEAR[Period(pay.period)], one[0] * PERIODS_A_YEAR[Period(period)])
            for one, end in self._ends(pay)
        )

    def has_amounts_of(self, pay: Pay) -> bool:
        """As numbers, whatever the currency and the period."""
        return all(end is not None and abs(end - one[0]) < one[1] for one, end in self._ends(pay))

    def shares_an_end(self, pay: Pay) -> bool:
        return self.is_in(pay) and any(one[0] == end for one, end in self._ends(pay))

    def _ends(self, pay):
        return [(one, end) for one, end in ((self.low, pay.low), (self.high, pay.high)) if one]

    def is_comparable(self, pay: Pay) -> bool:
        """Whether the amounts are of the size of the pay: 'up to €5,000' beside a salary is something else."""
        written = self.high or self.low
        stated = [end for end in (pay.low, pay.high) if end]
        return written is not None and any(end <= 2 * written[0] <= 4 * end for end in stated)


def is_close(one, other):
    """For amounts worked out per year, which a text rounds."""
    return abs(one - other) <= Decimal("0.01") * max(one, other)


def ranges_in(text: str) -> Iterator[PayInText]:
    """Those with a currency."""
    for match in RANGE_IN_TEXT.finditer(text):
        if currencies := currencies_of(match):
            high_k = bool(match["highk"])
            low, high = end_of(match, "low", is_thousands=high_k), end_of(match, "high")
            yield found(text, match, low, high, currencies)


def bounds_in(text: str) -> Iterator[PayInText]:
    """'up to €75,000' and 'from €60,000' in sentences about pay and nothing else."""
    for match in AMOUNT_IN_TEXT.finditer(text):
        before = text[max(0, match.start() - LONGEST_BOUND) : match.start()]
        is_upper = UPPER_BOUND.search(before)
        if not (is_upper or LOWER_BOUND.search(before)) or RANGE_IN_TEXT.match(text, match.start()):
            continue
        sentence = sentence_around(text, match)
        currencies = currencies_of(match)
        if currencies and PAY_WORDS.search(sentence) and not OTHER_SUMS.search(sentence):
            end = end_of(match, "low")
            yield found(text, match, None if is_upper else end, end if is_upper else None, currencies)


def amounts_in(text: str) -> Iterator[PayInText]:
    """Each amount with a currency, or near words about pay, as the lower end."""
    for match in AMOUNT_IN_TEXT.finditer(text):
        end, currencies = end_of(match, "low"), currencies_of(match)
        if currencies or (end[0] >= LEAST_WITHOUT_CURRENCY and PAY_WORDS.search(around(text, match))):
            yield found(text, match, end, None, currencies)


def found(text, match, low, high, currencies):
    period, end = period_after(text, match)
    period = period or period_before(text, match)
    is_about_pay = bool(period or PAY_WORDS.search(around(text, match)))
    return PayInText(text[match.start() : end].strip(), low, high, currencies, period, is_about_pay)


def around(text, match):
    return text[max(0, match.start() - NEAR) : match.end() + NEAR]


def sentence_around(text, match):
    before = re.split(r"[.!?;]\s", text[max(0, match.start() - NEAR) : match.start()])[-1]
    return before + match[0] + re.split(r"[.!?;](?:\s|$)", text[match.end() : match.end() + NEAR])[0]


def currencies_of(match) -> frozenset[str]:
    """What all its marks may mean together: 'CAD' and '$' are Canadian dollars."""
    marks = [
        read_mark(word) for name, word in match.groupdict().items() if word and name.startswith(("before", "after"))
    ]
    marks = [mark for mark in marks if mark]
    return frozenset.intersection(*marks) or frozenset.union(*marks) if marks else frozenset()


def read_mark(word):
    if word in SYMBOLS:
        return SYMBOLS[word]
    if name := NAMES.get(word.lower()) or NAMES.get(word.lower().removesuffix("s")):
        return name
    return frozenset({word}) if word in currency_codes() and word not in WORD_CODES else frozenset()


def period_after(text, match):
    """(period, where its words end); the end of the amount where none follows."""
    words = ((period, pattern.match(text, match.end())) for period, pattern in PERIOD_AFTER.items())
    return next(((period, word.end()) for period, word in words if word), ("", match.end()))


def period_before(text, match):
    before = text[max(0, match.start() - NEAR) : match.start()]
    return next((period for period, pattern in PERIOD_BEFORE.items() if pattern.search(before)), "")


def end_of(match, end, *, is_thousands=False):
    is_thousands = is_thousands or bool(match[f"{end}k"])
    return amount_of(match[end], is_thousands), 1000 if is_thousands else 1


def amount_of(written: str, is_thousands: bool) -> Decimal:
    """'45,000', '45.000' and '45 000' are thousands; '45.5' and '20,50' are not."""
    decimals = re.search(r"[.,](\d{1,2})$", written)
    digits = re.sub(r"\D", "", written[: decimals.start()] if decimals else written)
    return Decimal(f"{digits}.{decimals[1] if decimals else 0}") * (1000 if is_thousands else 1)
