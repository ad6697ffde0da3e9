"""The store of cached pages, and how a view controls it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from careers.changes import counter
from careers.changes.counter import CounterState
from careers.page_cache import middleware
from careers.page_cache.store import CachedPage, PageStore, gzip_body
from tests.cases import each

pytestmark = pytest.mark.postgres

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
STATE = CounterState(7, 0, "a")
KEPT = 1_000_000


def page(body=b"x" * 100, state=STATE, expires_at=NOW + timedelta(hours=1)):
    return CachedPage(state, NOW, expires_at, (), '"tag"', gzip_body(body), len(body), None)


def noise(size):
    """Bytes that do not compress."""
    import random

    return random.Random(3).randbytes(size)


def test_a_page_is_found_again():
    pages = PageStore()
    pages.put(("/",), page(), KEPT)
    assert pages.get(("/",), STATE, NOW).body == b"x" * 100


@pytest.mark.parametrize(
    ("state", "at"),
    [
        (CounterState(8, 0, "a"), NOW),
        (CounterState(6, 0, "a"), NOW),
        (CounterState(7, 0, "b"), NOW),
        (STATE, NOW + timedelta(hours=1)),
        (STATE, NOW - timedelta(seconds=1)),
    ],
    ids=["newer number", "older number", "another database", "its moment has come", "the clock was set back"],
)
def test_a_page_that_no_longer_holds_is_dropped(state, at):
    pages = PageStore()
    pages.put(("/",), page(), KEPT)
    assert pages.get(("/",), state, at) is None
    assert (len(pages), pages.bytes) == (0, 0)


def test_memory_is_bounded():
    pages = PageStore()
    for number in range(100):
        pages.put((f"/{number}",), page(noise(5_000)), 60_000)
        assert pages.bytes <= 60_000
    assert 5 < len(pages) < 12


def test_the_page_asked_for_longest_ago_goes_first():
    pages = PageStore()
    for name in "abcdefghijkl":
        pages.put((name,), page(noise(5_000)), 60_000)
        pages.get(("a",), STATE, NOW)
    assert pages.get(("a",), STATE, NOW)
    assert pages.get(("b",), STATE, NOW) is None


def test_a_page_kept_again_counts_once():
    pages = PageStore()
    pages.put(("/",), page(), KEPT)
    once = pages.bytes
    pages.put(("/",), page(), KEPT)
    assert pages.bytes == once


def test_a_page_too_large_for_its_share_is_not_kept():
    pages = PageStore()
    pages.put(("/",), page(noise(20_000)), 100_000)
    assert len(pages) == 0


@pytest.fixture
def serve(monkeypatch):
    """serve(view) -> a function that asks it through the middleware, outside of any transaction."""
    monkeypatch.setattr(middleware, "counter_state_for", lambda request: STATE)
    monkeypatch.setattr(middleware, "next_expiry", lambda at: at + timedelta(hours=1))

    def through(view):
        kept = middleware.PageCacheMiddleware(view)
        return lambda **meta: kept(RequestFactory().get("/page/", **meta))

    return through


def counting(make):
    """(view, list that grows with each rendering)"""
    rendered = []

    def view(request):
        rendered.append(request)
        return make()

    return view, rendered


def with_cookie():
    response = HttpResponse("x")
    response.set_cookie("seen", "1")
    return response


@each(
    "make",
    [
        with_cookie,
        lambda: HttpResponse("x", status=404),
        lambda: HttpResponse("x", status=301, headers={"Location": "/"}),
        lambda: StreamingHttpResponse(["x"]),
        lambda: HttpResponse("x", headers={"Cache-Control": "max-age=0, no-store, private"}),
        lambda: HttpResponse("x", headers={"Vary": "Accept-Language"}),
        lambda: HttpResponse("x", headers={"Vary": "*"}),
        lambda: HttpResponse("x", headers={"Content-Encoding": "br"}),
    ],
    ids=["cookie", "missing", "redirect", "stream", "private", "language", "anything", "encoded"],
)
def test_such_an_answer_is_not_kept(serve, make):
    view, rendered = counting(make)
    ask = serve(view)
    ask()
    ask()
    assert len(rendered) == 2


def test_each_answer_is_told_of_rendered_or_kept(serve):
    """So views of kept pages are counted."""
    served = []

    def make():
        response = HttpResponse("x")
        response.on_serve = served.append
        return response

    view, rendered = counting(make)
    ask = serve(view)
    ask(HTTP_REFERER="https://example.org/1")
    ask(HTTP_REFERER="https://example.org/2")
    assert len(rendered) == 1
    assert [request.META["HTTP_REFERER"][-1] for request in served] == ["1", "2"]


def test_an_answer_that_is_not_kept_is_told_of_too(monkeypatch, serve):
    served = []

    def make():
        response = HttpResponse("x", headers={"Cache-Control": "private"})
        response.on_serve = served.append
        return response

    serve(counting(make)[0])()
    assert len(served) == 1


def test_the_clock_is_read_before_the_page_is_rendered(monkeypatch):
    """What is committed while a page is rendered makes it old at once, whether it shows it or not."""
    numbers = iter([STATE, STATE._replace(number=8)])
    shown = [STATE]
    monkeypatch.setattr(counter, "state_to_keep_by", lambda: shown[0])
    monkeypatch.setattr(middleware, "next_expiry", lambda at: at + timedelta(hours=1))

    def commits_meanwhile():
        shown[0] = next(numbers)
        return HttpResponse(str(shown[0].number))

    next(numbers)
    ask = middleware.PageCacheMiddleware(counting(commits_meanwhile)[0])
    assert ask(RequestFactory().get("/page/")).content == b"8"
    assert middleware.PAGE_STORE.get(middleware.cache_key(RequestFactory().get("/page/")), shown[0], NOW) is None
