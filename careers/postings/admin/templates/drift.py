"""The postings whose text differs from their template: their list, and the page that updates them."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from careers.core.diff import diff_lines
from careers.core.forms import FilterForm, LenientMultipleChoiceField
from careers.core.ids import is_row_id
from careers.core.pagination import get_page
from careers.postings.admin.forms import ReasonForm
from careers.postings.admin.pages import render_page
from careers.postings.admin.template_updates import UpdateForm, is_offered, may_update
from careers.postings.models import Posting, PostingTemplate
from careers.postings.posting_templates.sync import update_from_template
from careers.postings.text.drift import (
    DriftState,
    FieldDrift,
    drift_by_posting,
    posting_drift,
    template_versions,
    with_drift_relations,
)

from .outdated import MOST_AT_ONCE, update_address

ROWS = 50
FIELD_CHOICES = [(field, field.capitalize()) for field in Posting.TEXT_FIELDS]


class RowIds(forms.Field):
    """?posting=3&posting=5; invalid ids are dropped, and those beyond MOST_AT_ONCE."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return [int(pk) for pk in dict.fromkeys(value or []) if is_row_id(pk)][:MOST_AT_ONCE]


class DriftFilter(FilterForm):
    state = LenientMultipleChoiceField(
        choices=[(value, label) for value, label in DriftState.choices if value != DriftState.AS_BUILT]
    )
    field = LenientMultipleChoiceField(choices=FIELD_CHOICES)


class UpdateSelection(FilterForm):
    posting = RowIds(required=False)
    field = LenientMultipleChoiceField(choices=FIELD_CHOICES)


def drift_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """The active postings of the template that differ from it."""
    template, form = _viewable_template(model_admin, request, pk), DriftFilter(request.GET)
    criteria = form.criteria
    rows = [
        (posting, selected)
        for posting, drifts in drift_by_posting(template.postings.active().order_by("-pk"))
        if (selected := [drift for drift in drifts if is_selected(drift, criteria)])
    ]
    behind = [posting for posting, drifts in rows if any(is_offered(drift) for drift in drifts)]
    return render_page(
        model_admin,
        request,
        "admin/postings/postingtemplate/drift.html",
        f"Out-of-date postings from “{template.name}”",
        template=template,
        form=form,
        rows=get_page(rows, criteria["page"], ROWS),
        most=MOST_AT_ONCE,
        behind=min(len(behind), MOST_AT_ONCE),
        update_address=update_address(template, behind),
    )


def is_selected(drift: FieldDrift, criteria: dict) -> bool:
    if criteria["field"] and drift.field not in criteria["field"]:
        return False
    return drift.state in criteria["state"] if criteria["state"] else drift.state != DriftState.AS_BUILT


def update_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows for each field the text as built, the template's and the posting's. POST updates the chosen fields."""
    template, selection = _viewable_template(model_admin, request, pk), UpdateSelection(request.GET).criteria
    posting_admin = model_admin.admin_site.get_model_admin(Posting)
    postings = _updatable_postings(posting_admin, request, template, selection["posting"])
    versions, data = template_versions(postings), request.POST if request.method == "POST" else None
    update_forms = []
    for posting in postings:
        drifts = [drift for drift in posting_drift(posting, versions) if is_offered(drift, selection["field"])]
        update_forms.append(UpdateForm(data, posting=posting, drifts=drifts, prefix=str(posting.pk)))
    reason = ReasonForm(data)
    if data is not None and all(form.is_valid() for form in [reason, *update_forms]):
        _update(posting_admin, request, update_forms, reason.cleaned_data["reason"])
        return redirect("admin:postings_postingtemplate_drift", pk)
    return render_page(
        model_admin,
        request,
        "admin/postings/postingtemplate/update.html",
        f"Update from “{template.name}”, version {template.version}",
        template=template,
        shown=[(form, [field_comparison(form, drift) for drift in form.drifts]) for form in update_forms],
        reason=reason,
        media=model_admin.media + reason.media,
        back=reverse("admin:postings_postingtemplate_drift", args=[pk]),
    )


def field_comparison(form: UpdateForm, drift: FieldDrift) -> dict:
    return {
        "drift": drift,
        "theirs": diff_lines(drift.base, drift.theirs),
        "mine": diff_lines(drift.base, drift.mine),
        "conflicts": drift.merged.conflicts if drift.state == DriftState.BOTH else 0,
        "choice": form[drift.field],
    }


def _viewable_template(model_admin, request, pk):
    if not (model_admin.has_view_permission(request) and request.user.has_perm("postings.view_posting")):
        raise PermissionDenied
    return get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)


def _updatable_postings(posting_admin, request, template, ids):
    postings = with_drift_relations(template.postings.active().filter(pk__in=ids)).order_by("-pk")
    allowed = [posting for posting in postings if may_update(posting_admin, request, posting)]
    if refused := len(postings) - len(allowed):
        message = f"{refused} skipped: only people who can publish can update published postings."
        posting_admin.message_user(request, message, messages.WARNING)
    return allowed


def _update(posting_admin, request, update_forms, reason):
    arguments = {form.posting.pk: form.arguments for form in update_forms if form.is_chosen}
    postings = [form.posting for form in update_forms if form.is_chosen]
    if not postings:
        posting_admin.message_user(request, "You did not choose anything, so nothing has changed.", messages.WARNING)

    def update(posting):
        update_from_template(posting, by=request.user, reason=reason, **arguments[posting.pk])

    posting_admin.apply_to_rows(request, postings, update, "updated from the template")
