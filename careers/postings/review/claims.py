"""Review: who is on a submission, and what its decision brings with it. The acts themselves are in services.py.

A submission is a posting in review or a change that waits. A claim keeps two editors from doing the same work: while it holds,
nobody else decides, except after taking it over by an act of its own.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.postings.models import Posting
from careers.postings.permissions import PUBLISH, refuse_without

from .mail import name_of, tell_author, tell_publishers

CHANGE_PAGE = "admin:postings_posting_change"


@transaction.atomic
def claim(submission, *, by, take_over=False, at=None):
    """Take a submission on, or go on with it. Refused while somebody else is on it, unless it is taken over."""
    at = at or timezone.now()
    refuse_without(by, PUBLISH)
    waiting = _waiting(submission)
    if not take_over:
        refuse_if_taken(waiting, by=by, at=at)
    return _set_claim(submission, by, at)


@transaction.atomic
def release(submission, *, by, at=None):
    """Give a submission back to the queue."""
    held = _waiting(submission).claim(at)
    if not held or held[0] != by:
        raise ValidationError("You are not on it.")
    return _set_claim(submission, None, None)


def _waiting(submission):
    """The submission as it stands in the database, locked."""
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("reviewer")
    waiting = rows.filter(pk=submission.pk).first()
    if waiting is None or not waiting.is_waiting():
        raise ValidationError("It does not wait for review any more.", code="already")
    return waiting


def _set_claim(submission, reviewer, at):
    """Not by save(): who is on it is no change of what it says, and makes no entry in its history."""
    submission.reviewer, submission.review_claimed_at = reviewer, at
    type(submission)._default_manager.filter(pk=submission.pk).update(reviewer=reviewer, review_claimed_at=at)
    return submission


def refuse_if_taken(submission, *, by, at=None):
    held = submission.claim(at)
    if held and by and held[0] != by:
        raise ValidationError(f"{on_it(held)}. Take it over first if it cannot wait.", code="taken")


def on_it(held):
    """'Ada has been on it since 3 May, 10:20'"""
    reviewer, since = held
    return f"{name_of(reviewer)} has been on it since {date_format(localtime(since), 'j F, H:i')}"


# -- What submitting and deciding bring with them, inside the act


def start_review(posting, *, by, at):
    posting.submitted_by, posting.submitted_at = by, at
    posting.reviewer = posting.review_claimed_at = None
    tell_publishers(f"{posting}, {posting.employer}", CHANGE_PAGE, posting, by=by)


def end_review(posting, state, decision, *, by, reason="", at=None):
    """For a posting that was in review, in the state it had before the act."""
    if state != Posting.State.IN_REVIEW:
        return
    takes_back = decision == "returned" and by and by == posting.submitted_by
    if not takes_back:
        refuse_if_taken(posting, by=by, at=at)
    if decision == "returned" and posting.submitted_by and by and not takes_back and not reason.strip():
        raise ValidationError("Say what is to be changed, so that its author knows.", code="reason")
    posting.reviewer = posting.review_claimed_at = None
    tell_author(f"{posting}, {posting.employer}", decision, CHANGE_PAGE, posting, reason=reason, by=by)
