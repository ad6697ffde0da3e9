"""Published guides found by way of occupations: those linked to some, and those that bear a title searched for."""

from dataclasses import replace

from careers.core.text import fold_text
from careers.occupations.lookup import Hit

from .models import OccupationLink, Role


def with_guides(hits: list[Hit]) -> list[Hit]:
    """The same occupations, each with its published guides; one query for all."""
    links = OccupationLink.objects.of_published_guides().filter(occupation__in=[hit.occupation.pk for hit in hits])
    guides = {}
    for link in links.only("occupation", "weight", "role__title", "role__slug"):
        guides.setdefault(link.occupation_id, []).append(link.role)
    return [replace(hit, guides=tuple(guides.get(hit.occupation.pk, ()))) for hit in hits]


def guides_called(words):
    """Published guides with exactly this title or alternate title, however it is spelt."""
    key = fold_text(words)
    if not key:
        return []
    roles = Role.objects.published().matching(key).prefetch_related("alternate_titles").order_by("title")
    return [
        role
        for role in roles
        if key in {fold_text(role.title), *(fold_text(other.title) for other in role.alternate_titles.all())}
    ]
