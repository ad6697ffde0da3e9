"""The posting's change form, and the forms of acts that need more than a reason."""

from datetime import datetime

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from unfold import widgets

from careers.core.form_fields import TypedCurrencyMixin
from careers.core.time_zones import to_local, to_utc
from careers.postings.admin.forms import ReasonForm, TermsForm, validate_new_closing_day
from careers.postings.checks.requirements import unmet_field_requirements
from careers.postings.models import Posting

State = Posting.State


class PostingForm(TypedCurrencyMixin, TermsForm):
    """A live or scheduled posting can only be saved while it meets the requirements for publishing."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # On a history page the instance is an old version.
        stored = self.instance if self.is_stored else Posting.objects.filter(pk=self.instance.pk).first()
        self.current_state = stored.state() if stored else State.DRAFT
        if self.instance.publish_at and "publish_at" in self.fields:
            self.initial["publish_at"] = to_local(self.instance.publish_at, self.instance.time_zone)

    def clean(self):
        cleaned = super().clean()
        zone = cleaned.get("time_zone") or self.instance.time_zone
        if "publish_at" in cleaned:
            moment = self._opening_moment(cleaned["publish_at"], zone)
            is_kept = not {"publish_at", "time_zone"} & {*self.changed_data}  # the form shows no fractions of a second
            cleaned["publish_at"] = self.instance.publish_at if is_kept else moment
        if "closes_on" in self.changed_data and cleaned.get("closes_on"):
            validate_new_closing_day(cleaned["closes_on"], zone)
        return cleaned

    def _opening_moment(self, local, zone):
        """The opening is entered as local time in the posting's time zone."""
        now = timezone.now()
        if local is None:
            if self.current_state == State.SCHEDULED:
                self._refuse_opening("Enter the day and time when visitors can first see the posting.")
            return None
        if abs(local - to_local(now, zone)).days > settings.POSTING_HORIZON_DAYS:
            self._refuse_opening(f"Choose a time at most {settings.POSTING_HORIZON_DAYS} days from now.")
        moment = to_utc(local, zone)
        if self.current_state == State.SCHEDULED and moment <= now:
            self._refuse_opening(
                "This time has passed. Enter a later time. To open the posting now, send it back to draft and publish it."
            )
        return moment

    def _refuse_opening(self, message):
        raise ValidationError({"publish_at": message})

    def _post_clean(self):
        super()._post_clean()
        if not (self.errors or self.is_unchanged) and self.current_state in State.LIVE_OR_SCHEDULED:
            for requirement in unmet_field_requirements(self.instance):
                self.add_error(requirement.field if requirement.field in self.fields else None, requirement.message)


class LocalMomentField(forms.SplitDateTimeField):
    """A local date and time without time zone. The form decides which time zone they are in."""

    def compress(self, data_list):
        if not data_list:
            return None
        if None in data_list or "" in data_list:
            raise ValidationError("Enter both the day and the time, for example 2027-03-31 and 09:00.")
        return datetime.combine(*data_list)


class ScheduleForm(ReasonForm):
    publish_at = LocalMomentField(
        label="Opens on",
        widget=widgets.UnfoldAdminSplitDateTimeWidget,
        help_text="In the posting's time zone.",
    )
    field_order = ["publish_at", "reason"]


class ExtendForm(ReasonForm):
    closes_on = forms.DateField(
        label="New closing day",
        widget=widgets.UnfoldAdminSingleDateWidget,
        help_text="Enter a day after the current closing day. A closed posting opens again at the same web address.",
    )
    field_order = ["closes_on", "reason"]
