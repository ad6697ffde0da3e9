"""Live postings like a posting, and like a role: by the index, or more plainly by the database where it cannot answer."""

import logging
from dataclasses import replace

from django.db.models import BooleanField, Case, Count, Q, Value, When

from careers.postings.models import Posting
from careers.postings.search_documents import KIND
from careers.search.similar import Likeness, Shared, alike
from careers.search.sync import UnavailableError

from .results import in_order

log = logging.getLogger(__name__)

SHOWN = 5
# In the coin of the engine's scores, where a word of the title is worth some 2 to 15: skills and words put postings in order,
# and the employer comes in where little else does.
SKILL, EMPLOYER = 4.0, 0.5


def similar_to(posting, *, at):
    """Other live postings: those of its role, then those with its skills, called alike, or of its employer."""
    try:
        return in_order(_similar_in_index(posting, at))
    except UnavailableError as error:
        log.info("Similar jobs are looked for without the search index: %s", error)
        return list(_neighbours(posting, at))


def _similar_in_index(posting, at):
    shared = (
        Shared("skill", tuple(skill.slug for skill in posting.skills.all()), SKILL, by_rarity=True),
        Shared("employer", (posting.employer_id,), EMPLOYER),
    )
    likeness = Likeness(KIND, posting.title, shared, but=posting.pk)
    if not (posting.role and posting.role.is_published):
        return alike(likeness, at=at, limit=SHOWN)
    slug = posting.role.slug
    found = alike(replace(likeness, within=("role", slug)), at=at, limit=SHOWN)
    if len(found) < SHOWN:
        found += alike(replace(likeness, without={"role": slug}), at=at, limit=SHOWN - len(found))
    return found


def _neighbours(posting, at):
    """Those of the role, then those of the employer."""
    of_role = Q(role=posting.role_id) if posting.role_id else Q(pk__in=[])
    return (
        Posting.objects.live(at)
        .filter(of_role | Q(employer=posting.employer_id))
        .exclude(pk=posting.pk)
        .annotate(is_of_role=Case(When(of_role, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .order_by("-is_of_role", "-publish_at", "-pk")
        .for_cards()[:SHOWN]
    )


def related_to(role, *, at, limit):
    """Live postings of other roles that ask for its skills or are called like it."""
    skills = [link.skill for link in role.role_skills.all()]
    titles = " ".join([role.title, *(other.title for other in role.alternate_titles.all())])
    likeness = Likeness(
        KIND,
        titles,
        (Shared("skill", tuple(skill.slug for skill in skills), SKILL, by_rarity=True),),
        without={"role": role.slug},
    )
    try:
        return in_order(alike(likeness, at=at, limit=limit))
    except UnavailableError as error:
        log.info("Related jobs are looked for without the search index: %s", error)
        return list(_with_skills(role, skills, at)[:limit])


def _with_skills(role, skills, at):
    """Those that ask for most of the skills first."""
    asked = Posting.skills.through.objects.filter(skill__in=skills)
    return (
        Posting.objects.live(at)
        .filter(pk__in=asked.values("posting"))
        .exclude(role=role)
        .annotate(shared=Count("skills", filter=Q(skills__in=skills)))
        .order_by("-shared", "-publish_at", "-pk")
        .for_cards()
    )
