"""The link from a posting to the employer's application form, which counts the click."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.urls import http_url
from careers.postings.models import Posting
from careers.postings.stats import collector

from .page import closed_page


@require_safe
def apply_redirect(request, pk):
    """Redirects to the posting's own `apply_url` only; the query string is ignored."""
    posting = get_object_or_404(Posting.objects.select_related("employer", "role", "template__role"), pk=pk)
    at = timezone.now()
    if not posting.is_live(at):
        return closed_page(request, posting, at)
    target = http_url(posting.apply_url)
    if not target:
        return redirect(f"{posting.get_absolute_url()}#apply")  # applications by e-mail only
    collector.count_event(collector.Kind.APPLY, posting.pk, request, at)
    response = HttpResponseRedirect(target)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin"  # tells the employer our site, but not the page
    add_never_cache_headers(response)
    return response
