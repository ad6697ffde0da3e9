"""Review in the admin, for postings and proposed changes alike: claims, the columns of the queue, the panel."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timesince import timesince
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from careers.postings.models.review import Claimed
from careers.postings.permissions import PUBLISH
from careers.postings.review import claims
from careers.postings.review.mail import display_name

from .pages import change_view_name, object_or_404

CLAIM_ACTS: dict[
    str, tuple[Callable[..., Any], dict[str, Any], str]
] = {  # name in the URL: (service, its arguments, message)
    "claim": (claims.claim, {}, "You have claimed it. Other reviewers can see this."),
    "take_over": (claims.claim, {"take_over": True}, "You have taken it over."),
    "release": (claims.release, {}, "You have released it. Other reviewers can claim it."),
}
BUTTONS = {"claim": "Claim", "release": "Release", "take_over": "Take over"}


class ReviewFilter(DropdownFilter):
    """?review=mine, ?review=free or ?review=taken, of the submissions waiting for review."""

    title = "reviewer"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("mine", "In review, claimed by me"),
            ("free", "In review, unclaimed"),
            ("taken", "In review, claimed"),
        ]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        waiting = queryset.in_review() if hasattr(queryset, "in_review") else queryset.waiting()
        if self.value() == "free":
            return waiting.unclaimed()
        return waiting.claimed().filter(reviewer=request.user) if self.value() == "mine" else waiting.claimed()


def waiting_text(submission: Claimed, at: datetime | None = None) -> str:
    """'3 days, from Ada'"""
    if not submission.submitted_at:
        return ""
    age = timesince(submission.submitted_at, at, depth=1)
    return f"{age}, from {display_name(submission.submitted_by)}" if submission.submitted_by else age


@display(description="waiting for", ordering="submitted_at")
def waiting(submission):
    return waiting_text(submission)


@display(description="reviewer")
def on_it(submission):
    claim = submission.claim() if submission.is_waiting() else None
    return display_name(claim[0]) if claim else ""


@admin.action(description="Claim", permissions=["publish"])
def claim_selected(model_admin, request, queryset):
    model_admin.apply_to_rows(request, queryset, lambda row: claims.claim(row, by=request.user), "claimed")


@admin.action(description="Release", permissions=["publish"])
def release_selected(model_admin, request, queryset):
    model_admin.apply_to_rows(request, queryset, lambda row: claims.release(row, by=request.user), "released")


def claim_view(model_admin: ModelAdmin, request: HttpRequest, pk: int, name: str):
    submission = object_or_404(model_admin, request, pk)
    if name not in CLAIM_ACTS:
        raise Http404
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    service, arguments, done = CLAIM_ACTS[name]
    try:
        service(submission, by=request.user, **arguments)
    except ValidationError as refusal:
        model_admin.message_user(request, " ".join(refusal.messages), messages.ERROR)
    else:
        model_admin.message_user(request, done, messages.SUCCESS)
    return redirect(change_view_name(model_admin), pk)


CLAIM_PAGE = ("<int:pk>/review/<slug:name>/", claim_view, "claim")


def review_panel(model_admin: ModelAdmin, request: HttpRequest, submission: Claimed) -> dict | None:
    """Context of the review panel; None unless the submission waits."""
    if not submission.is_waiting():
        return None
    claim = submission.claim()
    names = ("claim",) if not claim else ("release",) if claim[0] == request.user else ("take_over",)
    view = f"admin:{model_admin.opts.app_label}_{model_admin.opts.model_name}_claim"
    return {
        "waiting_for": waiting_text(submission),
        "on_it": f"{claims.claim_text(claim)}." if claim else "Unclaimed.",
        "buttons": [
            (reverse(view, args=[submission.pk, name]), BUTTONS[name])
            for name in names
            if request.user.has_perm(PUBLISH)
        ],
    }
