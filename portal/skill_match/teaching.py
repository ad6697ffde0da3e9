"""Resources that teach the skills a visitor is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from careers.resources.models import Resource

MAX_RESOURCES = 2  # named for one skill


@dataclass
class Teaching:
    """`resources` are a few of those that teach a skill, free ones first; `count` is the number of all."""

    resources: list[Resource] = field(default_factory=list)
    count: int = 0


def teaching_of(skill_ids: Iterable[int]) -> dict[int, Teaching]:
    """{primary key of a skill: the published resources that teach it}, without those whose link is broken; one query."""
    found = {pk: Teaching() for pk in skill_ids}
    links = Resource.skills.through.objects.filter(
        skill__in=found, resource__state=Resource.State.PUBLISHED, resource__link_broken_since__isnull=True
    )
    columns = ("skill", "resource__name", "resource__slug", "resource__cost")
    for pk, name, slug, cost in sorted(
        links.values_list(*columns), key=lambda row: (COSTS.index(row[3]), row[1].lower())
    ):
        teaching = found[pk]
        teaching.count += 1
        if len(teaching.resources) < MAX_RESOURCES:
            teaching.resources.append(Resource(name=name, slug=slug, cost=cost))
    return found


COSTS = [Resource.Cost.FREE, Resource.Cost.FREEMIUM, Resource.Cost.PAID]
