"""In which time zone the dates of a posting are told: its own, on pages and cards, in the admin, feeds, sitemap and exports."""

from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class InTimeZone(Protocol):
    """A posting, an old version of one, or a row of its columns."""

    @property
    def time_zone(self) -> str: ...


def own_moment(posting: InTimeZone, moment: datetime) -> datetime:
    return moment.astimezone(ZoneInfo(posting.time_zone))


def own_day(posting: InTimeZone, moment: datetime) -> date:
    return own_moment(posting, moment).date()
