"""Pay as it is filtered, counted and sorted: a year, by the rule of core/money.py, in one currency at a time.

What counts of a range is its upper end, or the one end that is stated: a job counts for an amount when its pay reaches it.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.db.models import Case, DecimalField, F, Q, When
from django.db.models.functions import Coalesce, Floor

from careers.core.facets import Facet, Option
from careers.core.models import any_filled
from careers.core.money import PERIODS_A_YEAR, amount_text, currency_codes, per_year
from careers.search.query import AnyOf, Between, Both, Choices

UNSTATED = "unstated"
ROUND = (1, 2, 3, 4, 5, 6, 8)  # and 1.5, each times 10, 100 and so on: steps that suit any currency
MOST_OFFERED = 7
MOST_DIGITS = 12


@dataclass(frozen=True)
class PayFacet(Facet):
    """`currencies` are (code, number of jobs that state their pay in it)."""

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


def reached(low, high, period):
    """The amount a year by which pay counts; None where it is not stated."""
    return per_year(low if high is None else high, period)


def band(low, high, currency, period):
    """'EUR:60000' for pay of €60,000 up to the next step; 'unstated'."""
    amount = reached(low, high, period)
    return UNSTATED if amount is None else f"{currency}:{step_below(int(amount))}"


def step_below(amount):
    """84,000 -> 80,000: the highest round amount that is not above this one."""
    tenfold = 10 ** max(len(str(max(amount, 1))) - 1, 0)
    steps = sorted({*(step * tenfold for step in ROUND), 3 * tenfold // 2})
    return max((step for step in steps if step <= max(amount, 1)), default=1)


def pay_words(value, currency):
    return "Not stated" if value == UNSTATED else f"{amount_text(Decimal(value), currency)} or more"


# -- In the index


def condition(values, currency):
    """For the index: one of these amounts is reached in the currency, or pay is not stated."""
    parts = {
        value: AnyOf("band", (UNSTATED,))
        if value == UNSTATED
        else Both((AnyOf("currency", (currency,)), Between("pay_high", int(value))))
        for value in values
    }
    return Choices(parts)


# -- In the database


def in_database(values, currency):
    conditions = Q(pk__in=[])
    for value in values:
        conditions |= ~any_filled("pay_min", "pay_max") if value == UNSTATED else _reaching(int(value), currency)
    return conditions


def _reaching(amount, currency):
    reaching = Q()
    for period, times in PERIODS_A_YEAR.items():
        least = (Decimal(amount) / times).quantize(Decimal("0.01"), ROUND_CEILING)
        top = Q(pay_max__gte=least) | Q(pay_max__isnull=True, pay_min__gte=least)
        reaching |= Q(pay_period=period) & top
    return Q(pay_currency=currency) & reaching


def highest_first(rows, currency):
    """Those that state their pay in the currency, highest first; then all others, newest first."""
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


def counted_in(rows, values, currency):
    """{band: number of rows}, and of the chosen amounts beside them; one query."""
    counts, chosen = {}, [value for value in values if value != UNSTATED]
    stated = rows.order_by().values_list("pay_min", "pay_max", "pay_currency", "pay_period", "pk").distinct()
    for low, high, code, period, _ in stated:
        key = band(low, high, code, period)
        counts[key] = counts.get(key, 0) + 1
        for value in chosen:
            counts.setdefault(value, 0)
            counts[value] += key != UNSTATED and code == currency and reached(low, high, period) >= int(value)
    return counts


# -- On the page


def facet(label, counts, values, currency):
    """The options of the pay filter from the counts by band. `currency` is the one that was named, or None: then the one in
    which most of the jobs state their pay."""
    bands, currencies = _by_currency(counts)
    shown = currency or next(iter(currencies), "")
    amounts = _cumulated(bands.get(shown, {}))
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


def _cumulated(bands):
    """{amount: how many reach it}, at most MOST_OFFERED of them, evenly taken."""
    reaching, sums = 0, {}
    for step in sorted(bands, reverse=True):
        reaching += bands[step]
        sums[step] = reaching
    steps = sorted(sums)
    if len(steps) > MOST_OFFERED:
        steps = [steps[round(place * (len(steps) - 1) / (MOST_OFFERED - 1))] for place in range(MOST_OFFERED)]
    return {step: sums[step] for step in steps}


def amounts_of(values):
    """Whole amounts a year and 'unstated' of a query string; several amounts mean the lowest, anything else is dropped."""
    amounts = [
        int(value) for value in values if value.isascii() and value.isdecimal() and 0 < len(value) <= MOST_DIGITS
    ]
    lowest = [str(min(amounts))] if amounts and min(amounts) else []
    return lowest + [UNSTATED] * (UNSTATED in values)


def currency_choices():
    return [(code, code) for code in sorted(currency_codes())]
