"""The frame of every act of a posting's life: who may, whether it is possible now, and what the history keeps."""

from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from .checks.keeping import keep_findings
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


@contextmanager
def carrying_out(act, posting, *, by, said, reason="", at=None):
    """The posting as it stands in the database, locked; saved with its history when the body ends without an error.

    Gives (state, moment). `said` is what the history says of the act; the reason follows it, and what the body adds to
    `_change_reason`.
    """
    at = at or timezone.now()
    with transaction.atomic():
        refresh_locked(posting)
        refuse_without_right(by, act, posting)
        posting._history_user, posting._change_reason = by, with_reason(said, reason)
        yield posting.state(at), at
        posting.save()
        keep_findings(posting, at)


def refresh_locked(posting):
    try:
        posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
    except Posting.DoesNotExist as error:
        raise ValidationError("It was deleted meanwhile.") from error


def with_reason(said, reason):
    return f"{said}: {reason.strip()}" if reason.strip() else said


def refuse_unless(act, state, sentences, *, otherwise):
    """Raise the sentence that fits the state unless the act is possible from it."""
    if state not in POSSIBLE[act]:
        code = "already" if "already" in sentences.get(state, "") else "not_possible"
        raise ValidationError(sentences.get(state, otherwise).replace("{state}", spoken(state)), code=code)


def spoken(state):
    """The state as it stands in “It is …”."""
    return "a draft" if state == State.DRAFT else state.label.lower()
