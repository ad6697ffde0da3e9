"""Guides ranked by the skills a visitor has.

Rule: the guide of which the visitor has the largest share of skills comes first, where a required skill counts 4, a preferred
one 2 and a useful one 1. Equal shares: more skills in common first, then by title.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from careers.roles.models import RoleSkill

from .needs import Need

WEIGHTS: dict[str, int] = {
    RoleSkill.Necessity.REQUIRED: 4,
    RoleSkill.Necessity.PREFERRED: 2,
    RoleSkill.Necessity.USEFUL: 1,
}


@dataclass(frozen=True)
class GuideMatch:
    """`had` and `missing` are the skills of a guide, the most needed first."""

    role_id: int
    title: str
    had: list[Need]
    missing: list[Need]

    @property
    def count(self) -> int:
        return len(self.had) + len(self.missing)

    @property
    def share(self) -> Fraction:
        had = weight_of(self.had)
        return Fraction(had, had + weight_of(self.missing))

    @property
    def percent(self) -> int:
        return int(self.share * 100)


def weight_of(needs: Iterable[Need]) -> int:
    return sum(WEIGHTS[need.necessity] for need in needs)


def rank_guides(needs: Iterable[Need], slugs: Collection[str]) -> list[GuideMatch]:
    """The guides that list at least one of these skills. `needs` of one guide follow each other."""
    matches = [match_guide(list(group), slugs) for _, group in groupby(needs, key=lambda need: need.role_id)]
    found = [match for match in matches if match.had]
    return sorted(found, key=lambda match: (-match.share, -len(match.had), match.title.lower(), match.role_id))


def match_guide(needs: list[Need], slugs: Collection[str]) -> GuideMatch:
    ordered = sorted(needs, key=lambda need: -WEIGHTS[need.necessity])
    had = [need for need in ordered if need.skill.slug in slugs]
    missing = [need for need in ordered if need.skill.slug not in slugs]
    return GuideMatch(needs[0].role_id, needs[0].role_title, had, missing)
