"""Two to four roles side by side: the same question to each, and "no data" where one has no answer."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from .models import OutlookClaim, PayClaim, Role, RoleSkill
from .reading import KeyFigure, key_figures

FIGURES = ("Median pay", "Mean pay", "Pay, 10th to 90th percentile", "Pay, stated range", "Expected growth", "Openings")


@dataclass(frozen=True)
class FigureLine:
    label: str
    cells: list[KeyFigure | None]


@dataclass(frozen=True)
class Comparison:
    roles: list[Role]
    lines: list[FigureLine]
    shared: list[str]
    own: list[list[str]]


def chosen_roles(slugs):
    """The published roles in the order asked for."""
    roles = {role.slug: role for role in Role.objects.published().with_live_counts().filter(slug__in=slugs)}
    return [roles[slug] for slug in slugs if slug in roles]


def comparison_of(roles):
    prefetch_related_objects(
        roles,
        Prefetch("pay_claims", PayClaim.objects.select_related("source")),
        Prefetch("outlook_claims", OutlookClaim.objects.select_related("source")),
        Prefetch("role_skills", RoleSkill.objects.select_related("skill")),
    )
    figures = [
        {figure.label: figure for figure in key_figures(list(role.pay_claims.all()), list(role.outlook_claims.all()))}
        for role in roles
    ]
    lines = [FigureLine(label, [of_role.get(label) for of_role in figures]) for label in FIGURES]
    skills = [{entry.skill.name: entry for entry in role.role_skills.all()} for role in roles]
    shared = [name for name in skills[0] if all(name in of_role for of_role in skills[1:])]
    own = [[name for name in of_role if name not in shared] for of_role in skills]
    return Comparison(roles, [line for line in lines if any(line.cells) or line.label == FIGURES[0]], shared, own)
