"""Changes of what readers see that wait for approval: handing them in, and deciding them.

The posting stays as it is until a change is approved. What is not possible raises ValidationError with a sentence.
"""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from careers.postings.checks import blocking
from careers.postings.checks.store import keep_findings
from careers.postings.lifecycle.transitions import spoken
from careers.postings.models import PendingChange, Posting
from careers.postings.permissions import CHANGE, PUBLISH, refuse_without

from .claims import refuse_if_taken
from .mail import name_of, tell_author, tell_publishers
from .snapshot import content_of, label_of, put_fields, put_parts

PAGE = "admin:postings_pendingchange_change"
State = PendingChange.State
CHANGEABLE = (Posting.State.LIVE, Posting.State.SCHEDULED)


@transaction.atomic
def propose(posting, *, wanted, by, at=None):
    """Hand in what the posting should say, or change one's own proposal. `wanted` is the whole content.

    Those who publish are told once for each time it comes to wait, not for each time it is touched while it waits.
    """
    at = at or timezone.now()
    refuse_without(by, CHANGE, "postings.add_pendingchange")
    posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
    if posting.state(at) not in CHANGEABLE:
        raise ValidationError(
            f"It is {spoken(posting.state(at))}: only what readers see, or will, is changed this way."
        )
    change = posting.pending_changes.unsettled().first() or PendingChange(posting=posting, submitted_by=by)
    if change.submitted_by != by:
        raise ValidationError(f"A change by {name_of(change.submitted_by)} waits already. It has to be decided first.")
    now, known = content_of(posting), change.before or {}
    change.wanted = {name: value for name, value in wanted.items() if value != now[name]}
    if not change.wanted:
        raise ValidationError("Nothing is changed.", code="unchanged")
    change.before = {name: known.get(name, now[name]) for name in change.wanted}
    is_news = change.pk is None or change.state == State.RETURNED
    if is_news:
        change.state, change.submitted_at = State.WAITING, at
        change.reviewer = change.review_claimed_at = None
    change.save()
    if is_news:
        tell_publishers(str(change), PAGE, change, by=by)
    return change


def overtaken_fields(change, now=None):
    """The fields that say by now neither what they said when the change was made nor what it wants."""
    now = now or content_of(change.posting)
    return [name for name, value in change.wanted.items() if now[name] not in (change.before[name], value)]


def version_seen(change):
    """What an editor has in front of them: this state of the change and of the posting."""
    newest = change.posting.history.order_by("-history_id").values_list("history_id", flat=True).first()
    return f"{change.updated_at.timestamp():.6f}/{newest or 0}"


def approve(change, *, by, reason="", seen="", overwrite=False, at=None):
    """Put the change into the posting. `seen` is version_seen() when the editor looked; empty: not looked at one by one.

    Fields that changed on the posting meanwhile are written over only where the editor says so.
    """
    with _decision(change, State.APPROVED, by, reason, at) as at:
        if seen and seen != version_seen(change):
            raise ValidationError("It, or the posting, was changed since you opened this page. Look at it again.")
        posting = Posting.objects.select_for_update().get(pk=change.posting_id)
        if posting.state(at) not in CHANGEABLE:
            raise ValidationError(f"The posting is {spoken(posting.state(at))} by now. Reject the change.")
        if (names := overtaken_fields(change)) and not overwrite:
            words = ", ".join(f"“{label_of(name)}”" for name in names)
            raise ValidationError(
                f"The posting itself was changed meanwhile in {words}. Look at it and say which stays."
            )
        _apply(change, posting, by, at)
    return change


def _apply(change, posting, by, at):
    said = f"Change by {name_of(change.submitted_by)}, approved by {name_of(by)}"
    put_fields(posting, change.wanted)
    posting.full_clean()
    posting._history_user, posting._change_reason = by, said
    posting.save()
    put_parts(posting, change.wanted, by=by, reason=said)
    if found := blocking(posting, at):
        raise ValidationError(" ".join(finding.sentence for finding in found), code="missing")
    keep_findings(posting, at)


def return_change(change, *, by, reason="", at=None):
    """To its author, who may mend it and hand it in again."""
    with _decision(change, State.RETURNED, by, reason, at):
        if not reason.strip():
            raise ValidationError("Say what is to be changed, so that its author knows.", code="reason")
    return change


def reject_change(change, *, by, reason="", at=None):
    with _decision(change, State.REJECTED, by, reason, at):
        if not reason.strip():
            raise ValidationError("Rejecting needs a reason.", code="reason")
    return change


@transaction.atomic
def take_back(change, *, by, at=None):
    """By its author, while it waits or is to be mended."""
    change.refresh_from_db(from_queryset=PendingChange.objects.select_for_update())
    if change.submitted_by != by:
        raise PermissionDenied("Only its author takes a change back.")
    if change.state not in PendingChange.UNSETTLED:
        raise ValidationError(f"It is {change.get_state_display().lower()} already.", code="already")
    change.state, change.decided_by, change.decided_at = State.TAKEN_BACK, by, at or timezone.now()
    change.save()
    return change


@contextmanager
def _decision(change, state, by, reason, at):
    at = at or timezone.now()
    refuse_without(by, PUBLISH)
    with transaction.atomic():
        change.refresh_from_db(from_queryset=PendingChange.objects.select_for_update())
        if not change.is_waiting():
            who = f" by {name_of(change.decided_by)}" if change.decided_by else ""
            raise ValidationError(f"It is {change.get_state_display().lower()} already{who}.", code="already")
        refuse_if_taken(change, by=by, at=at)
        yield at
        change.state, change.reason, change.decided_by, change.decided_at = state, reason.strip(), by, at
        change.reviewer = change.review_claimed_at = None
        change.save()
        tell_author(str(change), state, PAGE, change, reason=reason, by=by)
