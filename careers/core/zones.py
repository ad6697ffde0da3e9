"""Closing days in a time zone.

The rule: a posting is open through the whole of its closing day in its own zone, and closes at the first moment of the next
day there. Where clocks change at midnight: a midnight that does not exist is the moment the clocks jump, a midnight that
comes twice is the first of the two.
"""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError


@lru_cache(maxsize=1)
def zone_names():
    """Names with a region, as people choose them, and UTC; no aliases such as 'EST5EDT'."""
    return [
        "UTC",
        *sorted(name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/"))),
    ]


def zone_choices():
    return [(name, name.replace("_", " ")) for name in zone_names()]


def validate_zone(name):
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is no time zone. Examples: Europe/Berlin, America/New_York.", code="zone")


def closing_moment(day, zone):
    """The moment (UTC) at which something closing on `day` in `zone` is closed."""
    try:
        return datetime.combine(day + timedelta(days=1), time.min, ZoneInfo(zone)).astimezone(UTC)
    except OverflowError as error:
        raise ValidationError("This day is beyond what calendars count.", code="day") from error
