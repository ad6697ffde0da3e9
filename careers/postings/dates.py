"""In which time zone the dates of a posting are told: its own, on pages and cards, in the admin, feeds, sitemap and exports.

Ages and marks on cards count days in the site's time zone, so that a kept page stays right until midnight there
(careers/page_cache/expiry.py).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.formats import date_format

RELATIVE_DAYS = 14  # a job posted longer ago shows the date
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
        days = (today - timezone.localdate(posting.publish_at)).days
        closes_on = None if posting.card_has_ended else posting.closes_on
        return cls(own_day(posting, posting.publish_at), days, closes_on, today)

    @property
    def posted_words(self) -> str:
        """'today', 'yesterday', '2 days ago', '3 Nov', '3 Nov 2025'"""
        if self.days <= 1:
            return "yesterday" if self.days == 1 else "today"
        return f"{self.days} days ago" if self.days <= RELATIVE_DAYS else short_date(self.opened_on, self.today)

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
