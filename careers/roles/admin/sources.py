from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.core.counts import count_subquery
from careers.occupations.models import Release, Source
from careers.roles.models import Item
from careers.roles.permissions import SharedByGuides
from careers.roles.source_deletion import CLAIMS, FIGURES, delete_source, guides_citing, stake_in

MOST_SHOWN = 50


@admin.register(Source)
class SourceAdmin(SharedByGuides, EditorialAdmin):
    list_display = ["publisher", "title", "release", "licence", "retrieved_on", "figures", "points", "quoted"]
    list_display_links = ["publisher", "title"]
    list_filter = ["publisher", ("imported_release", admin.EmptyFieldListFilter)]
    search_fields = ["publisher", "title", "release"]
    actions = ["delete_selected"]
    delete_confirmation_template = "admin/roles/source/delete.html"
    fieldsets = [
        (
            None,
            {
                "description": "A source that a guide cites cannot be deleted; one that a published guide rests on is "
                "changed by editors. An imported release that nobody cites is deleted with its figures, by administrators.",
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
        figures = sum(count_subquery(model.objects, by="source") for model in FIGURES)
        quoted = sum(count_subquery(model.objects, by="quoted_in") for model in CLAIMS)
        return sources.annotate(
            number_of_figures=figures, number_of_points=count_subquery(Item.objects, by="source"), number_quoted=quoted
        )

    def guides_using(self, source):
        return guides_citing(source)

    @display(description="figures", ordering="number_of_figures")
    def figures(self, source):
        return source.number_of_figures

    @display(description="points", ordering="number_of_points")
    def points(self, source):
        return source.number_of_points

    @display(description="quoted in it", ordering="number_quoted")
    def quoted(self, source):
        return source.number_quoted

    # -- Deleting

    def has_delete_permission(self, request, obj=None):
        """What was imported goes by those who may delete a release."""
        if not super().has_delete_permission(request, obj):
            return False
        is_imported = obj is not None and Release.objects.filter(source=obj.pk).exists()
        return not is_imported or request.user.has_perm("occupations.delete_release")

    def get_deleted_objects(self, sources, request):
        """For the page that asks: what would go, who is not allowed, and the guides that keep a source."""
        stakes = [(source, stake_in(source)) for source in sources]
        going = [self.going(source, stake) for source, stake in stakes]
        counts = {"sources": len(stakes), "figures": sum(stake.figures for _, stake in stakes)}
        lacking = {"release" for source, _ in stakes if not self.has_delete_permission(request, source)}
        kept = [self.kept(stake) for _, stake in stakes if not stake.is_free]
        return going, counts, lacking, [line for lines in kept for line in lines]

    def going(self, source, stake):
        if not stake.release:
            return str(source)
        return f"{source}, with the release {stake.release} and its {stake.figures:,} figures"

    def kept(self, stake):
        """What keeps a source, each guide as a link."""
        links = [
            format_html('<a href="{}">{}</a>', reverse("admin:roles_role_change", args=[role.pk]), role)
            for role in stake.guides[:MOST_SHOWN]
        ]
        more = len(stake.guides) - MOST_SHOWN
        return [*stake.reasons, *links, *([f"and {more} more guides"] if more > 0 else [])]

    def delete_model(self, request, source):
        delete_source(source, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:  # a guide has begun to cite it since the page was asked for
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:occupations_source_change", args=[object_id]))

    @admin.action(description="Delete selected sources", permissions=["delete"])
    def delete_selected(self, request, sources):
        """Asks first; then each by itself, and what is kept is said with its reason."""
        if "confirmed" in request.POST:
            self.apply_to_rows(request, sources, lambda source: self.delete_by(request, source), "deleted")
            return None
        context = {
            **self.admin_site.each_context(request),
            "title": "Delete sources",
            "opts": self.opts,
            "media": self.media,
            "rows": [(source, self.going(source, stake), stake) for source in sources for stake in [stake_in(source)]],
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/roles/source/delete_selected.html", context)

    def delete_by(self, request, source):
        if not self.has_delete_permission(request, source):
            raise ValidationError("Imported releases are deleted by administrators.")
        delete_source(source, by=request.user)
