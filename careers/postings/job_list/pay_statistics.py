"""Quartiles of the pay offered in the open postings of a role, by country and currency.

A posting is represented by the middle of its range, or by the one end it states, per year by the rule of core/money.py. It
counts once in each country where it has a place; without places, in the only country from which it may be done remotely.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from statistics import quantiles
from typing import cast

from django.conf import settings
from django.utils import timezone

from careers.core.models import any_not_null
from careers.core.money import Period, amount_text, per_year
from careers.geo.countries import country_name
from careers.postings.dates import own_day
from careers.roles.models import Role

QUARTILES = ("p25", "median", "p75")
COLUMNS = ("pk", "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at", "time_zone")


@dataclass
class Offer:
    """The yearly pay of one posting, and the countries in which it counts."""

    amount: Decimal
    currency: str
    period: str
    published_on: date
    places: set[str] = field(default_factory=set)
    remote: set[str] = field(default_factory=set)

    @property
    def countries(self) -> set[str]:
        return self.places or (self.remote if len(self.remote) == 1 else set())


@dataclass(frozen=True)
class AdvertisedPay:
    """Quartiles of yearly pay in the open postings of one country and currency."""

    country: str
    currency: str
    number: int
    since: date
    until: date
    amounts: dict[str, Decimal]
    converted: dict[str, int] = field(default_factory=dict)  # {period other than a year: number of postings}

    STATISTICS = QUARTILES
    period = Period.YEAR

    @property
    def place_name(self):
        return country_name(self.country)

    @property
    def median(self):
        return self.text_of("median")

    @property
    def middle_half(self):
        return f"{self.text_of('p25')} to {self.text_of('p75')}"

    def text_of(self, name):
        """Rounded to whole amounts: '$123,333'."""
        return amount_text(self.amounts[name].quantize(Decimal(1)), self.currency)

    def amount(self, name):
        return self.amounts[name]

    def is_top_coded(self, name):
        return False


def advertised_pay(role: Role, at: datetime | None = None) -> list[AdvertisedPay]:
    """The largest sample first; samples below ADVERTISED_PAY_MINIMUM postings are left out. One query."""
    at = at or timezone.now()
    samples = defaultdict(list)
    for offer in _offers(role, at):
        for country in offer.countries:
            samples[country, offer.currency].append(offer)
    statistics = [
        _statistics(country, currency, offers, timezone.localdate(at))
        for (country, currency), offers in samples.items()
        if len(offers) >= settings.ADVERTISED_PAY_MINIMUM
    ]
    return sorted(statistics, key=lambda pay: (-pay.number, pay.country, pay.currency))


def _offers(role, at) -> Iterable[Offer]:
    postings = role.postings.live(at).filter(any_not_null("pay_min", "pay_max")).order_by()
    offers = {}
    for row in postings.values_list(*COLUMNS, "places__country", "remote_countries__country", named=True):
        if row.pk not in offers:
            yearly = cast(
                Decimal, per_year(midpoint(row.pay_min, row.pay_max), row.pay_period)
            )  # one of them is not null
            offers[row.pk] = Offer(yearly, row.pay_currency, row.pay_period, own_day(row, row.publish_at))
        offers[row.pk].places.update({row.places__country} - {None})
        offers[row.pk].remote.update({row.remote_countries__country} - {None})
    return offers.values()


def _statistics(country, currency, offers, today):
    amounts = [offer.amount for offer in offers]
    quartiles = quantiles(amounts, n=4, method="inclusive") if len(amounts) > 1 else amounts * 3
    return AdvertisedPay(
        country=country,
        currency=currency,
        number=len(offers),
        since=min(offer.published_on for offer in offers),
        until=today,
        amounts=dict(zip(QUARTILES, quartiles, strict=True)),
        converted=dict(Counter(offer.period for offer in offers if offer.period != Period.YEAR)),
    )


def midpoint(low, high):
    """The middle of a range, or the one end that is stated."""
    if low is None or high is None:
        return high if low is None else low
    return (low + high) / 2
