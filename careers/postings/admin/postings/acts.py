"""The acts of the lifecycle on a posting's page and as bulk actions."""

from collections.abc import Iterable

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from careers.core.time_zones import to_utc
from careers.postings import lifecycle
from careers.postings.admin.acts import Act, act_page, bulk_action, run_act
from careers.postings.admin.pages import object_or_404
from careers.postings.admin.review import claim_selected, release_selected
from careers.postings.checks import Finding, blocking
from careers.postings.models import Posting
from careers.postings.permissions import may
from careers.postings.review.forms import RejectForm, ReturnForm

from .forms import ExtendForm, ScheduleForm

State = Posting.State


def opening_in_posting_zone(posting: Posting, values: dict) -> dict:
    """The form's local time becomes a moment in the posting's time zone."""
    return values | {"publish_at": to_utc(values["publish_at"], posting.time_zone)}


ACTS = {
    act.name: act
    for act in (
        Act(
            "submit", lifecycle.submit, "Save and submit for review", "submitted for review",
            "An editor checks and publishes it.", with_form=True,
        ),
        Act(
            "publish", lifecycle.publish, "Save and publish", "published",
            "Visitors see it at its opening time, or straight away if that is empty.", with_form=True, variant="primary",
        ),
        Act(
            "schedule", lifecycle.schedule, "Schedule", "scheduled",
            "Visitors see it automatically at the time you enter.", form=ScheduleForm,
            arguments=opening_in_posting_zone,
        ),
        Act(
            "extend", lifecycle.extend, "Extend", "extended",
            "It stays open longer. Its web address does not change.", form=ExtendForm,
        ),
        Act("fill", lifecycle.fill, "Mark as filled", "marked as filled", "Visitors see that it is filled."),
        Act("close", lifecycle.close, "Close now", "closed", "Visitors see that it is closed."),
        Act(
            "reopen", lifecycle.reopen, "Reopen", "reopened",
            "Use this if it was closed or filled by mistake. People can apply again until its closing day.",
        ),
        Act(
            "relist", lifecycle.relist, "Relist", "relisted",
            "Creates a draft with the same text and no dates. The old page links to it once it is live.",
            makes_posting=True,
        ),
        Act(
            "clone", lifecycle.clone, "Clone", "cloned",
            "Creates a separate draft with the same text and terms and no dates.", makes_posting=True,
        ),
        Act(
            "return_to_draft", lifecycle.return_to_draft, "Send back to draft", "sent back to draft",
            "We tell the author why. They can change it and submit it again.", form=ReturnForm,
        ),
        Act(
            "reject", lifecycle.reject, "Reject", "rejected",
            "It will not be published. We tell the author why.", form=RejectForm, variant="danger",
        ),
        Act(
            "withdraw", lifecycle.withdraw, "Withdraw", "withdrawn",
            "Visitors get “This page has been removed”. You cannot undo this.", variant="danger",
        ),
    )
}  # fmt: skip
BULK_ACTIONS = [
    bulk_action(ACTS["publish"], "publish_selected", "Publish", asks=False),
    bulk_action(ACTS["schedule"], "schedule_selected", "Schedule…"),
    bulk_action(ACTS["submit"], "submit_selected", "Submit for review", "change", asks=False),
    claim_selected,
    release_selected,
    bulk_action(ACTS["return_to_draft"], "return_selected", "Send back to draft…", "change"),
    bulk_action(ACTS["extend"], "extend_selected", "Extend…"),
    bulk_action(ACTS["fill"], "fill_selected", "Mark as filled…"),
    bulk_action(ACTS["close"], "close_selected", "Close now…"),
    bulk_action(ACTS["reopen"], "reopen_selected", "Reopen…"),
    bulk_action(ACTS["relist"], "relist_selected", "Relist…", "add"),
    bulk_action(ACTS["clone"], "clone_selected", "Clone…", "add"),
    bulk_action(ACTS["withdraw"], "withdraw_selected", "Withdraw…"),
    bulk_action(ACTS["reject"], "reject_selected", "Reject…"),
]


def may_run(model_admin: ModelAdmin, request: HttpRequest, act: Act, posting: Posting) -> bool:
    return model_admin.has_view_permission(request, posting) and may(request.user, act.name, posting)


def offered_acts(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> list[Act]:
    return [
        act
        for act in ACTS.values()
        if lifecycle.is_possible(act.name, posting) and may_run(model_admin, request, act, posting)
    ]


# What usually comes next in each state, for the bar below the form. The panel above it offers every act.
NEXT_ACTS = {
    State.DRAFT: ["publish", "submit"],
    State.IN_REVIEW: ["publish", "return_to_draft"],
    State.SCHEDULED: ["return_to_draft"],
    State.LIVE: ["extend", "fill"],
    State.CLOSED: ["reopen", "relist"],
    State.FILLED: ["reopen", "relist"],
    State.REJECTED: ["clone"],
    State.WITHDRAWN: ["clone"],
}


def next_acts(offered: Iterable[Act], state: Posting.State) -> list[Act]:
    """Those of the offered acts that usually come next. Who may publish a draft need not submit it."""
    by_name = {act.name: act for act in offered}
    following = [by_name[name] for name in NEXT_ACTS[state] if name in by_name]
    return following[:1] if state == State.DRAFT else following


def act_view(model_admin: ModelAdmin, request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """GET asks for the act's form values; POST runs the act."""
    act, posting = ACTS.get(name), object_or_404(model_admin, request, pk)
    if act is None:
        raise Http404
    if not may_run(model_admin, request, act, posting):
        raise PermissionDenied
    form = act.form(request.POST if request.method == "POST" else None)
    if form.is_valid():
        results = run_act(model_admin, request, act, [posting], form.cleaned_data)
        shown = results[0].pk if results and act.makes_posting else pk
        return redirect("admin:postings_posting_change", shown)
    return act_page(model_admin, request, act, form, [posting])


def run_act_after_save(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> HttpResponse | None:
    """Runs the act whose button submitted the change form; None if it was an ordinary save."""
    act = ACTS.get(request.POST.get("_act", ""))
    if act is None or not act.with_form:
        return None
    url = reverse("admin:postings_posting_change", args=[posting.pk])
    if not run_act(model_admin, request, act, [posting], {}) and (found := blocking(posting)):
        url += finding_fragment(found[0])
    return redirect(url)


def finding_fragment(finding: Finding) -> str:
    """End of the change form's URL that opens it at the finding: at a field, or at the tab of related rows."""
    return f"#{finding.field}" if finding.field in ("places", "remote_countries") else f"?missing={finding.field}"
