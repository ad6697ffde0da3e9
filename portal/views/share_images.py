"""The pictures of links, for messengers and networks: of the site, a guide and a job.

The page cache keeps them like pages: with an ETag, until content changes; where it does not answer, they have one as well.
Only what has a public page has a picture.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from careers.postings.lifecycle.page_status import FOUND, page_status
from careers.postings.models import Posting
from careers.postings.summary import place_words, workplace_words
from careers.roles.figures.summary import GuideSummary, summarise_guides
from careers.roles.models import Role
from portal.share_images import SITE_FACTS, share_image


@require_safe
@conditional_page
def site_image(request: HttpRequest) -> HttpResponse:
    return png(share_image())


@require_safe
@conditional_page
def guide_image(request: HttpRequest, slug: str) -> HttpResponse:
    role = get_object_or_404(Role.objects.published().only("title"), slug=slug)
    return png(share_image(role.title, guide_facts(summarise_guides([role.pk])[role.pk])))


@require_safe
@conditional_page
def posting_image(request: HttpRequest, pk: int) -> HttpResponse:
    postings = Posting.objects.select_related("employer").prefetch_related("places", "remote_countries")
    posting = get_object_or_404(postings, pk=pk)
    if page_status(posting, timezone.now()).status != FOUND:
        raise Http404("No posting is shown here.")
    return png(share_image(posting.title, posting_facts(posting)))


def png(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png")


def guide_facts(summary: GuideSummary) -> str:
    """'Median pay $120,230 a year, United States, 2025 · growth +33.5%, 2024 to 2034'"""
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
