from django.contrib import admin
from django.db.models import Q
from unfold.decorators import display

from careers.core.admin import EditorialAdmin
from careers.core.counting import number_of
from careers.roles.models import Item, OutlookClaim, PayClaim, Role, Source

from .rights import SharedByGuides


@admin.register(Source)
class SourceAdmin(SharedByGuides, EditorialAdmin):
    list_display = ["publisher", "title", "release", "licence", "retrieved_on", "figures", "points"]
    list_display_links = ["publisher", "title"]
    list_filter = ["publisher"]
    search_fields = ["publisher", "title", "release"]
    fieldsets = [
        (
            None,
            {
                "description": "A source that a figure or a point of a guide rests on cannot be deleted; one that a "
                "published guide rests on is changed by editors.",
                "fields": [
                    ("publisher", "title"),
                    ("release", "reference_period"),
                    "url",
                    ("licence", "retrieved_on"),
                    "attribution",
                ],
            },
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]

    def get_queryset(self, request):
        sources = super().get_queryset(request)
        return sources.annotate(
            number_of_figures=number_of(PayClaim.objects, by="source") + number_of(OutlookClaim.objects, by="source"),
            number_of_points=number_of(Item.objects, by="source"),
        )

    def guides_using(self, source):
        resting = [model.objects.filter(source=source).values("role") for model in (PayClaim, OutlookClaim, Item)]
        return Role.objects.filter(Q(pk__in=resting[0]) | Q(pk__in=resting[1]) | Q(pk__in=resting[2]))

    @display(description="figures", ordering="number_of_figures")
    def figures(self, source):
        return source.number_of_figures

    @display(description="points", ordering="number_of_points")
    def points(self, source):
        return source.number_of_points
