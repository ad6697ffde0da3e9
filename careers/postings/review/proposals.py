"""Proposed changes of live or scheduled postings: submitting them and deciding on them.

The posting does not change until the proposal is approved. The functions raise PermissionDenied, or ValidationError with one
sentence when something is not possible.
"""

from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from careers.core.models import set_history_note
from careers.postings.checks import blocking
from careers.postings.checks.store import keep_findings
from careers.postings.lifecycle.transitions import state_phrase
from careers.postings.models import PendingChange, Posting
from careers.postings.permissions import CHANGE, PUBLISH, require_permissions
from careers.postings.text.facts import refill
from careers.postings.text.merge import Merge, merge

from .claims import require_unclaimed
from .mail import display_name, notify_author, notify_publishers
from .snapshot import apply_fields, apply_related_rows, field_label, posting_content

PAGE = "admin:postings_pendingchange_change"
State = PendingChange.State


@transaction.atomic
def propose(
    posting: Posting, *, wanted: dict, by, opened: dict | None = None, at: datetime | None = None
) -> PendingChange:
    """Submits a proposal, or changes one's own. ``wanted`` is the whole posting_content() the author asks for.

    ``opened`` is the posting_content() the author started from, by default today's: only what differs from it is proposed.
    Publishers are mailed when the proposal starts waiting, not when its author changes it while it waits.
    """
    at = at or timezone.now()
    require_permissions(by, CHANGE, "postings.add_pendingchange")
    posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
    if posting.state(at) not in Posting.State.LIVE_OR_SCHEDULED:
        raise ValidationError(
            f"It is {state_phrase(posting.state(at))}: you can only propose changes to published or scheduled postings."
        )
    change = posting.pending_changes.unsettled().first() or PendingChange(posting=posting, submitted_by=by)
    if change.submitted_by != by:
        raise ValidationError(
            f"A change by {display_name(change.submitted_by)} is already waiting. Approve, return or reject it first."
        )
    now, known = posting_content(posting), change.before or {}
    opened = opened or now
    change.wanted = {name: value for name, value in wanted.items() if value not in (opened[name], now[name])}
    if not change.wanted:
        raise ValidationError("You have not changed anything. Change at least one field.", code="unchanged")
    change.before = {name: known.get(name, opened[name]) for name in change.wanted}
    starts_waiting = change.pk is None or change.state == State.RETURNED
    if starts_waiting:
        change.state, change.submitted_at = State.WAITING, at
        change.reviewer = change.review_claimed_at = None
    change.save()
    if starts_waiting:
        notify_publishers(str(change), PAGE, change, by=by)
    return change


def conflicting_fields(change: PendingChange, now: dict | None = None) -> list[str]:
    """Fields of the proposal that have since been changed on the posting to something else than it proposes.

    Not texts in which the two changes can be brought together, such as a closing day that was filled in again.
    """
    now = now or posting_content(change.posting)
    changed = [name for name, value in change.wanted.items() if now[name] not in (change.before[name], value)]
    return [name for name in changed if name not in Posting.TEXT_FIELDS or merged_text(change, name, now).conflicts]


def wanted_now(change: PendingChange, now: dict) -> dict:
    """What the proposal wants, with the changes made to its texts since then where they can be brought together."""
    merged = {name: merged_text(change, name, now) for name in change.wanted if name in Posting.TEXT_FIELDS}
    return change.wanted | {name: text.text for name, text in merged.items()}


def merged_text(change: PendingChange, name: str, now: dict) -> Merge:
    """The proposed text, with what was changed on the posting since. A filled-in fact counts as one word."""
    before, theirs, mine = change.before[name], now[name], change.wanted[name]
    if theirs == before:
        return Merge(mine, 0)
    filled = change.posting.history.values_list("blank_values", flat=True)
    return merge(before, theirs, mine, whole={value for values in filled for value in values.values()})


def version_token(change: PendingChange) -> str:
    """Identifies the versions of proposal and posting an editor is looking at."""
    newest = change.posting.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return f"{change.updated_at.timestamp():.6f}/{newest or 0}"


def approve(
    change: PendingChange,
    *,
    by,
    reason: str = "",
    seen: str = "",
    overwrite: bool = False,
    at: datetime | None = None,
) -> PendingChange:
    """Applies the change to the posting. ``seen`` is the version_token() the editor was shown; '' for a bulk approval.

    Raises ValidationError if the editor saw an older version, or for conflicting fields unless ``overwrite``.
    """
    with _decision(change, State.APPROVED, by, reason, at) as at:
        if seen and seen != version_token(change):
            raise ValidationError("The change or the posting has changed since you opened this page. Check it again.")
        posting = Posting.objects.select_for_update().get(pk=change.posting_id)
        if posting.state(at) not in Posting.State.LIVE_OR_SCHEDULED:
            raise ValidationError(f"The posting is {state_phrase(posting.state(at))} now. Reject the change.")
        if (names := conflicting_fields(change)) and not overwrite:
            words = ", ".join(f"“{field_label(name)}”" for name in names)
            raise ValidationError(
                f"The posting has changed since in {words}. Open the change and decide whether to overwrite it."
            )
        _apply(change, posting, by, at)
    return change


def _apply(change, posting, by, at):
    note = f"Change by {display_name(change.submitted_by)}, approved by {display_name(by)}"
    wanted = wanted_now(change, posting_content(posting))
    apply_fields(posting, wanted)
    posting.full_clean()
    apply_related_rows(posting, wanted, by=by, reason=note)
    refill(posting, at)
    set_history_note(posting, by=by, reason=note)
    posting.save()
    if found := blocking(posting, at):
        raise ValidationError(" ".join(finding.sentence for finding in found), code="missing")
    keep_findings(posting, at)


def return_change(change: PendingChange, *, by, reason: str = "", at: datetime | None = None) -> PendingChange:
    """Returns it to its author, who can edit and resubmit it. Needs a reason."""
    with _decision(change, State.RETURNED, by, reason, at):
        if not reason.strip():
            raise ValidationError("Tell the author what to change.", code="reason")
    return change


def reject_change(change: PendingChange, *, by, reason: str = "", at: datetime | None = None) -> PendingChange:
    """Needs a reason."""
    with _decision(change, State.REJECTED, by, reason, at):
        if not reason.strip():
            raise ValidationError("Enter a reason for rejecting it.", code="reason")
    return change


@transaction.atomic
def take_back(change: PendingChange, *, by, at: datetime | None = None) -> PendingChange:
    """The author withdraws it while it is waiting or returned."""
    change.refresh_from_db(from_queryset=PendingChange.objects.select_for_update())
    if change.submitted_by != by:
        raise PermissionDenied("Only the author can withdraw a change.")
    if change.state not in PendingChange.UNSETTLED:
        raise ValidationError(f"It is {change.get_state_display().lower()} already.", code="already")
    change.state, change.decided_by, change.decided_at = State.TAKEN_BACK, by, at or timezone.now()
    change.save()
    return change


@contextmanager
def _decision(change, state, by, reason, at):
    """Locks a waiting change, checks permission and claim, and saves the decision when the body ends without an error."""
    at = at or timezone.now()
    require_permissions(by, PUBLISH)
    with transaction.atomic():
        change.refresh_from_db(from_queryset=PendingChange.objects.select_for_update())
        if not change.is_waiting():
            who = f" by {display_name(change.decided_by)}" if change.decided_by else ""
            raise ValidationError(f"It is {change.get_state_display().lower()} already{who}.", code="already")
        require_unclaimed(change, by=by, at=at)
        yield at
        change.state, change.reason, change.decided_by, change.decided_at = state, reason.strip(), by, at
        change.reviewer = change.review_claimed_at = None
        change.save()
        notify_author(str(change), state, PAGE, change, reason=reason, by=by)
