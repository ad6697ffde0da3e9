"""Live postings similar to a posting or related to a role: from the search index, or simpler ones from the database."""

import logging
from dataclasses import replace
from datetime import datetime

from django.db.models import BooleanField, Case, Count, Q, Value, When

from careers.postings.models import Posting
from careers.postings.search_documents import KIND
from careers.roles.models import Role
from careers.search.similar import SharedValues, SimilarityRequest, SimilarRows, find_similar
from careers.search.sync import SearchUnavailableError

from .results import cards_in_order

log = logging.getLogger(__name__)

SIMILAR_SHOWN = 5
# Added to the engine's scores, in which a shared word of the title counts about 2 to 15.
SKILL_WEIGHT, EMPLOYER_WEIGHT = 4.0, 0.5


def similar_postings(posting: Posting, *, at: datetime) -> list[Posting]:
    """Other live postings of its role first, then those with a similar title, shared skills or the same employer."""
    try:
        return cards_in_order(*_similar_in_index(posting, at))
    except SearchUnavailableError as error:
        log.info("Similar jobs are looked for without the search index: %s", error)
        return list(_similar_in_database(posting, at))


def _similar_in_index(posting, at):
    shared = (
        SharedValues("skill", tuple(skill.slug for skill in posting.skills.all()), SKILL_WEIGHT, by_rarity=True),
        SharedValues("employer", (posting.employer_id,), EMPLOYER_WEIGHT),
    )
    likeness = SimilarityRequest(KIND, posting.title, shared, exclude_pk=posting.pk)
    if not (posting.role and posting.role.is_published):
        return find_similar(likeness, at=at, limit=SIMILAR_SHOWN)
    slug = posting.role.slug
    found = find_similar(replace(likeness, within=("role", slug)), at=at, limit=SIMILAR_SHOWN)
    if missing := SIMILAR_SHOWN - len(found.pks):
        others = find_similar(replace(likeness, exclude={"role": slug}), at=at, limit=missing)
        found = SimilarRows(found.pks + others.pks, others.row_cache)
    return found


def _similar_in_database(posting, at):
    """Postings of the same role, then those of the same employer."""
    of_role = Q(role=posting.role_id) if posting.role_id else Q(pk__in=[])
    return (
        Posting.objects.live(at)
        .filter(of_role | Q(employer=posting.employer_id))
        .exclude(pk=posting.pk)
        .annotate(is_of_role=Case(When(of_role, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .order_by("-is_of_role", "-publish_at", "-pk")
        .for_cards()[:SIMILAR_SHOWN]
    )


def related_postings(role: Role, *, at: datetime, limit: int) -> list[Posting]:
    """Live postings of other roles that ask for its skills or have a similar title."""
    skills = [link.skill for link in role.role_skills.all()]
    titles = " ".join([role.title, *(other.title for other in role.alternate_titles.all())])
    likeness = SimilarityRequest(
        KIND,
        titles,
        (SharedValues("skill", tuple(skill.slug for skill in skills), SKILL_WEIGHT, by_rarity=True),),
        exclude={"role": role.slug},
    )
    try:
        return cards_in_order(*find_similar(likeness, at=at, limit=limit))
    except SearchUnavailableError as error:
        log.info("Related jobs are looked for without the search index: %s", error)
        return list(_by_shared_skills(role, skills, at)[:limit])


def _by_shared_skills(role, skills, at):
    """Postings of other roles, those that ask for most of the skills first."""
    asked = Posting.skills.through.objects.filter(skill__in=skills)
    return (
        Posting.objects.live(at)
        .filter(pk__in=asked.values("posting"))
        .exclude(role=role)
        .annotate(shared=Count("skills", filter=Q(skills__in=skills)))
        .order_by("-shared", "-publish_at", "-pk")
        .for_cards()
    )
