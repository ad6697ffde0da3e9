"""Published guides for the search of occupations: those linked to an occupation, and those with a title."""

from dataclasses import replace

from careers.core.text import fold_text
from careers.occupations.lookup import OccupationMatch

from .models import OccupationLink, Role


def with_guides(matches: list[OccupationMatch]) -> list[OccupationMatch]:
    """The same matches, each with the published guides of its occupation; one query for all."""
    links = OccupationLink.objects.of_published_guides().filter(
        occupation__in=[match.occupation.pk for match in matches]
    )
    guides: dict[int, list[Role]] = {}
    for link in links.only("occupation", "weight", "role__title", "role__slug"):
        guides.setdefault(link.occupation_id, []).append(link.role)
    return [replace(match, guides=tuple(guides.get(match.occupation.pk, ()))) for match in matches]


def guides_with_title(words: str) -> list[Role]:
    """Published guides with exactly this title or alternate title, ignoring case, accents and punctuation."""
    key = fold_text(words)
    if not key:
        return []
    roles = Role.objects.published().matching(key).prefetch_related("alternate_titles").order_by("title")
    return [
        role
        for role in roles
        if key in {fold_text(role.title), *(fold_text(other.title) for other in role.alternate_titles.all())}
    ]
