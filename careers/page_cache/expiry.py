"""When a page expires without a write: a posting opens or closes, a day ends.

Apps register a function for their own dates with `register_expiry_source`.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from django.utils import timezone

ExpirySource = Callable[[datetime], datetime | None]
_sources: list[ExpirySource] = []


def register_expiry_source(source: ExpirySource) -> None:
    """`source(at)` returns the first time after `at` at which its app's pages change, or None."""
    if source not in _sources:
        _sources.append(source)


def next_expiry(at: datetime) -> datetime:
    """The earliest time of all sources; at the latest midnight in the site's time zone, since pages show ages in days."""
    return min([next_midnight(at), *filter(None, (source(at) for source in _sources))])


def next_midnight(at: datetime) -> datetime:
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
