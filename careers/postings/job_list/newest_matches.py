"""Matching jobs from the database while the search index cannot answer, bounded for boards with many jobs.

Jobs are looked through newest first, until MAX_FOUND match; a search for words stops after MAX_SECONDS.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from time import monotonic

from careers.postings.models import Posting
from careers.postings.models.posting import PostingQuerySet

from .form import PostingFilterForm

MAX_COUNTED = 5_000  # live jobs for which the database can count everything in time
MAX_FOUND = 1_000
MAX_SECONDS = 2
WINDOW = 5_000  # jobs looked through by one query


@dataclass(frozen=True)
class NewestMatches:
    """`pks` newest first. `looked_through` is the number of jobs compared where time ran out, else None."""

    pks: list[int]
    looked_through: int | None = None

    @property
    def notice(self) -> str:
        beginning = (
            "Search is being rebuilt. For a few minutes, jobs are listed newest first and filters have no counts."
        )
        if self.looked_through:
            return f"{beginning} We looked for your words in the newest {self.looked_through:,} jobs only."
        if len(self.pks) == MAX_FOUND:
            return f"{beginning} These are the newest {MAX_FOUND:,} jobs that match."
        return beginning


def is_too_large_to_count(at: datetime) -> bool:
    return Posting.objects.live(at).order_by()[MAX_COUNTED : MAX_COUNTED + 1].exists()


def find_newest_matches(form: PostingFilterForm, at: datetime) -> NewestMatches:
    until, pks = monotonic() + MAX_SECONDS, []
    for number, window in enumerate(windows(Posting.objects.live(at))):
        if number and form.criteria["q"] and monotonic() >= until:
            return NewestMatches(pks, number * WINDOW)
        matches = form.filter(window).newest_first().values_list("pk", flat=True)
        pks += matches[: MAX_FOUND - len(pks)]
        if len(pks) == MAX_FOUND:
            break
    return NewestMatches(pks)


def windows(live: PostingQuerySet) -> Iterator[PostingQuerySet]:
    """Querysets that together hold all these jobs, the newest first; WINDOW jobs each, and those of the same moment."""
    rest = live
    while last := next(iter(rest.newest_first().values_list("publish_at", flat=True)[WINDOW - 1 : WINDOW]), None):
        yield rest.filter(publish_at__gte=last)
        rest = live.filter(publish_at__lt=last)
    yield rest
