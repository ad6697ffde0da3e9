"""What the admin offers a posting that has gone apart from its template, and what it keeps in step by itself."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from unfold import widgets

from careers.postings.admin.forms import blank_field
from careers.postings.models import Posting, TemplateBlank
from careers.postings.permissions import may
from careers.postings.placeholders import KNOWN_BLANKS, blanks_in
from careers.postings.posting_templates.sync import (
    Choice,
    last_update,
    out_of_step,
    stamp,
    undo_update,
    why_not_undone,
)
from careers.postings.text.drift import Drift, drift_of, versions_for


def is_offered(drift, fields=()):
    """Where the template would write something else; an edit alone is offered only where its field was asked for."""
    if not drift.is_behind or (fields and drift.field not in fields):
        return False
    return bool(fields) or drift.state != Drift.EDITED


def may_update(site, request, posting):
    """What readers see, or will, is updated by those who may publish."""
    return may(request.user, "update", posting) and site.get_model_admin(Posting).has_change_permission(
        request, posting
    )


class UpdateForm(forms.Form):
    """The fields of one posting, each with what is to become of it. Local edits stay unless something else is chosen."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, posting, drifts, **kwargs):
        super().__init__(*args, **kwargs)
        self.posting, self.drifts = posting, drifts
        self.fields["seen"].initial = stamp(posting)
        for drift in drifts:
            self.fields[drift.field] = forms.ChoiceField(
                label=f"{drift.label} of {posting.title}",
                choices=[(choice.value, choice.label) for choice in choices_for(drift)],
                initial=Choice.TAKE if drift.state == Drift.MOVED else Choice.LEAVE,
                widget=widgets.UnfoldAdminRadioSelectWidget,
            )
        self.asked = [name for name in blanks_in(*(drift.theirs for drift in drifts)) if name not in KNOWN_BLANKS]
        declared = {blank.name: blank for blank in posting.template.blanks.all()} if self.asked else {}
        for name in self.asked:
            self.fields[f"blank_{name}"] = blank_field(declared.get(name) or TemplateBlank(name=name))
            self.fields[f"blank_{name}"].required = False

    @property
    def blank_fields(self):
        return [self[f"blank_{name}"] for name in self.asked]

    @property
    def is_chosen(self):
        return any(self.cleaned_data[drift.field] != Choice.LEAVE for drift in self.drifts)

    @property
    def request(self):
        """The arguments of update_from_template."""
        return {
            "choices": {drift.field: Choice(self.cleaned_data[drift.field]) for drift in self.drifts},
            "answers": {name: self.cleaned_data[f"blank_{name}"] for name in self.asked},
            "seen": self.cleaned_data["seen"],
        }


def choices_for(drift):
    """Both changes are brought together only where they do not contradict each other."""
    if drift.state == Drift.BOTH and not drift.merged.conflicts:
        return [Choice.LEAVE, Choice.MERGE, Choice.TAKE]
    return [Choice.LEAVE, Choice.TAKE]


class FollowingTemplate:
    """The part of the posting's admin that knows its template: locked fields, drift, and the way back."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.undo_update_view)
        return [path("<int:pk>/undo-update/", view, name="postings_posting_undo_update"), *super().get_urls()]

    def save_related(self, request, form, formsets, change):
        """Places and days may stand in locked texts: those are written again once all of them are saved."""
        super().save_related(request, form, formsets, change)
        posting = Posting.objects.select_related("employer", "template").get(pk=form.instance.pk)
        if reason := out_of_step(posting, by=request.user):
            self.message_user(request, f"The locked fields stay as they were. {reason}", messages.WARNING)

    def drift_panel(self, request, posting):
        """None where there is no template to compare with."""
        if not posting.template_id or not (drifts := drift_of(posting, versions_for([posting]))):
            return None
        may = may_update(self.admin_site, request, posting)
        update = last_update(posting) if may else None
        return {
            "fields": drifts,
            "template": posting.template,
            "built_from": posting.template_version,
            "is_offered": may and any(is_offered(drift) for drift in drifts),
            "locked": [field.capitalize() for field in posting.template.locked],
            "undo": update if update and not why_not_undone(posting, update) else None,
        }

    def undo_update_view(self, request, pk):
        posting = self.get_object(request, str(pk))
        if posting is None:
            raise Http404
        if not may_update(self.admin_site, request, posting):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        self.report_rows(request, [posting], lambda row: undo_update(row, by=request.user), "put back as before")
        return redirect("admin:postings_posting_change", pk)
