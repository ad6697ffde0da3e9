"""When pages about postings change by the clock alone. The page cache asks (careers/page_cache/expiry.py)."""

from datetime import timedelta

from django.conf import settings

from .job_list.form import POSTED_CHOICES
from .models import Posting

INSTANT = timedelta(microseconds=1)


def next_moment(at):
    """The first moment after `at` at which a posting opens or closes, or leaves its days of grace or a span of the filter."""
    grace = timedelta(days=settings.CLOSED_POSTING_DAYS)
    spans = [timedelta(days=int(days)) for days, _ in POSTED_CHOICES]
    turns = [("publish_at", timedelta()), ("closes_at", timedelta())]
    turns += [(field, grace) for field in ("closes_at", "closed_at", "filled_at")]
    turns += [("publish_at", span + INSTANT) for span in spans]  # on the last instant it is within the span still
    return min(filter(None, (turn(field, delay, at) for field, delay in turns)), default=None)


def turn(field, delay, at):
    """Also of postings nobody sees: that costs a page some life, while asking for the status costs the index its use."""
    later = Posting.objects.filter(**{f"{field}__gt": at - delay}).order_by(field)
    moment = later.values_list(field, flat=True).first()
    return moment and moment + delay
