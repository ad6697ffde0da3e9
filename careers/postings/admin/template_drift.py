"""Where postings and a template have gone apart: the list of a template, and the page that brings postings up to it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse

from careers.core.admin.base import is_row_id
from careers.core.forms import FilterForm, KnownChoices
from careers.core.pagination import page_of
from careers.postings.admin.forms import ReasonForm
from careers.postings.models import Posting, PostingTemplate
from careers.postings.posting_templates.sync import update_from_template
from careers.postings.text.drift import Drift, drift_of, drifts_of, versions_for, with_what_drift_needs

from .diff import marked_lines
from .template_updates import UpdateForm, is_offered, may_update

ROWS = 50
MOST_AT_ONCE = 50


class RowIds(forms.Field):
    """?posting=3&posting=5; what is no number of a row is dropped, and so is what goes past the limit."""

    widget = forms.MultipleHiddenInput

    def clean(self, value):
        return [int(pk) for pk in dict.fromkeys(value or []) if is_row_id(pk)][:MOST_AT_ONCE]


class DriftFilter(FilterForm):
    state = KnownChoices(choices=[(value, label) for value, label in Drift.choices if value != Drift.AS_BUILT])
    field = KnownChoices(choices=[(field, field.capitalize()) for field in Posting.TEXT_FIELDS])


class UpdateFrom(FilterForm):
    posting = RowIds(required=False)
    field = KnownChoices(choices=[(field, field.capitalize()) for field in Posting.TEXT_FIELDS])


class DriftPages:
    """The part of the template's admin that shows and mends drift."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"postings_postingtemplate_{name}")

        return [
            page("<int:pk>/drift/", self.drift_view, "drift"),
            page("<int:pk>/update/", self.update_view, "update"),
            *super().get_urls(),
        ]

    def _template_seen(self, request, pk):
        if not (self.has_view_permission(request) and request.user.has_perm("postings.view_posting")):
            raise PermissionDenied
        return get_object_or_404(PostingTemplate.objects.select_related("role", "employer"), pk=pk)

    def drift_view(self, request, pk):
        """Its postings that have not ended, those first whose text the template has left behind."""
        template, form = self._template_seen(request, pk), DriftFilter(request.GET)
        criteria = form.criteria
        rows = [
            (posting, shown)
            for posting, drifts in drifts_of(template.postings.active().order_by("-pk"))
            if (shown := [drift for drift in drifts if is_wanted(drift, criteria)])
        ]
        page = page_of(rows, criteria["page"], ROWS)
        context = {"template": template, "form": form, "rows": page, "most": MOST_AT_ONCE}
        return self._page(request, "drift", f"Postings that differ from “{template.name}”", context)

    def update_view(self, request, pk):
        """GET shows three texts a field: as it was built, the template's now, the posting's. POST does what was chosen."""
        template, chosen = self._template_seen(request, pk), UpdateFrom(request.GET).criteria
        postings = self._postings_to_update(request, template, chosen["posting"])
        versions, sent = versions_for(postings), request.POST if request.method == "POST" else None
        forms_shown = []
        for posting in postings:
            drifts = [drift for drift in drift_of(posting, versions) if is_offered(drift, chosen["field"])]
            forms_shown.append(UpdateForm(sent, posting=posting, drifts=drifts, prefix=str(posting.pk)))
        reason = ReasonForm(sent)
        if sent is not None and all(form.is_valid() for form in [reason, *forms_shown]):
            self._update(request, forms_shown, reason.cleaned_data["reason"])
            return redirect("admin:postings_postingtemplate_drift", pk)
        context = {
            "template": template,
            "shown": [(form, [three_way(form, drift) for drift in form.drifts]) for form in forms_shown],
            "reason": reason,
            "media": self.media + reason.media,
            "back": reverse("admin:postings_postingtemplate_drift", args=[pk]),
        }
        return self._page(request, "update", f"Update from “{template.name}”, version {template.version}", context)

    def _postings_to_update(self, request, template, chosen):
        postings = with_what_drift_needs(template.postings.active().filter(pk__in=chosen)).order_by("-pk")
        allowed = [posting for posting in postings if may_update(self.admin_site, request, posting)]
        if refused := len(postings) - len(allowed):
            told = f"{refused} left out: what readers see is updated by those who may publish."
            self.message_user(request, told, messages.WARNING)
        return allowed

    def _update(self, request, forms_shown, reason):
        wanted = {form.posting.pk: form.request for form in forms_shown if form.is_chosen}

        def update(posting):
            update_from_template(posting, by=request.user, reason=reason, **wanted[posting.pk])

        postings = [form.posting for form in forms_shown if form.is_chosen]
        if not postings:
            self.message_user(request, "Nothing was chosen, and nothing was changed.", messages.WARNING)
        self.admin_site.get_model_admin(Posting).report_rows(request, postings, update, "updated from the template")


def is_wanted(drift, criteria):
    if criteria["field"] and drift.field not in criteria["field"]:
        return False
    return drift.state in criteria["state"] if criteria["state"] else drift.state != Drift.AS_BUILT


def three_way(form, drift):
    """A field as the page shows it: what the template changed, what was changed here, and the choice."""
    return {
        "drift": drift,
        "theirs": marked_lines(drift.base, drift.theirs),
        "mine": marked_lines(drift.base, drift.mine),
        "conflicts": drift.merged.conflicts if drift.state == Drift.BOTH else 0,
        "choice": form[drift.field],
    }
