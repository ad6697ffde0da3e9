"""Occupations in the admin. careers/roles/admin/occupations.py adds the guides of an occupation to it."""

from django.contrib import admin
from django.db.models import Case, IntegerField, Q, Value, When
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin, ReadOnlyAdminMixin
from careers.core.text import fold_text
from careers.occupations.lookup import loaded_occupations
from careers.occupations.models import Occupation, OccupationTitle

from .filters import IsCurrent, MajorGroup
from .occupation_tables import tables_of

MAX_WORDS = 8


@admin.register(Occupation)
class OccupationAdmin(ReadOnlyAdminMixin, PortalAdmin):
    list_display = ["title", "code", "zone", "release_state"]
    list_filter = ["scheme", IsCurrent, "job_zone", MajorGroup]
    list_filter_submit = True
    list_select_related = ["job_zone", "withdrawn_in"]
    ordering = ["scheme", "code"]
    search_fields = ["code", "title", "alternate_titles__title"]
    list_before_template = "admin/occupations/occupation/loaded.html"
    search_help_text = "Code, title or any other title of the occupation"
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

    def get_search_results(self, request, queryset, search_term):
        """By the start of the code, or by a title that contains every word. False: no duplicates to remove."""
        term = search_term.replace("\0", " ").strip()
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = best_match_first(queryset.current().filter(level=Occupation.Level.DETAILED), fold_text(term))
        return (queryset.filter(matches(term)) if term else queryset), False

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"loaded": loaded_occupations(), **(extra_context or {})})

    @display(description="job zone", ordering="job_zone__zone")
    def zone(self, occupation):
        return occupation.job_zone.zone if occupation.job_zone else ""

    @display(description="standing", ordering="withdrawn_in")
    def release_state(self, occupation):
        return f"withdrawn in {occupation.withdrawn_in}" if occupation.withdrawn_in_id else "current"

    # -- Page

    def view_on_site(self, occupation):
        return occupation.get_absolute_url() if occupation.is_onet and not occupation.withdrawn_in_id else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        occupation = self.get_object(request, object_id)
        shown = {"tables": tables_of(occupation)} if occupation else {}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})


def matches(term):
    condition = Q(code__startswith=term)
    if words := fold_text(term).split()[:MAX_WORDS]:
        own, alternate = Q(), OccupationTitle.objects.current()
        for word in words:
            own &= Q(title_key__contains=word)
            alternate = alternate.filter(title_key__contains=word)
        condition |= own | Q(pk__in=alternate.values("occupation"))
    return condition


def best_match_first(occupations, key):
    """Occupations of this title, then those that have it as an alternate title; O*NET before SOC."""
    listed = OccupationTitle.objects.current().filter(title_key=key).values("occupation")
    rank = Case(
        When(title_key__in=[key, f"{key}s"], then=Value(0)),
        When(pk__in=listed, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    return occupations.order_by(rank, "scheme", "code") if key else occupations.order_by("scheme", "code")
