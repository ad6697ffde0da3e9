"""New jobs against stored alerts.

The new jobs of a round are put into a small index of their own, and each different search is asked of it once. So a round costs
what its searches cost on a few jobs, however large the board is.
"""

import logging
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from careers.postings.job_list.index_query import index_question
from careers.postings.models import Posting
from careers.postings.search_documents import KIND, documents
from careers.search.index import EMPTY_STATE, Index, Snapshot
from careers.search.query import NEWEST, search_in

from .models import AlertMatch, JobAlert, MatchedPosting
from .searches import AlertSearch

log = logging.getLogger(__name__)

ROUND = 1_000  # new jobs compared at once
WRITTEN_AT_ONCE = 2_000


@dataclass(frozen=True)
class MatchReport:
    postings: int = 0
    searches: int = 0
    matches: int = 0


def match_new_postings(at: datetime) -> MatchReport:
    """Compare all jobs that are new at `at` with all active alerts. A second run finds nothing new."""
    total = MatchReport()
    while pks := list(new_postings(at).order_by("pk").values_list("pk", flat=True)[:ROUND]):
        done = match_round(pks, at)
        total = MatchReport(
            total.postings + done.postings, max(total.searches, done.searches), total.matches + done.matches
        )
    return total


def new_postings(at: datetime) -> QuerySet[Posting]:
    """Live jobs that were not compared yet."""
    return Posting.objects.live(at).exclude(pk__in=MatchedPosting.objects.values("posting"))


def has_new_postings(at: datetime) -> bool:
    return new_postings(at).exists()


def match_round(pks: list[int], at: datetime) -> MatchReport:
    """Searching takes seconds and holds no lock. Matches and the note that the jobs were compared are then written together."""
    searches = alerts_by_search()
    found = list(find_matches(pks, searches, at)) if searches else []
    with transaction.atomic():
        postings = set(Posting.objects.filter(pk__in=pks).values_list("pk", flat=True))  # some may be deleted meanwhile
        alerts = set(JobAlert.objects.active().values_list("pk", flat=True))
        found = [match for match in found if match.posting_id in postings and match.alert_id in alerts]
        noted = [MatchedPosting(posting_id=pk, matched_at=at) for pk in sorted(postings)]
        MatchedPosting.objects.bulk_create(noted, ignore_conflicts=True)  # another worker may have been quicker
        AlertMatch.objects.bulk_create(found, WRITTEN_AT_ONCE, ignore_conflicts=True)
    return MatchReport(len(pks), len(searches), len(found))


@dataclass(frozen=True)
class StoredSearch:
    search: dict
    alerts: list[int]  # primary keys


def alerts_by_search() -> list[StoredSearch]:
    """Active alerts, those of the same search together."""
    keys: dict[str, list[int]] = defaultdict(list)
    searches = {}
    for pk, key, search in JobAlert.objects.active().values_list("pk", "search_key", "search"):
        keys[key].append(pk)
        searches[key] = search
    return [StoredSearch(searches[key], alerts) for key, alerts in keys.items()]


def find_matches(pks: list[int], searches: Iterable[StoredSearch], at: datetime) -> Iterator[AlertMatch]:
    with small_index(pks) as snapshot:
        for stored in searches:
            try:
                found = matching_postings(stored.search, snapshot, at, len(pks))
            except Exception:
                log.exception("The search of the job alerts %s cannot be run; the others are.", stored.alerts)
                continue
            for posting in found:
                yield from (AlertMatch(alert_id=alert, posting_id=posting, matched_at=at) for alert in stored.alerts)


def matching_postings(search: dict, snapshot: Snapshot, at: datetime, limit: int) -> list[int]:
    """Primary keys of the jobs in this index that the search finds."""
    wanted = AlertSearch(search)
    if wanted.is_empty:
        return []
    question = index_question(wanted.form, at=at, offset=0, limit=limit)
    plain = replace(question, facets=(), sort=NEWEST, leading=(), suggest_below=0)
    return search_in(snapshot, plain).pks


@contextmanager
def small_index(pks: list[int]) -> Iterator[Snapshot]:
    """An index of these jobs alone, for as long as the context is open."""
    with tempfile.TemporaryDirectory(prefix="alerts-") as folder:
        index = Index(Path(folder))
        index.write([(KIND, None, documents(pks))], EMPTY_STATE._replace(number=0))
        index.reload()
        yield index.snapshot
