"""The pictures of links, for messengers and networks: of the site, a guide and a job.

The page cache keeps them like pages: with an ETag, until content changes. Only what has a public page has a picture.
"""

from hashlib import blake2b

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from careers.postings.lifecycle.page_status import FOUND, page_status
from careers.postings.models import Posting
from careers.postings.summary import place_words, workplace_words
from careers.roles.figures.summary import GuideSummary, summarise_guides
from careers.roles.models import Role
from portal.share_images import SITE_FACTS, share_image


@require_safe
def site_image(request: HttpRequest) -> HttpResponseBase:
    return png(request, share_image())


@require_safe
def guide_image(request: HttpRequest, slug: str) -> HttpResponseBase:
    role = get_object_or_404(Role.objects.published().only("title"), slug=slug)
    return png(request, share_image(role.title, guide_facts(summarise_guides([role.pk])[role.pk])))


@require_safe
def posting_image(request: HttpRequest, pk: int) -> HttpResponseBase:
    postings = Posting.objects.select_related("employer").prefetch_related("places", "remote_countries")
    posting = get_object_or_404(postings, pk=pk)
    if page_status(posting, timezone.now()).status != FOUND:
        raise Http404("No posting is shown here.")
    return png(request, share_image(posting.title, posting_facts(posting)))


def png(request: HttpRequest, content: bytes) -> HttpResponseBase:
    """304 for a client that has it, also where the page cache does not answer."""
    etag = f'"{blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type="image/png", headers={"ETag": etag})
    return get_conditional_response(request, etag, None, response) or response


def guide_facts(summary: GuideSummary) -> str:
    """'$120,230 a year, median in the United States, May 2025 · Growth +33.5% from 2024 to 2034'"""
    facts = []
    if pay := summary.pay:
        facts.append(f"Median pay {pay.text}, {pay.place}, {pay.year}")
    if growth := summary.growth:
        facts.append(f"growth {growth.text}, {growth.years}")
    return " · ".join(facts) or SITE_FACTS


def posting_facts(posting: Posting) -> str:
    """'Pebblegate Bank · Frankfurt (remote in Germany) · €80,000 to €90,000 a year'"""
    where = place_words(posting) if posting.places.all() else workplace_words(posting)
    facts = [posting.employer.name, where, str(posting.pay) if posting.pay else ""]
    return " · ".join(fact for fact in facts if fact)
