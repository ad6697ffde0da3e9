"""The admin of proposed changes: their list, the page that shows one, and deciding on it."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin
from careers.core.ids import is_row_id
from careers.postings.models import PendingChange, Posting
from careers.postings.permissions import PUBLISH
from careers.postings.review import proposals
from careers.postings.review.forms import RejectForm, ReturnWithReasonForm
from careers.postings.review.snapshot import field_change, field_label, posting_content

from . import review
from .acts import Act, act_page, bulk_action, run_act
from .pages import PagesMixin, object_or_404, render_page
from .postings.findings import warn_of_contradictions

CHANGE_VIEW = "admin:postings_pendingchange_change"
COLOURS = {
    "waiting": "info",
    "returned": "warning",
    "approved": "success",
    "rejected": "danger",
    "taken_back": "default",
}
ACTS = {
    "return": Act(
        "return", proposals.return_change, "Return", "returned",
        "We tell the author why. They can change it and submit it again. Visitors still see the old "
        "version.", form=ReturnWithReasonForm,
    ),
    "reject": Act(
        "reject", proposals.reject_change, "Reject", "rejected",
        "The posting does not change. We tell the author why.", form=RejectForm, variant="danger",
    ),
}  # fmt: skip


@display(description="state", label=COLOURS)
def state_label(change):
    return change.state, change.get_state_display()


@display(description="changes")
def fields_changed(change):
    return ", ".join(field_label(name) for name in change.wanted)


@admin.action(description="Approve", permissions=["publish"])
def approve_selected(model_admin, request, queryset):
    approve_rows(model_admin, request, queryset)


def approve_rows(model_admin, request, changes, **arguments):
    approved = model_admin.apply_to_rows(
        request, changes, lambda row: proposals.approve(row, by=request.user, **arguments), "approved"
    )
    posting_admin = model_admin.admin_site.get_model_admin(Posting)
    warn_of_contradictions(posting_admin, request, [change.posting for change in approved])


def approve_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    change = _posted_change(model_admin, request, pk)
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    seen, overwrite = request.POST.get("seen", ""), request.POST.get("overwrite") == "yes"
    approve_rows(model_admin, request, [change], seen=seen, overwrite=overwrite)
    return redirect(CHANGE_VIEW, pk)


def take_back_view(model_admin, request: HttpRequest, pk: int) -> HttpResponse:
    change = _posted_change(model_admin, request, pk)
    if change.submitted_by != request.user:
        raise PermissionDenied
    model_admin.apply_to_rows(request, [change], lambda row: proposals.take_back(row, by=request.user), "withdrawn")
    return redirect(CHANGE_VIEW, pk)


def _posted_change(model_admin, request, pk):
    if request.method != "POST":
        raise Http404
    return object_or_404(model_admin, request, pk)


def act_view(model_admin, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """GET asks for the reason; POST returns or rejects the change."""
    change, act = object_or_404(model_admin, request, pk), ACTS.get(name)
    if act is None:
        raise Http404
    if not model_admin.has_publish_permission(request):
        raise PermissionDenied
    form = act.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        run_act(model_admin, request, act, [change], form.cleaned_data)
        return redirect(CHANGE_VIEW, pk)
    return act_page(model_admin, request, act, form, [change])


@admin.register(PendingChange)
class PendingChangeAdmin(PagesMixin, PortalAdmin):
    rows_name = "changes"
    pages = [
        ("<int:pk>/approve/", approve_view, "approve"),
        ("<int:pk>/take-back/", take_back_view, "take_back"),
        ("<int:pk>/act/<slug:name>/", act_view, "act"),
        review.CLAIM_PAGE,
    ]
    list_display = ["posting", state_label, fields_changed, review.waiting, review.on_it, "submitted_at"]
    list_select_related = ["posting__employer", "submitted_by", "reviewer"]
    list_filter_submit = True
    list_filter = [("state", ChoicesDropdownFilter), review.ReviewFilter]
    search_fields = ["posting__title", "posting__employer__name", "submitted_by__username"]
    ordering = ["submitted_at", "pk"]
    actions = [
        review.claim_selected,
        review.release_selected,
        approve_selected,
        bulk_action(ACTS["return"], "return_selected", "Return…"),
        bulk_action(ACTS["reject"], "reject_selected", "Reject…"),
    ]

    # -- Permissions: changes are decided by the acts, and never edited or deleted

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm(PUBLISH)

    def row_label(self, change):
        return f"{change} (no. {change.pk})"

    def change_view(self, request, object_id, form_url="", extra_context=None):
        change = self.get_object(request, object_id) if is_row_id(object_id) else None
        if change is None:
            raise Http404
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        context = _decision_context(self, request, change)
        return render_page(self, request, "admin/postings/pendingchange/change.html", str(change), **context)


def _decision_context(model_admin, request, change):
    """Compares the proposal with the content it was based on, or with the current content where that has changed since."""
    now = posting_content(change.posting) if change.is_waiting() else change.before
    conflicting = proposals.conflicting_fields(change, now) if change.is_waiting() else []
    base = {name: now[name] if name in conflicting else change.before[name] for name in change.wanted}
    zone = change.posting.time_zone
    return {
        "change": change,
        "colour": COLOURS[change.state],
        "review": review.review_panel(model_admin, request, change),
        "changes": [field_change(name, base[name], change.wanted[name], zone) for name in change.wanted],
        "conflicting": [field_change(name, change.before[name], now[name], zone) for name in conflicting],
        "seen": proposals.version_token(change),
        "may_decide": change.is_waiting() and model_admin.has_publish_permission(request),
        "is_own": change.state in PendingChange.UNSETTLED and change.submitted_by == request.user,
        "acts": ACTS.values(),
    }
