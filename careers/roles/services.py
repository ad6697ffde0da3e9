"""The acts that change a guide's status or review marks: submit, return_to_draft, publish, archive, mark_reviewed.

Acts are called as ``act(role, by=user, reason="")``; ``by=None`` is the portal itself. They raise PermissionDenied, or
ValidationError with one sentence for the editor when the act is not possible; then nothing is changed.
"""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from careers.core.models import Actor, set_history_note

from .models import Role, Section

Status = Role.Status
CHANGE, PUBLISH = "roles.change_role", "roles.publish_role"


def submit(role: Role, *, by: Actor, reason: str = "") -> Role:
    return _set_status(role, Status.IN_REVIEW, [Status.DRAFT], CHANGE, by=by, note=reason or "Submitted for review")


def return_to_draft(role: Role, *, by: Actor, reason: str = "") -> Role:
    allowed = [Status.IN_REVIEW, Status.PUBLISHED, Status.ARCHIVED]
    return _set_status(role, Status.DRAFT, allowed, PUBLISH, by=by, note=reason or "Returned to draft")


def publish(role: Role, *, by: Actor, reason: str = "") -> Role:
    """The guide needs a summary and an overview, and no imported text may be left without a place."""
    allowed = [Status.DRAFT, Status.IN_REVIEW, Status.ARCHIVED]
    note = reason or "Published"
    return _set_status(role, Status.PUBLISHED, allowed, PUBLISH, by=by, note=note, require=_require_publishable)


def archive(role: Role, *, by: Actor, reason: str = "") -> Role:
    allowed = [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED]
    return _set_status(role, Status.ARCHIVED, allowed, PUBLISH, by=by, note=reason or "Archived")


def mark_reviewed(role: Role, *, by: Actor, on: date | None = None, reason: str = "") -> Role:
    """Sets the review day to ``on``, today by default, and the next one GUIDE_REVIEW_DAYS later."""
    fields = ["reviewed_on", "reviewed_by", "review_due_on"]
    with _saved_change(role, fields, PUBLISH, by=by, history_note=reason or "Reviewed"):
        if role.status == Status.ARCHIVED:
            raise ValidationError("It is archived. Only guides in use can be reviewed.")
        role.mark_reviewed(by=by, on=on)
    return role


def missing_for_readers(role: Role) -> list[str]:
    missing = [] if role.summary.strip() else ["a summary"]
    if not role.sections.filter(kind=Section.Kind.OVERVIEW).exists():
        missing.append(f"the section “{Section.Kind.OVERVIEW.label}”")
    if role.sections.filter(kind=Section.Kind.UNPLACED).exists():
        missing.append("a place for the text in the section “Not yet placed”")
    return missing


def _require_publishable(role: Role) -> None:
    if missing := missing_for_readers(role):
        raise ValidationError(f"Before you publish the guide, add {' and '.join(missing)}.")


def _set_status(
    role: Role,
    status: Status,
    allowed: Collection[Status],
    permission: str,
    *,
    by: Actor,
    note: str,
    require: Callable[[Role], None] | None = None,
) -> Role:
    with _saved_change(role, ["status"], permission, by=by, history_note=note):
        if require:
            require(role)
        if role.status == status:
            raise ValidationError(f"It is {status.label.lower()} already.")
        if role.status not in allowed:
            wanted = " or ".join(state.label.lower() for state in allowed)
            raise ValidationError(f"It is {role.get_status_display().lower()}. You can do this only if it is {wanted}.")
        role.status = status
    return role


@contextmanager
def _saved_change(role: Role, fields: list[str], permission: str, *, by: Actor, history_note: str) -> Iterator[None]:
    """Locks the row, refreshes ``role`` and checks permission; saves the fields when the body ends without an error."""
    with transaction.atomic():
        role.refresh_from_db(from_queryset=Role.objects.select_for_update())
        if by and not by.has_perm(permission):
            raise PermissionDenied("You do not have permission to do this.")
        set_history_note(role, by=by, reason=history_note)
        yield
        role.save(update_fields=[*fields, "updated_at"])
