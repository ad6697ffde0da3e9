"""What happens to a guide as a whole: each act changes its status or review marks, and leaves who and why in the history.

Each raises ValidationError with a sentence when the guide is not in a state for it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction

from .models import Role, Section

Status = Role.Status


def submit(role, *, by, reason=""):
    return _move(role, Status.IN_REVIEW, allowed=[Status.DRAFT], by=by, reason=reason or "Submitted for review")


def return_to_draft(role, *, by, reason=""):
    allowed = [Status.IN_REVIEW, Status.PUBLISHED, Status.ARCHIVED]
    return _move(role, Status.DRAFT, allowed=allowed, by=by, reason=reason or "Returned to draft")


def publish(role, *, by, reason=""):
    """Readers need a summary, an overview and all of an imported text in its place; otherwise it is refused."""
    if missing := missing_for_readers(role):
        raise ValidationError(f"Before readers see the guide it needs {' and '.join(missing)}.")
    allowed = [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED]
    return _move(role, Status.PUBLISHED, allowed=allowed, by=by, reason=reason or "Published")


def archive(role, *, by, reason=""):
    allowed = [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED]
    return _move(role, Status.ARCHIVED, allowed=allowed, by=by, reason=reason or "Archived")


@transaction.atomic
def mark_reviewed(role, *, by, on=None, reason=""):
    """Sets the review day to `on`, today by default, and the next one GUIDE_REVIEW_DAYS later."""
    role = _locked(role)
    if role.status == Status.ARCHIVED:
        raise ValidationError("It is archived; only guides in use are reviewed.")
    role.mark_reviewed(by=by, on=on)
    return _save(role, ["reviewed_on", "reviewed_by", "review_due_on"], by=by, reason=reason or "Reviewed")


def missing_for_readers(role):
    missing = [] if role.summary.strip() else ["a summary"]
    if not role.sections.filter(kind=Section.Kind.OVERVIEW).exists():
        missing.append(f"the section “{Section.Kind.OVERVIEW.label}”")
    if role.sections.filter(kind=Section.Kind.UNPLACED).exists():
        missing.append("a place for the text that its section “Not yet placed” holds")
    return missing


@transaction.atomic
def _move(role, status, *, allowed, by, reason):
    role = _locked(role)
    if role.status == status:
        raise ValidationError(f"It is {status.label.lower()} already.")
    if role.status not in allowed:
        wanted = " or ".join(state.label.lower() for state in allowed)
        raise ValidationError(f"It is {role.get_status_display().lower()}; this is for guides that are {wanted}.")
    role.status = status
    return _save(role, ["status"], by=by, reason=reason)


def _locked(role):
    """The guide as it is now: two people may press the button at once."""
    return Role.objects.select_for_update().get(pk=role.pk)


def _save(role, fields, *, by, reason):
    role._history_user, role._change_reason = by, reason
    role.save(update_fields=[*fields, "updated_at"])
    return role
