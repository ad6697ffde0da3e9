from django.conf import settings
from django.db.models import BooleanField, Case, Q, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.forms import FilterForm
from careers.core.paging import page_of
from careers.core.redirects import current_by_old_slug

from . import counting
from .forms import PostingFilterForm
from .jsonld import job_posting
from .models import Employer, Posting

State = Posting.State
NEIGHBOURS = 5


@require_safe
def posting_list(request):
    form = PostingFilterForm(request.GET)
    live = Posting.objects.live()
    postings = form.filter(live).newest_first().for_cards()
    page = page_of(postings, form.criteria["page"], settings.POSTINGS_PER_PAGE)
    return render(request, "postings/posting_list.html", {"form": form, "facets": form.offered(live), "page": page})


@require_safe
def posting_detail(request, pk, slug=""):
    """First whether there is something to read, then whether the address is right: a guess learns no title."""
    posting = get_object_or_404(_with_relations(), pk=pk)
    at = timezone.now()
    state, is_readable = posting.state(at), posting.is_readable(at)
    is_preview = not is_readable and may_preview(request.user)
    if not is_readable and not is_preview:
        return _absent(request, state)
    if slug != posting.slug:
        return redirect(posting, permanent=not is_preview)
    response = render(request, "postings/posting_detail.html", _reading(posting, state, at, is_preview))
    if is_preview:
        add_never_cache_headers(response)
        return response
    counting.seen(counting.Kind.VIEW, posting.pk, request, at)
    if state != State.LIVE:
        response.status_code = settings.CLOSED_POSTING_STATUS
    return response


def posting_closed(request, posting, at):
    """For an act that only a live posting takes: its page, which says why not, while there is one; never as a success."""
    state = posting.state(at)
    if not posting.is_readable(at):
        return _absent(request, state)
    context = _reading(posting, state, at, is_preview=False)
    return render(request, "postings/posting_detail.html", context, status=410)


def _with_relations():
    postings = Posting.objects.select_related("employer", "role", "template__role")
    return postings.prefetch_related("places", "remote_countries", "skills")


def may_preview(user):
    return user.is_staff and user.has_perm("postings.view_posting")


def _absent(request, state):
    """410 for what was decided for good, 404 for what readers have never seen."""
    if state in (State.CLOSED, State.FILLED, State.WITHDRAWN, State.REJECTED):
        return render(request, "410.html", status=410)
    raise Http404("No posting is shown here.")


def _reading(posting, state, at, is_preview):
    is_live = state == State.LIVE
    return {
        "posting": posting,
        "state": state,
        "is_live": is_live,
        "has_ended": state in (State.CLOSED, State.FILLED),
        "takes_applications": state in (State.LIVE, State.DRAFT, State.IN_REVIEW, State.SCHEDULED),
        "guide": posting.role if posting.role and posting.role.is_published else None,
        "neighbours": neighbours(posting, at, same_role=not is_live),
        "preview": is_preview,
        "preview_state": state.label,
        "json_ld": job_posting(posting) if is_live else None,
    }


def neighbours(posting, at, *, same_role):
    """Other live postings of the employer; with `same_role`, those of the role before them."""
    near = Q(employer=posting.employer_id)
    of_role = Q(role=posting.role_id) if same_role and posting.role_id else Q(pk__in=[])
    return (
        Posting.objects.live(at)
        .filter(near | of_role)
        .exclude(pk=posting.pk)
        .annotate(is_of_role=Case(When(of_role, then=Value(True)), default=Value(False), output_field=BooleanField()))
        .order_by("-is_of_role", "-publish_at", "-pk")
        .for_cards()[:NEIGHBOURS]
    )


@require_safe
def employer_detail(request, slug):
    employer = Employer.objects.filter(slug=slug).first()
    shown = employer or current_by_old_slug(Employer, slug)
    has_been_read = shown is not None and shown.has_been_read()
    if shown is None or not (has_been_read or may_preview(request.user)):
        raise Http404("No employer is shown here.")
    if employer is None:
        return redirect(shown, permanent=has_been_read)
    postings = employer.postings.live().newest_first().for_cards()
    page = page_of(postings, FilterForm(request.GET).criteria["page"], settings.POSTINGS_PER_PAGE)
    context = {"employer": employer, "page": page, "preview": not has_been_read}
    response = render(request, "postings/employer_detail.html", context)
    if not has_been_read:
        add_never_cache_headers(response)
    return response
