"""Pay as it is filtered, counted and sorted: yearly, by the rule of core/money.py, in one currency at a time.

A range is represented by its upper end, or by the one end that is stated: a job matches an amount when its pay reaches it.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import accumulate

from django.db.models import Case, DecimalField, F, Q, When
from django.db.models.functions import Coalesce, Floor

from careers.core.facets import Facet, Option
from careers.core.models import any_not_null
from careers.core.money import PERIODS_A_YEAR, amount_text, currency_codes, parse_amount, per_year
from careers.search.conditions import And, NamedOptions, Range, Terms

UNSTATED, OR_MORE = "unstated", " or more"
STEPS = (1, 2, 3, 4, 5, 6, 8)  # and 1.5, each times a power of ten: the amounts offered, in any currency
MAX_AMOUNTS = 7  # offered at once
MAX_DIGITS = 12  # of an amount in the query string


@dataclass(frozen=True)
class PayFacet(Facet):
    """`currencies` are (code, number of jobs that state their pay in it). `currency` is the one of the amounts."""

    currency: str = ""
    currencies: tuple[tuple[str, int], ...] = ()

    template = "postings/_pay_facet.html"

    @property
    def amounts(self):
        return [option for option in self.options if option.value != UNSTATED]

    @property
    def is_amount_chosen(self):
        return any(option.is_chosen for option in self.amounts)

    @property
    def unstated(self):
        return [option for option in self.options if option.value == UNSTATED]


def yearly_top(low, high, period):
    """The yearly amount that represents a range; None where pay is not stated."""
    return per_year(low if high is None else high, period)


def pay_band(low, high, currency, period):
    """'EUR:60000' for pay from €60,000 up to the next step; 'unstated'."""
    amount = yearly_top(low, high, period)
    return UNSTATED if amount is None else f"{currency}:{step_at_most(int(amount))}"


def step_at_most(amount):
    """The highest step that is not above the amount: 84,000 -> 80,000."""
    tenfold = 10 ** max(len(str(max(amount, 1))) - 1, 0)
    steps = sorted({*(step * tenfold for step in STEPS), 3 * tenfold // 2})
    return max((step for step in steps if step <= max(amount, 1)), default=1)


def pay_words(value, currency):
    return "Pay not stated" if value == UNSTATED else f"{amount_text(Decimal(value), currency)}{OR_MORE}"


def has_amount(pairs):
    """Whether the (name, value) of a search filter by an amount, for which the currency matters."""
    return any(name == "pay" and value != UNSTATED for name, value in pairs)


@dataclass(frozen=True)
class PayCondition:
    """Pay in the currency reaches one of these amounts, or is not stated where 'unstated' is one of them."""

    values: tuple[str, ...]
    currency: str

    def sql(self):
        condition = Q(pk__in=[])
        for value in self.values:
            condition |= ~any_not_null("pay_min", "pay_max") if value == UNSTATED else self._reaches(int(value))
        return condition

    def _reaches(self, amount):
        reaches = Q()
        for period, times in PERIODS_A_YEAR.items():
            least = (Decimal(amount) / times).quantize(Decimal("0.01"), ROUND_CEILING)
            top = Q(pay_max__gte=least) | Q(pay_max__isnull=True, pay_min__gte=least)
            reaches |= Q(pay_period=period) & top
        return Q(pay_currency=self.currency) & reaches

    def index(self):
        """Each value is counted under its own name."""
        return NamedOptions(
            {
                value: Terms("band", (UNSTATED,))
                if value == UNSTATED
                else And((Terms("currency", (self.currency,)), Range("pay_high", int(value))))
                for value in self.values
            }
        )


def highest_first(rows, currency):
    """Postings that state their pay in the currency, highest first; then all others, newest first."""
    top = Coalesce("pay_max", "pay_min")
    amounts = [
        When(pay_currency=currency, pay_period=period, then=Floor(top * times))
        for period, times in PERIODS_A_YEAR.items()
    ]
    rows = rows.annotate(
        paid=Case(*amounts, output_field=DecimalField()),
        paid_pk=Case(When(paid__isnull=False, then=F("pk"))),
    )
    return rows.order_by(F("paid").desc(nulls_last=True), F("paid_pk").desc(nulls_last=True), "-publish_at", "-pk")


def count_bands(rows, values, currency):
    """{band: number of rows}, with the chosen amounts as further keys; one query."""
    counts, chosen = {}, [value for value in values if value != UNSTATED]
    stated = rows.order_by().values_list("pay_min", "pay_max", "pay_currency", "pay_period", "pk").distinct()
    for low, high, code, period, _ in stated:
        key = pay_band(low, high, code, period)
        counts[key] = counts.get(key, 0) + 1
        for value in chosen:
            counts.setdefault(value, 0)
            counts[value] += key != UNSTATED and code == currency and yearly_top(low, high, period) >= int(value)
    return counts


def pay_facet(label, counts, values, currency) -> PayFacet:
    """The pay facet from counts by band. Without a `currency` amounts are in the one in which most jobs state their pay."""
    bands, currencies = _by_currency(counts)
    shown = currency or next(iter(currencies), "")
    amounts = _counts_from_step(bands.get(shown, {}))
    amounts |= {int(value): counts.get(value, 0) for value in values if value != UNSTATED}
    offered = {str(amount): amounts[amount] for amount in sorted(amounts)}
    if (counts.get(UNSTATED) and currencies) or UNSTATED in values:
        offered[UNSTATED] = counts.get(UNSTATED, 0)
    options = [Option(value, pay_words(value, shown), many, value in values) for value, many in offered.items()]
    named = currencies if shown in currencies or not shown else {shown: 0} | currencies
    return PayFacet("pay", label, options, shown, tuple(named.items()))


def _by_currency(counts):
    bands, currencies = {}, {}
    for key, many in counts.items():
        code, _, step = key.partition(":")
        if step:
            bands.setdefault(code, {})[int(step)] = many
            currencies[code] = currencies.get(code, 0) + many
    return bands, dict(sorted(currencies.items(), key=lambda pair: (-pair[1], pair[0])))


def _counts_from_step(bands):
    """{step: number of jobs whose pay reaches it}; of more than MAX_AMOUNTS steps, an even selection."""
    steps = sorted(bands)
    totals = dict(zip(reversed(steps), accumulate(bands[step] for step in reversed(steps)), strict=True))
    if len(steps) > MAX_AMOUNTS:
        steps = [steps[round(place * (len(steps) - 1) / (MAX_AMOUNTS - 1))] for place in range(MAX_AMOUNTS)]
    return {step: totals[step] for step in steps}


def clean_amounts(values):
    """The lowest whole amount ('65000', '65,000', '65k') and 'unstated' in a query string; anything else is dropped."""
    amounts = [amount for value in values if (amount := _whole_amount(value)) is not None]
    lowest = [str(min(amounts))] if amounts and min(amounts) else []
    return lowest + [UNSTATED] * (UNSTATED in values)


def _whole_amount(value):
    try:
        amount = parse_amount(value)
    except ValueError:
        return None
    is_usable = amount == amount.to_integral_value() and 0 <= amount < 10**MAX_DIGITS
    return int(amount) if is_usable else None


def currency_choices():
    return [(code, code) for code in sorted(currency_codes())]
