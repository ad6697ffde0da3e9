"""Deletion of a source: refused while a guide cites it; an uncited release is deleted with all its figures."""

from dataclasses import dataclass, field

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from careers.core.models import set_history_note
from careers.occupations.models import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    OfficialOutlook,
    OfficialPay,
    RelatedOccupation,
    Release,
    Source,
)
from careers.occupations.soc import combined_codes

from .models import CareerStep, Item, OccupationLink, OutlookClaim, PayClaim, Role, RoleSkill, Section

GUIDE_FIGURES = (PayClaim, OutlookClaim)
OFFICIAL_FIGURES = (OfficialPay, OfficialOutlook)
FIGURES = (*GUIDE_FIGURES, *OFFICIAL_FIGURES)
GUIDE_PARTS = (Section, Item, RoleSkill, CareerStep, *GUIDE_FIGURES)  # have a source of their own
REFERENCE_DATA = (
    Occupation, JobZone, OccupationTitle, OccupationTask, OccupationTechnology, RelatedOccupation, EducationShare,
    OccupationSkill,
)  # fmt: skip
MAX_NAMED = 10


@dataclass(frozen=True)
class DeletionImpact:
    """What prevents the deletion of a source, and what would be deleted with it."""

    guides: list[Role] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)  # other obstacles, as sentences
    release: Release | None = None
    figures: int = 0

    @property
    def is_allowed(self) -> bool:
        return not (self.guides or self.reasons)

    @property
    def refusal(self) -> str:
        """Why the source cannot be deleted, in sentences."""
        sentences = list(self.reasons)
        if self.guides:
            named = ", ".join(str(role) for role in self.guides[:MAX_NAMED])
            more = f" and {len(self.guides) - MAX_NAMED} more" if len(self.guides) > MAX_NAMED else ""
            sentences.insert(0, f"These guides use it: {named}{more}.")
        return " ".join(sentences)


def deletion_impact(source: Source) -> DeletionImpact:
    release = Release.objects.filter(source=source).first()
    return DeletionImpact(
        guides=list(guides_citing(source)),
        reasons=reasons_to_keep(release) if release else [],
        release=release,
        figures=sum(model.objects.filter(release=release).count() for model in OFFICIAL_FIGURES) if release else 0,
    )


def guides_citing(source: Source) -> QuerySet:
    """Guides with a part that cites it, and published guides that show its official figures."""
    cited = Q()
    for model in GUIDE_PARTS:
        cited |= Q(pk__in=model.objects.filter(source=source).values("role"))
    for model in GUIDE_FIGURES:
        cited |= Q(pk__in=model.objects.filter(quoted_in=source).values("role"))
    for model in OFFICIAL_FIGURES:
        cited |= Q(pk__in=guides_showing(model.objects.filter(source=source)), status=Role.Status.PUBLISHED)
    return Role.objects.filter(cited)


def guides_showing(figures: QuerySet) -> QuerySet:
    """Primary keys of the guides linked to an occupation that one of these official figures is published for."""
    codes = figures.values("occupation__code")
    combined = (
        figures.filter(occupation__code__in=combined_codes()).values_list("occupation__code", flat=True).distinct()
    )
    members = [member for code in combined for member in combined_codes()[code].members]
    has_figure = Q(occupation__soc_code__in=codes) | Q(occupation__soc_code__in=members)
    return OccupationLink.objects.filter(has_figure).values("role")


def reasons_to_keep(release: Release) -> list[str]:
    """Sentences, for reasons other than guides that cite it."""
    if release.dataset == Release.Dataset.ONET and release.is_current:
        return ["It is the current O*NET release, and occupations depend on it."]
    rows = sum(
        model.objects.filter(Q(release=release) | Q(withdrawn_in=release)).count()
        for model in REFERENCE_DATA
        if model is not Occupation
    )
    occupations_kept = (
        Occupation.objects.filter(Q(release=release) | Q(withdrawn_in=release)).exclude(scheme="soc").count()
    )
    if rows + occupations_kept:
        return [f"{rows + occupations_kept:,} rows of reference data depend on it."]
    linked = only_described_by(release).filter(Q(role_links__isnull=False) | measured_figures()).distinct()
    if occupations := list(linked[:MAX_NAMED]):
        return [f"Guides name occupations that only this source describes: {', '.join(map(str, occupations))}."]
    return []


def measured_figures() -> Q:
    """Occupations for which a guide's own figures were measured."""
    return Q(pay_claims_measured__isnull=False) | Q(outlook_claims_measured__isnull=False)


def only_described_by(release: Release) -> QuerySet:
    """Occupations of the release for which no other release has a figure."""
    elsewhere = [
        Exists(model.objects.filter(occupation=OuterRef("pk")).exclude(release=release)) for model in OFFICIAL_FIGURES
    ]
    return Occupation.objects.filter(release=release).exclude(Q(elsewhere[0]) | Q(elsewhere[1]))


# -- Deleting


@transaction.atomic
def delete_source(source: Source, *, by: AbstractUser) -> int:
    """Returns the number of official figures deleted with it. Raises ValidationError if it is cited."""
    impact = deletion_impact(source)
    if not impact.is_allowed:
        raise ValidationError(impact.refusal)
    if impact.release:
        delete_release(impact.release)
    reason = f"Deleted with {impact.figures:,} figures of {impact.release}" if impact.release else "Deleted"
    set_history_note(source, by=by, reason=reason)
    source.delete()
    return impact.figures


def delete_release(release: Release) -> None:
    """Also deletes its figures and the SOC occupations that only it describes; makes the newest other release current."""
    only_described_by(release).delete()
    for model in OFFICIAL_FIGURES:
        model.objects.filter(release=release).delete()
    others = sorted(Release.objects.exclude(pk=release.pk), key=precedence, reverse=True)
    for other in others:  # occupations are reassigned to the newest release that has a figure for them
        for model in OFFICIAL_FIGURES:
            described = model.objects.filter(release=other).values("occupation")
            Occupation.objects.filter(release=release, pk__in=described).update(release=other)
    release.delete()
    newest = next((other for other in others if other.dataset == release.dataset), None)
    if release.is_current and newest:
        newest.is_current = True
        newest.save(update_fields=["is_current", "updated_at"])


def precedence(release: Release) -> tuple[bool, tuple[int, ...]]:
    """Which release describes an occupation: wages rather than projections, then the newest."""
    return (release.dataset == Release.Dataset.OEWS, release.order)
