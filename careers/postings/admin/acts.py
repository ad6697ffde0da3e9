"""The acts of a posting in the admin: one by one on its page, and in bulk. Each goes through its service."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from careers.core.time_zones import moment_of
from careers.postings import lifecycle
from careers.postings.admin.forms import ExtendForm, ReasonForm, ScheduleForm
from careers.postings.checks import blocking
from careers.postings.permissions import may
from careers.postings.review.forms import RejectForm, ReturnForm


def as_given(posting, given):
    return given


def opening_in_its_zone(posting, given):
    """The opening was entered as clocks show it where the posting is."""
    return given | {"publish_at": moment_of(given["publish_at"], posting.time_zone)}


@dataclass(frozen=True)
class Act:
    name: str
    service: Callable
    button: str
    done: str
    explained: str
    form: type[forms.Form] = ReasonForm
    with_form: bool = False  # done together with saving the form, without a page of its own
    makes_posting: bool = False  # the service gives a new posting, which is opened
    arguments: Callable = as_given  # (posting, what the form gave) -> what the service is given
    variant: str = "default"


ACTS = {
    act.name: act
    for act in (
        Act(
            "submit", lifecycle.submit, "Save and submit for review", "submitted for review",
            "An editor looks at it and publishes it.", with_form=True,
        ),
        Act(
            "publish", lifecycle.publish, "Save and publish", "published",
            "Readers see it from its publishing moment on, or at once where that is empty.", with_form=True, variant="primary",
        ),
        Act(
            "schedule", lifecycle.schedule, "Schedule", "scheduled",
            "Readers see it from the moment you name on, without anybody being there.", form=ScheduleForm,
            arguments=opening_in_its_zone,
        ),
        Act(
            "extend", lifecycle.extend, "Extend", "extended",
            "It stays open longer, at the same address.", form=ExtendForm,
        ),
        Act("fill", lifecycle.fill, "Mark as filled", "marked as filled", "Readers are told that it is filled."),
        Act("close", lifecycle.close, "Close now", "closed", "Readers are told that it is closed."),
        Act(
            "reopen", lifecycle.reopen, "Reopen", "reopened",
            "For one closed or filled by mistake: readers can apply again, at the same address, until its closing day.",
        ),
        Act(
            "relist", lifecycle.relist, "Relist", "relisted",
            "A new draft with the same text and without dates. The old page leads readers to it once it is live.",
            makes_posting=True,
        ),
        Act(
            "clone", lifecycle.clone, "Clone", "cloned",
            "A new draft with the same text and terms, without dates. Nothing ties it to this one.", makes_posting=True,
        ),
        Act(
            "return_to_draft", lifecycle.return_to_draft, "Send back to draft", "sent back to draft",
            "Its author is told why, can change it and submit it again.", form=ReturnForm,
        ),
        Act(
            "reject", lifecycle.reject, "Reject", "rejected",
            "It will not be published; its author is told why.", form=RejectForm, variant="danger",
        ),
        Act(
            "withdraw", lifecycle.withdraw, "Withdraw", "withdrawn",
            "Its address answers “gone” from now on. This cannot be undone.", variant="danger",
        ),
    )
}  # fmt: skip


class PostingActs:
    """The part of the posting's admin that carries out acts."""

    act_template = "admin/postings/posting/act.html"

    def get_urls(self):
        view = self.admin_site.admin_view(self.act_view)
        return [path("<int:pk>/act/<slug:name>/", view, name="postings_posting_act"), *super().get_urls()]

    def row_label(self, posting):
        return f"{posting}, {posting.employer} (no. {posting.pk})"

    def has_publish_permission(self, request, obj=None):
        return request.user.has_perm("postings.publish_posting")

    def may(self, request, act, posting):
        return self.has_view_permission(request, posting) and may(request.user, act.name, posting)

    def run(self, request, act, postings, **given):
        """Carry the act out for each posting by itself and report each. Returns the postings the services gave back."""
        given_back = []

        def carry_out(posting):
            given_back.append(act.service(posting, by=request.user, **act.arguments(posting, given)))

        self.report_rows(request, postings, carry_out, act.done)
        return given_back

    # -- One posting

    def act_view(self, request, pk, name):
        """GET asks for the reason and what else the act needs; POST carries it out."""
        act, posting = ACTS.get(name), self.get_object(request, str(pk))
        if act is None or posting is None:
            raise Http404
        if not self.may(request, act, posting):
            raise PermissionDenied
        form = act.form(request.POST if request.method == "POST" else None)
        if form.is_valid():
            given_back = self.run(request, act, [posting], **form.cleaned_data)
            shown = given_back[0].pk if given_back and act.makes_posting else pk
            return redirect("admin:postings_posting_change", shown)
        return self.act_page(request, act, form, [posting])

    def response_change(self, request, obj):
        act = ACTS.get(request.POST.get("_act"))
        if act is None or not act.with_form:
            return super().response_change(request, obj)
        change = reverse("admin:postings_posting_change", args=[obj.pk])
        if not self.run(request, act, [obj]) and (found := blocking(obj)):
            change += missing_query(found[0])
        return redirect(change)

    def act_page(self, request, act, form, postings, action=""):
        context = {
            **self.admin_site.each_context(request),
            "title": f"{act.button}: {postings[0] if len(postings) == 1 else f'{len(postings)} postings'}",
            "opts": self.opts,
            "act": act,
            "form": form,
            "postings": postings,
            "action": action,
            "checkbox": helpers.ACTION_CHECKBOX_NAME,
            "media": self.media + form.media,
            "back": reverse("admin:postings_posting_change", args=[postings[0].pk])
            if not action
            else request.get_full_path(),
        }
        return TemplateResponse(request, self.act_template, context)

    # -- Many

    def run_after_asking(self, request, queryset, act, action):
        form = act.form(request.POST if "confirmed" in request.POST else None)
        if form.is_valid():
            self.run(request, act, queryset, **form.cleaned_data)
            return None
        return self.act_page(request, act, form, list(queryset), action)

    @admin.action(description="Submit for review", permissions=["change"])
    def submit_selected(self, request, queryset):
        self.run(request, ACTS["submit"], queryset)

    @admin.action(description="Send back to draft…", permissions=["change"])
    def return_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["return_to_draft"], "return_selected")

    @admin.action(description="Publish", permissions=["publish"])
    def publish_selected(self, request, queryset):
        self.run(request, ACTS["publish"], queryset)

    @admin.action(description="Schedule…", permissions=["publish"])
    def schedule_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["schedule"], "schedule_selected")

    @admin.action(description="Mark as filled…", permissions=["publish"])
    def fill_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["fill"], "fill_selected")

    @admin.action(description="Extend…", permissions=["publish"])
    def extend_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["extend"], "extend_selected")

    @admin.action(description="Close now…", permissions=["publish"])
    def close_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["close"], "close_selected")

    @admin.action(description="Reopen…", permissions=["publish"])
    def reopen_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["reopen"], "reopen_selected")

    @admin.action(description="Relist…", permissions=["add"])
    def relist_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["relist"], "relist_selected")

    @admin.action(description="Clone…", permissions=["add"])
    def clone_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["clone"], "clone_selected")

    @admin.action(description="Withdraw…", permissions=["publish"])
    def withdraw_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["withdraw"], "withdraw_selected")

    @admin.action(description="Reject…", permissions=["publish"])
    def reject_selected(self, request, queryset):
        return self.run_after_asking(request, queryset, ACTS["reject"], "reject_selected")


def missing_query(finding):
    """The end of the address that opens the change form at what is missing: a field, or the tab of its rows."""
    return f"#{finding.field}" if finding.field in ("places", "remote_countries") else f"?missing={finding.field}"
