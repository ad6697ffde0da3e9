"""Deleting a source: refused while a guide cites it; a release that nobody cites goes with all its figures."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from careers.occupations.models import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    OfficialOutlook,
    OfficialPay,
    RelatedOccupation,
    Release,
)
from careers.occupations.soc import combined_codes

from .models import CareerStep, Item, OccupationLink, OutlookClaim, PayClaim, Role, RoleSkill, Section

CLAIMS = (PayClaim, OutlookClaim)  # of guides
OFFICIAL = (OfficialPay, OfficialOutlook)  # of occupations, each with its release
FIGURES = (*CLAIMS, *OFFICIAL)
PARTS = (Section, Item, RoleSkill, CareerStep, *CLAIMS)  # of a guide, each with a source of its own
REFERENCE = (
    Occupation, JobZone, OccupationTitle, OccupationTask, OccupationTechnology, RelatedOccupation, EducationShare,
)  # fmt: skip
MOST_NAMED = 10


@dataclass(frozen=True)
class Stake:
    """What rests on a source: who keeps it from being deleted, and what would go with it."""

    guides: list[Role] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # other reasons against, as sentences
    release: Release | None = None
    figures: int = 0

    @property
    def is_free(self):
        return not (self.guides or self.reasons)

    @property
    def refusal(self):
        """Why it may not be deleted, in sentences."""
        said = list(self.reasons)
        if self.guides:
            named = ", ".join(str(role) for role in self.guides[:MOST_NAMED])
            more = f" and {len(self.guides) - MOST_NAMED} more" if len(self.guides) > MOST_NAMED else ""
            said.insert(0, f"Guides rest on it: {named}{more}.")
        return " ".join(said)


def stake_in(source):
    release = Release.objects.filter(source=source).first()
    return Stake(
        guides=list(guides_citing(source)),
        reasons=reasons_to_keep(release) if release else [],
        release=release,
        figures=sum(model.objects.filter(release=release).count() for model in OFFICIAL) if release else 0,
    )


def guides_citing(source):
    """Guides with a part that names it, and published guides that show its figures through their occupations."""
    cited = Q()
    for model in PARTS:
        cited |= Q(pk__in=model.objects.filter(source=source).values("role"))
    for model in CLAIMS:
        cited |= Q(pk__in=model.objects.filter(quoted_in=source).values("role"))
    for model in OFFICIAL:
        cited |= Q(pk__in=shown_through_links(model.objects.filter(source=source)), status=Role.Status.PUBLISHED)
    return Role.objects.filter(cited)


def shown_through_links(claims):
    """Numbers of the guides linked to an occupation for which one of these imported claims speaks."""
    codes = claims.values("occupation__code")
    held = claims.filter(occupation__code__in=combined_codes()).values_list("occupation__code", flat=True).distinct()
    members = [member for code in held for member in combined_codes()[code].members]
    counted = Q(occupation__soc_code__in=codes) | Q(occupation__soc_code__in=members)
    return OccupationLink.objects.filter(counted).values("role")


def reasons_to_keep(release):
    if release.dataset == Release.Dataset.ONET and release.is_current:
        return ["It is the current release of O*NET: occupations rest on it."]
    rows = sum(
        model.objects.filter(Q(release=release) | Q(withdrawn_in=release)).count()
        for model in REFERENCE
        if model is not Occupation
    )
    kept = Occupation.objects.filter(Q(release=release) | Q(withdrawn_in=release)).exclude(scheme="soc").count()
    if rows + kept:
        return [f"{rows + kept:,} rows of reference data rest on it."]
    named = only_named_by(release).filter(Q(role_links__isnull=False) | measured_figures()).distinct()
    if occupations := list(named[:MOST_NAMED]):
        return [f"Guides name occupations that it alone describes: {', '.join(map(str, occupations))}."]
    return []


def measured_figures():
    return Q(pay_claims_measured__isnull=False) | Q(outlook_claims_measured__isnull=False)


def only_named_by(release):
    """SOC occupations for which no other release has a figure."""
    elsewhere = [Exists(model.objects.filter(occupation=OuterRef("pk")).exclude(release=release)) for model in OFFICIAL]
    return Occupation.objects.filter(release=release).exclude(Q(elsewhere[0]) | Q(elsewhere[1]))


# -- Deleting


@transaction.atomic
def delete_source(source, *, by):
    """Raises ValidationError with the guides that cite it. Returns how many imported figures went with it."""
    stake = stake_in(source)
    if not stake.is_free:
        raise ValidationError(stake.refusal)
    if stake.release:
        delete_release(stake.release)
    source._history_user = by
    source._change_reason = f"Deleted with {stake.figures:,} figures of {stake.release}" if stake.release else "Deleted"
    source.delete()
    return stake.figures


def delete_release(release):
    """With its figures, and the SOC occupations that it alone describes. The newest release left is current."""
    only_named_by(release).delete()
    for model in OFFICIAL:
        model.objects.filter(release=release).delete()
    others = sorted(Release.objects.exclude(pk=release.pk), key=precedence, reverse=True)
    for other in others:  # the newest that has a figure describes the occupation from now on
        for model in OFFICIAL:
            described = model.objects.filter(release=other).values("occupation")
            Occupation.objects.filter(release=release, pk__in=described).update(release=other)
    release.delete()
    newest = next((other for other in others if other.dataset == release.dataset), None)
    if release.is_current and newest:
        newest.is_current = True
        newest.save(update_fields=["is_current", "updated_at"])


def precedence(release):
    """Wages before projections, which name occupations after them; the newest of each first."""
    return (release.dataset == Release.Dataset.OEWS, release.order)
