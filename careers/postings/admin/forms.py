"""Forms of the admin: the posting, the template, the page that builds one from the other, and the acts."""

import re
from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from unfold import widgets

from careers.core.admin.widgets import QuickSearchSelect, QuickSearchSelectMultiple, QuickSelect
from careers.core.models import CurrencyField
from careers.core.money import Pay, Period
from careers.core.time_zones import closing_moment, local_of, moment_of, zone_choices
from careers.geo.countries import country_choices, validate_subdivision
from careers.postings.checks.requirements import closing_faults, missing_in_fields
from careers.postings.models import Employer, Posting, PostingTemplate
from careers.postings.placeholders import blank_name, blanks_in, template_faults, template_texts
from careers.postings.posting_templates.versions import required_blanks
from careers.postings.text.render import Place

PLACE_ROWS = 3
MOST_MONTHS = 600
State = Posting.State
TextInput, Select = widgets.UnfoldAdminTextInputWidget, QuickSelect


def refuse_closing_day(day, zone):
    """A closing day set by hand lies ahead, and within the horizon."""
    now = timezone.now()
    if faults := closing_faults(day, None, zone, now) or closing_faults(day, closing_moment(day, zone), zone, now):
        raise ValidationError({"closes_on": faults[0].message})


class TermsForm(forms.ModelForm):
    def clean_months_of_experience(self):
        months = self.cleaned_data["months_of_experience"]
        if months is not None and months > MOST_MONTHS:
            raise ValidationError(f"At most {MOST_MONTHS} months, which are fifty years.")
        return months


class PostingForm(TermsForm):
    """What readers see, or will, stays fit for them: a published posting is not saved with something missing."""

    @cached_property
    def present_state(self):
        """As it stands in the database: on a history page the instance is an old version."""
        posting = Posting.objects.filter(pk=self.instance.pk).first()
        return posting.state() if posting else State.DRAFT

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.publish_at and "publish_at" in self.fields:
            self.initial["publish_at"] = local_of(self.instance.publish_at, self.instance.time_zone)

    def clean(self):
        cleaned = super().clean()
        zone = cleaned.get("time_zone") or self.instance.time_zone
        if "publish_at" in cleaned:
            cleaned["publish_at"] = self.opening_moment(cleaned["publish_at"], zone)
        if "closes_on" in self.changed_data and cleaned.get("closes_on"):
            refuse_closing_day(cleaned["closes_on"], zone)
        return cleaned

    def opening_moment(self, local, zone):
        """The opening is entered as clocks show it in the posting's own zone."""
        now = timezone.now()
        if local is None:
            if self.present_state == State.SCHEDULED:
                self.refuse_opening("A published posting needs the moment from which readers see it.")
            return None
        if abs(local - local_of(now, zone)).days > settings.POSTING_HORIZON_DAYS:
            self.refuse_opening(f"At most {settings.POSTING_HORIZON_DAYS} days away.")
            return None
        moment = moment_of(local, zone)
        if self.present_state == State.SCHEDULED and moment <= now:
            self.refuse_opening("This moment is over. To open it at once, send it back to draft and publish it.")
        return moment

    def refuse_opening(self, sentence):
        raise ValidationError({"publish_at": sentence})

    def _post_clean(self):
        super()._post_clean()
        if not self.errors and self.present_state in (State.LIVE, State.SCHEDULED):
            for lack in missing_in_fields(self.instance):
                self.add_error(lack.field if lack.field in self.fields else None, lack.message)


class TemplateForm(TermsForm):
    """The rows of blanks come with the form: its texts may use those and the known ones, and no others."""

    locked = forms.MultipleChoiceField(
        label="Locked fields",
        required=False,
        choices=[(field, field.capitalize()) for field in PostingTemplate.TEXT_FIELDS],
        widget=widgets.UnfoldAdminCheckboxSelectMultipleWidget,
        help_text=PostingTemplate._meta.get_field("locked").help_text,
    )

    @cached_property
    def required_blanks(self):
        """{name: whether it has to be filled}. A page without the rows, such as an old version's, leaves those kept."""
        if "blanks-TOTAL_FORMS" not in self.data:
            return required_blanks(self.instance)
        rows = [name.removesuffix("-name") for name in self.data if re.fullmatch(r"blanks-[0-9]+-name", name)]
        kept = [row for row in rows if not self.data.get(f"{row}-DELETE")]
        return {blank_name(self.data[f"{row}-name"]): bool(self.data.get(f"{row}-is_required")) for row in kept}

    def _post_clean(self):
        super()._post_clean()
        for field, sentence in template_faults(self.instance, self.required_blanks):
            if field in self.fields:
                self.add_error(field, sentence)


def blank_field(blank):
    example = f"For example: {blank.example}. " if blank.example else ""
    later = "" if blank.is_required else " Empty: filled in later, in the draft."
    return forms.CharField(
        label=blank.spoken,
        required=blank.is_required,
        max_length=200,
        widget=TextInput,
        help_text=f"{example}Stands for {blank} in the text.{later}",
    )


class BuildForm(forms.Form):
    """What a posting needs besides the template's text. Everything but the employer can wait for the draft."""

    employer = forms.ModelChoiceField(Employer.objects.all())
    workplace = forms.ChoiceField(required=False, widget=Select, choices=[("", "—"), *Posting.Workplace.choices])
    remote_countries = forms.MultipleChoiceField(
        required=False,
        choices=country_choices,
        widget=QuickSearchSelectMultiple,
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
    time_zone = forms.ChoiceField(choices=zone_choices, widget=QuickSearchSelect, initial="UTC")

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
        for blank in self.own_blanks:
            self.fields[f"blank_{blank.name}"] = blank_field(blank)

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
    def own_blanks(self):
        used = blanks_in(*template_texts(self.template))
        return [blank for blank in self.template.blanks.all() if blank.name in used]

    @property
    def place_rows(self):
        return [[self[f"{part}_{row}"] for part in ("country", "subdivision", "city")] for row in range(PLACE_ROWS)]

    @property
    def pay_fields(self):
        return [self[name] for name in ("pay_min", "pay_max", "pay_currency", "pay_period")]

    @property
    def closing_fields(self):
        return [self["closes_on"], self["time_zone"]]

    @property
    def blank_fields(self):
        return [self[f"blank_{blank.name}"] for blank in self.own_blanks]

    def clean_pay_currency(self):
        code = self.cleaned_data["pay_currency"].upper()
        if code:
            CurrencyField().run_validators(code)
        return code

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("closes_on") and cleaned.get("time_zone"):
            refuse_closing_day(cleaned["closes_on"], cleaned["time_zone"])
        for row in range(PLACE_ROWS):
            country, subdivision = cleaned.get(f"country_{row}"), cleaned.get(f"subdivision_{row}")
            if not country and (subdivision or cleaned.get(f"city_{row}")):
                self.add_error(f"country_{row}", "Name the country of this place.")
            elif subdivision and not subdivision.startswith(f"{country}-"):
                self.add_error(f"subdivision_{row}", f"A code within this country starts with {country}-.")
        return cleaned

    def request_for(self, by):
        """The arguments of build_posting."""
        cleaned = self.cleaned_data
        pay = Pay(cleaned["pay_min"], cleaned["pay_max"], cleaned["pay_currency"], cleaned["pay_period"])
        places = [
            Place(*(cleaned[f"{part}_{row}"] for part in ("country", "subdivision", "city")))
            for row in range(PLACE_ROWS)
            if cleaned[f"country_{row}"]
        ]
        return {
            "template": self.template,
            "employer": cleaned["employer"],
            "terms": {"workplace": cleaned["workplace"]},
            "places": places,
            "remote_countries": cleaned["remote_countries"],
            "pay": pay if pay else None,
            "closes_on": cleaned["closes_on"],
            "time_zone": cleaned["time_zone"],
            "blanks": {blank.name: cleaned[f"blank_{blank.name}"] for blank in self.own_blanks},
            "by": by,
        }

    def take_errors(self, error):
        """Show what the service refused beside the fields it names."""
        for field, messages in getattr(error, "message_dict", {None: error.messages}).items():
            for message in messages:
                self.add_error(field if field in self.fields else None, message)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        required=False, max_length=500, widget=TextInput, help_text="Kept in the history. Readers do not see it."
    )


class LocalMomentField(forms.SplitDateTimeField):
    """A day and a time as clocks show them, without a zone: which zone they are read in is decided beside it."""

    def compress(self, data_list):
        if not data_list:
            return None
        if None in data_list or "" in data_list:
            raise ValidationError("Give both the day and the time.")
        return datetime.combine(*data_list)


class ScheduleForm(ReasonForm):
    publish_at = LocalMomentField(
        label="Opens on",
        widget=widgets.UnfoldAdminSplitDateTimeWidget,
        help_text="Read in the time zone of the posting. A time its clocks skip is the moment they jump; of a time that comes "
        "twice the first is meant.",
    )
    field_order = ["publish_at", "reason"]


class ExtendForm(ReasonForm):
    closes_on = forms.DateField(
        label="New closing day",
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text="Later than the present one. A closed posting opens again at the same address.",
    )
    field_order = ["closes_on", "reason"]
