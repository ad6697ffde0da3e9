"""Changes of a resource's state. Each locks the row and raises ValidationError where the change is not possible."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from .models import Resource

State = Resource.State


def publish(resource: Resource, *, by, reason: str = "") -> Resource:
    """Needs a summary."""
    if not resource.summary.strip():
        raise ValidationError("Before readers see the entry it needs a summary.")
    return _set_state(resource, State.PUBLISHED, by=by, reason=reason or "Published")


def archive(resource: Resource, *, by, reason: str = "") -> Resource:
    return _set_state(resource, State.ARCHIVED, by=by, reason=reason or "Archived")


def return_to_draft(resource: Resource, *, by, reason: str = "") -> Resource:
    return _set_state(resource, State.DRAFT, by=by, reason=reason or "Returned to draft")


@transaction.atomic
def mark_verified(resource: Resource, *, by, on: date | None = None, reason: str = "") -> Resource:
    """Records that somebody checked the resource; its link is then no longer marked as broken."""
    resource = _locked(resource)
    if resource.state == State.ARCHIVED:
        raise ValidationError("It is archived; only entries in use are verified.")
    resource.last_verified_on = on or timezone.localdate()
    resource.last_verified_by = by
    resource.link_broken_since = None
    fields = ["last_verified_on", "last_verified_by", "link_broken_since"]
    return _save(resource, fields, by=by, reason=reason or "Verified")


@transaction.atomic
def _set_state(resource, state, *, by, reason):
    resource = _locked(resource)
    if resource.state == state:
        raise ValidationError(f"It is {state.label.lower()} already.")
    resource.state = state
    return _save(resource, ["state"], by=by, reason=reason)


def _locked(resource):
    """The row as it is now, locked: two editors may act at once."""
    return Resource.objects.select_for_update().get(pk=resource.pk)


def _save(resource, fields, *, by, reason):
    resource._history_user, resource._change_reason = by, reason
    resource.save(update_fields=[*fields, "updated_at"])
    return resource
