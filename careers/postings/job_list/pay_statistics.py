"""The pay offered in the open postings of a role: its range by country, and quartiles by country and currency.

A posting is represented by the middle of its range, or by the one end it states, per year by the rule of core/money.py. It
counts once in each country where it has a place; without places, in the only country from which it may be done remotely.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from statistics import quantiles
from typing import Any

from django.conf import settings
from django.utils import timezone

from careers.core.money import Pay, Period, amount_text, per_year
from careers.geo.countries import country_name
from careers.postings.dates import own_day
from careers.roles.models import Role

QUARTILES = ("p25", "median", "p75")
COLUMNS = ("pk", "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at", "time_zone")


@dataclass
class Offer:
    """The yearly pay of one posting, if it states any, and the countries in which it counts."""

    amount: Decimal | None
    low: Decimal | None
    high: Decimal | None
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


@dataclass(frozen=True)
class CountryOffers:
    """The open postings of a role that count in one country, and the range of the pay they state, by currency."""

    country: str  # '' for remote jobs that name several countries or none
    number: int
    stated: int  # how many state their pay
    ranges: list[Pay]  # yearly

    @property
    def place_name(self) -> str:
        return country_name(self.country) if self.country else "Remote, several countries or any"


@dataclass(frozen=True)
class RoleOffers:
    advertised: list[AdvertisedPay]
    countries: list[CountryOffers]


def role_offers(role: Role, at: datetime | None = None) -> RoleOffers:
    """In one query."""
    at = at or timezone.now()
    offers = list(_offers(role, at))
    return RoleOffers(_advertised(offers, at), _by_country(offers))


def advertised_pay(role: Role, at: datetime | None = None) -> list[AdvertisedPay]:
    """The largest sample first; samples below ADVERTISED_PAY_MINIMUM postings are left out. One query."""
    return role_offers(role, at).advertised


def _by_country(offers: list[Offer]) -> list[CountryOffers]:
    """The country with the most postings first, remote ones without a single country last."""
    samples: dict[str, list[Offer]] = defaultdict(list)
    for offer in offers:
        for country in offer.countries or {""}:
            samples[country].append(offer)
    found = [
        CountryOffers(country, len(rows), sum(row.amount is not None for row in rows), _ranges(rows))
        for country, rows in samples.items()
    ]
    return sorted(found, key=lambda row: (row.country == "", -row.number, row.country))


def _ranges(offers: list[Offer]) -> list[Pay]:
    """From the lowest to the highest pay stated, in each currency."""
    ranges = []
    for currency in dict.fromkeys(offer.currency for offer in offers if offer.amount is not None):
        stated = [offer for offer in offers if offer.currency == currency and offer.amount is not None]
        ends = [end.quantize(Decimal(1)) for offer in stated for end in (offer.low, offer.high) if end is not None]
        ranges.append(Pay(min(ends), max(ends), currency, Period.YEAR))
    return ranges


def _advertised(offers: list[Offer], at: datetime) -> list[AdvertisedPay]:
    samples = defaultdict(list)
    for offer in offers:
        if offer.amount is not None:
            for country in offer.countries:
                samples[country, offer.currency].append(offer)
    statistics = [
        _statistics(country, currency, offers, timezone.localdate(at))
        for (country, currency), offers in samples.items()
        if len(offers) >= settings.ADVERTISED_PAY_MINIMUM
    ]
    return sorted(statistics, key=lambda pay: (-pay.number, pay.country, pay.currency))


def _offers(role, at) -> Iterable[Offer]:
    postings = role.postings.live(at).order_by()
    offers: dict[int, Offer] = {}
    for row in postings.values_list(*COLUMNS, "places__country", "remote_countries__country", named=True):
        if row.pk not in offers:
            offers[row.pk] = _offer(row)
        offers[row.pk].places.update({row.places__country} - {None})
        offers[row.pk].remote.update({row.remote_countries__country} - {None})
    return offers.values()


def _offer(row: Any) -> Offer:
    day = own_day(row, row.publish_at)
    if row.pay_min is None and row.pay_max is None:
        return Offer(None, None, None, "", "", day)
    amounts = (midpoint(row.pay_min, row.pay_max), row.pay_min, row.pay_max)
    amount, low, high = (per_year(each, row.pay_period) for each in amounts)
    return Offer(amount, low, high, row.pay_currency, row.pay_period, day)


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
