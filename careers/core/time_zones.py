"""Local dates and times in a time zone, and the moments (UTC) they stand for.

Where clocks skip a local time, it stands for the moment they jump; where it comes twice, for the first of the two.

A posting is open through the whole of its closing day in its own zone, and closes at the start of the next day there.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

SECOND = timedelta(seconds=1)
# Minutes east of UTC: every whole hour, and the other offsets in use somewhere (2026).
OFFSETS = sorted({*range(-720, 841, 60), -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})
OUT_OF_RANGE = "This date is out of range. Enter a date between the years 1 and 9998."


@cache
def all_zone_names() -> frozenset[str]:
    """With aliases. Cached, since Python reads hundreds of files for it."""
    return frozenset(available_timezones())


@cache
def offered_zone_names() -> list[str]:
    """UTC and the names with a region; no aliases such as 'EST5EDT'."""
    return ["UTC", *sorted(name for name in all_zone_names() if "/" in name and not name.startswith("Etc/"))]


def zone_choices() -> list[tuple[str, str]]:
    return [(name, zone_label(name)) for name in offered_zone_names()]


def zone_label(zone: str) -> str:
    return zone.replace("_", " ")


def zone_time_label(zone: str) -> str:
    """'New York time' for America/New_York; a zone without a city keeps its name: 'UTC', 'Etc/GMT+5'."""
    area, _, city = zone.rpartition("/")
    return f"{zone_label(city)} time" if area not in ("", "Etc") else zone_label(zone)


def validate_zone(name: str) -> None:
    if name not in all_zone_names():
        raise ValidationError(
            f"“{name}” is not a time zone. Enter one such as Europe/Berlin or America/New_York.", code="zone"
        )


def to_utc(local: datetime, zone: str) -> datetime:
    """The moment for which a naive local time in `zone` stands, by the rule above."""
    tz = ZoneInfo(zone)
    try:
        first, second = (local.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise ValidationError(OUT_OF_RANGE, code="day") from error
    return first if first <= second else _transition_between(second, first, local, tz)


def _transition_between(before: datetime, after: datetime, local: datetime, tz: tzinfo) -> datetime:
    """The whole second, between the two moments, at which clocks jump over `local`. A binary search."""
    after = after.replace(microsecond=0)
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(tz).replace(tzinfo=None) < local:
            before = middle
        else:
            after = middle
    return after


def end_of_day(day: date, zone: str) -> datetime:
    """The moment at which `day` is over in `zone`."""
    try:
        return to_utc(datetime.combine(day + timedelta(days=1), time.min), zone)
    except OverflowError as error:
        raise ValidationError(OUT_OF_RANGE, code="day") from error


def to_local(moment: datetime, zone: str) -> datetime:
    """The naive local time in `zone`."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def format_in_zone(moment: datetime, zone: str) -> str:
    """'3 May 2026, 09:00 (Europe/Berlin)'."""
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'DATETIME_FORMAT')} ({zone_label(zone)})"


# -- Offsets from UTC


def offset_label(minutes: int) -> str:
    """-300 -> 'UTC−5', 330 -> 'UTC+5:30', 0 -> 'UTC'."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "" if minutes == 0 else "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours or (rest and '0') or ''}{f':{rest:02d}' if rest else ''}"


def offset_choices() -> list[tuple[int, str]]:
    return [(minutes, offset_label(minutes)) for minutes in OFFSETS]


def offset_range_label(west: int, east: int) -> str:
    """'UTC−5 to UTC+2', or one offset where both are equal."""
    return offset_label(west) if west == east else f"{offset_label(west)} to {offset_label(east)}"
