"""The queue of review: how long a submission waits, who is on it, and taking it on."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.timesince import timesince
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display

from careers.postings.review import claims
from careers.postings.review.mail import name_of

CLAIMS = {
    "claim": (claims.claim, {}, "You are on it now. Others are told so."),
    "take_over": (claims.claim, {"take_over": True}, "You took it over."),
    "release": (claims.release, {}, "It is free for others again."),
}


class ReviewFilter(DropdownFilter):
    """?review=mine, ?review=free, ?review=taken, of what is in review."""

    title = "who is on it"
    parameter_name = "review"

    def lookups(self, request, model_admin):
        return [
            ("mine", "In review, with me"),
            ("free", "In review, with nobody"),
            ("taken", "In review, with somebody"),
        ]

    def queryset(self, request, queryset):
        if self.value() not in dict(self.lookup_choices):
            return queryset
        waiting = queryset.in_review() if hasattr(queryset, "in_review") else queryset.waiting()
        if self.value() == "free":
            return waiting.unclaimed()
        return waiting.claimed().filter(reviewer=request.user) if self.value() == "mine" else waiting.claimed()


def waiting_text(submission, at=None):
    """'3 days, from Ada'"""
    if not submission.submitted_at:
        return ""
    age = timesince(submission.submitted_at, at, depth=1)
    return f"{age}, from {name_of(submission.submitted_by)}" if submission.submitted_by else age


class ClaimedRows:
    """The part of an admin that lets those who publish take rows on; each claim by POST."""

    def get_urls(self):
        opts, view = self.opts, self.admin_site.admin_view(self.claim_view)
        name = f"{opts.app_label}_{opts.model_name}_claim"
        return [path("<int:pk>/review/<slug:name>/", view, name=name), *super().get_urls()]

    def claim_view(self, request, pk, name):
        submission = self.get_object(request, str(pk))
        if submission is None or name not in CLAIMS:
            raise Http404
        if not request.user.has_perm("postings.publish_posting"):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        service, given, done = CLAIMS[name]
        try:
            service(submission, by=request.user, **given)
        except ValidationError as refusal:
            self.message_user(request, " ".join(refusal.messages), messages.ERROR)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", pk)

    def review_panel(self, request, submission):
        """What the page of a submission says about its review; None where it does not wait."""
        if not submission.is_waiting():
            return None
        held = submission.claim()
        may = request.user.has_perm("postings.publish_posting")
        names = ("claim",) if not held else ("release",) if held[0] == request.user else ("take_over",)
        view = f"admin:{self.opts.app_label}_{self.opts.model_name}_claim"
        labels = {"claim": "I take it on", "release": "Give it back", "take_over": "Take it over"}
        return {
            "waits": waiting_text(submission),
            "held": bool(held),
            "on_it": f"{claims.on_it(held)}." if held else "Nobody is on it.",
            "buttons": [(reverse(view, args=[submission.pk, name]), labels[name]) for name in names if may],
        }

    @display(description="waiting for", ordering="submitted_at")
    def waiting(self, submission):
        return waiting_text(submission)

    @display(description="on it")
    def on_it(self, submission):
        held = submission.claim() if submission.is_waiting() else None
        return name_of(held[0]) if held else ""

    @admin.action(description="Take on", permissions=["publish"])
    def claim_selected(self, request, queryset):
        self.report_rows(request, queryset, lambda row: claims.claim(row, by=request.user), "taken on")

    @admin.action(description="Give back", permissions=["publish"])
    def release_selected(self, request, queryset):
        self.report_rows(request, queryset, lambda row: claims.release(row, by=request.user), "given back")


class ReviewQueue(ClaimedRows):
    """The list of postings, asked for those in review, is the queue: the longest waiting first, none left out."""

    queue_display = [
        "title",
        "employer",
        "waiting",
        "on_it",
        "blocking_labels",
        "advice_labels",
        "source_name",
        "closing",
    ]

    def is_queue(self, request):
        return request.GET.get("state") == "in_review" or "review" in request.GET

    def get_list_display(self, request):
        return self.queue_display if self.is_queue(request) else super().get_list_display(request)

    def get_ordering(self, request):
        return ["submitted_at", "pk"] if self.is_queue(request) else super().get_ordering(request)

    @display(description="source")
    def source_name(self, posting):
        return posting.source or "Written here"
