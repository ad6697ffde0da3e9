from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

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
from careers.roles.models import Item, Role
from careers.roles.source_deletion import GUIDE_FIGURES, GUIDE_PARTS

UNCOUNTED_PARTS = [model for model in GUIDE_PARTS if model not in (Item, *GUIDE_FIGURES)]


@dataclass(frozen=True)
class SourceUsage:
    """A source, with the numbers of figures and points of published guides, and of figures of occupations, that cite it.

    `quoted`: figures of published guides that were quoted in the source but have another source, or none.
    """

    source: Source
    in_guides: int
    points: int
    quoted: int
    of_occupations: int
    occupations: int

    @property
    def release(self) -> Release | None:
        return getattr(self.source, "imported_release", None)

    @property
    def is_counted(self) -> bool:
        return bool(
            self.in_guides or self.points or self.quoted or self.of_occupations or self.occupations or self.release
        )


@require_safe
def source_list(request: HttpRequest) -> HttpResponse:
    """The sources of what readers see. Those of drafts alone are not listed."""
    guides = list(Role.objects.published().order_by().values_list("pk", flat=True))
    claims, quoted = claim_counts(guides)
    official, of_occupations = official_counts(guides)
    points = count_by(Item.objects.filter(role__in=guides), "source")
    occupations = count_by(Occupation.objects.listed(), "release__source")
    columns = (claims + official, points, quoted, of_occupations, occupations)
    usages = [
        SourceUsage(source, *(column[source.pk] for column in columns))
        for source in Source.objects.select_related("imported_release")
    ]
    if not all(usage.is_counted for usage in usages):
        cited = cited_by_uncounted_parts(guides)
        usages = [usage for usage in usages if usage.is_counted or usage.source.pk in cited]
    return render(request, "portal/source_list.html", {"usages": usages})


def claim_counts(guides: Iterable[int]) -> tuple[Counter, Counter]:
    """Figures of these guides by source, and those that were quoted in a source but have another one, or none."""
    cited: Counter[int] = Counter()
    quoted: Counter[int] = Counter()
    pay, outlook = (
        model.objects.filter(role__in=guides).order_by().values_list("source", "quoted_in").annotate(number=Count("pk"))
        for model in GUIDE_FIGURES
    )
    for source, quoted_in, number in pay.union(outlook, all=True):
        cited[source] += number
        if quoted_in != source:
            quoted[quoted_in] += number
    return cited, quoted


def official_counts(guides: Iterable[int]) -> tuple[Counter, Counter]:
    """Figures of occupations by source: those that these guides show through their occupations, and all."""
    linked = Occupation.objects.filter(role_links__role__in=guides).values_list("soc_code", flat=True)
    shown = list(Occupation.objects.published_for(published_codes(linked)).values_list("pk", flat=True))
    in_guides: Counter[int] = Counter()
    everywhere: Counter[int] = Counter()
    education, skills = (
        model.objects.order_by().values_list("release__source").annotate(number=Count("pk"))
        for model in (EducationShare, OccupationSkill)
    )
    for source, number in education.union(skills, all=True):
        everywhere[source] += number
    for model in (OfficialPay, OfficialOutlook):
        counts = model.objects.order_by().values_list("source")
        for source, number, number_shown in counts.annotate(
            Count("pk"), shown=Count("pk", filter=Q(occupation__in=shown))
        ):
            everywhere[source] += number
            in_guides[source] += number_shown
    return in_guides, everywhere


def cited_by_uncounted_parts(guides: Iterable[int]) -> set[int]:
    first, *others = (
        model.objects.filter(role__in=guides).order_by().values_list("source", flat=True) for model in UNCOUNTED_PARTS
    )
    return set(first.union(*others))


def count_by(rows: QuerySet, source: str) -> Counter:
    return Counter(dict(rows.order_by().values_list(source).annotate(number=Count("pk"))))
