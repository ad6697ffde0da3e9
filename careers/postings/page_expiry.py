"""The next moment at which pages about postings change without any edit, for careers/page_cache/expiry.py."""

from datetime import datetime, timedelta

from django.conf import settings

from .job_list.form import POSTED_CHOICES
from .models import Posting

INSTANT = timedelta(microseconds=1)


def next_moment(at: datetime) -> datetime | None:
    """The first moment after `at` at which a posting opens, closes, loses its page, or leaves a period of the filter."""
    shown_after_end = timedelta(days=settings.CLOSED_POSTING_DAYS)
    periods = [timedelta(days=int(days)) for days, _ in POSTED_CHOICES]
    changes = [("publish_at", timedelta()), ("closes_at", timedelta())]
    changes += [(field, shown_after_end) for field in ("closes_at", "closed_at", "filled_at")]
    changes += [("publish_at", period + INSTANT) for period in periods]  # the last instant is still within the period
    return min(filter(None, (first_change(field, delay, at) for field, delay in changes)), default=None)


def first_change(field: str, delay: timedelta, at: datetime) -> datetime | None:
    """The first `field` + `delay` after `at`, of postings in any status: a condition on the status would bypass the index."""
    later = Posting.objects.filter(**{f"{field}__gt": at - delay}).order_by(field)
    moment = later.values_list(field, flat=True).first()
    return moment and moment + delay
