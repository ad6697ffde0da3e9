"""HTTP status and content of a posting's page at a given moment. The page and the admin's table both use it.

Live: 200, indexed, with job data. Closed or filled: CLOSED_POSTING_STATUS (200 or 410) with a page that says so, for
CLOSED_POSTING_DAYS days; then 410. Withdrawn or rejected: 410. Draft, in review, scheduled: 404.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from careers.postings.models import Posting
from careers.postings.structured_data import is_complete

State = Posting.State
FOUND, NOT_FOUND, GONE = 200, 404, 410


@dataclass(frozen=True)
class PageStatus:
    status: int
    shows_posting: bool = False
    is_indexed: bool = False
    is_marked_up: bool = False


@dataclass(frozen=True)
class PageStage:
    """The page's status starting at a moment; ``since`` is None for now."""

    since: datetime | None
    state: State
    page: PageStatus


def page_status(posting: Posting, at: datetime) -> PageStatus:
    state = posting.state(at)
    if state == State.LIVE:
        return PageStatus(FOUND, shows_posting=True, is_indexed=True, is_marked_up=is_complete(posting))
    if posting.is_readable(at):
        return PageStatus(settings.CLOSED_POSTING_STATUS, shows_posting=True)
    if state in State.ENDED:
        return PageStatus(GONE)
    return PageStatus(NOT_FOUND)


def page_stages(posting: Posting, at: datetime | None = None) -> list[PageStage]:
    """The status now, and each later change that happens by the clock alone."""
    at = at or timezone.now()
    stages = [PageStage(None, posting.state(at), page_status(posting, at))]
    for moment in change_moments(posting):
        if moment > at and page_status(posting, moment) != stages[-1].page:
            stages.append(PageStage(moment, posting.state(moment), page_status(posting, moment)))
    return stages


def change_moments(posting: Posting) -> list[datetime]:
    """The moments at which the page's status can change by itself."""
    end = posting.ended_at
    last_shown = end and end + timedelta(days=settings.CLOSED_POSTING_DAYS)
    return sorted(moment for moment in (posting.publish_at, end, last_shown) if moment)
