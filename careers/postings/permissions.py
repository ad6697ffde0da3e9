"""Who may do what to a posting, and from which states each act is possible."""

from django.core.exceptions import PermissionDenied

from .models import Posting

State = Posting.State
PUBLISH, CHANGE, ADD = (f"postings.{right}_posting" for right in ("publish", "change", "add"))

# The states from which an act is possible; the act itself may ask for more.
POSSIBLE = {
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
# Writing is enough for these; every other act needs the right to publish.
WRITERS = {"submit": CHANGE, "return_to_draft": CHANGE, "update": CHANGE, "relist": ADD, "clone": ADD}


def may(user, act, posting):
    """Whether the user has the right to this act. None is the portal itself: its commands and its signed links.

    What was decided by somebody who publishes is taken back by nobody else; what waits for review, by who submitted it.
    """
    if user is None:
        return True
    right = WRITERS.get(act, PUBLISH)
    if right == ADD:
        return user.has_perm(ADD)
    if act == "return_to_draft" and posting.submitted_by_id not in (None, user.pk):
        right = PUBLISH
    undecided = posting.status in (Posting.Status.DRAFT, Posting.Status.IN_REVIEW)
    return user.has_perms([CHANGE, right] if undecided else [CHANGE, right, PUBLISH])


def refuse_without_right(user, act, posting):
    if not may(user, act, posting):
        raise PermissionDenied("You may not do this.")


def refuse_without(user, *rights):
    if user and not user.has_perms(rights):
        raise PermissionDenied("You may not do this.")
