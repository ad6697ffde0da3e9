"""The frame of every act of a posting's life: rights asked, row locked, history and findings kept."""

from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from careers.postings.checks.store import keep_findings
from careers.postings.models import Posting
from careers.postings.permissions import POSSIBLE, refuse_without_right

State = Posting.State


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
