"""Sentences about a posting's state in the admin: what readers see, and when it closes."""

from datetime import datetime, timedelta
from typing import cast

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from careers.core.time_zones import format_in_zone, to_local, zone_label
from careers.postings.models import Posting

State = Posting.State

COLOURS = {
    State.DRAFT: "default",
    State.IN_REVIEW: "info",
    State.SCHEDULED: "primary",
    State.LIVE: "success",
    State.CLOSED: "warning",
    State.FILLED: "warning",
    State.WITHDRAWN: "danger",
    State.REJECTED: "danger",
}


def what_readers_see(posting: Posting, at: datetime | None = None) -> str:
    state = posting.state(at)
    sentences = {
        State.DRAFT: "Visitors cannot see it: they get “Page not found”.",
        State.IN_REVIEW: "Visitors cannot see it: they get “Page not found”.",
        State.REJECTED: "Visitors cannot see it: they get “This page has been removed”.",
        State.WITHDRAWN: "Visitors cannot see it: they get “This page has been removed”.",
    }
    if state in sentences:
        return sentences[state]
    if state == State.SCHEDULED:
        opens = cast(datetime, posting.publish_at)  # without it, it would not be scheduled
        return f"Visitors cannot see it yet. It opens on {format_in_zone(opens, posting.time_zone)}."
    if state == State.LIVE:
        return f"Visitors see it and can apply {until_text(posting, at)}."
    return _ended_text(posting, at)


def _ended_text(posting, at):
    word = "was filled" if posting.ended_at == posting.filled_at else "closed"
    ended = f"It {word} on {format_in_zone(posting.ended_at, posting.time_zone)}."
    if not posting.is_readable(at):
        return f"{ended} Visitors now get “This page has been removed”."
    last = format_in_zone(posting.ended_at + timedelta(days=settings.CLOSED_POSTING_DAYS), posting.time_zone)
    return (
        f"{ended} Until {last}, visitors see the page with a notice but cannot apply. "
        "After that they get “This page has been removed”."
    )


def until_text(posting, at):
    if not posting.closes_on:
        return "until you close it or mark it as filled (it has no closing day)"
    day = date_format(posting.closes_on)
    return f"until the end of {day}; it closes {end_text(posting, at)}"


def end_text(posting, at=None):
    """'in 3 days, Tuesday 24:00 Europe/Berlin'; with the date unless it is within the next week."""
    days = days_to_closing(posting, at)
    day = date_format(posting.closes_on, "l" if 0 <= days < 7 else "l j M Y,")
    return f"{closing_in(posting, at)}, {day} 24:00 {zone_label(posting.time_zone)}"


def days_to_closing(posting, at=None):
    """In the posting's time zone; negative once the closing day is over."""
    return (posting.closes_on - to_local(at or timezone.now(), posting.time_zone).date()).days


def closing_in(posting, at=None):
    """'today', 'in 3 days', '2 days ago'."""
    days = days_to_closing(posting, at)
    if days == 0:
        return "today"
    number = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"in {number}" if days > 0 else f"{number} ago"


def closing_text(posting: Posting, at: datetime | None = None) -> str:
    """For the list: the closing day, with the remaining days while it is live or scheduled, and the hour in the last week."""
    if not posting.closes_on:
        return ""
    day = date_format(posting.closes_on)
    if posting.state(at) not in State.LIVE_OR_SCHEDULED:
        return day
    if days_to_closing(posting, at) < 7:
        return f"closes {end_text(posting, at)}"
    return f"closes {closing_in(posting, at)}, {day}"
