"""What open postings of a role offer, to stand beside what others published about pay. One question to the database.

A posting counts by the middle of its range, or by the one end it states, brought to a year by the rule of core/money.py. It
counts once in each country where it has a place; without places, in the one country from which it may be done remotely.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from careers.core.models import any_filled
from careers.core.money import Period, amount_text, per_year
from careers.geo.countries import country_name

SHARES = {"p25": Decimal("0.25"), "median": Decimal("0.5"), "p75": Decimal("0.75")}
COLUMNS = ("pk", "pay_min", "pay_max", "pay_currency", "pay_period", "publish_at")


@dataclass
class Offer:
    """What one posting offers, a year, and where."""

    amount: Decimal
    currency: str
    period: str
    opened_on: date
    places: set = field(default_factory=set)
    remote: set = field(default_factory=set)

    @property
    def countries(self):
        return self.places or (self.remote if len(self.remote) == 1 else set())


@dataclass(frozen=True)
class Advertised:
    """Pay a year in the open postings of one country and currency."""

    country: str
    currency: str
    number: int
    since: date
    until: date
    amounts: dict[str, Decimal]
    converted: dict[str, int] = field(default_factory=dict)  # {period other than a year: number of postings}

    STATISTICS = tuple(SHARES)
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


def advertised_pay(role, at=None):
    """Largest sample first; nothing of fewer than ADVERTISED_PAY_MINIMUM postings."""
    at = at or timezone.now()
    samples = {}
    for offer in offers_of(role, at):
        for country in offer.countries:
            samples.setdefault((country, offer.currency), []).append(offer)
    enough = [
        summary(country, currency, offers, timezone.localdate(at))
        for (country, currency), offers in samples.items()
        if len(offers) >= settings.ADVERTISED_PAY_MINIMUM
    ]
    return sorted(enough, key=lambda advertised: (-advertised.number, advertised.country, advertised.currency))


def offers_of(role, at):
    postings = role.postings.live(at).filter(any_filled("pay_min", "pay_max")).order_by()
    offers = {}
    for row in postings.values_list(*COLUMNS, "places__country", "remote_countries__country"):
        key, low, high, currency, period, publish_at, place, remote = row
        if key not in offers:
            amount = per_year(middle(low, high), period)
            offers[key] = Offer(amount, currency, period, timezone.localdate(publish_at))
        offers[key].places.update({place} - {None})
        offers[key].remote.update({remote} - {None})
    return offers.values()


def summary(country, currency, offers, today):
    amounts = sorted(offer.amount for offer in offers)
    return Advertised(
        country=country,
        currency=currency,
        number=len(offers),
        since=min(offer.opened_on for offer in offers),
        until=today,
        amounts={name: quantile(amounts, share) for name, share in SHARES.items()},
        converted=dict(Counter(offer.period for offer in offers if offer.period != Period.YEAR)),
    )


def middle(low, high):
    """The middle of a range, or the one end that is stated."""
    return (low + high) / 2 if low is not None and high is not None else low if high is None else high


def quantile(amounts, share):
    """Of ascending amounts, by linear interpolation between the two around place (n - 1) x share, counted from 0."""
    place = (len(amounts) - 1) * share
    below = int(place)
    if below == place:
        return amounts[below]
    return amounts[below] + (amounts[below + 1] - amounts[below]) * (place - below)
