"""Files for machines: robots.txt, the health check, the web app manifest, the icon."""

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from careers.search.sync import index_status
from portal.share_images import PAPER

logger = logging.getLogger(__name__)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        f"Disallow: {reverse('admin:index')}",
        "Disallow: /jobs/*/apply/",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('sitemap')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """For load balancers: 200 if the database answers, otherwise 503. No session, no redirect to HTTPS.

    `search` is the state of this host's search index; without an index, pages search in the database.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        search = index_status()
    except DatabaseError:
        logger.exception("health check: the database does not answer")
        return JsonResponse({"status": "unavailable", "database": "no answer"}, status=503)
    return JsonResponse({"status": "ok", "database": "ok", "search": search})


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For clients that ask without reading the page, most of which cannot read SVG."""
    return redirect(static("icons/32.png"), permanent=False)


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and icons of the site on a home screen."""
    icons = [
        {"src": static(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in (("192", 192, "any"), ("512", 512, "any"), ("maskable-512", 512, "maskable"))
    ]
    fields = {
        "name": settings.SITE_NAME,
        "short_name": settings.SITE_NAME,
        "id": reverse("home"),
        "start_url": reverse("home"),
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "lang": "en",
        "icons": icons,
    }
    return JsonResponse(fields, content_type="application/manifest+json")
