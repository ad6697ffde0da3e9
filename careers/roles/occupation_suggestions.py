"""Suggestions of occupations to link a guide to, each with a reason that readers will see."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from careers.core.models import set_history_note
from careers.core.text import fold_text
from careers.occupations.models import Occupation, OccupationTitle

from .models import CareerStep, OccupationLink, OutlookClaim, PayClaim, Role

Relation = OccupationLink.Relation


@dataclass(frozen=True)
class Suggestion:
    occupation: Occupation
    reason: str
    relation: Relation


def suggested_occupations(role: Role) -> list[Suggestion]:
    """The likeliest first, each occupation once, without linked ones. The number of queries is constant."""
    links = list(role.occupation_links.select_related("occupation"))
    linked, soc_codes = {link.occupation_id for link in links}, {link.occupation.soc_code for link in links}
    suggestions = [
        *suggest_by_title(role),
        *(found for found in suggest_by_figures(role) if found.occupation.soc_code not in soc_codes),
        *suggest_by_neighbour_guides(role),
    ]
    unique: dict[int, Suggestion] = {}
    for suggestion in suggestions:
        if suggestion.occupation.pk not in linked:
            unique.setdefault(suggestion.occupation.pk, suggestion)
    return list(unique.values())


@transaction.atomic
def link_suggested(role: Role, occupation_pk: int, *, by: AbstractUser) -> OccupationLink:
    """Links a suggested occupation, with the suggested relation and reason. Raises ValidationError if it is not suggested."""
    found = next((found for found in suggested_occupations(role) if found.occupation.pk == occupation_pk), None)
    if found is None:
        raise ValidationError("This occupation is linked already, or nothing suggests it any more.")
    last = role.occupation_links.aggregate(last=Max("position"))["last"]
    link = OccupationLink(role=role, occupation=found.occupation, relation=found.relation, reason=found.reason[:300])
    link.position = 0 if last is None else last + 1
    set_history_note(link, by=by, reason=f"Suggested: {found.reason}")
    link.full_clean()
    link.save()
    return link


def titles_of(role: Role) -> dict[str, str]:
    """{folded title: title}, the guide's own title before its alternate titles."""
    titles: dict[str, str] = {}
    for title in [role.title, *role.alternate_titles.values_list("title", flat=True)]:
        if key := fold_text(title):
            titles.setdefault(key, title)
    return titles


def suggest_by_title(role: Role) -> Iterator[Suggestion]:
    """Occupations with a title of the guide: as their own title, then those with its title as alternate title, then others."""
    titles = titles_of(role)
    as_own = Occupation.objects.listed().filter(
        title_key__in=[form for key in titles for form in singular_and_plural(key)]
    )
    for occupation in sorted(as_own, key=lambda row: not is_title_of(row, role)):
        relation = Relation.EXACT if is_title_of(occupation, role) else Relation.CLOSE
        yield Suggestion(occupation, f"O*NET describes it as “{occupation.title}”.", relation)
    own, found, reported = fold_text(role.title), {}, Counter()
    listed = OccupationTitle.objects.current().filter(title_key__in=titles, occupation__in=Occupation.objects.listed())
    for row in listed.select_related("occupation"):
        found.setdefault(row.occupation, set()).add(row.title_key)
        reported[row.occupation] += row.kind == OccupationTitle.Kind.REPORTED
    for occupation in sorted(
        found, key=lambda row: (own not in found[row], -len(found[row]), -reported[row], row.code)
    ):
        named = next(title for key, title in titles.items() if key in found[occupation])
        yield Suggestion(occupation, f"O*NET lists the title “{named}” under it.", Relation.CLOSE)


def singular_and_plural(key: str) -> tuple[str, str]:
    """Titles of O*NET are in the plural, those of guides in the singular."""
    return (key, f"{key}s")


def is_title_of(occupation: Occupation, role: Role) -> bool:
    return occupation.title_key in singular_and_plural(fold_text(role.title))


def suggest_by_figures(role: Role) -> Iterator[Suggestion]:
    """Occupations for which figures of the guide were measured."""
    measured: Counter[int] = Counter()
    for model in (PayClaim, OutlookClaim):
        measured.update(
            model.objects.filter(role=role, measured_for__isnull=False).values_list("measured_for", flat=True)
        )
    occupations = Occupation.objects.current().in_bulk(measured)
    for pk, number in measured.most_common():
        if occupation := occupations.get(pk):
            figures = "A figure" if number == 1 else f"{number} figures"
            was = "was" if number == 1 else "were"
            yield Suggestion(occupation, f"{figures} of this guide {was} measured for it.", Relation.PROXY)


def suggest_by_neighbour_guides(role: Role) -> Iterator[Suggestion]:
    """Occupations of the guides that are “beside” this one in its career steps."""
    beside = CareerStep.objects.filter(role=role, kind=CareerStep.Kind.BESIDE).values("to_role")
    links = OccupationLink.objects.filter(role__in=beside, occupation__withdrawn_in__isnull=True)
    for link in links.select_related("role", "occupation"):
        yield Suggestion(link.occupation, f"The guide “{link.role}” beside this one is linked to it.", Relation.CLOSE)
