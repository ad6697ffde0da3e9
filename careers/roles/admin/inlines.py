"""The tabs of a guide."""

from django import forms
from django.db.models import Case, IntegerField, Value, When

from careers.core.admin import ProseArea, SortableRows, SortableStackedRows, StackedRows, TabularRows
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Item,
    OutlookClaim,
    PayClaim,
    RoleSkill,
    Section,
)


def in_order_of(choices):
    """Sorts rows by the order in which the choices of `kind` are declared."""
    whens = [When(kind=value, then=Value(index)) for index, value in enumerate(choices.values)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


class SectionInline(StackedRows):
    model = Section
    fields = [("kind", "heading"), "body"]
    collapsible = True
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).order_by(in_order_of(Section.Kind), "pk")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "body":
            kwargs["widget"] = ProseArea(attrs={"rows": 14})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ItemInline(SortableRows):
    """All listed points in one table: by kind, then as sorted. A choice above the table shows one kind alone."""

    model = Item
    fields = ["kind", "lead", "text", "source", "position"]
    autocomplete_fields = ["source"]
    hide_title = True

    class Media:
        js = ["admin/js/rows_by_kind.js"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("source")
        return rows.order_by(in_order_of(Item.Kind), "position", "pk")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "text":
            kwargs["widget"] = ProseArea(attrs={"rows": 2})
        if db_field.name == "lead":
            kwargs["widget"] = ProseArea(attrs={"rows": 2, "maxlength": db_field.max_length})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoleSkillInline(SortableRows):
    model = RoleSkill
    fields = ["skill", "necessity", "note", "position"]
    autocomplete_fields = ["skill"]
    hide_title = True
    verbose_name_plural = "skills"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("skill")


class AlternateTitleInline(TabularRows):
    model = AlternateTitle
    fields = ["title"]
    hide_title = True


class CareerStepInline(SortableRows):
    model = CareerStep
    fk_name = "role"
    fields = ["kind", "to_role", "to_title", "years_min", "years_max", "note", "position"]
    autocomplete_fields = ["to_role"]
    hide_title = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("to_role")
        return rows.order_by(in_order_of(CareerStep.Kind), "position", "pk")


class ArticleInline(TabularRows):
    """A list with links: articles are long, so each is written on a page of its own."""

    model = Article
    fields = ["title", "kind", "summary"]
    readonly_fields = fields
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


class PayClaimForm(forms.ModelForm):
    def clean_currency(self):
        return self.cleaned_data["currency"].upper()


PAY_FIGURES = [
    ("currency", "period"),
    ("median", "mean"),
    ("p10", "p25"),
    ("p75", "p90"),
    ("low", "high"),
    "top_code",
]


class PayClaimInline(SortableStackedRows):
    model = PayClaim
    form = PayClaimForm
    collapsible = True
    show_change_link = True
    autocomplete_fields = ["source"]
    fieldsets = [
        (None, {"fields": [("country", "subdivision"), "city", *PAY_FIGURES]}),
        (
            None,
            {"fields": ["source", ("reference_period", "reference_year"), "population", "heading", "note", "position"]},
        ),
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


class OutlookClaimInline(SortableStackedRows):
    model = OutlookClaim
    collapsible = True
    show_change_link = True
    autocomplete_fields = ["source"]
    fields = [
        "country",
        ("growth_percent", "annual_openings"),
        ("base_year", "target_year"),
        "source",
        "population",
        "heading",
        "note",
        "position",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("source")


GUIDE_INLINES = [
    SectionInline,
    ItemInline,
    RoleSkillInline,
    AlternateTitleInline,
    CareerStepInline,
    PayClaimInline,
    OutlookClaimInline,
    ArticleInline,
]
