"""Days and times in a time zone.

The rule for every time that people enter: it stands for the first moment at which the clocks of the zone show it, or a later
time. So a time that the clocks skip is the moment they jump, and of a time that comes twice the first is meant.

A posting is open through the whole of its closing day in its own zone, and closes at the first moment of the next day there.
"""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

SECOND = timedelta(seconds=1)
# Minutes east of UTC: every whole hour, and the other offsets that clocks somewhere keep (2026).
OFFSETS = sorted({*range(-720, 841, 60), -570, -210, -150, 210, 270, 330, 345, 390, 525, 570, 630, 765, 825})


@cache
def all_zone_names():
    """Also the aliases. Finding them reads hundreds of files."""
    return frozenset(available_timezones())


@cache
def offered_zone_names():
    """Names with a region, as people choose them, and UTC; no aliases such as 'EST5EDT'."""
    return [
        "UTC",
        *sorted(name for name in all_zone_names() if "/" in name and not name.startswith(("Etc/", "SystemV/"))),
    ]


def zone_choices():
    return [(name, zone_label(name)) for name in offered_zone_names()]


def zone_label(zone):
    return zone.replace("_", " ")


def validate_zone(name):
    if name not in all_zone_names():
        raise ValidationError(f"“{name}” is no time zone. Examples: Europe/Berlin, America/New_York.", code="zone")


def to_utc(local, zone):
    """The moment (UTC) that a time without a zone, as clocks in `zone` show it, stands for; by the rule above."""
    place = ZoneInfo(zone)
    try:
        first, second = (local.replace(tzinfo=place, fold=fold).astimezone(UTC) for fold in (0, 1))
    except OverflowError as error:
        raise ValidationError("This day is beyond what calendars count.", code="day") from error
    return first if first <= second else _jump_between(second, first, local, place)


def _jump_between(before, after, local, place):
    """The moment, a whole second, at which the clocks jump over `local`; it lies between the two. Found by halving."""
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(place).replace(tzinfo=None) < local:
            before = middle
        else:
            after = middle
    return after


def end_of_day(day, zone):
    """The moment (UTC) at which something closing on `day` in `zone` is closed."""
    try:
        return to_utc(datetime.combine(day + timedelta(days=1), time.min), zone)
    except OverflowError as error:
        raise ValidationError("This day is beyond what calendars count.", code="day") from error


def to_local(moment, zone):
    """What clocks in `zone` show at the moment, without the zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def format_in_zone(moment, zone):
    """'3 May 2026, 09:00 (Europe/Berlin)'."""
    return f"{date_format(moment.astimezone(ZoneInfo(zone)), 'j F Y, H:i')} ({zone_label(zone)})"


# -- Offsets from UTC, as people name them


def offset_label(minutes):
    """-300 -> 'UTC−5', 330 -> 'UTC+5:30', 0 -> 'UTC'."""
    hours, rest = divmod(abs(minutes), 60)
    sign = "" if minutes == 0 else "−" if minutes < 0 else "+"
    return f"UTC{sign}{hours or (rest and '0') or ''}{f':{rest:02d}' if rest else ''}"


def offset_choices():
    return [(minutes, offset_label(minutes)) for minutes in OFFSETS]


def offset_range_label(west, east):
    """'UTC−5 to UTC+2', or the one offset where both ends are the same."""
    return offset_label(west) if west == east else f"{offset_label(west)} to {offset_label(east)}"
