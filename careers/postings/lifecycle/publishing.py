"""The acts that lead a posting to its readers, or back: submit, return_to_draft, publish, schedule, reject."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError

from careers.core.time_zones import moment_words
from careers.postings.checks import findings
from careers.postings.models import Posting
from careers.postings.review.claims import end_review, start_review

from .transitions import carrying_out, refuse_unless

State = Posting.State


def submit(posting, *, by, reason="", at=None):
    """Draft -> in review."""
    with carrying_out("submit", posting, by=by, said="Submitted for review", reason=reason, at=at) as (state, at):
        refuse_unless(
            "submit",
            state,
            {
                State.IN_REVIEW: "It is in review already.",
                State.REJECTED: "It was rejected; send it back to draft first.",
            },
            otherwise="It is {state}: only a draft is submitted for review.",
        )
        posting.status = Posting.Status.IN_REVIEW
        start_review(posting, by=by, at=at)
    return posting


def return_to_draft(posting, *, by, reason="", at=None):
    """In review, rejected, or published but not open yet -> draft."""
    with carrying_out("return_to_draft", posting, by=by, said="Sent back to draft", reason=reason, at=at) as (
        state,
        at,
    ):
        refuse_unless(
            "return_to_draft",
            state,
            {State.DRAFT: "It is a draft already."},
            otherwise="It is {state}: readers have seen it, so it does not become a draft again. Close or withdraw it.",
        )
        end_review(posting, state, "returned", by=by, reason=reason, at=at)
        posting.status = Posting.Status.DRAFT
    return posting


NOT_PUBLISHED_AGAIN = {
    State.REJECTED: "It was rejected; send it back to draft first.",
    State.WITHDRAWN: "It was withdrawn, and its address is gone for good. Build a new posting.",
    State.CLOSED: "It was published and is closed. Extend it, or relist it.",
    State.FILLED: "It was published and is filled. Reopen it, or relist it.",
}


def publish(posting, *, by, reason="", at=None):
    """Draft or in review -> live, or scheduled where its publishing moment lies ahead."""
    with carrying_out("publish", posting, by=by, said="Published", reason=reason, at=at) as (state, at):
        refuse_unless(
            "publish",
            state,
            NOT_PUBLISHED_AGAIN
            | {
                State.LIVE: "It is live already.",
                State.SCHEDULED: "It is published already, and opens at the moment set.",
            },
            otherwise="It was published and is {state}.",
        )
        refuse_incomplete(posting, at)
        end_review(posting, state, "approved", by=by, reason=reason, at=at)
        if not posting.publish_at or posting.publish_at < at:
            posting.publish_at = at
        posting.status = Posting.Status.PUBLISHED
    return posting


def schedule(posting, *, by, publish_at, reason="", at=None):
    """Draft, in review or scheduled -> published, opening by itself at a moment ahead."""
    said = f"Opens on {moment_words(publish_at, posting.time_zone)}"
    with carrying_out("schedule", posting, by=by, said=said, reason=reason, at=at) as (state, at):
        refuse_unless(
            "schedule",
            state,
            NOT_PUBLISHED_AGAIN | {State.LIVE: "It is live already."},
            otherwise="It was published and is {state}.",
        )
        if state == State.SCHEDULED and posting.publish_at == publish_at:
            raise ValidationError("It opens at this moment already.", code="already")
        if publish_at <= at:
            raise ValidationError("The opening moment must lie ahead. To open it at once, publish it.")
        if publish_at > at + timedelta(days=settings.POSTING_HORIZON_DAYS):
            raise ValidationError(f"The opening moment may be at most {settings.POSTING_HORIZON_DAYS} days away.")
        if posting.closes_at and posting.closes_at <= publish_at:
            raise ValidationError("The posting would close before it opens.")
        refuse_incomplete(posting, at)
        end_review(posting, state, "approved", by=by, reason=reason, at=at)
        posting.publish_at, posting.status = publish_at, Posting.Status.PUBLISHED
    return posting


def refuse_incomplete(posting, at):
    """While a blocking finding stands, readers do not see it. What looks like a vacancy twice is noted in the history."""
    found = findings(posting, at)
    if blocking := [finding.sentence for finding in found if finding.blocks]:
        raise ValidationError(" ".join(blocking), code="missing")
    for finding in found:
        if finding.rule == "near_duplicate":
            posting._change_reason += f" (the check had said: {finding.sentence})"


def reject(posting, *, by, reason="", at=None):
    """Draft or in review -> rejected. Needs a reason, which the history keeps."""
    with carrying_out("reject", posting, by=by, said="Rejected", reason=reason, at=at) as (state, at):
        refuse_unless(
            "reject",
            state,
            {State.REJECTED: "It is rejected already."},
            otherwise="It is {state}: what was published is closed or withdrawn, not rejected.",
        )
        if not reason.strip():
            raise ValidationError("Rejecting needs a reason.", code="reason")
        end_review(posting, state, "rejected", by=by, reason=reason, at=at)
        posting.status = Posting.Status.REJECTED
    return posting
