"""What visitors and search engines get at a posting's address, now and later; the page as it will be once closed."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.html import format_html

from careers.core.time_zones import format_in_zone
from careers.postings.admin.pages import object_or_404
from careers.postings.lifecycle import preview_links
from careers.postings.lifecycle.page_status import PageStage, page_stages
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
class StatusRow:
    """A row of the table: what the address returns starting at ``since``."""

    since: str
    status: int
    readers: str
    robots: str
    job_data: str


def status_rows(posting: Posting, at: datetime | None = None) -> list[StatusRow]:
    return [status_row(posting, stage) for stage in page_stages(posting, at)]


def status_row(posting: Posting, stage: PageStage) -> StatusRow:
    page = stage.page
    readers = READERS[stage.state] if page.shows_posting else "“Page not found”"
    if page.status == 410 and not page.shows_posting:
        readers = "“This page has been removed”, with links"
    return StatusRow(
        since=format_in_zone(stage.since, posting.time_zone) if stage.since else "now",
        status=page.status,
        readers=readers,
        robots="index" if page.is_indexed else "noindex",
        job_data="yes" if page.is_marked_up else "no",
    )


def missing_job_data_reason(posting: Posting) -> str:
    """Why search engines get no job data, or none about remote work, though readers see the job; '' if nothing is missing."""
    if posting.states_location():
        return ""
    if posting.workplace == Posting.Workplace.REMOTE and posting.remote_span:
        return (
            "Search engines cannot list this job: they need countries, not time zones. "
            "Add the countries people can apply from."
        )
    return "Search engines cannot list this job yet. Add a place or, for remote work, a country."


def when_closed_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    """The public page as it will be once the posting has closed. Nothing is saved."""
    posting = with_relations().filter(pk=pk).first()
    if posting is None:
        raise Http404
    if not model_admin.has_view_permission(request, posting):
        raise PermissionDenied
    at = timezone.now()
    posting.status, posting.withdrawn_at = Posting.Status.PUBLISHED, None
    posting.publish_at = min(posting.publish_at or at, at)
    if posting.ended_at is None:
        posting.closed_at = at
    return preview_page(request, posting, max(posting.ended_at, at))


def preview_link_view(model_admin: ModelAdmin, request: HttpRequest, pk: int) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    posting = object_or_404(model_admin, request, pk)
    if not may_share(model_admin, request, posting):
        raise PermissionDenied
    url = preview_links.preview_url(posting)
    ends = format_in_zone(timezone.now() + preview_links.link_lifetime(), posting.time_zone)
    message = 'Anyone with this link can read the posting until {}, or until it opens: <a href="{}">{}</a>'
    model_admin.message_user(request, format_html(message, ends, url, url), messages.SUCCESS)
    return redirect("admin:postings_posting_change", pk)


def may_share(model_admin: ModelAdmin, request: HttpRequest, posting: Posting) -> bool:
    return preview_links.is_shareable(posting) and model_admin.has_change_permission(request, posting)
