"""Serves pages of anonymous visitors from memory while the change counter shows the number they were rendered at.

Views need not know about it. A response can say three things:
- `Cache-Control: private`, `no-cache` or `no-store` (`add_never_cache_headers`): do not keep this response;
- `response.on_serve = callable(request)`: call this each time the response is served, rendered or from memory;
- `response.expires_at = moment`: do not serve this response from memory from then on, even if other pages stay.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import parse_http_date_safe

from careers.changes import counter
from careers.changes.counter import CounterState

from .expiry import next_expiry
from .store import PAGE_STORE, CachedPage, CacheKey, gzip_body

ALLOWED_VARY = {"accept-encoding", "cookie"}  # requests with cookies of ours are not served from memory
UNCACHEABLE_DIRECTIVES = ("no-store", "no-cache", "private")
HEADERS_SET_PER_RESPONSE = {"date", "content-length", "content-encoding", "etag", "cache-control"}


class PageCacheMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], Any]) -> None:
        self.get_response = get_response
        # (counter state, asked at, next expiry): computed once for each state
        self._expiry: tuple[Any, Any, Any] = (None, None, None)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        state = counter_state_for(request)
        request.counter_state = state  # type: ignore[attr-defined]
        at = timezone.now()
        if state:
            request.kept_until = partial(self.next_expiry, state, at)  # type: ignore[attr-defined]
        key: Any = cache_key(request) if state else None
        page = PAGE_STORE.get(key, state, at) if state else None
        if page is None:
            response = self.get_response(request)
            on_serve = getattr(response, "on_serve", None)
            if state and is_cacheable(request, response):
                page = self.make_page(response, state, at)
                if request.method == "GET":
                    PAGE_STORE.put(key, page, settings.KEPT_PAGES_MEGABYTES * 2**20)
                response = build_response(request, page, at)
        else:
            response, on_serve = build_response(request, page, at), page.on_serve
        if on_serve:
            on_serve(request)
        return response

    def make_page(self, response: HttpResponse, state: CounterState, at: datetime) -> CachedPage:
        body = response.content
        headers = tuple(pair for pair in response.items() if pair[0].lower() not in HEADERS_SET_PER_RESPONSE)
        etag = response.get("ETag") or f'"{blake2b(body, digest_size=12).hexdigest()}"'
        on_serve = getattr(response, "on_serve", None)
        expires_at = min(self.next_expiry(state, at), getattr(response, "expires_at", datetime.max.replace(tzinfo=UTC)))
        return CachedPage(state, at, expires_at, headers, etag, gzip_body(body), len(body), on_serve)

    def next_expiry(self, state: CounterState, at: datetime) -> datetime:
        known, asked_at, expiry = self._expiry
        if known != state or not asked_at <= at < expiry:
            expiry = next_expiry(at)
            self._expiry = (state, at, expiry)
        return expiry


def counter_state_for(request: HttpRequest) -> CounterState | None:
    """The state of the change counter; None for a request that must not be answered from memory."""
    if request.method not in ("GET", "HEAD") or not settings.KEPT_PAGES_MEGABYTES:
        return None
    if not request.COOKIES.keys().isdisjoint(personal_cookies()) or "HTTP_AUTHORIZATION" in request.META:
        return None
    return counter.state_to_keep_by()


def personal_cookies() -> set[str]:
    """Cookies whose owner may see a page of their own."""
    return {settings.SESSION_COOKIE_NAME, "messages"}


def cache_key(request: HttpRequest) -> CacheKey:
    return CacheKey(request.scheme or "", request.META.get("HTTP_HOST", ""), request.get_full_path())


def is_cacheable(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a response may be kept for everybody.

    A visitor who already has the CSRF cookie gets no new one with a form, so the page may contain their token. Pages kept
    from other visitors contain none: with a token the response would have set the cookie.
    """
    if settings.CSRF_COOKIE_NAME in request.COOKIES:
        return False
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if any(directive in response.get("Cache-Control", "") for directive in UNCACHEABLE_DIRECTIVES):
        return False
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",")} - {""}
    return vary <= ALLOWED_VARY and not response.has_header("Content-Encoding")


def build_response(request: HttpRequest, page: CachedPage, at: datetime) -> HttpResponseBase:
    """The page in the encoding the client accepts, or 304 for a client that has it."""
    zipped = "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    etag = f"W/{page.etag.removeprefix('W/')}" if zipped else page.etag
    response = HttpResponse(headers=dict(page.headers))
    if request.method == "GET":
        response.content = page.gzipped if zipped else page.body
    response["Content-Length"] = str(len(page.gzipped) if zipped else page.size)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    response["Cache-Control"] = cache_control(page, at)
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    modified = response.get("Last-Modified")
    last_modified = parse_http_date_safe(modified) if modified else None
    return cast(HttpResponse, get_conditional_response(request, etag, last_modified, response))


def cache_control(page: CachedPage, at: datetime) -> str:
    """Browsers ask each time (and get a 304); a shared cache may answer for some seconds, never past the expiry."""
    seconds = min(settings.SHARED_CACHE_SECONDS, int((page.expires_at - at).total_seconds()))
    return f"public, max-age=0, s-maxage={max(seconds, 0)}"
