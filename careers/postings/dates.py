"""In which time zone the dates of a posting are told: its own, on pages and cards, in the admin, feeds, sitemap and exports.

Ages and marks count days in the site's time zone, so that a kept page stays right until midnight there
(careers/page_cache/expiry.py). The days until a job closes count in its own, like the date beside them; so its page expires at
midnight there as well (careers/postings/views/page.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

from careers.core.time_zones import zone_time_label

RELATIVE_DAYS = 14  # days further away, before or after, are told by the date only
NEW_DAYS = 3  # a job posted at most this many days ago is marked New
LAST_DAYS = 3  # a job that closes in at most this many days is marked Closing soon


class InTimeZone(Protocol):
    """A posting, an old version of one, or a row of its columns."""

    @property
    def time_zone(self) -> str: ...


def own_moment(posting: InTimeZone, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(posting.time_zone))


def own_day(posting: InTimeZone, moment: datetime) -> date:
    return own_moment(posting, moment).date()


def days_open(posting, today: date) -> int:
    """`today` is the day in the site's time zone."""
    return (today - timezone.localdate(posting.publish_at)).days


def age_words(days: int) -> str:
    """'today', 'yesterday', '2 days ago'; '' where the date is told instead."""
    if days <= 1:
        return "yesterday" if days == 1 else "today"
    return f"{days} days ago" if days <= RELATIVE_DAYS else ""


def days_left(posting, at: datetime) -> str:
    """'in 3 days, ', to stand before the closing day; '' for a day that is over or more than 14 days away."""
    if not posting.closes_on:
        return ""
    days = (posting.closes_on - own_day(posting, at)).days
    if days in (0, 1):
        return "tomorrow, " if days else "today, "
    return f"in {days} days, " if 0 < days <= RELATIVE_DAYS else ""


def closing_words(posting) -> str:
    """'12 Dec 2026, 11:59pm Berlin time', the end of that day; empty without a closing day."""
    if not posting.closes_on:
        return ""
    return f"{date_format(posting.closes_on)}, 11:59pm {zone_time_label(posting.time_zone)}"


def ended_words(posting) -> str:
    """The closing day, or the day it was closed or filled by hand if that came first, in the posting's time zone."""
    if posting.closes_at and posting.ended_at == posting.closes_at:
        return f"on {closing_words(posting)}"
    return f"on {date_format(own_day(posting, posting.ended_at))}"


# -- Cards


@dataclass(frozen=True)
class CardDates:
    """What a card says on the day `today` of a job that opened `days` days ago, on `opened_on`."""

    opened_on: date
    days: int
    closes_on: date | None
    today: date

    @classmethod
    def of(cls, posting, today: date) -> "CardDates":
        """`today` is the day in the site's time zone. An ended job does not close any more."""
        closes_on = None if posting.card_has_ended else posting.closes_on
        return cls(own_day(posting, posting.publish_at), days_open(posting, today), closes_on, today)

    @property
    def posted_words(self) -> str:
        """'today', 'yesterday', '2 days ago', '3 Nov', '3 Nov 2025'"""
        return age_words(self.days) or short_date(self.opened_on, self.today)

    @property
    def closing_words(self) -> str:
        """'31 Dec': always the date, which is the same day for every reader."""
        return short_date(self.closes_on, self.today) if self.closes_on else ""

    @property
    def marks(self) -> list[str]:
        is_new = self.days <= NEW_DAYS
        is_closing = self.closes_on is not None and (self.closes_on - self.today).days <= LAST_DAYS
        return ["New"] * is_new + ["Closing soon"] * is_closing


def short_date(day: date, today: date) -> str:
    """'31 Dec'; with the year where it is not this one."""
    return date_format(day, "j M") if day.year == today.year else date_format(day)
