"""The checks over the whole board, for the list: time passes, laws come into force, templates and guides change."""

import sys
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from tqdm import tqdm

from careers.postings.models import Posting, PostingFinding

from .store import keep_findings


@dataclass
class Sweep:
    checked: int = 0
    changed: int = 0
    rules: Counter = field(default_factory=Counter)

    @property
    def summary(self):
        return f"Postings checked: {self.checked:,}; findings changed: {self.changed:,}"

    def __str__(self):
        return "\n".join([self.summary, *(f"  {rule}: {count:,}" for rule, count in self.rules.most_common())])


def worth_checking(at):
    """What an editor can still do something about: neither ended nor withdrawn nor rejected."""
    is_written = Q(status__in=[Posting.Status.DRAFT, Posting.Status.IN_REVIEW])
    is_open = Q(pk__in=Posting.objects.live(at).values("pk")) | Q(pk__in=Posting.objects.scheduled(at).values("pk"))
    return Posting.objects.filter(is_written | is_open)


def check_all(*, at=None, progress=False) -> Sweep:
    """Each posting by itself, so that a sweep cut short leaves whole rows. What ended since loses its findings."""
    at = at or timezone.now()
    postings = worth_checking(at)
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
