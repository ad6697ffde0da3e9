"""Previews of postings that are not public: for staff, and behind a preview link."""

from django.http import Http404
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.postings.lifecycle.preview_links import posting_for_token

from .page import posting_page, with_relations


def may_preview(user):
    return user.is_staff and user.has_perm("postings.view_posting")


def preview_page(request, posting, at):
    """The page as readers will see it, marked as a preview and kept from search engines, caches and other sites."""
    response = posting_page(request, posting, at, is_preview=True)
    response["X-Robots-Tag"], response["Referrer-Policy"] = "noindex", "no-referrer"
    add_never_cache_headers(response)
    return response


@require_safe
def shared_preview(request, token):
    """Every invalid token gets the same 404, which does not tell whether the posting exists."""
    at = timezone.now()
    posting = posting_for_token(with_relations(), token, at)
    if posting is None:
        raise Http404("No posting is shown here.")
    return preview_page(request, posting, at)
