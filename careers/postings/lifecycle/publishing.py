"""Acts before and at publishing: submit, return_to_draft, publish, schedule, reject."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from careers.core.models import Actor, extend_history_note
from careers.core.time_zones import format_in_zone
from careers.postings.checks import findings
from careers.postings.models import Posting
from careers.postings.review.claims import end_review, start_review

from .transitions import transition

State = Posting.State
ALREADY_PUBLISHED = {
    State.REJECTED: "It was rejected; send it back to draft first.",
    State.WITHDRAWN: "It was withdrawn, and its address is gone for good. Build a new posting.",
    State.CLOSED: "It was published and is closed. Extend it, or relist it.",
    State.FILLED: "It was published and is filled. Reopen it, or relist it.",
    State.LIVE: "It is live already.",
}


def submit(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Draft -> in review."""
    refusals = {
        State.IN_REVIEW: "It is already in review.",
        State.REJECTED: "It was rejected; send it back to draft first.",
    }
    with transition(
        "submit", posting, by=by, reason=reason, at=at, history_note="Submitted for review", refusals=refusals,
        otherwise="It is {state}. You can submit only a draft for review.",
    ) as (_, at):  # fmt: skip
        posting.status = Posting.Status.IN_REVIEW
        start_review(posting, by=by, at=at)
    return posting


def return_to_draft(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """In review, rejected or scheduled -> draft."""
    with transition(
        "return_to_draft", posting, by=by, reason=reason, at=at, history_note="Sent back to draft",
        refusals={State.DRAFT: "It is already a draft."},
        otherwise="It is {state}: visitors have seen it, so it cannot become a draft again. Close or withdraw it.",
    ) as (state, at):  # fmt: skip
        end_review(posting, state, "returned", by=by, reason=reason, at=at)
        posting.status = Posting.Status.DRAFT
    return posting


def publish(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Draft or in review -> live, or scheduled when ``publish_at`` is in the future."""
    scheduled = {State.SCHEDULED: "It is already published and opens at the time you set."}
    with transition(
        "publish", posting, by=by, reason=reason, at=at, history_note="Published",
        refusals=ALREADY_PUBLISHED | scheduled, otherwise="It was published and is {state}.",
    ) as (state, at):  # fmt: skip
        require_no_blocking_findings(posting, at)
        end_review(posting, state, "approved", by=by, reason=reason, at=at)
        if not posting.publish_at or posting.publish_at < at:
            posting.publish_at = at
        posting.status = Posting.Status.PUBLISHED
    return posting


def schedule(
    posting: Posting, *, by: Actor, publish_at: datetime, reason: str = "", at: datetime | None = None
) -> Posting:
    """Draft, in review or scheduled -> scheduled: it opens at a future moment."""
    with transition(
        "schedule", posting, by=by, reason=reason, at=at,
        history_note=f"Opens on {format_in_zone(publish_at, posting.time_zone)}",
        refusals=ALREADY_PUBLISHED, otherwise="It was published and is {state}.",
    ) as (state, at):  # fmt: skip
        if state == State.SCHEDULED and posting.publish_at == publish_at:
            raise ValidationError("It already opens at this time.", code="already")
        if publish_at <= at:
            raise ValidationError("Enter an opening time in the future. To open it now, publish it.")
        if publish_at > at + timedelta(days=settings.POSTING_HORIZON_DAYS):
            raise ValidationError(f"Enter an opening time at most {settings.POSTING_HORIZON_DAYS} days from now.")
        if posting.closes_at and posting.closes_at <= publish_at:
            raise ValidationError(
                "The posting would close before it opens. Choose a later closing day or an earlier opening time."
            )
        require_no_blocking_findings(posting, at)
        end_review(posting, state, "approved", by=by, reason=reason, at=at)
        posting.publish_at, posting.status = publish_at, Posting.Status.PUBLISHED
    return posting


def require_no_blocking_findings(posting: Posting, at: datetime) -> None:
    """Raises ValidationError with the blocking findings. A near-duplicate does not block; the history notes it.

    transition() stores the findings, so the body may change nothing that is checked afterwards.
    """
    found = findings(posting, at)
    posting.checked_findings = found  # type: ignore[attr-defined]
    if blocking := [finding.sentence for finding in found if finding.blocks]:
        raise ValidationError(" ".join(blocking), code="missing")
    for finding in found:
        if finding.rule == "near_duplicate":
            extend_history_note(posting, f" (the check had said: {finding.sentence})")


def reject(posting: Posting, *, by: Actor, reason: str = "", at: datetime | None = None) -> Posting:
    """Draft or in review -> rejected. A reason is required; it is kept in the history."""
    with transition(
        "reject", posting, by=by, reason=reason, at=at, history_note="Rejected",
        refusals={State.REJECTED: "It is rejected already."},
        otherwise="It is {state}. Close or withdraw a published posting instead of rejecting it.",
    ) as (state, at):  # fmt: skip
        if not reason.strip():
            raise ValidationError("Enter a reason for rejecting it.", code="reason")
        end_review(posting, state, "rejected", by=by, reason=reason, at=at)
        posting.status = Posting.Status.REJECTED
    return posting
