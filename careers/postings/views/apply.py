"""What the apply box of a posting leads to: the employer's form, counting the click, and the closing day for a calendar."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.urls import http_url
from careers.postings.closing_event import closing_event
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


@require_safe
def closing_day_file(request, pk):
    """Only while the job takes applications and has a closing day."""
    posting = get_object_or_404(Posting.objects.select_related("employer", "role"), pk=pk)
    at = timezone.now()
    if not posting.is_live(at):
        return closed_page(request, posting, at)
    if posting.closes_on is None:
        raise Http404("This job has no closing day.")
    response = HttpResponse(closing_event(posting), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="apply-by-{posting.closes_on.isoformat()}.ics"'
    response["X-Robots-Tag"] = "noindex"
    return response
