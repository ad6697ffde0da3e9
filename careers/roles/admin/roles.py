"""The admin of guides. portal/admin/guides.py extends it with articles to import, postings and templates."""

from functools import partial

from django import forms
from django.contrib import admin
from django.http import HttpResponseRedirect
from unfold.decorators import action, display

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import RelatedHistoryMixin
from careers.core.counts import count_subquery
from careers.core.ids import is_row_id
from careers.core.prose import render_markdown
from careers.roles import services
from careers.roles.figures.quality import with_figure_counts
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    Role,
    RoleSkill,
    Section,
)
from careers.roles.occupation_suggestions import link_suggested
from careers.roles.permissions import READ_ONLY, may_change_guide, may_publish

from .filters import DueForReview, HasUnplacedText, IsLinked, OldestFigure, OwnFiguresSourced
from .guide_panel import panel_context
from .inlines import GUIDE_INLINES

STATUS_COLOURS = {
    "Draft": "info",
    "In review": "warning",
    "Published": "success",
    "Archived": "danger",
}


class RoleForm(forms.ModelForm):
    def clean_review_due_on(self):
        # `reviewed_on` is not a field of this form, so the constraint of the model is not checked before saving.
        due, reviewed = self.cleaned_data["review_due_on"], self.instance.reviewed_on
        if due and reviewed and due <= reviewed:
            raise forms.ValidationError("Enter a review date after the last review.")
        return due


@admin.register(Role)
class RoleAdmin(RelatedHistoryMixin, EditorialAdmin):
    list_display = ["title", "status_label", "reviewed_on", "review_due_on", "sourced", "oldest_figure", "occupations"]
    list_filter = ["status", DueForReview, OwnFiguresSourced, OldestFigure, IsLinked, HasUnplacedText, "industries"]
    list_before_template = "admin/roles/role/list_hint.html"
    date_hierarchy = "reviewed_on"
    search_fields = ["title", "alternate_titles__title", "summary"]
    change_form_outer_before_template = "admin/roles/role/panel.html"
    form = RoleForm
    render_preview = staticmethod(partial(render_markdown, trusted=True))
    inlines = GUIDE_INLINES
    history_related = (
        Section, Item, RoleSkill, AlternateTitle, CareerStep, OccupationLink, PayClaim, OutlookClaim, Article,
    )  # fmt: skip
    history_parent = "role"
    history_kept_apart = (Article,)  # a page of its own, with its own versions and address
    autocomplete_fields = ["industries"]
    readonly_fields = ["status", "reviewed_on", "reviewed_by"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "edition", "industries"]}),
        (
            "Status and review",
            {
                "description": f"The buttons below change the status. {READ_ONLY} “Mark as reviewed” records today's "
                "date and your name.",
                "fields": [("status", "review_due_on"), ("reviewed_on", "reviewed_by"), ("created_at", "updated_at")],
            },
        ),
    ]
    actions = ["submit_rows", "publish_rows", "archive_rows", "return_rows", "review_rows"]
    actions_submit_line = ["submit_guide", "publish_guide", "review_guide", "return_guide", "archive_guide"]

    # -- Permissions

    def has_delete_permission(self, request, obj=None):
        """Published guides are archived instead, so that their postings keep their role."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_published)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change_guide(request.user, obj))

    def has_submit_permission(self, request, obj=None):
        return super().has_change_permission(request)

    def has_publish_permission(self, request, obj=None):
        return may_publish(request.user)

    # -- List

    def get_queryset(self, request):
        roles = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "roles_role_changelist":
            links = count_subquery(OccupationLink.objects, by="role")
            roles = with_figure_counts(roles).annotate(number_of_occupations=links)
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

    # -- Form

    def change_view(self, request, object_id, form_url="", extra_context=None):
        role = self.get_object(request, object_id)
        context = {**panel_context(role), "may_link": self.may_link(request, role)} if role else {}
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def may_link(self, request, role):
        return request.user.has_perm("roles.add_occupationlink") and self.has_change_permission(request, role)

    def save_model(self, request, obj, form, change):
        """A suggested occupation has a button `_link`, which saves the form and links the occupation."""
        super().save_model(request, obj, form, change)
        chosen = request.POST.get("_link", "")
        if change and is_row_id(chosen) and self.may_link(request, obj):
            self.run_after_save(
                request, lambda role: link_suggested(role, int(chosen), by=request.user), "linked to the occupation"
            )

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        return HttpResponseRedirect(f"{request.path}#occupation_links") if "_link" in request.POST else response

    # -- Actions of the list

    @admin.action(description="Submit for review", permissions=["submit"])
    def submit_rows(self, request, roles):
        self._run(request, roles, services.submit, "submitted for review")

    @admin.action(description="Publish", permissions=["publish"])
    def publish_rows(self, request, roles):
        self._run(request, roles, services.publish, "published")

    @admin.action(description="Archive", permissions=["publish"])
    def archive_rows(self, request, roles):
        self._run(request, roles, services.archive, "archived")

    @admin.action(description="Return to draft", permissions=["publish"])
    def return_rows(self, request, roles):
        self._run(request, roles, services.return_to_draft, "returned to draft")

    @admin.action(description="Mark as reviewed today", permissions=["publish"])
    def review_rows(self, request, roles):
        self._run(request, roles, services.mark_reviewed, "marked as reviewed")

    def _run(self, request, roles, service, done):
        self.apply_to_rows(request, roles, lambda role: service(role, by=request.user), done)

    # -- Buttons of the form, which save it first

    @action(description="Submit for review", permissions=["submit"])
    def submit_guide(self, request, obj):
        self._run_after_saving(request, services.submit, "submitted for review")

    @action(description="Publish", permissions=["publish"])
    def publish_guide(self, request, obj):
        self._run_after_saving(request, services.publish, "published")

    @action(description="Mark as reviewed", permissions=["publish"])
    def review_guide(self, request, obj):
        self._run_after_saving(request, services.mark_reviewed, "marked as reviewed")

    @action(description="Return to draft", permissions=["publish"])
    def return_guide(self, request, obj):
        self._run_after_saving(request, services.return_to_draft, "returned to draft")

    @action(description="Archive", permissions=["publish"])
    def archive_guide(self, request, obj):
        self._run_after_saving(request, services.archive, "archived")

    def _run_after_saving(self, request, service, done):
        self.run_after_save(request, lambda role: service(role, by=request.user), done)

    def get_actions_submit_line(self, request, object_id):
        """Only the buttons that apply to the guide's status."""
        allowed = {
            Role.Status.DRAFT: {"submit_guide", "publish_guide", "archive_guide", "review_guide"},
            Role.Status.IN_REVIEW: {"publish_guide", "return_guide", "archive_guide", "review_guide"},
            Role.Status.PUBLISHED: {"review_guide", "return_guide", "archive_guide"},
            Role.Status.ARCHIVED: {"publish_guide", "return_guide"},
        }
        role = self.get_object(request, str(object_id))
        if role is None or not self.has_change_permission(request, role):
            return []
        buttons = super().get_actions_submit_line(request, object_id)
        return [button for button in buttons if button.method.original_function_name in allowed[role.status]]
