"""The page of a posting."""

from functools import partial

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from careers.core.slugs import redirect_with_query
from careers.postings.lifecycle.page_status import page_status
from careers.postings.stats import collector

from .page import absent_page, posting_page, with_relations
from .preview import may_preview, preview_page


@require_safe
def posting_detail(request, pk, slug=""):
    """The status is checked before the slug, so that a guessed number does not reveal the title by a redirect."""
    posting = get_object_or_404(with_relations(), pk=pk)
    at = timezone.now()
    answered = page_status(posting, at)
    is_preview = not answered.shows_posting and may_preview(request.user)
    if not answered.shows_posting and not is_preview:
        return absent_page(request, posting, answered.status, at)
    if slug != posting.slug:
        return redirect_with_query(request, posting, permanent=not is_preview)
    if is_preview:
        return preview_page(request, posting, at)
    response = posting_page(request, posting, at, status=answered.status)
    # Called also when the page cache answers.
    response.on_serve = partial(collector.count_event, collector.Kind.VIEW, posting.pk)
    return response
