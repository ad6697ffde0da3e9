"""Acts around a posting's end: extend, close, confirm, fill, reopen, withdraw."""

from contextlib import suppress
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from careers.core.models import Actor
from careers.core.time_zones import end_of_day
from careers.postings.checks import blocking
from careers.postings.checks.requirements import closing_day_errors
from careers.postings.models import Posting
from careers.postings.posting_templates.sync import sync_posting
from careers.postings.text.facts import refill

from .transitions import transition

State = Posting.State
GONE = "It was withdrawn, and its address is gone for good. Build a new posting."
TOO_LATE = "It ended so long ago that its address is gone for good. Relist it."


def extend(posting: Posting, *, by: Actor, closes_on: date, reason: str = "", at: datetime | None = None) -> Posting:
    """Sets a later closing day. A closed posting opens again, as long as its page is still readable."""
    refusals = {
        State.FILLED: "It is filled. Reopen it if that was a mistake, or relist it for another opening.",
        State.WITHDRAWN: GONE,
    }
    with transition(
        "extend", posting, by=by, reason=reason, at=at, history_note=f"Open until {date_format(closes_on)}",
        refusals=refusals, otherwise="It is {state}. Set the closing day in its form.",
    ) as (state, at):  # fmt: skip
        if state == State.CLOSED and not posting.is_readable(at):
            raise ValidationError(TOO_LATE)
        validate_extension(posting, closes_on, at)
        posting.closes_on, posting.closed_at = closes_on, None
        if state == State.CLOSED:
            refill(posting, at)  # before it is judged by its text
            require_publishable(posting, at)
    follow_locked_fields(posting, by, at)
    return posting


def follow_locked_fields(posting: Posting, by: Actor, at: datetime | None) -> None:
    """While it was closed its template may have moved on. Locked texts that readers cannot be shown stay as they were."""
    with suppress(ValidationError):
        sync_posting(posting, by=by, at=at)


def is_extendable(posting: Posting, at: datetime | None = None) -> bool:
    state = posting.state(at)
    return posting.ended_at is not None and (state != State.CLOSED or posting.is_readable(at))


def validate_extension(posting: Posting, closes_on: date, at: datetime) -> None:
    end = posting.ended_at
    if end is None:
        raise ValidationError("It has no closing day: it is open until it is filled or closed.")
    if posting.closes_on == closes_on and not posting.closed_at:
        raise ValidationError(f"It is open until {date_format(closes_on)} already.", code="already")
    if errors := closing_day_errors(closes_on, None, posting.time_zone, at):
        raise ValidationError(errors[0].message)
    if end_of_day(closes_on, posting.time_zone) <= max(end, at):
        raise ValidationError("Enter a closing day that is later than the current one and has not passed yet.")


def require_publishable(posting: Posting, at: datetime) -> None:
    """Raises ValidationError with the blocking findings, except on the closing day, which the acts check themselves."""
    if found := [finding.sentence for finding in blocking(posting, at) if finding.field != "closes_on"]:
        raise ValidationError(" ".join(found), code="missing")


def close(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Live -> closed now, before its closing day, which is kept."""
    refusals = {
        State.CLOSED: "It is closed already.",
        State.SCHEDULED: "It is not open yet: send it back to draft instead.",
    }
    with transition(
        "close", posting, by=by, reason=reason, at=at, history_note="Closed early", refusals=refusals,
        otherwise="It is {state}. You can close only a live posting.",
    ) as (_, at):  # fmt: skip
        posting.closed_at = at
    return posting


def confirm(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Records in the history that a live posting is still open. Nothing else changes."""
    with transition(
        "confirm", posting, by=by, reason=reason, at=at, history_note="Still open",
        otherwise="It is {state}. You can confirm only a live posting.",
    ):  # fmt: skip
        return posting


def fill(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Live or closed -> filled."""
    with transition(
        "fill", posting, by=by, reason=reason, at=at, history_note="Marked as filled",
        refusals={State.FILLED: "It is already marked as filled."},
        otherwise="It is {state}. You can mark only a posting that was open as filled.",
    ) as (_, at):  # fmt: skip
        posting.filled_at = at
    return posting


def reopen(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Closed early or filled by mistake -> live again.

    Only before its closing day (or without one) and while its page is still readable. After the closing day a posting is
    extended or relisted instead.
    """
    with transition(
        "reopen", posting, by=by, reason=reason, at=at, history_note="Reopened",
        refusals={State.LIVE: "It is live already.", State.WITHDRAWN: GONE},
        otherwise="It is {state}. You can reopen only a posting that was closed early or filled.",
    ) as (_, at):  # fmt: skip
        if posting.closes_at and posting.closes_at <= at:
            raise ValidationError(
                "Its closing day has passed. Extend it while visitors can still see its page, or relist it."
            )
        if not posting.is_readable(at):
            raise ValidationError(TOO_LATE)
        require_publishable(posting, at)
        posting.closed_at = posting.filled_at = None
    follow_locked_fields(posting, by, at)
    return posting


def is_reopenable(posting: Posting, at: datetime | None = None) -> bool:
    return posting.is_readable(at) and not (posting.closes_at and posting.ended_at == posting.closes_at)


def withdraw(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Published -> withdrawn, permanently: from now on its address returns 410."""
    with transition(
        "withdraw", posting, by=by, reason=reason, at=at, history_note="Withdrawn",
        refusals={State.WITHDRAWN: "It is withdrawn already."},
        otherwise="It is {state}: visitors never saw it, so there is nothing to withdraw.",
    ) as (_, at):  # fmt: skip
        posting.withdrawn_at = at
    return posting
