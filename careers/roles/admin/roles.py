from django import forms
from django.contrib import admin
from unfold.decorators import action

from careers.core.admin.base import EditorialAdmin
from careers.core.admin.history import RelatedHistoryMixin
from careers.roles import services
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
from careers.roles.permissions import READ_ONLY, may_change_guide, may_publish

from .guide_list import GuideList
from .guide_panel import GuidePanel
from .inlines import GUIDE_INLINES


class RoleForm(forms.ModelForm):
    def clean_review_due_on(self):
        # The review day is no field of this form, so the database's own rule is not asked before saving.
        due, reviewed = self.cleaned_data["review_due_on"], self.instance.reviewed_on
        if due and reviewed and due <= reviewed:
            raise forms.ValidationError("The next review must be due after the last one.")
        return due


@admin.register(Role)
class RoleAdmin(GuidePanel, GuideList, RelatedHistoryMixin, EditorialAdmin):
    form = RoleForm
    inlines = GUIDE_INLINES
    history_related = (
        Section, Item, RoleSkill, AlternateTitle, CareerStep, OccupationLink, PayClaim, OutlookClaim, Article,
    )  # fmt: skip
    history_parent = "role"
    autocomplete_fields = ["industries"]
    readonly_fields = ["status", "reviewed_on", "reviewed_by"]
    fieldsets = [
        (None, {"fields": ["title", "slug", "summary", "edition", "industries"]}),
        (
            "Status and review",
            {
                "description": f"The buttons below change the status. {READ_ONLY} “Mark as reviewed” notes today and you.",
                "fields": [("status", "review_due_on"), ("reviewed_on", "reviewed_by"), ("created_at", "updated_at")],
            },
        ),
    ]
    actions = ["submit_rows", "publish_rows", "archive_rows", "return_rows", "review_rows"]
    actions_submit_line = ["submit_guide", "publish_guide", "review_guide", "return_guide", "archive_guide"]

    # -- Rights

    def has_delete_permission(self, request, obj=None):
        """What readers have read is archived, which keeps its history and its postings' role. A draft may go."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.is_published)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and (obj is None or may_change_guide(request.user, obj))

    def has_submit_permission(self, request, obj=None):
        return super().has_change_permission(request)

    def has_publish_permission(self, request, obj=None):
        return may_publish(request.user)

    # -- Acts

    @admin.action(description="Submit for review", permissions=["submit"])
    def submit_rows(self, request, roles):
        self._act(request, roles, services.submit, "submitted for review")

    @admin.action(description="Publish", permissions=["publish"])
    def publish_rows(self, request, roles):
        self._act(request, roles, services.publish, "published")

    @admin.action(description="Archive", permissions=["publish"])
    def archive_rows(self, request, roles):
        self._act(request, roles, services.archive, "archived")

    @admin.action(description="Return to draft", permissions=["publish"])
    def return_rows(self, request, roles):
        self._act(request, roles, services.return_to_draft, "returned to draft")

    @admin.action(description="Mark as reviewed today", permissions=["publish"])
    def review_rows(self, request, roles):
        self._act(request, roles, services.mark_reviewed, "marked as reviewed")

    def _act(self, request, roles, service, done):
        self.apply_to_rows(request, roles, lambda role: service(role, by=request.user), done)

    # -- Buttons of the form; each saves the form first

    @action(description="Submit for review", permissions=["submit"])
    def submit_guide(self, request, obj):
        self._act_after_saving(request, services.submit, "submitted for review")

    @action(description="Publish", permissions=["publish"])
    def publish_guide(self, request, obj):
        self._act_after_saving(request, services.publish, "published")

    @action(description="Mark as reviewed", permissions=["publish"])
    def review_guide(self, request, obj):
        self._act_after_saving(request, services.mark_reviewed, "marked as reviewed")

    @action(description="Return to draft", permissions=["publish"])
    def return_guide(self, request, obj):
        self._act_after_saving(request, services.return_to_draft, "returned to draft")

    @action(description="Archive", permissions=["publish"])
    def archive_guide(self, request, obj):
        self._act_after_saving(request, services.archive, "archived")

    def _act_after_saving(self, request, service, done):
        self.run_after_save(request, lambda role: service(role, by=request.user), done)

    def get_actions_submit_line(self, request, object_id):
        """Only the buttons that fit the guide's status."""
        fitting = {
            Role.Status.DRAFT: {"submit_guide", "publish_guide", "archive_guide", "review_guide"},
            Role.Status.IN_REVIEW: {"publish_guide", "return_guide", "archive_guide", "review_guide"},
            Role.Status.PUBLISHED: {"review_guide", "return_guide", "archive_guide"},
            Role.Status.ARCHIVED: {"publish_guide", "return_guide"},
        }
        role = self.get_object(request, str(object_id))
        if role is None or not self.has_change_permission(request, role):
            return []
        buttons = super().get_actions_submit_line(request, object_id)
        return [button for button in buttons if button.method.original_function_name in fitting[role.status]]
