"""The template's change form with its placeholder rows, and the form that builds a posting."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from unfold import widgets

from careers.core.admin.inlines import SortableTabularInline
from careers.core.admin.widgets import FastSearchSelect, FastSearchSelectMultiple, FastSelect
from careers.core.models import CurrencyField
from careers.core.money import Pay, Period
from careers.core.time_zones import zone_choices
from careers.geo.countries import country_choices, validate_subdivision
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
        """Each declared placeholder with whether it is required. History pages have no rows: then those in the database."""
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
    verbose_name, verbose_name_plural = "blank", "blanks"
    show_count = True

    def get_count(self, request, template):
        return template.blanks.count() if template and template.pk else 0


class BuildForm(forms.Form):
    """What a posting needs besides the template's text. Only the employer is required."""

    employer = forms.ModelChoiceField(Employer.objects.all())
    workplace = forms.ChoiceField(required=False, widget=Select, choices=[("", "—"), *Posting.Workplace.choices])
    remote_countries = forms.MultipleChoiceField(
        required=False,
        choices=country_choices,
        widget=FastSearchSelectMultiple,
        help_text="For remote work: the countries people may apply from.",
    )
    pay_min = forms.DecimalField(
        label="Pay from", required=False, min_value=0, max_digits=14, decimal_places=2, widget=TextInput
    )
    pay_max = forms.DecimalField(
        label="Pay to", required=False, min_value=0, max_digits=14, decimal_places=2, widget=TextInput
    )
    pay_currency = forms.CharField(
        label="Currency", required=False, max_length=3, widget=TextInput, help_text="USD, EUR, GBP and so on."
    )
    pay_period = forms.ChoiceField(
        label="Period", required=False, widget=Select, choices=[("", "—"), *Period.choices], initial=Period.YEAR
    )
    closes_on = forms.DateField(
        label="Closing day",
        required=False,
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text="The last day to apply, to its end in the time zone. Empty: open until filled.",
    )
    time_zone = forms.ChoiceField(choices=zone_choices, widget=FastSearchSelect, initial="UTC")

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
        self.fields[f"subdivision_{row}"] = forms.CharField(
            label=f"State or province{number}",
            required=False,
            max_length=6,
            validators=[validate_subdivision],
            widget=TextInput(attrs={"placeholder": "US-CA, DE-BE, AE-DU"}),
        )
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
    def placeholder_fields(self):
        return [self[f"blank_{placeholder.name}"] for placeholder in self.own_placeholders]

    def clean_pay_currency(self):
        code = self.cleaned_data["pay_currency"].upper()
        if code:
            CurrencyField().run_validators(code)
        return code

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("closes_on") and cleaned.get("time_zone"):
            validate_new_closing_day(cleaned["closes_on"], cleaned["time_zone"])
        for row in range(PLACE_ROWS):
            country, subdivision = cleaned.get(f"country_{row}"), cleaned.get(f"subdivision_{row}")
            if not country and (subdivision or cleaned.get(f"city_{row}")):
                self.add_error(f"country_{row}", "Name the country of this place.")
            elif subdivision and not subdivision.startswith(f"{country}-"):
                self.add_error(f"subdivision_{row}", f"A code within this country starts with {country}-.")
        return cleaned

    @property
    def arguments(self) -> dict:
        """The arguments of build_posting(), except ``by``."""
        cleaned = self.cleaned_data
        pay = Pay(cleaned["pay_min"], cleaned["pay_max"], cleaned["pay_currency"], cleaned["pay_period"])
        return {
            "template": self.template,
            "employer": cleaned["employer"],
            "terms": {"workplace": cleaned["workplace"]},
            "places": [
                Place(*(cleaned[f"{field}_{row}"] for field in PLACE_FIELDS))
                for row in range(PLACE_ROWS)
                if cleaned[f"country_{row}"]
            ],
            "remote_countries": cleaned["remote_countries"],
            "pay": pay if pay else None,
            "closes_on": cleaned["closes_on"],
            "time_zone": cleaned["time_zone"],
            "placeholder_values": {row.name: cleaned[f"blank_{row.name}"] for row in self.own_placeholders},
        }

    def add_service_error(self, error: ValidationError) -> None:
        """Shows the messages of build_posting() beside the fields they name, the others above the form."""
        for field, messages in getattr(error, "message_dict", {None: error.messages}).items():
            for message in messages:
                self.add_error(field if field in self.fields else None, message)
