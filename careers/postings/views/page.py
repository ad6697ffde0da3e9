"""Parts shared by the pages that show a single posting."""

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.shortcuts import render

from careers.core.time_zones import end_of_day
from careers.postings.dates import own_day
from careers.postings.job_list.similar import similar_postings
from careers.postings.lifecycle.page_status import GONE, page_status
from careers.postings.models import Posting
from careers.postings.pay_comparison import compare_pay
from careers.postings.structured_data import job_posting

State = Posting.State


def with_relations():
    postings = Posting.objects.select_related("employer", "role")
    return postings.prefetch_related("places", "skills")


def posting_page(request, posting, at, *, status=200, is_preview=False):
    if posting.workplace == Posting.Workplace.REMOTE:
        prefetch_related_objects([posting], "remote_countries")
    context = posting_context(request, posting, at, is_preview=is_preview)
    response = render(request, "postings/posting_detail.html", context, status=status)
    if context["takes_applications"] and posting.closes_on:
        # "in 3 days" counts days of the posting's own zone; careers/page_cache knows midnight of the site's.
        response.expires_at = end_of_day(own_day(posting, at), posting.time_zone)
    return response


def absent_page(request, posting, status, at):
    """410 with links onwards for a posting that was decided for good; raises Http404 for one that was never public."""
    if status == GONE:
        return render(request, "410.html", {"successor": successor(posting, at)}, status=GONE)
    raise Http404("No posting is shown here.")


def closed_page(request, posting, at):
    """For an action only a live posting accepts: the posting's page with its notice, or the page that says it is gone."""
    answered = page_status(posting, at)
    if not answered.shows_posting:
        return absent_page(request, posting, answered.status, at)
    return posting_page(request, posting, at, status=GONE)


def posting_context(request, posting, at, *, is_preview=False):
    state = posting.state(at)
    is_live, has_ended = state == State.LIVE, state in (State.CLOSED, State.FILLED)
    takes_applications = state in (State.LIVE, State.DRAFT, State.IN_REVIEW, State.SCHEDULED)
    similar = similar_postings(posting, at=at)
    return {
        "posting": posting,
        "at": at,
        "state": state,
        "is_live": is_live,
        "has_ended": has_ended,
        "successor": successor(posting, at) if has_ended else None,
        "takes_applications": takes_applications,
        "guide": posting.role if posting.role and posting.role.is_published else None,
        "pay_comparison": compare_pay(request, posting, at) if takes_applications else None,
        "similar": similar,
        "similar_at_employer": any(other.employer_id == posting.employer_id for other in similar),
        "preview": is_preview,
        "preview_state": state.label,
        "json_ld": job_posting(posting) if is_live and not is_preview else None,
    }


def successor(posting, at):
    """The live posting that relists this one."""
    return Posting.objects.live(at).filter(relisted_from=posting).newest_first().only("title", "slug").first()
