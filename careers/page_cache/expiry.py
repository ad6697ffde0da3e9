"""When a page may change without a write: a posting opens or closes, a day ends.

Apps above name their moments by `register_moments`; nothing here knows what they are.
"""

from datetime import datetime, time, timedelta

from django.utils import timezone

_sources = []


def register_expiry_source(source):
    """`source(at)` answers the first moment after `at` at which what it knows about reads differently, or None."""
    if source not in _sources:
        _sources.append(source)


def next_expiry(at):
    """The first such moment of all; at the latest midnight in the site's time zone, when figures grow a day older."""
    return min([next_midnight(at), *filter(None, (source(at) for source in _sources))])


def next_midnight(at):
    tomorrow = timezone.localdate(at) + timedelta(days=1)
    return timezone.make_aware(datetime.combine(tomorrow, time.min))
