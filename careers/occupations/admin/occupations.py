"""Occupations in the admin: found by code, title and every other title. Guides are added above (roles/admin/occupations.py)."""

from django.contrib import admin
from django.db.models import Case, IntegerField, Q, Value, When
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin
from careers.core.text import fold_text
from careers.occupations.models import Occupation, OccupationTitle

from .filters import IsCurrent, MajorGroup
from .occupation_tables import tables_of
from .releases import ReadOnly

MOST_WORDS = 8


@admin.register(Occupation)
class OccupationAdmin(ReadOnly, PortalAdmin):
    list_display = ["title", "code", "zone", "standing"]
    list_filter = ["scheme", IsCurrent, "job_zone", MajorGroup]
    list_filter_submit = True
    list_select_related = ["job_zone", "withdrawn_in"]
    ordering = ["scheme", "code"]
    search_fields = ["code", "title", "alternate_titles__title"]
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
        """By the start of the code, or by titles that hold every word, however they are spelt. No row twice."""
        term = search_term.replace("\0", " ").strip()
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = nearest_first(queryset.current().filter(level=Occupation.Level.DETAILED), fold_text(term))
        return (queryset.filter(found_by(term)) if term else queryset), False

    @display(description="job zone", ordering="job_zone__zone")
    def zone(self, occupation):
        return occupation.job_zone.zone if occupation.job_zone else ""

    @display(description="standing", ordering="withdrawn_in")
    def standing(self, occupation):
        return f"withdrawn in {occupation.withdrawn_in}" if occupation.withdrawn_in_id else "current"

    # -- Page

    def view_on_site(self, occupation):
        return occupation.get_absolute_url() if occupation.is_onet and not occupation.withdrawn_in_id else None

    def change_view(self, request, object_id, form_url="", extra_context=None):
        occupation = self.get_object(request, object_id)
        shown = {"tables": tables_of(occupation)} if occupation else {}
        return super().change_view(request, object_id, form_url, {**shown, **(extra_context or {})})


def found_by(term):
    words = fold_text(term).split()[:MOST_WORDS]
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
