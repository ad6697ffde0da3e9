"""Occupations in the admin: found by code, title and every other title; each the start of a guide."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, IntegerField, Q, Value, When
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin
from careers.core.counts import number_of
from careers.core.text import folded
from careers.occupations.models import Occupation, OccupationTitle
from careers.roles.from_occupation import draft_guide, guide_titled
from careers.roles.models import OccupationLink

from .filters import HasGuide, IsCurrent, MajorGroup
from .occupation_tables import tables_of
from .releases import ReadOnly

MOST_WORDS = 8


@admin.register(Occupation)
class OccupationAdmin(ReadOnly, PortalAdmin):
    list_display = ["title", "code", "zone", "standing", "guides", "draft_button"]
    list_filter = ["scheme", IsCurrent, HasGuide, "job_zone", MajorGroup]
    list_filter_submit = True
    list_select_related = ["job_zone", "withdrawn_in"]
    ordering = ["scheme", "code"]
    search_fields = ["code", "title", "alternate_titles__title"]
    search_help_text = "Code, title or any other title of the occupation"
    change_form_outer_before_template = "admin/occupations/occupation/panel.html"
    change_form_outer_after_template = "admin/occupations/occupation/tables.html"
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("scheme", "code"),
                    "title",
                    "description",
                    ("soc_code", "level"),
                    "job_zone",
                    ("release", "withdrawn_in"),
                ]
            },
        )
    ]

    # -- List

    def get_queryset(self, request):
        occupations = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "occupations_occupation_changelist":
            occupations = occupations.annotate(number_of_guides=number_of(OccupationLink.objects, by="occupation"))
        return occupations

    def get_search_results(self, request, queryset, search_term):
        """By the start of the code, or by titles that hold every word, however they are spelt. No row twice."""
        term = search_term.replace("\0", " ").strip()
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = nearest_first(queryset.current().filter(level=Occupation.Level.DETAILED), folded(term))
        return (queryset.filter(found_by(term)) if term else queryset), False

    @display(description="job zone", ordering="job_zone__zone")
    def zone(self, occupation):
        return occupation.job_zone.zone if occupation.job_zone else ""

    @display(description="standing", ordering="withdrawn_in")
    def standing(self, occupation):
        return f"withdrawn in {occupation.withdrawn_in}" if occupation.withdrawn_in_id else "current"

    @display(description="guides", ordering="number_of_guides")
    def guides(self, occupation):
        return occupation.number_of_guides

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

    def view_on_site(self, occupation):
        return occupation.get_absolute_url() if occupation.is_onet and not occupation.withdrawn_in_id else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        occupation = self.get_object(request, object_id)
        shown = {"panel": self.panel(request, occupation), "tables": tables_of(occupation)} if occupation else {}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def panel(self, request, occupation):
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
        """POST makes the draft and opens it."""
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
        self.message_user(request, f"The draft is made. {' '.join(draft.told)}", messages.SUCCESS)
        return redirect("admin:roles_role_change", draft.role.pk)

    def refusal(self, occupation, error):
        """Why no draft was made, with the guide that is there already."""
        said = " ".join(error.messages)
        if role := guide_titled(occupation):
            address = reverse("admin:roles_role_change", args=[role.pk])
            return format_html('{} <a href="{}">Open the guide</a>', said, address)
        return said


def may_draft(user):
    return user.has_perm("roles.add_role")


def can_be_drafted(occupation):
    return occupation.is_onet and occupation.withdrawn_in_id is None


def found_by(term):
    words = folded(term).split()[:MOST_WORDS]
    found = Q(code__startswith=term)
    if words:
        own, listed = Q(), OccupationTitle.objects.current()
        for word in words:
            own &= Q(title_key__contains=word)
            listed = listed.filter(title_key__contains=word)
        found |= own | Q(pk__in=listed.values("occupation"))
    return found


def nearest_first(occupations, key):
    """O*NET's before SOC's; an occupation with exactly this title before those that only list it."""
    listed = OccupationTitle.objects.current().filter(title_key=key).values("occupation")
    nearness = Case(
        When(title_key__in=[key, f"{key}s"], then=Value(0)),
        When(pk__in=listed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return occupations.order_by(nearness, "scheme", "code") if key else occupations.order_by("scheme", "code")
