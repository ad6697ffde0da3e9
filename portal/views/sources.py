from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, F
from django.shortcuts import render
from django.views.decorators.http import require_safe

from careers.core.counts import number_of
from careers.occupations.figures.official import published_codes
from careers.occupations.models import EducationShare, Occupation, OfficialOutlook, OfficialPay, Release, Source
from careers.roles.models import Item, OutlookClaim, PayClaim, Role


@dataclass(frozen=True)
class Standing:
    """A source and how much rests on it: in published guides, and in the data of occupations."""

    source: Source
    in_guides: int
    points: int
    of_occupations: int
    occupations: int

    @property
    def release(self) -> Release | None:
        return getattr(self.source, "imported_release", None)

    @property
    def of_occupations_text(self):
        return f"{self.of_occupations:,}"

    @property
    def occupations_text(self):
        return f"{self.occupations:,}"


@require_safe
def source_list(request):
    """Every source, also those no published guide rests on yet."""
    in_guides, of_occupations = figures()
    points = number_by(Item.objects.filter(role__in=Role.objects.published()), "source")
    occupations = number_by(Occupation.objects.listed(), "release__source")
    columns = (in_guides, points, of_occupations, occupations)
    standings = [
        Standing(source, *(column[source.pk] for column in columns))
        for source in Source.objects.select_related("imported_release").annotate(quoted_count=quoted())
    ]
    return render(request, "portal/source_list.html", {"standings": standings})


def figures():
    """Two Counters {primary key of a source: figures}: those readers of published guides meet, those of occupations.

    A guide shows its own figures and those of the occupations it is linked to.
    """
    published = Role.objects.published()
    linked = Occupation.objects.filter(role_links__role__in=published).values_list("soc_code", flat=True)
    shown = list(Occupation.objects.published_for(published_codes(linked)).values_list("pk", flat=True))
    in_guides, of_occupations = Counter(), number_by(EducationShare.objects.all(), "release__source")
    for model in (PayClaim, OutlookClaim):
        in_guides += number_by(model.objects.filter(role__in=published), "source")
    for model in (OfficialPay, OfficialOutlook):
        in_guides += number_by(model.objects.filter(occupation__in=shown), "source")
        of_occupations += number_by(model.objects.all(), "source")
    return in_guides, of_occupations


def quoted():
    """For annotate(): figures of published guides that were found in the source, and do not rest on it."""
    published = Role.objects.published()
    pay, outlook = (
        number_of(model.objects.filter(role__in=published).exclude(source=F("quoted_in")), by="quoted_in")
        for model in (PayClaim, OutlookClaim)
    )
    return pay + outlook


def number_by(rows, source):
    return Counter(dict(rows.order_by().values_list(source).annotate(number=Count("pk"))))
