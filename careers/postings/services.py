"""The acts of a posting's life. Each asks whether it is possible at the moment `at`, then changes the row and its history.

An act that is not possible, or was done already, raises ValidationError with one sentence for the editor and changes nothing.
"""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from careers.core.zones import closing_moment

from .building import build_posting, closing_faults, missing, save_template
from .models import Posting
from .updating import out_of_step

__all__ = [
    "build_posting", "close", "confirm", "extend", "fill", "missing", "publish", "reject", "return_to_draft", "save_template",
    "submit", "withdraw",
]  # fmt: skip

State = Posting.State

POSSIBLE = {
    "submit": {State.DRAFT},
    "return_to_draft": {State.IN_REVIEW, State.REJECTED, State.SCHEDULED},
    "publish": {State.DRAFT, State.IN_REVIEW},
    "reject": {State.DRAFT, State.IN_REVIEW},
    "extend": {State.LIVE, State.SCHEDULED, State.CLOSED},
    "close": {State.LIVE},
    "confirm": {State.LIVE},
    "fill": {State.LIVE, State.CLOSED},
    "withdraw": {State.LIVE, State.SCHEDULED, State.CLOSED, State.FILLED},
}


def is_possible(act, posting, at=None):
    """Whether the act named is worth offering; the act itself looks again."""
    state = posting.state(at)
    if act == "extend" and (posting.ended_at is None or (state == State.CLOSED and not posting.is_readable(at))):
        return False
    return state in POSSIBLE[act]


def submit(posting, *, by, reason="", at=None):
    """Draft -> in review."""
    with _act(posting, by, "Submitted for review", reason, at) as (state, _):
        _refuse(
            state,
            {
                State.IN_REVIEW: "It is in review already.",
                State.REJECTED: "It was rejected; send it back to draft first.",
            },
            allowed=POSSIBLE["submit"],
            otherwise="It is {state}: only a draft is submitted for review.",
        )
        posting.status = Posting.Status.IN_REVIEW
    return posting


def return_to_draft(posting, *, by, reason="", at=None):
    """In review, rejected, or published but not open yet -> draft."""
    with _act(posting, by, "Sent back to draft", reason, at) as (state, _):
        _refuse(
            state,
            {State.DRAFT: "It is a draft already."},
            allowed=POSSIBLE["return_to_draft"],
            otherwise="It is {state}: readers have seen it, so it does not become a draft again. Close or withdraw it.",
        )
        posting.status = Posting.Status.DRAFT
    return posting


def publish(posting, *, by, reason="", at=None):
    """Draft or in review -> live, or scheduled where its publishing moment lies ahead."""
    with _act(posting, by, "Published", reason, at) as (state, at):
        _refuse(
            state,
            {
                State.LIVE: "It is live already.",
                State.SCHEDULED: "It is published already, and opens at the moment set.",
                State.REJECTED: "It was rejected; send it back to draft first.",
                State.WITHDRAWN: "It was withdrawn, and its address is gone for good. Build a new posting.",
                State.CLOSED: "It was published and is closed. Extend it, or build a new posting.",
            },
            allowed=POSSIBLE["publish"],
            otherwise="It was published and is {state}.",
        )
        if lacks := missing(posting, at):
            raise ValidationError(" ".join(lack.message for lack in lacks), code="missing")
        if not posting.publish_at or posting.publish_at < at:
            posting.publish_at = at
        posting.status = Posting.Status.PUBLISHED
    return posting


def reject(posting, *, by, reason="", at=None):
    """Draft or in review -> rejected. Needs a reason, which the history keeps."""
    with _act(posting, by, "Rejected", reason, at) as (state, _):
        _refuse(
            state,
            {State.REJECTED: "It is rejected already."},
            allowed=POSSIBLE["reject"],
            otherwise="It is {state}: what was published is closed or withdrawn, not rejected.",
        )
        if not reason.strip():
            raise ValidationError("Rejecting needs a reason.", code="reason")
        posting.status = Posting.Status.REJECTED
    return posting


def extend(posting, *, by, closes_on, reason="", at=None):
    """A later closing day, at the same address. A closed posting opens again while its page is still there."""
    with _act(posting, by, f"Open until {date_format(closes_on, 'j F Y')}", reason, at) as (state, at):
        _refuse(
            state,
            {
                State.FILLED: "It is filled. Build a new posting for another opening.",
                State.WITHDRAWN: "It was withdrawn, and its address is gone for good. Build a new posting.",
            },
            allowed=POSSIBLE["extend"],
            otherwise="It is {state}: set the closing day in its form.",
        )
        if state == State.CLOSED and not posting.is_readable(at):
            raise ValidationError("It closed so long ago that its address is gone for good. Build a new posting.")
        _refuse_extension(posting, closes_on, at)
        posting.closes_on, posting.closed_at = closes_on, None
    out_of_step(posting, by=by, at=at)
    return posting


def _refuse_extension(posting, closes_on, at):
    end = posting.ended_at
    if end is None:
        raise ValidationError("It has no closing day: it is open until it is filled or closed.")
    if posting.closes_on == closes_on and not posting.closed_at:
        raise ValidationError(f"It is open until {date_format(closes_on, 'j F Y')} already.")
    if faults := closing_faults(closes_on, None, posting.time_zone, at):
        raise ValidationError(faults[0].message)
    if closing_moment(closes_on, posting.time_zone) <= max(end, at):
        raise ValidationError("The new closing day must be later than the present one, and not over yet.")


def close(posting, *, by, reason="", at=None):
    """Live -> closed now, before its closing day. The closing day stays as it was announced."""
    with _act(posting, by, "Closed early", reason, at) as (state, at):
        _refuse(
            state,
            {
                State.CLOSED: "It is closed already.",
                State.SCHEDULED: "It is not open yet: send it back to draft instead.",
            },
            allowed=POSSIBLE["close"],
            otherwise="It is {state}: only a live posting is closed.",
        )
        posting.closed_at = at
    return posting


def confirm(posting, *, by, reason="", at=None):
    """Live, and said to be so still: nothing changes but the history, which keeps who said it."""
    with _act(posting, by, "Still open", reason, at) as (state, _):
        _refuse(state, {}, allowed=POSSIBLE["confirm"], otherwise="It is {state}: only a live posting is still open.")
    return posting


def fill(posting, *, by, reason="", at=None):
    """Live or closed -> filled."""
    with _act(posting, by, "Marked as filled", reason, at) as (state, at):
        _refuse(
            state,
            {State.FILLED: "It is marked as filled already."},
            allowed=POSSIBLE["fill"],
            otherwise="It is {state}: only a posting that was open can be filled.",
        )
        posting.filled_at = at
    return posting


def withdraw(posting, *, by, reason="", at=None):
    """Published -> withdrawn, for good: its address answers 410 from now on."""
    with _act(posting, by, "Withdrawn", reason, at) as (state, at):
        _refuse(
            state,
            {State.WITHDRAWN: "It is withdrawn already."},
            allowed=POSSIBLE["withdraw"],
            otherwise="It is {state}: readers never saw it, so there is nothing to withdraw.",
        )
        posting.withdrawn_at = at
    return posting


@contextmanager
def _act(posting, by, act, reason, at):
    """The posting as it stands in the database, locked; saved with its history when the body ends without an error."""
    at = at or timezone.now()
    with transaction.atomic():
        try:
            posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
        except Posting.DoesNotExist as error:
            raise ValidationError("It was deleted meanwhile.") from error
        yield posting.state(at), at
        posting._history_user, posting._change_reason = by, f"{act}: {reason.strip()}" if reason.strip() else act
        posting.save()


def _refuse(state, sentences, *, allowed, otherwise):
    if state not in allowed:
        code = "already" if "already" in sentences.get(state, "") else "not_possible"
        raise ValidationError(sentences.get(state, otherwise).replace("{state}", spoken(state)), code=code)


def spoken(state):
    """The state as it stands in “It is …”."""
    return "a draft" if state == State.DRAFT else state.label.lower()
