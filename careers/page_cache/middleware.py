"""Pages of anonymous visitors, served from memory while the clock shows the number they were rendered at.

A view need not know of it. It may say three things on its response:
- `Cache-Control: private`, `no-cache` or `no-store` (`add_never_cache_headers`): this answer is not kept;
- `response.until = moment`: it reads differently from then on, earlier than `moments.next_moment` knows;
- `response.on_serve = callable(request)`: called for each answer, rendered or kept.
"""

import logging
from hashlib import blake2b

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from careers.changes import counter

from .expiry import next_expiry
from .store import PAGE_STORE, CachedPage, gzip_body

logger = logging.getLogger(__name__)

VARIES = {"accept-encoding", "cookie"}  # what a kept page may depend on: we keep those of visitors without our cookies
GUARDED = ("no-store", "no-cache", "private")
DIFFERS_EACH_TIME = {"date", "content-length", "content-encoding", "etag", "cache-control"}


class PageCacheMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response
        self._next = (None, None, None)  # (reading, asked at, moment): asked once for each number

    def __call__(self, request):
        reading = counter_state_for(request)
        at = timezone.now()
        key = cache_key(request) if reading else None
        page = reading and PAGE_STORE.find(key, reading, at)
        if page is None:
            response = self.get_response(request)
            on_serve = getattr(response, "on_serve", None)
            if reading and is_cacheable(request, response):
                page = self.page_of(response, reading, at)
                if request.method == "GET":
                    PAGE_STORE.keep(key, page, settings.KEPT_PAGES_MEGABYTES * 2**20)
                response = build_response(request, page, at)
        else:
            response, on_serve = build_response(request, page, at), page.on_serve
        if on_serve:
            on_serve(request)
        return response

    def page_of(self, response, reading, at):
        until = min(filter(None, [self.next_moment(reading, at), getattr(response, "until", None)]))
        body = response.content
        headers = tuple(pair for pair in response.items() if pair[0].lower() not in DIFFERS_EACH_TIME)
        etag = response.get("ETag") or f'"{blake2b(body, digest_size=12).hexdigest()}"'
        on_serve = getattr(response, "on_serve", None)
        return CachedPage(reading, until, headers, etag, gzip_body(body), len(body), on_serve)

    def next_moment(self, reading, at):
        known, asked_at, moment = self._next
        if known != reading or not asked_at <= at < moment:
            moment = next_expiry(at)
            self._next = (reading, at, moment)
        return moment


def counter_state_for(request):
    """What the clock shows, for a request that may be answered from memory; None for all others.

    Inside a transaction nobody knows yet which content will stand under its number: nothing is kept, nothing served.
    """
    if request.method not in ("GET", "HEAD") or not settings.KEPT_PAGES_MEGABYTES:
        return None
    if not request.COOKIES.keys().isdisjoint(personal_cookies()) or "HTTP_AUTHORIZATION" in request.META:
        return None
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return None
    try:
        return counter.read_state()
    except DatabaseError:
        logger.warning("The clock cannot be read; pages are rendered.", exc_info=True)
        return None


def personal_cookies():
    """Who brings one of these may see something else than everybody."""
    return {settings.SESSION_COOKIE_NAME, "messages"}


def cache_key(request):
    return request.scheme, request.META.get("HTTP_HOST", ""), request.get_full_path()


def is_cacheable(request, response):
    """Who has the token's cookie already gets no new one with a form, so what they are shown may hold a token.

    They are served what was kept of others: that holds none, or it would have set the cookie.
    """
    if settings.CSRF_COOKIE_NAME in request.COOKIES:
        return False
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if any(word in response.get("Cache-Control", "") for word in GUARDED):
        return False
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return varies <= VARIES and not response.has_header("Content-Encoding")


def build_response(request, page, at):
    """The page in the encoding that was asked for, or 304 for those who have it."""
    zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    etag = f"W/{page.etag.removeprefix('W/')}" if zipped else page.etag
    response = HttpResponse(headers=dict(page.headers))
    if request.method == "GET":
        response.content = page.compressed if zipped else page.body
    response["Content-Length"] = str(len(page.compressed) if zipped else page.size)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = cache_control(page, at)
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    modified = response.get("Last-Modified")
    return get_conditional_response(request, etag, modified and parse_http_date_safe(modified), response)


def cache_control(page, at):
    """Browsers ask each time (and get a 304); a shared cache may answer by itself for some seconds, never past the moment."""
    seconds = min(settings.SHARED_CACHE_SECONDS, int((page.until - at).total_seconds()))
    return f"public, max-age=0, s-maxage={max(seconds, 0)}"
