"""Which occupations a guide may belong to, each with the reason an editor can judge and readers will see."""

from collections import Counter
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from careers.core.text import fold_text
from careers.occupations.models import Occupation, OccupationTitle

from .models import CareerStep, OccupationLink, OutlookClaim, PayClaim

Relation = OccupationLink.Relation


@dataclass(frozen=True)
class Suggestion:
    occupation: Occupation
    reason: str
    relation: Relation


def suggested_occupations(role) -> list[Suggestion]:
    """The likeliest first, each occupation once, without what is linked. The number of queries does not grow."""
    links = list(role.occupation_links.select_related("occupation"))
    linked, soc_codes = {link.occupation_id for link in links}, {link.occupation.soc_code for link in links}
    suggestions = [
        *by_title(role),
        *(found for found in by_figures(role) if found.occupation.soc_code not in soc_codes),
        *by_guides_beside(role),
    ]
    once = {}
    for suggestion in suggestions:
        if suggestion.occupation.pk not in linked:
            once.setdefault(suggestion.occupation.pk, suggestion)
    return list(once.values())


@transaction.atomic
def link_suggested(role, occupation, *, by):
    """Link the guide to the occupation of that number for the reason for which it is suggested. Raises ValidationError."""
    found = next((found for found in suggested_occupations(role) if found.occupation.pk == occupation), None)
    if found is None:
        raise ValidationError("This occupation is linked already, or nothing suggests it any more.")
    last = role.occupation_links.aggregate(last=Max("position"))["last"]
    link = OccupationLink(role=role, occupation=found.occupation, relation=found.relation, reason=found.reason[:300])
    link.position = 0 if last is None else last + 1
    link._history_user, link._change_reason = by, f"Suggested: {found.reason}"
    link.full_clean()
    link.save()
    return link


def titles_of(role):
    """{title folded: title as the guide writes it}, the guide's own title before the others."""
    titles = {}
    for title in [role.title, *role.alternate_titles.values_list("title", flat=True)]:
        if key := fold_text(title):
            titles.setdefault(key, title)
    return titles


def by_title(role):
    """Occupations that have a title of the guide: as their own, then those that list its own title, then its others."""
    titles = titles_of(role)
    as_own = Occupation.objects.listed().filter(title_key__in=[spelt for key in titles for spelt in spellings(key)])
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


def spellings(key):
    """O*NET writes its titles in the plural, a guide in the singular."""
    return (key, f"{key}s")


def is_title_of(occupation, role):
    return occupation.title_key in spellings(fold_text(role.title))


def by_figures(role):
    """Occupations for which figures of the guide were measured: the figures may speak for it, or be somebody else's."""
    measured = Counter()
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


def by_guides_beside(role):
    """Occupations of the guides that stand beside this one on the career path."""
    beside = CareerStep.objects.filter(role=role, kind=CareerStep.Kind.BESIDE).values("to_role")
    links = OccupationLink.objects.filter(role__in=beside, occupation__withdrawn_in__isnull=True)
    for link in links.select_related("role", "occupation"):
        yield Suggestion(link.occupation, f"The guide “{link.role}” beside this one is linked to it.", Relation.CLOSE)
