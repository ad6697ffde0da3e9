from collections import Counter
from dataclasses import dataclass

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.core.counts import count_subquery
from careers.occupations.figures.official import published_codes
from careers.occupations.models import (
    EducationShare,
    Occupation,
    OccupationSkill,
    OfficialOutlook,
    OfficialPay,
    Release,
    Source,
)
from careers.roles.models import Item, OutlookClaim, PayClaim, Role
from careers.roles.source_deletion import GUIDE_FIGURES, GUIDE_PARTS


@dataclass(frozen=True)
class SourceUsage:
    """A source, with the numbers of figures and points of published guides, and of figures of occupations, that cite it."""

    source: Source
    in_guides: int
    points: int
    of_occupations: int
    occupations: int

    @property
    def release(self) -> Release | None:
        return getattr(self.source, "imported_release", None)

    @property
    def of_occupations_text(self) -> str:
        return f"{self.of_occupations:,}"

    @property
    def occupations_text(self) -> str:
        return f"{self.occupations:,}"


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """The sources of what readers see. Those of drafts alone are not listed."""
    in_guides, of_occupations = figure_counts()
    points = count_by(Item.objects.filter(role__in=Role.objects.published()), "source")
    occupations = count_by(Occupation.objects.listed(), "release__source")
    columns = (in_guides, points, of_occupations, occupations)
    usages = [
        SourceUsage(source, *(column[source.pk] for column in columns))
        for source in Source.objects.select_related("imported_release").annotate(
            quoted_count=quoted_count(), is_cited=is_cited()
        )
        if source.is_cited or source.quoted_count or any(column[source.pk] for column in columns)
    ]
    return render(request, "portal/source_list.html", {"usages": usages})


def is_cited() -> Combinable:
    """For annotate(): whether it is that of a release, or of a part of a published guide that nothing here counts."""
    used = Q(imported_release__isnull=False)
    for model in GUIDE_PARTS:
        if model not in (Item, *GUIDE_FIGURES):
            used |= Exists(model.objects.filter(role__in=Role.objects.published(), source=OuterRef("pk")))
    return ExpressionWrapper(used, BooleanField())


def figure_counts() -> tuple[Counter, Counter]:
    """Figures per source, as {primary key of the source: number}: those shown in published guides, those of occupations.

    A guide shows its own figures and those of the occupations it is linked to.
    """
    published = Role.objects.published()
    linked = Occupation.objects.filter(role_links__role__in=published).values_list("soc_code", flat=True)
    shown = list(Occupation.objects.published_for(published_codes(linked)).values_list("pk", flat=True))
    in_guides: Counter[int] = Counter()
    of_occupations: Counter[int] = Counter()
    for ratings in (EducationShare, OccupationSkill):
        of_occupations += count_by(ratings.objects.all(), "release__source")
    for model in (PayClaim, OutlookClaim):
        in_guides += count_by(model.objects.filter(role__in=published), "source")
    for model in (OfficialPay, OfficialOutlook):
        counts = model.objects.order_by().values_list("source")
        for source, number, number_shown in counts.annotate(
            Count("pk"), shown=Count("pk", filter=Q(occupation__in=shown))
        ):
            of_occupations[source] += number
            in_guides[source] += number_shown
    return in_guides, of_occupations


def quoted_count() -> Combinable:
    """For annotate(): figures of published guides that were quoted in the source but have another source, or none."""
    published = Role.objects.published()
    pay, outlook = (
        count_subquery(model.objects.filter(role__in=published).exclude(source=F("quoted_in")), by="quoted_in")
        for model in (PayClaim, OutlookClaim)
    )
    return pay + outlook


def count_by(rows: QuerySet, source: str) -> Counter:
    return Counter(dict(rows.order_by().values_list(source).annotate(number=Count("pk"))))
