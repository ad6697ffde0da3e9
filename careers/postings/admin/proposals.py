"""Changes that wait for approval in the admin: proposing one from a posting, and the list and page where they are decided."""

from functools import partial

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms.models import modelform_factory
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display

from careers.core.admin.base import PortalAdmin, is_row_id
from careers.postings.admin.proposal_form import ProposalForm
from careers.postings.models import PendingChange, Posting
from careers.postings.review import proposals
from careers.postings.review.forms import RejectForm, ReturnWithReasonForm
from careers.postings.review.snapshot import content_fields, content_of, difference, label_of

from .acts import Act
from .review_queue import ClaimedRows, ReviewFilter

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
        "Its author is told why, and may mend it. Readers see the posting as it was.", form=ReturnWithReasonForm,
    ),
    "reject": Act(
        "reject", proposals.reject_change, "Reject", "rejected",
        "The posting stays as it is; the author is told why.", form=RejectForm, variant="danger",
    ),
}  # fmt: skip


class ProposedChanges:
    """The part of the posting's admin where those who may not publish ask for a change of what readers see."""

    proposal_template = "admin/postings/posting/propose.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.propose_view)
        return [path("<int:pk>/propose/", view, name="postings_posting_propose"), *super().get_urls()]

    def may_propose(self, request, posting):
        if not request.user.has_perms(["postings.change_posting", "postings.add_pendingchange"]):
            return False
        return posting.state() in proposals.CHANGEABLE and not self.has_publish_permission(request)

    def pending_panel(self, request, posting):
        change = posting.pending_changes.unsettled().select_related("submitted_by").first()
        may = self.may_propose(request, posting)
        return {"change": change, "may_propose": may and (not change or change.submitted_by == request.user)}

    def propose_view(self, request, pk):
        posting = self.get_object(request, str(pk))
        if posting is None:
            raise Http404
        if not self.may_propose(request, posting):
            raise PermissionDenied
        change = posting.pending_changes.unsettled().filter(submitted_by=request.user).first()
        form = self.proposal_form(request, posting, change)
        if request.method == "POST" and form.is_valid():
            try:
                change = proposals.propose(Posting.objects.get(pk=pk), wanted=form.wanted, by=request.user)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                self.message_user(request, "Your change waits for an editor. Readers see the posting as it was.")
                return redirect("admin:postings_pendingchange_change", change.pk)
        return self.proposal_page(request, posting, change, form)

    def proposal_form(self, request, posting, change):
        settled = set(self.get_readonly_fields(request, posting))
        names = [field.name for field in content_fields() if field.name not in settled]
        names += [] if "skills" in settled else ["skills"]
        callback = partial(self.formfield_for_dbfield, request=request)
        form = modelform_factory(Posting, form=ProposalForm, fields=names, formfield_callback=callback)
        return form(request.POST or None, instance=posting, wanted=change.wanted if change else None)

    def proposal_page(self, request, posting, change, form):
        context = {
            **self.admin_site.each_context(request),
            "title": f"Change {Posting.objects.get(pk=posting.pk)}",
            "opts": self.opts,
            "form": form,
            "change": change,
            "media": self.media + form.media,
            "back": reverse("admin:postings_posting_change", args=[posting.pk]),
        }
        return TemplateResponse(request, self.proposal_template, context)


@admin.register(PendingChange)
class PendingChangeAdmin(ClaimedRows, PortalAdmin):
    list_display = ["posting", "state_label", "fields_changed", "waiting", "on_it", "submitted_at"]
    list_select_related = ["posting__employer", "submitted_by", "reviewer"]
    list_filter_submit = True
    list_filter = [("state", ChoicesDropdownFilter), ReviewFilter]
    search_fields = ["posting__title", "posting__employer__name", "submitted_by__username"]
    ordering = ["submitted_at", "pk"]
    actions = ["claim_selected", "release_selected", "approve_selected", "return_selected", "reject_selected"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/approve/", view(self.approve_view), name="postings_pendingchange_approve"),
            path("<int:pk>/take-back/", view(self.take_back_view), name="postings_pendingchange_take_back"),
            path("<int:pk>/act/<slug:name>/", view(self.act_view), name="postings_pendingchange_act"),
            *super().get_urls(),
        ]

    # -- Permissions: a change is decided by acts, and kept

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("postings.publish_posting")

    # -- List

    @display(description="state", label=COLOURS)
    def state_label(self, change):
        return change.state, change.get_state_display()

    @display(description="changes")
    def fields_changed(self, change):
        return ", ".join(label_of(name) for name in change.wanted)

    def row_label(self, change):
        return f"{change} (no. {change.pk})"

    # -- Many

    @admin.action(description="Approve", permissions=["publish"])
    def approve_selected(self, request, queryset):
        self.report_rows(request, queryset, lambda row: proposals.approve(row, by=request.user), "approved")

    @admin.action(description="Return…", permissions=["publish"])
    def return_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["return"], "return_selected")

    @admin.action(description="Reject…", permissions=["publish"])
    def reject_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["reject"], "reject_selected")

    def run_after_asking(self, request, queryset, act, action):
        form = act.form(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            return self.run(request, act, queryset, **form.cleaned_data)
        return self.act_page(request, act, form, list(queryset), action)

    def run(self, request, act, changes, **given):
        self.report_rows(request, changes, lambda change: act.service(change, by=request.user, **given), act.done)

    def act_page(self, request, act, form, changes, action=""):
        back = reverse("admin:postings_pendingchange_change", args=[changes[0].pk])
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.button}: {changes[0] if len(changes) == 1 else f'{len(changes)} changes'}",
            "opts": self.opts,
            "act": act,
            "form": form,
            "postings": changes,
            "action": action,
            "checkbox": ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
            "back": request.get_full_path() if action else back,
        }
        return TemplateResponse(request, "admin/postings/posting/act.html", context)

    # -- Page

    def change_view(self, request, object_id, form_url="", extra_context=None):
        change = self.get_object(request, object_id) if is_row_id(object_id) else None
        if change is None:
            raise Http404
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        return TemplateResponse(request, "admin/postings/pendingchange/change.html", self.page_of(request, change))

    def page_of(self, request, change):
        now = content_of(change.posting) if change.is_waiting() else change.before
        overtaken = proposals.overtaken_fields(change, now) if change.is_waiting() else []
        base = {name: now[name] if name in overtaken else change.before[name] for name in change.wanted}
        is_open = change.state in PendingChange.UNSETTLED
        return {
            **self.admin_site.each_context(request),
            "title": str(change),
            "opts": self.opts,
            "media": self.media,
            "change": change,
            "colour": COLOURS[change.state],
            "review": self.review_panel(request, change),
            "changes": [difference(name, base[name], change.wanted[name]) for name in change.wanted],
            "meanwhile": [difference(name, change.before[name], now[name]) for name in overtaken],
            "seen": proposals.version_seen(change),
            "may_decide": change.is_waiting() and self.has_publish_permission(request),
            "is_own": is_open and change.submitted_by == request.user,
            "acts": ACTS.values(),
        }

    def _posted(self, request, pk):
        if request.method != "POST":
            raise Http404
        if (change := self.get_object(request, str(pk))) is None:
            raise Http404
        return change

    def approve_view(self, request, pk):
        change = self._posted(request, pk)
        if not self.has_publish_permission(request):
            raise PermissionDenied
        seen, overwrite = request.POST.get("seen", ""), request.POST.get("overwrite") == "yes"
        self.report_rows(
            request,
            [change],
            lambda row: proposals.approve(row, by=request.user, seen=seen, overwrite=overwrite),
            "approved: readers see it now",
        )
        return redirect("admin:postings_pendingchange_change", pk)

    def take_back_view(self, request, pk):
        change = self._posted(request, pk)
        if change.submitted_by != request.user:
            raise PermissionDenied
        self.report_rows(request, [change], lambda row: proposals.take_back(row, by=request.user), "taken back")
        return redirect("admin:postings_pendingchange_change", pk)

    def act_view(self, request, pk, name):
        change = self.get_object(request, str(pk))
        if change is None or name not in ACTS:
            raise Http404
        if not self.has_publish_permission(request):
            raise PermissionDenied
        form = ACTS[name].form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            self.run(request, ACTS[name], [change], **form.cleaned_data)
            return redirect("admin:postings_pendingchange_change", pk)
        return self.act_page(request, ACTS[name], form, [change])
