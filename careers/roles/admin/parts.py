"""Parts of guides in lists of their own, to find figures across guides and to revert a single part."""

from django.contrib import admin
from django.forms import ModelForm
from unfold.decorators import display

from careers.core.admin.base import EditorialAdmin
from careers.roles.figures.quality import claim_cautions, with_caution_relations
from careers.roles.models import (
    AlternateTitle,
    CareerStep,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    RoleSkill,
    Section,
)
from careers.roles.permissions import GuidePartAdminMixin

from .filters import HasCaution, Sourced
from .inlines import CLAIM_FOREIGN_KEYS, CLAIM_ORIGIN_FIELDS, PAY_FIELDS, PayClaimForm, caution_list


class PartForm(ModelForm):
    """Checks what exists once in its guide, though the guide cannot be changed here: Django would leave it to the database."""

    def _get_validation_exclusions(self):
        exclusions = super()._get_validation_exclusions()
        return exclusions if "role" in self.fields else exclusions - {"role"}


class PartAdmin(GuidePartAdminMixin, EditorialAdmin):
    form = PartForm
    list_select_related = ["role"]
    autocomplete_fields = ["source"]

    def has_add_permission(self, request):
        return False  # parts are added in the guide


@admin.register(Section)
class SectionAdmin(PartAdmin):
    list_display = ["__str__", "kind", "role", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["role__title", "heading", "body"]
    fields = ["role", ("kind", "heading"), "body", "source", ("created_at", "updated_at")]


@admin.register(Item)
class ItemAdmin(PartAdmin):
    list_display = ["__str__", "kind", "role", "updated_at"]
    list_filter = ["kind"]
    search_fields = ["role__title", "lead", "text"]
    fields = ["role", "kind", "lead", "text", "source", ("created_at", "updated_at")]


@admin.register(RoleSkill)
class RoleSkillAdmin(PartAdmin):
    list_display = ["skill", "necessity", "role"]
    list_filter = ["necessity"]
    list_select_related = ["role", "skill"]
    search_fields = ["role__title", "skill__name"]
    autocomplete_fields = ["skill", "source"]
    fields = ["role", "skill", "necessity", "note", "source"]


@admin.register(AlternateTitle)
class AlternateTitleAdmin(PartAdmin):
    list_display = ["title", "role"]
    search_fields = ["role__title", "title"]
    autocomplete_fields = []
    fields = ["role", "title"]


@admin.register(CareerStep)
class CareerStepAdmin(PartAdmin):
    list_display = ["__str__", "kind", "role"]
    list_filter = ["kind"]
    list_select_related = ["role", "to_role"]
    search_fields = ["role__title", "to_role__title", "to_title"]
    autocomplete_fields = ["to_role", "source"]
    fields = ["role", "kind", "to_role", "to_title", ("years_min", "years_max"), "note", "source"]


@admin.register(OccupationLink)
class OccupationLinkAdmin(PartAdmin):
    list_display = ["role", "occupation", "relation", "weight", "reason"]
    list_display_links = ["role", "occupation"]
    list_filter = ["relation"]
    list_select_related = ["role", "occupation"]
    search_fields = ["role__title", "occupation__title", "occupation__code"]
    autocomplete_fields = ["occupation"]
    fields = ["role", "occupation", ("relation", "weight"), "reason", ("created_at", "updated_at")]


class ClaimAdmin(PartAdmin):
    """Figures entered in guides. Official figures are shown with their occupation."""

    list_select_related = ["role", "source"]
    search_fields = ["role__title", "population", "heading", "source__publisher", "source__title"]
    autocomplete_fields = CLAIM_FOREIGN_KEYS
    readonly_fields = ["cautions"]

    def get_queryset(self, request):
        return with_caution_relations(super().get_queryset(request))

    @display(description="source", ordering="source__publisher")
    def source_or_none(self, claim):
        return claim.source or "unsourced"

    @display(description="cautions")
    def caution_labels(self, claim):
        return ", ".join(dict.fromkeys(caution.label for caution in claim_cautions(claim)))

    @display(description="cautions")
    def cautions(self, claim):
        return caution_list(claim_cautions(claim)) if claim.role_id else "none yet"


@admin.register(PayClaim)
class PayClaimAdmin(ClaimAdmin):
    form = PayClaimForm
    list_display = ["__str__", "role", "reference_year", "source_or_none", "caution_labels"]
    list_filter = [
        Sourced,
        HasCaution,
        "country",
        "currency",
        "reference_year",
        ("role", admin.RelatedOnlyFieldListFilter),
    ]
    fieldsets = [
        (None, {"fields": ["role", "cautions", ("country", "subdivision"), "city", *PAY_FIELDS]}),
        (
            "Where it comes from",
            {
                "description": "Enter the figure in the currency and period of the source. Never enter a mean as a median.",
                "fields": ["source", ("reference_period", "reference_year"), *CLAIM_ORIGIN_FIELDS],
            },
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]


@admin.register(OutlookClaim)
class OutlookClaimAdmin(ClaimAdmin):
    list_display = ["__str__", "role", "country", "base_year", "target_year", "source_or_none", "caution_labels"]
    list_filter = [Sourced, HasCaution, "country", "target_year", ("role", admin.RelatedOnlyFieldListFilter)]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "role",
                    "cautions",
                    "country",
                    ("growth_percent", "annual_openings"),
                    ("base_year", "target_year"),
                ]
            },
        ),
        (
            "Where it comes from",
            {
                "description": "Rates with other base years are shown separately, because they cannot be compared.",
                "fields": ["source", *CLAIM_ORIGIN_FIELDS],
            },
        ),
        (None, {"fields": [("created_at", "updated_at")]}),
    ]
