"""The skills of a guide with what leads on from each: open jobs that ask for it, resources that teach it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from careers.postings.models import Posting
from careers.resources.models import Resource
from careers.roles.guide.contents import GuideContents
from careers.roles.models import RoleSkill


@dataclass(frozen=True)
class SkillRow:
    entry: RoleSkill
    jobs: int
    resources: int


@dataclass(frozen=True)
class GuideSkills:
    required: list[SkillRow]
    groups: list[tuple[str, list[SkillRow]]]
    number: int


def guide_skills(guide: GuideContents) -> GuideSkills:
    """In two queries."""
    pks = [entry.skill_id for entry in guide.skills]
    jobs = count_by_skill(Posting.skills.through.objects.filter(skill__in=pks, posting__in=Posting.objects.live()))
    resources = count_by_skill(
        Resource.skills.through.objects.filter(skill__in=pks, resource__in=Resource.objects.published())
    )

    def rows(entries: Iterable[RoleSkill]) -> list[SkillRow]:
        return [SkillRow(entry, jobs.get(entry.skill_id, 0), resources.get(entry.skill_id, 0)) for entry in entries]

    groups = [(heading, rows(entries)) for heading, entries in guide.skill_groups]
    return GuideSkills(rows(guide.required_skills), groups, len(pks))


def count_by_skill(pairs: QuerySet) -> dict[int, int]:
    """{primary key of a skill: number} of rows that join a skill and something else."""
    return dict(pairs.order_by().values_list("skill").annotate(number=Count("pk")))
