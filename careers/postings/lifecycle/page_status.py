"""What the address of a posting answers at a moment. The page and what the admin says of it both ask here.

Live: 200, open to search engines, marked up as a job. Ended: the status set (200 or 410) with a page that says so, for the
days of grace; then 410. Withdrawn or rejected: 410 at once. Draft, in review, not open yet: 404.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from careers.postings.models import Posting
from careers.postings.structured_data import job_posting

State = Posting.State
FOUND, NOT_FOUND, GONE = 200, 404, 410


@dataclass(frozen=True)
class Answer:
    status: int
    shows_posting: bool = False
    is_indexed: bool = False
    is_marked_up: bool = False


@dataclass(frozen=True)
class Stage:
    """What is answered from a moment on; `since` is None for now."""

    since: datetime | None
    state: State
    answer: Answer


def answer(posting, at):
    state = posting.state(at)
    if state == State.LIVE:
        return Answer(FOUND, shows_posting=True, is_indexed=True, is_marked_up=job_posting(posting) is not None)
    if posting.is_readable(at):
        return Answer(settings.CLOSED_POSTING_STATUS, shows_posting=True)
    if state in (State.CLOSED, State.FILLED, State.WITHDRAWN, State.REJECTED):
        return Answer(GONE)
    return Answer(NOT_FOUND)


def stages(posting, at=None):
    """Now, and each later answer that the clock alone will bring."""
    at = at or timezone.now()
    found = [Stage(None, posting.state(at), answer(posting, at))]
    for moment in turns(posting):
        if moment > at and answer(posting, moment) != found[-1].answer:
            found.append(Stage(moment, posting.state(moment), answer(posting, moment)))
    return found


def turns(posting):
    """The moments at which the answer can change by itself."""
    end = posting.ended_at
    grace = end and end + timedelta(days=settings.CLOSED_POSTING_DAYS)
    return sorted(moment for moment in (posting.publish_at, end, grace) if moment)
