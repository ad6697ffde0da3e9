"""Adds guides to the admin of occupations: those linked to an occupation, and a button that drafts a new one."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import display

from careers.core.admin.filters import YesNoFilter
from careers.core.counts import count_subquery
from careers.occupations.admin.filters import IsCurrent, MajorGroup
from careers.occupations.admin.occupations import OccupationAdmin
from careers.occupations.models import Occupation
from careers.roles.from_occupation import draft_guide, guide_titled
from careers.roles.models import OccupationLink


class HasGuide(YesNoFilter):
    title, parameter_name = "has a guide", "guide"

    def matching(self, occupations):
        return occupations.filter(role_links__isnull=False).distinct()


admin.site.unregister(Occupation)


@admin.register(Occupation)
class OccupationWithGuidesAdmin(OccupationAdmin):
    list_display = [*OccupationAdmin.list_display, "guides", "draft_button"]
    list_filter = ["scheme", IsCurrent, HasGuide, "job_zone", MajorGroup]
    change_form_outer_before_template = "admin/roles/occupation_panel.html"

    # -- List

    def get_queryset(self, request):
        occupations = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "occupations_occupation_changelist":
            occupations = occupations.annotate(guide_count=count_subquery(OccupationLink.objects, by="occupation"))
        return occupations

    @display(description="guides", ordering="guide_count")
    def guides(self, occupation):
        return occupation.guide_count

    @display(description="draft")
    def draft_button(self, occupation):
        if not can_be_drafted(occupation):
            return ""
        address = reverse("admin:occupations_occupation_draft", args=[occupation.pk])
        return format_html('<button type="submit" formaction="{}" class="row-act">Draft a guide</button>', address)

    def get_list_display(self, request):
        columns = super().get_list_display(request)
        return columns if may_draft(request.user) else [name for name in columns if name != "draft_button"]

    # -- Page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        occupation = self.get_object(request, object_id)
        shown = {"panel": self.panel_context(request, occupation)} if occupation else {}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def panel_context(self, request, occupation):
        links = list(occupation.role_links.select_related("role").order_by("role__title"))
        can_draft = can_be_drafted(occupation) and may_draft(request.user)
        existing = guide_titled(occupation) if can_draft else None
        is_named = existing in [link.role for link in links]
        return {
            "occupation": occupation,
            "links": links,
            "can_draft": can_draft and not existing,
            "existing": None if is_named else existing,
        }

    # -- Drafting

    def get_urls(self):
        view = self.admin_site.admin_view(self.draft_view)
        return [path("<int:pk>/draft/", view, name="occupations_occupation_draft"), *super().get_urls()]

    def draft_view(self, request, pk):
        """Drafts a guide and opens it. POST only."""
        if not may_draft(request.user) or not self.has_view_permission(request):
            raise PermissionDenied
        occupation = self.get_object(request, str(pk))
        if occupation is None:
            raise Http404
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        try:
            draft = draft_guide(occupation, by=request.user)
        except ValidationError as error:
            self.message_user(request, self.refusal(occupation, error), messages.ERROR)
            return redirect("admin:occupations_occupation_change", pk)
        self.message_user(request, f"Draft created. {' '.join(draft.notes)}", messages.SUCCESS)
        return redirect("admin:roles_role_change", draft.role.pk)

    def refusal(self, occupation, error):
        """The error message, with a link to the existing guide if there is one."""
        message = " ".join(error.messages)
        if role := guide_titled(occupation):
            address = reverse("admin:roles_role_change", args=[role.pk])
            return format_html('{} <a href="{}">Open the guide</a>', message, address)
        return message


def may_draft(user):
    return user.has_perm("roles.add_role")


def can_be_drafted(occupation):
    return occupation.is_onet and occupation.withdrawn_in_id is None
