"""What the address of a posting answers, now and later, to readers and to search engines; and its page before and after."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html

from careers.core.time_zones import moment_words
from careers.postings.lifecycle import preview_links
from careers.postings.lifecycle.page_status import stages
from careers.postings.models import Posting
from careers.postings.views.page import with_relations
from careers.postings.views.preview import preview_page

State = Posting.State
READERS = {
    State.LIVE: "the job, with a way to apply",
    State.CLOSED: "the job, a notice that it is closed, similar jobs, no way to apply",
    State.FILLED: "the job, a notice that it is filled, similar jobs, no way to apply",
}


@dataclass(frozen=True)
class Line:
    """One row of the table: from when on, and what is answered then."""

    since: str
    status: int
    readers: str
    robots: str
    job_data: str


def answer_lines(posting, at=None):
    return [line_of(posting, stage) for stage in stages(posting, at)]


def line_of(posting, stage):
    answer = stage.answer
    readers = READERS[stage.state] if answer.shows_posting else "“there is no page here”"
    if answer.status == 410 and not answer.shows_posting:
        readers = "“this page is gone”, with ways on"
    return Line(
        since=moment_words(stage.since, posting.time_zone) if stage.since else "now",
        status=answer.status,
        readers=readers,
        robots="index" if answer.is_indexed else "noindex",
        job_data="yes" if answer.is_marked_up else "no",
    )


def unmarked_reason(posting, at=None):
    """Why search engines get no job data, or no word of remote work, though readers see the job; '' where they get all."""
    if posting.states_location():
        return ""
    if posting.workplace == Posting.Workplace.REMOTE and posting.remote_span:
        return (
            "Search engines get no job data: they read countries, not time zones. "
            "Name the countries people may apply from, as far as you know them."
        )
    return "Search engines get no job data until a place is named, or for remote work a country."


class AnswerPages:
    """The part of the posting's admin that shows its page to come, and hands out preview links."""

    def get_urls(self):
        def page(route, view, name):
            return path(route, self.admin_site.admin_view(view), name=f"postings_posting_{name}")

        return [
            page("<int:pk>/when-closed/", self.when_closed_view, "when_closed"),
            page("<int:pk>/preview-link/", self.preview_link_view, "preview_link"),
            *super().get_urls(),
        ]

    def when_closed_view(self, request, pk):
        """The page as readers will find it once the posting has closed. Nothing is saved."""
        posting = with_relations().filter(pk=pk).first()
        if posting is None:
            raise Http404
        if not self.has_view_permission(request, posting):
            raise PermissionDenied
        return preview_page(request, *as_closed(posting, timezone.now()))

    def preview_link_view(self, request, pk):
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        posting = self.get_object(request, str(pk))
        if posting is None:
            raise Http404
        if not self.may_share(request, posting):
            raise PermissionDenied
        address = preview_links.preview_address(posting)
        ends = moment_words(timezone.now() + preview_links.link_lifetime(), posting.time_zone)
        said = 'Whoever has this link can read the posting until {}, or until it opens: <a href="{}">{}</a>'
        self.message_user(request, format_html(said, ends, address, address), messages.SUCCESS)
        return redirect("admin:postings_posting_change", pk)

    def may_share(self, request, posting):
        return preview_links.is_shareable(posting) and self.has_change_permission(request, posting)


def as_closed(posting, at):
    """The posting, unsaved, as it will be, and the moment just after its end."""
    posting.status, posting.withdrawn_at = Posting.Status.PUBLISHED, None
    posting.publish_at = min(posting.publish_at or at, at)
    if posting.ended_at is None:
        posting.closed_at = at
    return posting, max(posting.ended_at, at)
