"""The acts that end a posting, and those that let it go on at the same address."""

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from careers.core.time_zones import closing_moment
from careers.postings.checks import blocking
from careers.postings.checks.requirements import closing_faults
from careers.postings.models import Posting
from careers.postings.posting_templates.sync import out_of_step

from .transitions import carrying_out, refuse_unless

State = Posting.State
GONE = "It was withdrawn, and its address is gone for good. Build a new posting."
TOO_LATE = "It ended so long ago that its address is gone for good. Relist it."


def extend(posting, *, by, closes_on, reason="", at=None):
    """A later closing day, at the same address. A closed posting opens again while its page is still there."""
    said = f"Open until {date_format(closes_on, 'j F Y')}"
    with carrying_out("extend", posting, by=by, said=said, reason=reason, at=at) as (state, at):
        refuse_unless(
            "extend",
            state,
            {
                State.FILLED: "It is filled. Reopen it where that was a mistake, or relist it for another opening.",
                State.WITHDRAWN: GONE,
            },
            otherwise="It is {state}: set the closing day in its form.",
        )
        if state == State.CLOSED and not posting.is_readable(at):
            raise ValidationError(TOO_LATE)
        refuse_extension(posting, closes_on, at)
        posting.closes_on, posting.closed_at = closes_on, None
        if state == State.CLOSED:
            refuse_unfit(posting, at)
    out_of_step(posting, by=by, at=at)
    return posting


def is_extendable(posting, at=None):
    state = posting.state(at)
    return posting.ended_at is not None and (state != State.CLOSED or posting.is_readable(at))


def refuse_extension(posting, closes_on, at):
    end = posting.ended_at
    if end is None:
        raise ValidationError("It has no closing day: it is open until it is filled or closed.")
    if posting.closes_on == closes_on and not posting.closed_at:
        raise ValidationError(f"It is open until {date_format(closes_on, 'j F Y')} already.", code="already")
    if faults := closing_faults(closes_on, None, posting.time_zone, at):
        raise ValidationError(faults[0].message)
    if closing_moment(closes_on, posting.time_zone) <= max(end, at):
        raise ValidationError("The new closing day must be later than the present one, and not over yet.")


def refuse_unfit(posting, at):
    """What readers are to see again must be fit for them; the closing day is judged by the act itself."""
    if found := [finding.sentence for finding in blocking(posting, at) if finding.field != "closes_on"]:
        raise ValidationError(" ".join(found), code="missing")


def close(posting, *, by, reason="", at=None):
    """Live -> closed now, before its closing day. The closing day stays as it was announced."""
    with carrying_out("close", posting, by=by, said="Closed early", reason=reason, at=at) as (state, at):
        refuse_unless(
            "close",
            state,
            {
                State.CLOSED: "It is closed already.",
                State.SCHEDULED: "It is not open yet: send it back to draft instead.",
            },
            otherwise="It is {state}: only a live posting is closed.",
        )
        posting.closed_at = at
    return posting


def confirm(posting, *, by, reason="", at=None):
    """Live, and said to be so still: nothing changes but the history, which keeps who said it."""
    with carrying_out("confirm", posting, by=by, said="Still open", reason=reason, at=at) as (state, _):
        refuse_unless("confirm", state, {}, otherwise="It is {state}: only a live posting is still open.")
    return posting


def fill(posting, *, by, reason="", at=None):
    """Live or closed -> filled."""
    with carrying_out("fill", posting, by=by, said="Marked as filled", reason=reason, at=at) as (state, at):
        refuse_unless(
            "fill",
            state,
            {State.FILLED: "It is marked as filled already."},
            otherwise="It is {state}: only a posting that was open can be filled.",
        )
        posting.filled_at = at
    return posting


def reopen(posting, *, by, reason="", at=None):
    """Closed early, or marked as filled, by mistake -> live again at the same address.

    The rule: only while its announced closing day lies ahead (or it has none) and its page is still there. Once the
    closing day is over, extending or relisting it is an honest word; reopening is not.
    """
    with carrying_out("reopen", posting, by=by, said="Reopened", reason=reason, at=at) as (state, at):
        refuse_unless(
            "reopen",
            state,
            {State.LIVE: "It is live already.", State.WITHDRAWN: GONE},
            otherwise="It is {state}: only a posting that was closed early or filled is reopened.",
        )
        if posting.closes_at and posting.closes_at <= at:
            raise ValidationError("Its closing day is over: extend it while its page is there, or relist it.")
        if not posting.is_readable(at):
            raise ValidationError(TOO_LATE)
        refuse_unfit(posting, at)
        posting.closed_at = posting.filled_at = None
    return posting


def is_reopenable(posting, at=None):
    return posting.is_readable(at) and not (posting.closes_at and posting.ended_at == posting.closes_at)


def withdraw(posting, *, by, reason="", at=None):
    """Published -> withdrawn, for good: its address answers 410 from now on."""
    with carrying_out("withdraw", posting, by=by, said="Withdrawn", reason=reason, at=at) as (state, at):
        refuse_unless(
            "withdraw",
            state,
            {State.WITHDRAWN: "It is withdrawn already."},
            otherwise="It is {state}: readers never saw it, so there is nothing to withdraw.",
        )
        posting.withdrawn_at = at
    return posting
