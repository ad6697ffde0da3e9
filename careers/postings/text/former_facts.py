"""What was once true of a posting and is no longer: closing days, amounts of pay, employers and places.

Known from the history of the posting, of its places and of its employers, and from the values its text was filled with.
A text that still names one of them contradicts the posting's fields; checks/facts.py and checks/pay.py look for it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from careers.postings.models import Employer, Posting, PostingPlace
from careers.postings.placeholders import KNOWN_PLACEHOLDERS, placeholders_in

from .drift import field_base
from .render import Place

SHORTEST = 3  # characters; shorter names occur in texts with other meanings


@dataclass(frozen=True)
class FormerFacts:
    """``values`` are what a text field was filled with and what no longer holds: {field: {placeholder: words}}."""

    closing_days: frozenset[date] = frozenset()
    amounts: frozenset[Decimal] = frozenset()
    currencies: frozenset[str] = frozenset()
    periods: frozenset[str] = frozenset()
    employers: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()  # cities, or whole places without a city
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def former_facts(posting: Posting, places: Iterable[Place], facts: Mapping[str, str]) -> FormerFacts:
    """``places`` and ``facts``, the values of the known placeholders, are the present ones. Three queries."""
    columns = ("closes_on", "pay_min", "pay_max", "pay_currency", "pay_period", "employer")
    versions = list(posting.history.order_by().values_list(*columns).distinct())
    days, lows, highs, currencies, periods, employers = zip(*versions, strict=True) if versions else ((),) * 6
    present = (
        [posting.pay_min, posting.pay_max, posting.pay.per_year.low, posting.pay.per_year.high] if posting.pay else []
    )
    values = stale_values(posting, facts)
    filled_days = {day for words in values.values() if (day := read_day(words.get("closing_day", "")))}
    return FormerFacts(
        closing_days=frozenset({*days, *filled_days} - {None, posting.closes_on}),
        amounts=frozenset({*lows, *highs} - {None, *present}),
        currencies=frozenset({*currencies} - {"", posting.pay_currency}),
        periods=frozenset({*periods} - {"", posting.pay_period}),
        employers=former_employers(posting, employers),
        places=former_places(posting, places),
        values=values,
    )


def former_employers(posting: Posting, keys: Iterable[int]) -> frozenset[str]:
    names = Employer.history.order_by().filter(id__in={*keys, posting.employer_id}).values_list("name", flat=True)
    return long_names(names.distinct()) - {posting.employer.name}


def former_places(posting: Posting, places: Iterable[Place]) -> frozenset[str]:
    rows = PostingPlace.history.order_by().filter(posting=posting.pk).values_list("country", "subdivision", "city")
    return long_names(map(place_word, {Place(*row) for row in rows.distinct()})) - set(map(place_word, places))


def place_word(place: Place) -> str:
    return place.city or str(place)


def long_names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(name for name in names if len(name) >= SHORTEST)


def stale_values(posting: Posting, facts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """{text field: {known placeholder: words it was filled with that are not the posting's any more}}"""
    if not posting.template_id:
        return {}
    stale = {}
    for name in posting.TEXT_FIELDS:
        then = field_base(posting, name).values
        words = {key: then[key] for key in KNOWN_PLACEHOLDERS if then.get(key) and then[key] != facts.get(key)}
        stale[name] = {key: value for key, value in words.items() if not placeholders_in(value)}
    return stale


def read_day(words: str) -> date | None:
    """The day a {closing_day} was filled with."""
    try:
        return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007
    except ValueError:
        return None
