"""Near-duplicates of other open postings.

Looked for among the newest open postings of the same employer, and of the same guide with the same title: a fixed number,
whatever the size of the board. Postings built from one template for different employers share its text by intention.
"""

import re
from functools import lru_cache
from zlib import crc32

from django.db.models import Q
from django.urls import reverse

from careers.core.prose import plain
from careers.core.text import folded
from careers.postings.models import Posting

from .finding import GOOGLE, Note, Rule
from .subject import Other

MOST_CANDIDATES = 40
SHINGLE = 5  # words
ALIKE, ALIKE_UNDER_OTHER_TITLE = 0.8, 0.9
FEWEST_SHINGLES = 20


def others_of(posting, at):
    """The candidates, with one query for them and one for their places."""
    same_job = Q(employer=posting.employer_id)
    if posting.role_id:
        same_template = Q(template__isnull=False, template=posting.template_id)
        same_job |= Q(role=posting.role_id, slug=posting.slug) & ~same_template
    open_ones = Posting.objects.live(at).filter(same_job).exclude(pk=posting.pk).select_related("employer")
    newest = open_ones.prefetch_related("places").newest_first()[:MOST_CANDIDATES]
    return tuple(other_of(other, posting) for other in newest)


def other_of(other, posting):
    return Other(
        title=other.title,
        text=" ".join(plain(getattr(other, name)) for name in other.TEXT_FIELDS),
        places=tuple(other.places.all()),
        employer="" if other.employer_id == posting.employer_id else other.employer.name,
        link=reverse("admin:postings_posting_change", args=[other.pk]),
    )


@lru_cache(maxsize=512)
def shingles(text):
    """Numbers that stand for each run of five words."""
    words = re.findall(r"\w+", text.casefold())
    runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    return frozenset(crc32(" ".join(run).encode("utf-8", "replace")) for run in runs)


def likeness(one, other):
    """The part of their runs of five words that two texts share (Jaccard), 0 to 1; 0 where there is little to compare."""
    ours, theirs = shingles(one), shingles(other)
    if min(len(ours), len(theirs)) < FEWEST_SHINGLES:
        return 0
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared)


def share_a_place(reading, other):
    """By country and city; work without a place meets work without a place."""
    ours = {(place.country, place.city.casefold()) for place in reading.places}
    theirs = {(place.country, place.city.casefold()) for place in other.places}
    return bool(ours & theirs) if ours or theirs else True


def near_duplicate(reading):
    for other in reading.others:
        has_title = folded(other.title) == folded(reading.title)
        if not share_a_place(reading, other):
            continue
        alike = likeness(reading.text, other.text)
        at = f" at {other.employer}" if other.employer else ""
        if alike >= (ALIKE if has_title else ALIKE_UNDER_OTHER_TITLE):
            sentence = f"{alike:.0%} of its text is that of “{other.title}”{at}, which is open"
        elif has_title and not other.employer:
            sentence = f"“{other.title}” is open already at this employer and place"
        else:
            continue
        yield Note("title", f"{sentence}. Is it the same vacancy?", link=other.link)
        return


RULES = [Rule("near_duplicate", "Near-duplicate", f"{GOOGLE}: one page for one vacancy", near_duplicate)]
