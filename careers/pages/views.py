from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from careers.core.slugs import find_by_old_slug

from .models import Page


@require_safe
def page_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Staff who may view pages in the admin also see those that are not published."""
    page = Page.objects.filter(slug=slug).first() or find_by_old_slug(Page, slug)
    may_preview = request.user.is_staff and request.user.has_perm("pages.view_page")
    if page is None or not (page.is_published or may_preview):
        raise Http404("No such page.")
    if page.slug != slug:
        return redirect(page, permanent=page.is_published)
    response = render(request, "pages/page_detail.html", {"page": page, "preview": not page.is_published})
    if not page.is_published:
        add_never_cache_headers(response)
    return response
