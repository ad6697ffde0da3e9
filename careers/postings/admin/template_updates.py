"""The form with which an editor updates a posting's text from its template, and when that is offered."""

from collections.abc import Collection

from django import forms
from django.contrib.admin import ModelAdmin
from django.http import HttpRequest
from unfold import widgets

from careers.postings.admin.forms import placeholder_field
from careers.postings.models import Posting, TemplateBlank
from careers.postings.permissions import may
from careers.postings.placeholders import KNOWN_PLACEHOLDERS, placeholders_in
from careers.postings.posting_templates.sync import Choice, content_hash
from careers.postings.text.drift import DriftState, FieldDrift


def may_update(posting_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> bool:
    return may(request.user, "update", posting) and posting_admin.has_change_permission(request, posting)


def is_offered(drift: FieldDrift, fields: Collection[str] = ()) -> bool:
    """If the template would give another text. A field edited only in the posting is offered only if asked for."""
    if not drift.is_behind or (fields and drift.field not in fields):
        return False
    return bool(fields) or drift.state != DriftState.EDITED


class UpdateForm(forms.Form):
    """A choice for each drifted field of one posting, and values for the placeholders the template's text needs."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, posting, drifts, **kwargs):
        super().__init__(*args, **kwargs)
        self.posting, self.drifts = posting, drifts
        self.fields["seen"].initial = content_hash(posting)
        for drift in drifts:
            self.fields[drift.field] = forms.ChoiceField(
                label=f"{drift.label} of {posting.title}",
                choices=[(choice.value, choice.label) for choice in choices_for(drift)],
                initial=Choice.TAKE if drift.state == DriftState.MOVED else Choice.LEAVE,
                widget=widgets.UnfoldAdminRadioSelectWidget,
            )
        used = placeholders_in(*(drift.theirs for drift in drifts))
        self.placeholders = [name for name in used if name not in KNOWN_PLACEHOLDERS]
        declared = {row.name: row for row in posting.template.blanks.all()} if self.placeholders else {}
        for name in self.placeholders:
            self.fields[f"blank_{name}"] = placeholder_field(declared.get(name) or TemplateBlank(name=name))
            self.fields[f"blank_{name}"].required = False

    @property
    def placeholder_fields(self):
        return [self[f"blank_{name}"] for name in self.placeholders]

    @property
    def is_chosen(self) -> bool:
        return any(self.cleaned_data[drift.field] != Choice.LEAVE for drift in self.drifts)

    @property
    def arguments(self) -> dict:
        """The arguments of update_from_template()."""
        return {
            "choices": {drift.field: Choice(self.cleaned_data[drift.field]) for drift in self.drifts},
            "new_values": {name: self.cleaned_data[f"blank_{name}"] for name in self.placeholders},
            "seen": self.cleaned_data["seen"],
        }


def choices_for(drift: FieldDrift) -> list[Choice]:
    """Merging is offered only without conflicts."""
    if drift.state == DriftState.BOTH and not drift.merged.conflicts:
        return [Choice.LEAVE, Choice.MERGE, Choice.TAKE]
    return [Choice.LEAVE, Choice.TAKE]
