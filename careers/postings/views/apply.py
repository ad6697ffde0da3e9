"""From a posting to the employer's own form, by way of an address of ours that counts the click."""

from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.urls import web_address
from careers.postings.models import Posting
from careers.postings.stats import collector

from .detail import posting_closed


@require_safe
def posting_apply(request, pk):
    """Leads where the posting itself says, and nowhere else: nothing of the query string is read."""
    posting = get_object_or_404(Posting.objects.select_related("employer", "role", "template__role"), pk=pk)
    at = timezone.now()
    if not posting.is_live(at):
        return posting_closed(request, posting, at)
    target = web_address(posting.apply_url)
    if not target:
        return redirect(f"{posting.get_absolute_url()}#apply")  # by e-mail: there is nowhere to lead
    collector.count_event(collector.Kind.APPLY, posting.pk, request, at)
    response = HttpResponseRedirect(target)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "strict-origin"  # the employer learns that we sent the reader, not from which page
    add_never_cache_headers(response)
    return response
