"""The parts of a guide in its form, by tab."""

from django.db.models import Case, IntegerField, Value, When
from django.utils.html import format_html_join
from unfold.decorators import display

from careers.core.admin.inlines import (
    EditorialStackedInline,
    EditorialTabularInline,
    SortableStackedInline,
    SortableTabularInline,
)
from careers.core.admin.widgets import ProseTextarea
from careers.core.form_fields import TypedCurrencyMixin
from careers.geo.forms import PlaceForm
from careers.roles.figures.cautions import cautions_of
from careers.roles.models import (
    AlternateTitle,
    Article,
    CareerStep,
    Item,
    OccupationLink,
    OutlookClaim,
    PayClaim,
    RoleSkill,
    Section,
)

from .new_source import NEW_SOURCE_FIELDSET, NewSourceForm, NewSourceInlineMixin


def in_order_of(choices):
    """For order_by(): the order in which the choices of `kind` are declared."""
    whens = [When(kind=value, then=Value(index)) for index, value in enumerate(choices.values)]
    return Case(*whens, default=Value(len(whens)), output_field=IntegerField())


class SectionInline(EditorialStackedInline):
    model = Section
    tab_title, tab_key = "Text", "sections"
    fields = [("kind", "heading"), "body", "source"]
    autocomplete_fields = ["source"]
    collapsible = True
    show_change_link = True
    previewed_fields = ("body",)
    preview_rows = 14

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("source")
        return rows.order_by(in_order_of(Section.Kind), "pk")


class ItemInline(SortableTabularInline):
    """All list items in one table, by kind and position. A select box above the table filters by kind."""

    model = Item
    tab_title, tab_key = "Text", "sections"
    verbose_name, verbose_name_plural = "point", "points"
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
            kwargs["widget"] = ProseTextarea(attrs={"rows": 2})
        if db_field.name == "lead":
            kwargs["widget"] = ProseTextarea(attrs={"rows": 2, "maxlength": db_field.max_length})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class RoleSkillInline(SortableTabularInline):
    model = RoleSkill
    tab_title, tab_key = "Skills and path", "role_skills"
    fields = ["skill", "necessity", "note", "source", "position"]
    autocomplete_fields = ["skill", "source"]
    hide_title = True
    verbose_name, verbose_name_plural = "skill", "skills"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("skill", "source")


class AlternateTitleInline(EditorialTabularInline):
    model = AlternateTitle
    tab_title, tab_key = "Titles and occupations", "alternate_titles"
    verbose_name, verbose_name_plural = "other title", "other titles"
    fields = ["title"]
    hide_title = True


class CareerStepInline(SortableTabularInline):
    model = CareerStep
    fk_name = "role"
    tab_title, tab_key = "Skills and path", "role_skills"
    fields = ["kind", "to_role", "to_title", "years_min", "years_max", "note", "source", "position"]
    autocomplete_fields = ["to_role", "source"]
    hide_title = True

    def get_queryset(self, request):
        rows = super().get_queryset(request).select_related("to_role", "source")
        return rows.order_by(in_order_of(CareerStep.Kind), "position", "pk")


class OccupationLinkInline(SortableTabularInline):
    """By weight, heaviest first, then by position. Suggested occupations are shown above the table."""

    model = OccupationLink
    tab_title, tab_key = "Titles and occupations", "alternate_titles"
    fields = ["occupation", "relation", "weight", "reason", "position"]
    autocomplete_fields = ["occupation"]
    hide_title = True
    verbose_name, verbose_name_plural = "occupation", "occupations"
    template_before = "admin/roles/role/suggestions.html"

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("occupation")

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "reason":
            kwargs["widget"] = ProseTextarea(attrs={"rows": 3, "maxlength": db_field.max_length})
        return super().formfield_for_dbfield(db_field, request, **kwargs)


class ArticleInline(EditorialTabularInline):
    """Links to the articles, which are long and edited on a page of their own."""

    model = Article
    tab_title, tab_key = "Text", "sections"
    fields = ["title", "kind", "summary"]
    readonly_fields = fields
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False


class PayClaimForm(TypedCurrencyMixin, PlaceForm):
    currency_field = "currency"

    def clean_currency(self):
        return self.cleaned_data["currency"].upper()


class PayFigureForm(NewSourceForm, PayClaimForm):
    """Within a guide, where a new source may come with the figure."""


CLAIM_FOREIGN_KEYS = ["source", "measured_for", "quoted_in"]
CLAIM_ORIGIN_FIELDS = ["measured_for", "quoted_in", "population", "heading", "note"]
PAY_FIELDS: list[str | tuple[str, ...]] = [
    ("currency", "period"),
    ("median", "mean"),
    ("p10", "p25"),
    ("p75", "p90"),
    ("low", "high"),
    "top_code",
]


class ClaimInline(NewSourceInlineMixin, SortableStackedInline):
    """A figure with its cautions."""

    collapsible = True
    show_change_link = True
    autocomplete_fields = CLAIM_FOREIGN_KEYS
    readonly_fields = ["cautions"]
    linked_codes = ()
    tab_title, tab_key = "Figures", "pay_claims"

    def get_formset(self, request, obj=None, **kwargs):
        if obj:
            self.linked_codes = list(obj.occupation_links.values_list("occupation__code", flat=True))
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*CLAIM_FOREIGN_KEYS)

    @display(description="cautions")
    def cautions(self, claim):
        return caution_list(cautions_of(claim, self.linked_codes)) if claim and claim.pk else "none yet"


def caution_list(cautions):
    sentences = ((caution.label, caution.for_editors) for caution in cautions)
    return format_html_join("", "<p><strong>{}:</strong> {}</p>", sentences) or "none"


class PayClaimInline(ClaimInline):
    model = PayClaim
    verbose_name, verbose_name_plural = "pay figure", "pay figures"
    form = PayFigureForm
    fieldsets = [
        (None, {"fields": ["cautions", ("country", "subdivision"), "city", *PAY_FIELDS]}),
        (None, {"fields": ["source", ("reference_period", "reference_year")]}),
        NEW_SOURCE_FIELDSET,
        ("More about the figure", {"fields": [*CLAIM_ORIGIN_FIELDS, "position"]}),
    ]


class OutlookClaimInline(ClaimInline):
    model = OutlookClaim
    verbose_name, verbose_name_plural = "outlook figure", "outlook figures"
    form = NewSourceForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "cautions",
                    "country",
                    ("growth_percent", "annual_openings"),
                    ("base_year", "target_year"),
                    "source",
                ]
            },
        ),
        NEW_SOURCE_FIELDSET,
        ("More about the figure", {"fields": [*CLAIM_ORIGIN_FIELDS, "position"]}),
    ]


GUIDE_INLINES = [
    SectionInline,
    ArticleInline,
    ItemInline,
    PayClaimInline,
    OutlookClaimInline,
    RoleSkillInline,
    CareerStepInline,
    AlternateTitleInline,
    OccupationLinkInline,
]
