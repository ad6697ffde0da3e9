"""The list of guides: what waits for an editor, and how well the figures stand."""

from unfold.decorators import display

from careers.core.counts import count_subquery
from careers.roles.figures.quality import with_standing
from careers.roles.models import OccupationLink

from .filters import DueForReview, HasUnplacedText, IsLinked, OldestFigure, OwnFiguresSourced

STATUS_COLOURS = {
    "Draft": "info",
    "In review": "warning",
    "Published": "success",
    "Archived": "danger",
}


class GuideList:
    """The part of a guide's admin that lists guides."""

    list_display = ["title", "status_label", "reviewed_on", "review_due_on", "sourced", "oldest_figure", "occupations"]
    list_filter = ["status", DueForReview, OwnFiguresSourced, OldestFigure, IsLinked, HasUnplacedText, "industries"]
    list_before_template = "admin/roles/role/list_hint.html"
    date_hierarchy = "reviewed_on"
    search_fields = ["title", "alternate_titles__title", "summary"]

    def get_queryset(self, request):
        roles = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "roles_role_changelist":
            links = count_subquery(OccupationLink.objects, by="role")
            roles = with_standing(roles).annotate(number_of_occupations=links)
        return roles

    @display(description="status", ordering="status", label=STATUS_COLOURS)
    def status_label(self, role):
        return role.get_status_display()

    @display(description="sourced", ordering="share_sourced")
    def sourced(self, role):
        return f"{role.number_sourced} of {role.number_of_figures}" if role.number_of_figures else "no figures"

    @display(description="oldest figure", ordering="oldest_year")
    def oldest_figure(self, role):
        return role.oldest_year or ("undated" if role.number_of_figures else "")

    @display(description="occupations", ordering="number_of_occupations")
    def occupations(self, role):
        return role.number_of_occupations
