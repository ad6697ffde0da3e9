"""When the next mail of an alert may go."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from careers.core.time_zones import to_utc

from .models import JobAlert

Rhythm = JobAlert.Rhythm


def next_time(alert: JobAlert, after: datetime) -> datetime | None:
    """The first time after `after` at the alert's hour (and weekday) in its zone; None: at once."""
    if alert.rhythm == Rhythm.AT_ONCE:
        return None
    today = after.astimezone(ZoneInfo(alert.time_zone)).date()
    days = (today + timedelta(days=number) for number in range(9))  # the first one may be over, or skipped by the zone
    return next(
        moment
        for day in days
        if alert.rhythm == Rhythm.DAILY or day.weekday() == alert.weekday
        if (moment := to_utc(datetime.combine(day, time(alert.hour)), alert.time_zone)) > after
    )
