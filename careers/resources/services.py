"""The acts that change a resource's state or verification: publish, archive, return_to_draft, mark_verified.

Acts are called as ``act(resource, by=user, reason="")``; ``by=None`` is the portal itself. They raise PermissionDenied, or
ValidationError with one sentence for the editor when the act is not possible; then nothing is changed.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from careers.core.models import Actor, set_history_note

from .models import Resource

State = Resource.State
PUBLISH = "resources.publish_resource"


def publish(resource: Resource, *, by: Actor, reason: str = "") -> Resource:
    return _set_state(resource, State.PUBLISHED, by=by, history_note=reason or "Published")


def archive(resource: Resource, *, by: Actor, reason: str = "") -> Resource:
    return _set_state(resource, State.ARCHIVED, by=by, history_note=reason or "Archived")


def return_to_draft(resource: Resource, *, by: Actor, reason: str = "") -> Resource:
    return _set_state(resource, State.DRAFT, by=by, history_note=reason or "Returned to draft")


def mark_verified(resource: Resource, *, by: Actor, on: date | None = None, reason: str = "") -> Resource:
    """Records that ``by`` found the entry right on a day, today by default. Its link no longer counts as broken."""
    fields = ["last_verified_on", "last_verified_by", "link_broken_since"]
    with _saved_change(resource, fields, by=by, history_note=reason or "Verified"):
        if resource.state == State.ARCHIVED:
            raise ValidationError("It is archived. Only resources in use can be marked as verified.")
        resource.last_verified_on = on or timezone.localdate()
        resource.last_verified_by = by
        resource.link_broken_since = None
    return resource


def _set_state(resource: Resource, state: State, *, by: Actor, history_note: str) -> Resource:
    with _saved_change(resource, ["state"], by=by, history_note=history_note):
        if state == State.PUBLISHED and not resource.summary.strip():
            raise ValidationError("Add a summary before you publish the resource.")
        if resource.state == state:
            raise ValidationError(f"It is {state.label.lower()} already.")
        resource.state = state
    return resource


@contextmanager
def _saved_change(resource: Resource, fields: list[str], *, by: Actor, history_note: str) -> Iterator[None]:
    """Locks the row, refreshes ``resource`` and checks permission; saves the fields when the body ends without an error."""
    with transaction.atomic():
        resource.refresh_from_db(from_queryset=Resource.objects.select_for_update())
        if by and not by.has_perm(PUBLISH):
            raise PermissionDenied("You do not have permission to do this.")
        set_history_note(resource, by=by, reason=history_note)
        yield
        resource.save(update_fields=[*fields, "updated_at"])
