"""The template's change form with its placeholder rows, and the form that builds a posting."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from unfold import widgets

from careers.core.admin.inlines import SortableTabularInline
from careers.core.admin.versions import parts_of_version
from careers.core.admin.widgets import AmountInput, FastSearchSelect, FastSearchSelectMultiple, FastSelect
from careers.core.form_fields import TypedAmountField, TypedCurrencyMixin
from careers.core.models import CurrencyField
from careers.core.money import Pay, Period
from careers.core.time_zones import zone_choices
from careers.geo.countries import country_choices
from careers.geo.forms import SUBDIVISION_LABEL, SubdivisionField
from careers.geo.subdivisions import find_subdivision
from careers.geo.zones import zone_of_places
from careers.postings.admin.forms import TermsForm, placeholder_field, validate_new_closing_day
from careers.postings.models import Employer, Posting, PostingTemplate, TemplateBlank
from careers.postings.placeholders import placeholder_name, placeholders_in, template_errors, template_texts
from careers.postings.posting_templates.versions import required_placeholders
from careers.postings.text.render import Place

PLACE_ROWS = 3
PLACE_FIELDS = ("country", "subdivision", "city")
TextInput, Select = widgets.UnfoldAdminTextInputWidget, FastSelect


class TemplateForm(TermsForm):
    """The template's texts may only use known placeholders and those declared in the rows sent with the form."""

    locked = forms.MultipleChoiceField(
        label="Locked fields",
        required=False,
        choices=[(field, field.capitalize()) for field in PostingTemplate.TEXT_FIELDS],
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=PostingTemplate._meta.get_field("locked").help_text,
    )

    @cached_property
    def required_placeholders(self) -> dict[str, bool]:
        """Each declared placeholder with whether it is required. Without rows in the form: those of the version, or today's."""
        if version := getattr(self.instance, "_history", None):
            [placeholders] = parts_of_version(version, [TemplateBlank], "template")
            return required_placeholders(self.instance, placeholders.rows)
        if "blanks-TOTAL_FORMS" not in self.data:
            return required_placeholders(self.instance)
        rows = [name.removesuffix("-name") for name in self.data if re.fullmatch(r"blanks-[0-9]+-name", name)]
        kept = [row for row in rows if not self.data.get(f"{row}-DELETE")]
        return {placeholder_name(self.data[f"{row}-name"]): bool(self.data.get(f"{row}-is_required")) for row in kept}

    def _post_clean(self):
        super()._post_clean()
        for field, message in template_errors(self.instance, self.required_placeholders):
            if field in self.fields:
                self.add_error(field, message)


class PlaceholderInline(SortableTabularInline):
    model = TemplateBlank
    fields = ["name", "label", "example", "is_required", "position"]
    verbose_name, verbose_name_plural = "placeholder", "placeholders"
    show_count = True

    def get_count(self, request, template):
        return template.blanks.count() if template and template.pk else 0


class BuildForm(TypedCurrencyMixin, forms.Form):
    """What a posting needs besides the template's text. Only the employer is required."""

    employer = forms.ModelChoiceField(Employer.objects.all())
    workplace = forms.ChoiceField(required=False, widget=Select, choices=[("", "—"), *Posting.Workplace.choices])
    remote_countries = forms.MultipleChoiceField(
        required=False,
        choices=country_choices,
        widget=FastSearchSelectMultiple,
        help_text="For remote work: the countries people can apply from.",
    )
    pay_min = TypedAmountField(
        label="Pay from",
        required=False,
        min_value=0,
        max_digits=14,
        decimal_places=2,
        widget=AmountInput,
        help_text="For example 65,000, 82k or €65k.",
    )
    pay_max = TypedAmountField(
        label="Pay to", required=False, min_value=0, max_digits=14, decimal_places=2, widget=AmountInput
    )
    pay_currency = forms.CharField(
        label="Currency",
        required=False,
        max_length=3,
        widget=TextInput,
        help_text="Currency code, for example USD, EUR or GBP.",
    )
    pay_period = forms.ChoiceField(
        label="Period", required=False, widget=Select, choices=[("", "—"), *Period.choices], initial=Period.YEAR
    )
    closes_on = forms.DateField(
        label="Closing day",
        required=False,
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text="The last day to apply. The job closes at the end of that day in the time zone. Leave empty to "
        "keep it open until filled.",
    )
    apply_url = forms.URLField(
        label="Apply at",
        required=False,
        max_length=1000,
        assume_scheme="https",
        widget=TextInput,
        help_text=Posting._meta.get_field("apply_url").help_text,
    )
    apply_email = forms.EmailField(
        label="Apply by email",
        required=False,
        max_length=254,
        widget=TextInput,
        help_text="Enter one of the two, or both. Without either the draft cannot be published.",
    )
    time_zone = forms.ChoiceField(
        required=False,
        choices=lambda: [("", "From the place"), *zone_choices()],
        widget=FastSearchSelect,
        help_text="Leave empty to use the first place's time zone, or UTC if we don't know it.",
    )

    def __init__(self, *args, template, employer_widget, **kwargs):
        super().__init__(*args, **kwargs)
        self.template = template
        self.fields["employer"].widget = employer_widget
        self.fields["employer"].widget.choices = self.fields["employer"].choices
        if template.employer_id:
            self.fields["employer"].queryset = Employer.objects.filter(pk=template.employer_id)
        self.fields["workplace"].initial = template.workplace
        for row in range(PLACE_ROWS):
            self._add_place(row)
        for placeholder in self.own_placeholders:
            self.fields[f"blank_{placeholder.name}"] = placeholder_field(placeholder)

    def _add_place(self, row):
        number = f" {row + 1}" if row else ""
        self.fields[f"country_{row}"] = forms.ChoiceField(
            label=f"Country{number}", required=False, choices=[("", "—"), *country_choices()], widget=Select
        )
        self.fields[f"subdivision_{row}"] = SubdivisionField(label=f"{SUBDIVISION_LABEL}{number}", help_text="")
        self.fields[f"city_{row}"] = forms.CharField(
            label=f"City{number}", required=False, max_length=100, widget=TextInput
        )

    @cached_property
    def own_placeholders(self) -> list[TemplateBlank]:
        used = placeholders_in(*template_texts(self.template))
        return [placeholder for placeholder in self.template.blanks.all() if placeholder.name in used]

    @property
    def place_rows(self):
        return [[self[f"{field}_{row}"] for field in PLACE_FIELDS] for row in range(PLACE_ROWS)]

    @property
    def pay_fields(self):
        return [self[name] for name in ("pay_min", "pay_max", "pay_currency", "pay_period")]

    @property
    def closing_fields(self):
        return [self["closes_on"], self["time_zone"]]

    @property
    def apply_fields(self):
        return [self["apply_url"], self["apply_email"]]

    @property
    def placeholder_fields(self):
        return [self[f"blank_{placeholder.name}"] for placeholder in self.own_placeholders]

    def clean_pay_currency(self):
        code = self.cleaned_data["pay_currency"].upper()
        if code:
            CurrencyField().run_validators(code)
        return code

    def clean(self):
        cleaned = super().clean()
        for row in range(PLACE_ROWS):
            country, subdivision = cleaned.get(f"country_{row}"), cleaned.get(f"subdivision_{row}")
            if not country and (subdivision or cleaned.get(f"city_{row}")):
                self.add_error(f"country_{row}", "Choose the country of this place.")
            elif subdivision:
                self._find_subdivision(f"subdivision_{row}", subdivision, country)
        if "time_zone" not in self.errors:
            cleaned["time_zone"] = cleaned["time_zone"] or zone_of_places(self.places) or "UTC"
            if cleaned.get("closes_on"):
                validate_new_closing_day(cleaned["closes_on"], cleaned["time_zone"])
        return cleaned

    def _find_subdivision(self, field, text, country):
        try:
            self.cleaned_data[field] = find_subdivision(text, country)
        except ValidationError as error:
            self.add_error(field, error)

    @property
    def places(self) -> list[Place]:
        cleaned = self.cleaned_data
        return [
            Place(*(cleaned.get(f"{field}_{row}", "") for field in PLACE_FIELDS))
            for row in range(PLACE_ROWS)
            if cleaned.get(f"country_{row}")
        ]

    @property
    def arguments(self) -> dict:
        """The arguments of build_posting(), except ``by``."""
        cleaned = self.cleaned_data
        pay = Pay(cleaned["pay_min"], cleaned["pay_max"], cleaned["pay_currency"], cleaned["pay_period"])
        return {
            "template": self.template,
            "employer": cleaned["employer"],
            "terms": {"workplace": cleaned["workplace"]},
            "places": self.places,
            "remote_countries": cleaned["remote_countries"],
            "pay": pay if pay else None,
            "closes_on": cleaned["closes_on"],
            "time_zone": cleaned["time_zone"],
            "apply_url": cleaned["apply_url"],
            "apply_email": cleaned["apply_email"],
            "placeholder_values": {row.name: cleaned[f"blank_{row.name}"] for row in self.own_placeholders},
        }

    def add_service_error(self, error: ValidationError) -> None:
        """Shows the messages of build_posting() beside the fields they name, the others above the form."""
        for field, messages in getattr(error, "message_dict", {None: error.messages}).items():
            for message in messages:
                self.add_error(field if field in self.fields else None, message)
