"""A posting and its template in the admin: the drift panel, undoing an update, saving a posting as a template."""

from typing import Any

from django import forms
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from unfold import widgets

from careers.postings.admin.pages import object_or_404, render_page
from careers.postings.admin.template_updates import is_offered, may_update
from careers.postings.models import Posting, PostingTemplate
from careers.postings.posting_templates.from_posting import template_from_posting
from careers.postings.posting_templates.sync import last_update, undo_refusal, undo_update
from careers.postings.text.drift import posting_drift, template_versions


def drift_panel(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> dict | None:
    """Context of the drift panel; None without a template to compare with."""
    template = posting.template
    if template is None or not (drifts := posting_drift(posting, template_versions([posting]))):
        return None
    allowed = may_update(model_admin, request, posting)
    update = last_update(posting) if allowed else None
    return {
        "fields": drifts,
        "template": template,
        "built_from": posting.template_version,
        "is_offered": allowed and any(is_offered(drift) for drift in drifts),
        "locked": [field.capitalize() for field in template.locked],
        "undo": update if update and not undo_refusal(posting, update) else None,
    }


def undo_update_view(model_admin: Any, request: HttpRequest, pk: int) -> HttpResponse:
    posting = object_or_404(model_admin, request, pk)
    if not may_update(model_admin, request, posting):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    model_admin.apply_to_rows(request, [posting], lambda row: undo_update(row, by=request.user), "put back as before")
    return redirect("admin:postings_posting_change", pk)


class SaveAsTemplateForm(forms.Form):
    name = forms.CharField(max_length=120, widget=widgets.UnfoldAdminTextInputWidget)
    owner = forms.ChoiceField(
        label="For",
        choices=[
            ("employer", "Only this employer"),
            ("house", "Every employer: a house template, visible to visitors"),
        ],
        widget=widgets.UnfoldAdminSelectWidget,
    )


def may_save_as_template(request: HttpRequest) -> bool:
    return request.user.has_perm("postings.add_postingtemplate")


def save_as_template_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if not (may_save_as_template(request) and model_admin.has_view_permission(request)):
        raise PermissionDenied
    posting = object_or_404(model_admin, request, pk)
    form = SaveAsTemplateForm(request.POST if request.method == "POST" else None, initial={"name": posting.title})
    if form.is_valid():
        employer = posting.employer if form.cleaned_data["owner"] == "employer" else None
        try:
            template = template_from_posting(
                posting, name=form.cleaned_data["name"], employer=employer, by=request.user
            )
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            message = "Template created. Read it and remove any details of this posting."
            model_admin.message_user(request, message)
            return redirect("admin:postings_postingtemplate_change", template.pk)
    return render_page(
        model_admin,
        request,
        "admin/postings/posting/save_as_template.html",
        f"Save as template: {posting}",
        opts=PostingTemplate._meta,
        posting=posting,
        form=form,
        media=model_admin.media + form.media,
    )
