"""What a reader types to get an alert, or to change one."""

from django import forms
from django.core import signing

from careers.core.time_zones import zone_choices

from .email_addresses import MAX_LENGTH, normalize_email
from .models import JobAlert

WEEKDAYS = [(number, name) for number, name in enumerate(
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)]  # fmt: skip
HOURS = [(hour, f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}") for hour in range(24)]
FORM_SALT = "careers.subscriptions.form"
SECONDS_TO_TYPE = 1  # nobody fills the form faster


class RhythmForm(forms.Form):
    rhythm = forms.ChoiceField(label="How often", choices=JobAlert.Rhythm.choices, initial=JobAlert.Rhythm.DAILY)
    weekday = forms.ChoiceField(
        label="Day of the week", choices=WEEKDAYS, required=False,
        help_text="For alerts once a week.",
    )  # fmt: skip
    hour = forms.ChoiceField(
        label="Time of day", choices=HOURS, initial=8, required=False,
        help_text="For alerts once a day or once a week.",
    )  # fmt: skip
    time_zone = forms.ChoiceField(label="Your time zone", choices=zone_choices, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = f"{field.label}: choose one of the options."

    def clean_weekday(self):
        return int(self.cleaned_data["weekday"] or 0)

    def clean_hour(self):
        return int(self.cleaned_data["hour"] or self.fields["hour"].initial)

    def clean_time_zone(self):
        return self.cleaned_data["time_zone"] or "UTC"

    @property
    def rhythm_values(self):
        return {name: self.cleaned_data[name] for name in ("rhythm", "weekday", "hour", "time_zone")}


class AlertForm(RhythmForm):
    """`website` is invisible to people: whoever fills it in gets the usual answer and no mail."""

    email = forms.CharField(
        label="Email address", max_length=MAX_LENGTH, widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter your email address, for example name@example.org.",
            "max_length": f"Enter an email address of at most {MAX_LENGTH} characters.",
        },
    )  # fmt: skip
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ["email", "rhythm", "weekday", "hour", "time_zone"]

    def clean_email(self):
        return normalize_email(self.cleaned_data["email"])

    @staticmethod
    def opening_stamp() -> str:
        return signing.dumps("opened", salt=FORM_SALT)

    @property
    def is_from_a_person(self) -> bool:
        """Whether the invisible field is empty, and the form was not sent sooner than anybody types."""
        try:
            signing.loads(self.cleaned_data["opened"], salt=FORM_SALT, max_age=SECONDS_TO_TYPE)
        except signing.SignatureExpired:
            return not self.cleaned_data["website"]
        except signing.BadSignature:
            pass
        return False
