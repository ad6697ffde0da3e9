"""Occupations ranked by the technologies that a visitor's skills name.

Rule: the occupation that uses most of the skills comes first; of equal ones the one where more of them are in demand, by O*NET.
A skill is a technology of O*NET where one of its names is the same, ignoring capital letters.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models.functions import Lower

from careers.occupations.models import Occupation, OccupationTechnology

from .needs import ListedSkill

MAX_OCCUPATIONS = 10
MAX_MISSING = 5  # technologies in demand that are named


@dataclass(frozen=True)
class Technology:
    """`skill` is the same in our guides, if they list it."""

    name: str
    skill: ListedSkill | None


@dataclass(frozen=True)
class OccupationMatch:
    occupation: Occupation
    had: list[str]
    missing: list[Technology]  # in demand, and not among the skills


def match_occupations(chosen: Iterable[ListedSkill], listed: Iterable[ListedSkill]) -> list[OccupationMatch]:
    """Three queries for any number of skills. `listed` are all skills of our guides."""
    skill_by_name = {name.lower(): skill.name for skill in chosen for name in skill.names}
    if not skill_by_name:
        return []
    had: dict[int, set[str]] = defaultdict(set)
    in_demand: dict[int, set[str]] = defaultdict(set)
    named = technologies().annotate(key=Lower("name")).filter(key__in=skill_by_name)
    for pk, key, is_in_demand in named.values_list("occupation", "key", "is_in_demand"):
        had[pk].add(skill_by_name[key])
        if is_in_demand:
            in_demand[pk].add(skill_by_name[key])
    best = sorted(had, key=lambda pk: (-len(had[pk]), -len(in_demand[pk]), pk))[:MAX_OCCUPATIONS]
    occupations = Occupation.objects.only("code", "title").in_bulk(best)
    missing = missing_technologies(best, skill_by_name.keys())
    listed_by_name = {name.lower(): skill for skill in listed for name in skill.names}
    return [
        OccupationMatch(
            occupations[pk],
            sorted(had[pk], key=str.lower),
            [Technology(name, listed_by_name.get(name.lower())) for name in missing[pk][:MAX_MISSING]],
        )
        for pk in best
    ]


def technologies():
    return OccupationTechnology.objects.current().filter(occupation__in=Occupation.objects.listed()).order_by()


def missing_technologies(occupations: list[int], names: Iterable[str]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    wanted = technologies().filter(occupation__in=occupations, is_in_demand=True).order_by("name")
    for pk, name in wanted.values_list("occupation", "name"):
        if name.lower() not in names and name not in found[pk]:
            found[pk].append(name)
    return found
