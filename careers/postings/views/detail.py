from functools import partial

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.forms import FilterForm
from careers.core.pagination import page_of
from careers.core.redirects import current_by_old_slug
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.landing_pages import breadcrumb, countries_of, facts, form_at, has_page, landing_of
from careers.postings.job_list.results import listing
from careers.postings.job_list.similar import similar_to
from careers.postings.lifecycle.page_status import GONE, page_status
from careers.postings.lifecycle.preview_links import posting_for_token
from careers.postings.models import Employer, Posting
from careers.postings.stats import collector
from careers.postings.structured_data import job_posting

State = Posting.State
DETAIL = "postings/posting_detail.html"


@require_safe
def posting_list(request):
    form = PostingFilterForm(request.GET)
    at = timezone.now()
    found = listing(form, at)
    landing = landing_of(form)
    stands_at = landing.get_absolute_url() if landing and has_page(found.page.paginator.count) else ""
    context = list_context(form, found, stands_at)
    if len(form.criteria["role"]) == 1 and not landing:
        context["landings"] = countries_of(form.criteria["role"][0], found.facets)
    return render(request, "postings/posting_list.html", context)


@require_safe
def posting_landing(request, slug):
    """The list of a role in a country under an address of its own; where there are too few, the plain list."""
    form, at = form_at(slug, request.GET.get("page")), timezone.now()
    landing = landing_of(form) if form else None
    if landing is None:
        raise Http404("No such list of jobs.")
    found = listing(form, at)
    total = found.page.paginator.count
    if not has_page(total):
        return redirect(f"{reverse('postings:list')}?{landing.query}")
    if slug != landing.slug:
        return redirect(landing, permanent=True)
    context = list_context(form, found, landing.get_absolute_url()) | {
        "landing": landing,
        "facts": facts(landing, found.facets, total, at),
        "json_ld": breadcrumb(landing),
    }
    return render(request, "postings/posting_list.html", context)


def list_context(form, found, stands_at):
    """`stands_at` is the address of a list that has one of its own, whatever address it is read at."""
    number = found.page.number
    own = f"{stands_at}?page={number}" if number > 1 else stands_at
    shown = {"facets": found.facets, "page": found.page, "wider": found.wider, "stands_at": stands_at}
    canonical = own if stands_at else form.search.address(number)
    return {"form": form, "search": form.search, "canonical": canonical, "found": found} | shown


@require_safe
def posting_detail(request, pk, slug=""):
    """First whether there is something to read, then whether the address is right: a guess learns no title."""
    posting = get_object_or_404(with_relations(), pk=pk)
    at = timezone.now()
    answered = page_status(posting, at)
    is_preview = not answered.shows_posting and may_preview(request.user)
    if not answered.shows_posting and not is_preview:
        return _absent(request, posting, answered.status, at)
    if slug != posting.slug:
        return redirect(posting, permanent=not is_preview)
    if is_preview:
        return preview_page(request, posting, at)
    response = render(request, DETAIL, reading(posting, at), status=answered.status)
    response.on_serve = partial(
        collector.count_event, collector.Kind.VIEW, posting.pk
    )  # by who serves it, also from memory
    return response


def posting_closed(request, posting, at):
    """For an act that only a live posting takes: its page, which says why not, while there is one; never as a success."""
    answered = page_status(posting, at)
    if not answered.shows_posting:
        return _absent(request, posting, answered.status, at)
    return render(request, DETAIL, reading(posting, at), status=GONE)


@require_safe
def shared_preview(request, token):
    """What a preview link opens. Whatever is wrong with it, the answer is the same and names nothing."""
    at = timezone.now()
    posting = posting_for_token(with_relations(), token, at)
    if posting is None:
        raise Http404("No posting is shown here.")
    return preview_page(request, posting, at)


def preview_page(request, posting, at):
    """The page as readers will see it, marked; no search engine, cache or other site learns of it."""
    response = render(request, DETAIL, reading(posting, at, is_preview=True))
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "no-referrer"
    add_never_cache_headers(response)
    return response


def with_relations():
    postings = Posting.objects.select_related("employer", "role", "template__role")
    return postings.prefetch_related("places", "remote_countries", "skills")


def may_preview(user):
    return user.is_staff and user.has_perm("postings.view_posting")


def _absent(request, posting, status, at):
    """410 for what was decided for good, 404 for what readers have never seen."""
    if status == GONE:
        context = {"successor": successor(posting, at)}
        return render(request, "410.html", context, status=GONE)
    raise Http404("No posting is shown here.")


def reading(posting, at, *, is_preview=False):
    state = posting.state(at)
    is_live, has_ended = state == State.LIVE, state in (State.CLOSED, State.FILLED)
    similar = similar_to(posting, at=at)
    return {
        "posting": posting,
        "state": state,
        "is_live": is_live,
        "has_ended": has_ended,
        "successor": successor(posting, at) if has_ended else None,
        "takes_applications": state in (State.LIVE, State.DRAFT, State.IN_REVIEW, State.SCHEDULED),
        "guide": posting.role if posting.role and posting.role.is_published else None,
        "similar": similar,
        "similar_at_employer": any(other.employer_id == posting.employer_id for other in similar),
        "preview": is_preview,
        "preview_state": state.label,
        "json_ld": job_posting(posting) if is_live and not is_preview else None,
    }


def successor(posting, at):
    """The live posting by which this one was relisted."""
    return Posting.objects.live(at).filter(relisted_from=posting).newest_first().only("title", "slug").first()


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
