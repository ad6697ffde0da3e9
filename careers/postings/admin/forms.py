"""Parts shared by the forms for postings, templates and acts."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.html import escape
from unfold import widgets

from careers.core.admin.model_forms import EditorialForm
from careers.postings.checks.requirements import new_closing_day_errors
from careers.postings.models import TemplateBlank

MOST_MONTHS = 600


def validate_new_closing_day(day: date, zone: str) -> None:
    """Raises ValidationError for "closes_on" unless the day is in the future and not too far."""
    if errors := new_closing_day_errors(day, zone, timezone.now()):
        raise ValidationError({"closes_on": errors[0].message})


class TermsForm(EditorialForm):
    def clean_months_of_experience(self):
        months = self.cleaned_data["months_of_experience"]
        if months is not None and months > MOST_MONTHS:
            raise ValidationError(f"Enter at most {MOST_MONTHS} months (50 years).")
        return months


class ReasonForm(forms.Form):
    reason = forms.CharField(
        required=False,
        max_length=500,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text="Kept in the history. Visitors do not see it.",
    )


def placeholder_field(placeholder: TemplateBlank) -> forms.CharField:
    example = f"For example: {placeholder.example}. " if placeholder.example else ""
    later = "" if placeholder.is_required else " Leave empty to fill it in later, in the draft."
    return forms.CharField(
        label=placeholder.spoken,
        required=placeholder.is_required,
        max_length=200,
        widget=widgets.UnfoldAdminTextInputWidget,
        help_text=escape(f"{example}Stands for {placeholder} in the text.{later}"),
    )
