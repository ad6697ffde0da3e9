"""Near-duplicates of other open postings.

Candidates are the newest open postings of the same employer and those of the same guide with the same title: a fixed number,
whatever the size of the board. Postings built from one template for different employers are expected to share its text.
"""

import re
from datetime import datetime
from functools import lru_cache
from zlib import crc32

from django.db.models import Q
from django.urls import reverse

from careers.core.prose import plain_text
from careers.core.text import fold_text
from careers.postings.models import Posting
from careers.postings.text.render import places_of

from .finding import GOOGLE, Note, Rule
from .subject import OpenPosting

MOST_CANDIDATES = 40
SHINGLE = 5  # words
SIMILAR_WITH_SAME_TITLE, SIMILAR_WITH_OTHER_TITLE = 0.8, 0.9
FEWEST_SHINGLES = 20


def duplicate_candidates(posting: Posting, at: datetime) -> tuple[OpenPosting, ...]:
    """The newest similar open postings; two queries."""
    same_job = Q(employer=posting.employer_id)
    if posting.role_id:
        same_template = Q(template__isnull=False, template=posting.template_id)
        same_job |= Q(role=posting.role_id, slug=posting.slug) & ~same_template
    open_ones = Posting.objects.live(at).filter(same_job).exclude(pk=posting.pk).select_related("employer")
    newest = open_ones.prefetch_related("places").newest_first()[:MOST_CANDIDATES]
    return tuple(open_posting_of(other, posting) for other in newest)


def open_posting_of(other: Posting, posting: Posting) -> OpenPosting:
    return OpenPosting(
        title=other.title,
        text=" ".join(plain_text(getattr(other, name)) for name in other.TEXT_FIELDS),
        places=tuple(places_of(other)),
        employer="" if other.employer_id == posting.employer_id else other.employer.name,
        link=reverse("admin:postings_posting_change", args=[other.pk]),
    )


@lru_cache(maxsize=512)
def shingles(text: str) -> frozenset[int]:
    """A checksum of each run of SHINGLE words."""
    words = re.findall(r"\w+", text.casefold())
    runs = zip(*(words[start:] for start in range(SHINGLE)), strict=False)
    return frozenset(crc32(" ".join(run).encode("utf-8", "replace")) for run in runs)


def text_similarity(one: str, other: str) -> float:
    """Jaccard similarity of the shingles of two texts, 0 to 1; 0 when a text has fewer than FEWEST_SHINGLES."""
    ours, theirs = shingles(one), shingles(other)
    if min(len(ours), len(theirs)) < FEWEST_SHINGLES:
        return 0
    shared = len(ours & theirs)
    return shared / (len(ours) + len(theirs) - shared)


def have_common_place(subject, other):
    """By country and city. Two postings without any place count as having a common one."""
    ours = {(place.country, place.city.casefold()) for place in subject.places}
    theirs = {(place.country, place.city.casefold()) for place in other.places}
    return bool(ours & theirs) if ours or theirs else True


def near_duplicate(subject):
    for other in subject.candidates:
        is_same_title = fold_text(other.title) == fold_text(subject.title)
        if not have_common_place(subject, other):
            continue
        similarity = text_similarity(subject.text, other.text)
        at = f" at {other.employer}" if other.employer else ""
        if similarity >= (SIMILAR_WITH_SAME_TITLE if is_same_title else SIMILAR_WITH_OTHER_TITLE):
            sentence = f"{similarity:.0%} of its text is that of “{other.title}”{at}, which is open"
        elif is_same_title and not other.employer:
            sentence = f"“{other.title}” is already open at this employer and place"
        else:
            continue
        yield Note("title", f"{sentence}. Is it the same job?", link=other.link)
        return


RULES = [Rule("near_duplicate", "Near-duplicate", f"{GOOGLE}: one page for one job", near_duplicate)]
