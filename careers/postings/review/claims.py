"""Claims on submissions, and the review steps inside the acts that submit or decide.

A submission is a posting in review or a waiting PendingChange. While an editor's claim holds, other editors cannot decide
on the submission unless they take it over first.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.postings.models import Posting
from careers.postings.models.review import Claimed
from careers.postings.permissions import PUBLISH, require_permissions

from .mail import display_name, notify_author, notify_publishers

CHANGE_PAGE = "admin:postings_posting_change"


@transaction.atomic
def claim(submission: Claimed, *, by, take_over: bool = False, at: datetime | None = None) -> Claimed:
    """Claims a submission or renews the claim. Raises ValidationError if another editor's claim holds and not ``take_over``."""
    at = at or timezone.now()
    require_permissions(by, PUBLISH)
    waiting = _locked_waiting(submission)
    if not take_over:
        require_unclaimed(waiting, by=by, at=at)
    return _set_claim(submission, by, at)


@transaction.atomic
def release(submission: Claimed, *, by, at: datetime | None = None) -> Claimed:
    """Gives up one's own claim."""
    current = _locked_waiting(submission).claim(at)
    if not current or current[0] != by:
        raise ValidationError("You have not claimed it.")
    return _set_claim(submission, None, None)


def _locked_waiting(submission):
    rows = type(submission)._default_manager.select_for_update(of=("self",)).select_related("reviewer")
    waiting = rows.filter(pk=submission.pk).first()
    if waiting is None or not waiting.is_waiting():
        raise ValidationError("It is no longer waiting for review.", code="already")
    return waiting


def _set_claim(submission, reviewer, at):
    """With update(), because a claim should make no history entry."""
    submission.reviewer, submission.review_claimed_at = reviewer, at
    type(submission)._default_manager.filter(pk=submission.pk).update(reviewer=reviewer, review_claimed_at=at)
    return submission


def require_unclaimed(submission: Claimed, *, by, at: datetime | None = None) -> None:
    """Raises ValidationError while another editor's claim holds."""
    current = submission.claim(at)
    if current and by and current[0] != by:
        raise ValidationError(f"{claim_text(current)}. If it cannot wait, take it over first.", code="taken")


def claim_text(claim: tuple) -> str:
    """'Ada has been on it since 3 May, 10:20'"""
    reviewer, since = claim
    return f"{display_name(reviewer)} claimed it on {date_format(localtime(since), 'DATETIME_FORMAT')}"


# -- Called inside the acts that submit or decide


def start_review(posting: Posting, *, by, at: datetime) -> None:
    posting.submitted_by, posting.submitted_at = by, at
    posting.reviewer = posting.review_claimed_at = None
    notify_publishers(f"{posting}, {posting.employer}", CHANGE_PAGE, posting, by=by)


def end_review(
    posting: Posting, state: Posting.State, decision: str, *, by, reason: str = "", at: datetime | None = None
) -> None:
    """Checks the claim and mails the author. Does nothing unless ``state``, the one before the act, is "in review".

    ``decision`` is "approved", "returned" or "rejected". Returning another person's posting needs a reason.
    """
    if state != Posting.State.IN_REVIEW:
        return
    withdraws_own = decision == "returned" and by and by == posting.submitted_by
    if not withdraws_own:
        require_unclaimed(posting, by=by, at=at)
    if decision == "returned" and posting.submitted_by and by and not withdraws_own and not reason.strip():
        raise ValidationError("Tell the author what to change.", code="reason")
    posting.reviewer = posting.review_claimed_at = None
    notify_author(f"{posting}, {posting.employer}", decision, CHANGE_PAGE, posting, reason=reason, by=by)
