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
from careers.roles.permissions import SharedByGuidesAdminMixin
from careers.roles.source_deletion import FIGURES, GUIDE_FIGURES, delete_source, deletion_impact, guides_citing

MAX_SHOWN = 50


@admin.register(Source)
class SourceAdmin(SharedByGuidesAdminMixin, EditorialAdmin):
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
                "description": "You cannot delete a source that a guide cites. Only editors can change a source of "
                "a published guide. Only administrators can delete an imported release, with its figures, if nobody cites it.",
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
        quoted = sum(count_subquery(model.objects, by="quoted_in") for model in GUIDE_FIGURES)
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
        """The page names the guides that cite it. The source of an imported release needs the right to delete releases."""
        if not super().has_delete_permission(request, obj) or not request.user.has_perm("roles.view_role"):
            return False
        is_imported = obj is not None and Release.objects.filter(source=obj.pk).exists()
        return not is_imported or request.user.has_perm("occupations.delete_release")

    def get_deleted_objects(self, sources, request):
        """For the confirmation page: rows to delete, counts, missing permissions, and what prevents the deletion."""
        impacts = [(source, deletion_impact(source)) for source in sources]
        to_delete = [self.deletion_text(source, impact) for source, impact in impacts]
        counts = {"sources": len(impacts), "figures": sum(impact.figures for _, impact in impacts)}
        missing_permissions = {"release" for source, _ in impacts if not self.has_delete_permission(request, source)}
        obstacles = [line for _, impact in impacts if not impact.is_allowed for line in self.obstacles(impact)]
        return to_delete, counts, missing_permissions, obstacles

    def deletion_text(self, source, impact):
        if not impact.release:
            return str(source)
        return f"{source}, with the release {impact.release} and its {impact.figures:,} figures"

    def obstacles(self, impact):
        """What prevents the deletion, each guide as a link."""
        links = [
            format_html('<a href="{}">{}</a>', reverse("admin:roles_role_change", args=[role.pk]), role)
            for role in impact.guides[:MAX_SHOWN]
        ]
        more = len(impact.guides) - MAX_SHOWN
        return [*impact.reasons, *links, *([f"and {more} more guides"] if more > 0 else [])]

    def delete_model(self, request, source):
        delete_source(source, by=request.user)

    def delete_view(self, request, object_id, extra_context=None):
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:  # a guide has cited it since the confirmation page was shown
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return HttpResponseRedirect(reverse("admin:occupations_source_change", args=[object_id]))

    @admin.action(description="Delete selected sources", permissions=["delete"])
    def delete_selected(self, request, sources):
        """Asks for confirmation, then deletes each source by itself and reports those that cannot be deleted."""
        if "confirmed" in request.POST:
            self.apply_to_rows(request, sources, lambda source: self.delete_one(request, source), "deleted")
            return None
        impacts = [(source, deletion_impact(source)) for source in sources]
        context = {
            **self.admin_site.each_context(request),
            "title": "Delete sources",
            "opts": self.opts,
            "media": self.media,
            "rows": [(source, self.deletion_text(source, impact), impact) for source, impact in impacts],
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "back": request.get_full_path(),
        }
        return TemplateResponse(request, "admin/roles/source/delete_selected.html", context)

    def delete_one(self, request, source):
        if not self.has_delete_permission(request, source):
            raise ValidationError("Imported releases are deleted by administrators.")
        delete_source(source, by=request.user)
