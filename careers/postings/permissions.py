"""Permission rules for postings, and the states from which each act of the lifecycle is possible."""

from django.core.exceptions import PermissionDenied

from .models import Posting

State = Posting.State
PUBLISH, CHANGE, ADD = (f"postings.{action}_posting" for action in ("publish", "change", "add"))

# The states from which an act is possible. The act itself may have further conditions.
ALLOWED_STATES = {
    "submit": {State.DRAFT},
    "return_to_draft": {State.IN_REVIEW, State.REJECTED, State.SCHEDULED},
    "publish": {State.DRAFT, State.IN_REVIEW},
    "schedule": {State.DRAFT, State.IN_REVIEW, State.SCHEDULED},
    "reject": {State.DRAFT, State.IN_REVIEW},
    "extend": {State.LIVE, State.SCHEDULED, State.CLOSED},
    "close": {State.LIVE},
    "confirm": {State.LIVE},
    "fill": {State.LIVE, State.CLOSED},
    "reopen": {State.CLOSED, State.FILLED},
    "withdraw": {State.LIVE, State.SCHEDULED, State.CLOSED, State.FILLED},
    "relist": {State.CLOSED, State.FILLED},
    "clone": set(State),
}
# Acts that need less than the permission to publish.
WRITER_PERMISSIONS = {"submit": CHANGE, "return_to_draft": CHANGE, "update": CHANGE, "relist": ADD, "clone": ADD}


def may(user, act: str, posting: Posting) -> bool:
    """Whether the user has permission for this act. ``None`` stands for the portal itself: commands and signed links.

    Only publishers change a posting that was published or rejected. A submission is returned to draft by the person who
    submitted it or by a publisher.
    """
    if user is None:
        return True
    permission = WRITER_PERMISSIONS.get(act, PUBLISH)
    if permission == ADD:
        return user.has_perm(ADD)
    if act == "return_to_draft" and posting.submitted_by_id not in (None, user.pk):
        permission = PUBLISH
    undecided = posting.status in (Posting.Status.DRAFT, Posting.Status.IN_REVIEW)
    return user.has_perms([CHANGE, permission if undecided else PUBLISH])


def require_act_permission(user, act: str, posting: Posting) -> None:
    """Raises PermissionDenied."""
    if not may(user, act, posting):
        raise PermissionDenied("You do not have permission to do this.")


def require_permissions(user, *permissions: str) -> None:
    """Raises PermissionDenied."""
    if user and not user.has_perms(permissions):
        raise PermissionDenied("You do not have permission to do this.")
