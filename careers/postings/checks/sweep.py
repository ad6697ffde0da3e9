"""Runs the checks over all active postings: time passes, laws come into force, templates and guides change."""

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone
from tqdm import tqdm

from careers.postings.models import Posting, PostingFinding

from .store import keep_findings


@dataclass
class Sweep:
    """Counts of one run; ``rules`` has the number of stored findings per rule."""

    checked: int = 0
    changed: int = 0
    rules: Counter = field(default_factory=Counter)

    @property
    def summary(self) -> str:
        return f"Postings checked: {self.checked:,}; results changed: {self.changed:,}"

    def __str__(self):
        return "\n".join([self.summary, *(f"  {rule}: {count:,}" for rule, count in self.rules.most_common())])


def check_all(*, at: datetime | None = None, progress: bool = False) -> Sweep:
    """Checks each posting in its own transaction, so an interrupted run loses nothing. Ended postings lose their findings."""
    at = at or timezone.now()
    postings = Posting.objects.active(at)
    PostingFinding.objects.exclude(posting__in=postings).delete()
    sweep = Sweep()
    rows = postings.select_related("employer", "role").prefetch_related("places", "remote_countries", "skills")
    bar = tqdm(total=postings.count(), file=sys.stderr, unit=" postings", disable=None if progress else True)
    with bar:
        for posting in rows.order_by("pk").iterator(chunk_size=200):
            sweep.changed += keep_findings(posting, at)
            sweep.checked += 1
            bar.update()
    sweep.rules.update(PostingFinding.objects.values_list("rule", flat=True))
    return sweep
