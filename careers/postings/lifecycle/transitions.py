"""The frame of every act: lock the row, check permission and state, change the posting, save its history and findings."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from careers.core.models import Actor, set_history_note
from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting
from careers.postings.permissions import ALLOWED_STATES, require_act_permission
from careers.postings.text.facts import refill

State = Posting.State


@contextmanager
def transition(
    act: str,
    posting: Posting,
    *,
    by: Actor,
    history_note: str,
    otherwise: str,
    refusals: Mapping[State, str] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> Iterator[tuple[State, datetime]]:
    """Locks the row and refreshes ``posting``; saves it when the body ends without an error. Gives (state, moment).

    A posting that is then open to applicants, or may become so, is saved with its facts filled into its text again.
    ``refusals`` and ``otherwise`` are the messages for the states from which the act is not possible; see require_state().
    The history entry says ``history_note: reason``; the body may add to it with extend_history_note().
    """
    at = at or timezone.now()
    with transaction.atomic():
        lock_and_refresh(posting)
        require_act_permission(by, act, posting)
        state = posting.state(at)
        require_state(act, state, refusals or {}, otherwise=otherwise)
        set_history_note(posting, by=by, reason=note_with_reason(history_note, reason))
        yield state, at
        checked = posting.__dict__.pop("checked_findings", None)
        if posting.state(at) in State.ACTIVE and refill(posting, at):
            checked = None
        posting.save()
        keep_findings(posting, at, checked)


def lock_and_refresh(posting: Posting) -> None:
    """With the rows that the checks and the texts are made of."""
    try:
        posting.refresh_from_db(from_queryset=Posting.objects.select_for_update())
        prefetch_related_objects([posting], "places", "remote_countries", "skills")
    except Posting.DoesNotExist as error:
        raise ValidationError("It has since been deleted.") from error


def note_with_reason(note: str, reason: str) -> str:
    return f"{note}: {reason.strip()}" if reason.strip() else note


def require_state(act: str, state: State, refusals: Mapping[State, str], *, otherwise: str) -> None:
    """Raises ValidationError unless the act is possible from this state: with the state's message, or with ``otherwise``.

    ``{state}`` in the message is replaced. The code is "already" when the act was done before.
    """
    if state not in ALLOWED_STATES[act]:
        code = "already" if "already" in refusals.get(state, "") else "not_possible"
        raise ValidationError(refusals.get(state, otherwise).replace("{state}", state_phrase(state)), code=code)


def state_phrase(state: State) -> str:
    """The state as it reads after "It is"."""
    return "a draft" if state == State.DRAFT else state.label.lower()
