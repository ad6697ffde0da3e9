"""What the WSGI application is given, and when it is asked."""

import asyncio
from types import SimpleNamespace

import pytest

from portal.rsgi import BODY_FOLLOWS, SMALL_BODY, Application, make_environ
from tests.cases import each


def scope(*headers, **given):
    usual = {
        "method": "POST",
        "path": "/",
        "query_string": "",
        "http_version": "1.1",
        "scheme": "http",
        "authority": None,
    }
    usual |= {"server": "127.0.0.1:8000", "client": "192.0.2.1:50000"}
    return SimpleNamespace(**usual | given, headers=SimpleNamespace(items=lambda: headers))


class Protocol:
    """A client that sends these parts of a body."""

    def __init__(self, *parts):
        self.parts, self.answers = parts, []

    async def __aiter__(self):
        for part in self.parts:
            yield part

    def response_bytes(self, status, headers, body):
        self.answers.append((status, body))

    def response_str(self, status, headers, body):
        self.answers.append((status, body.encode()))

    def response_empty(self, status, headers):
        self.answers.append((status, b""))


class Response(list):
    def close(self):
        self.closed = True


class Django:
    """Answers with the body; a body that follows is asked for or refused."""

    def __init__(self, takes=True):
        self.takes, self.asked, self.responses = takes, [], []

    def __call__(self, environ, start_response):
        body = environ["wsgi.input"].read()
        self.asked.append((environ.get(BODY_FOLLOWS, False), len(body)))
        refused = "100 Continue" if self.takes else "413 Too Large"
        start_response(refused if environ.get(BODY_FOLLOWS) else "200 OK", [])
        self.responses.append(Response([body]))
        return self.responses[-1]


def answer(django, length, *parts):
    protocol = Protocol(*parts)
    headers = [("content-length", str(length))] if length else []
    asyncio.run(Application(django, threads=1).__rsgi__(scope(*headers), protocol))
    assert all(response.closed for response in django.responses)
    return protocol.answers


@each(
    ("name", "headers", "value"),
    [
        ("HTTP_X_FORWARDED_FOR", [("x-forwarded-for", "a"), ("x_forwarded_for", "b")], "a"),
        ("HTTP_X_FORWARDED_FOR", [("x_forwarded_for", "b"), ("x-forwarded-for", "a")], "a"),
        ("HTTP_X_FORWARDED_FOR", [("x-forwarded-for", "a"), ("x-forwarded-for", "b")], "a,b"),
        ("HTTP_X_FORWARDED_FOR", [("x-forwarded_for", "b")], None),
        ("CONTENT_LENGTH", [("content_length", "5")], None),
        ("HTTP_COOKIE", [("cookie", "a=1"), ("cookie", "b=2")], "a=1; b=2"),
        ("CONTENT_TYPE", [("content-type", "text/plain")], "text/plain"),
        ("HTTP_CONTENT_TYPE", [("content-type", "text/plain")], None),
        ("HTTP_HOST", [("host", "a.example")], "a.example"),
        ("REMOTE_ADDR", [], "192.0.2.1"),
        ("SERVER_PORT", [], "8000"),
    ],
)
def test_headers(name, headers, value):
    assert make_environ(scope(*headers)).get(name) == value


def test_addresses_in_any_alphabet_are_bytes():
    environ = make_environ(scope(path="/caf\u00e9/\u4e2d", query_string="q=\u4e2d"))
    assert environ["PATH_INFO"].encode("latin-1").decode() == "/caf\u00e9/\u4e2d"
    assert environ["QUERY_STRING"].encode("latin-1").decode() == "q=\u4e2d"


def test_addresses_of_ip_6_have_no_brackets():
    environ = make_environ(scope(client="[2001:db8::1]:50000", server="[::1]:8000"))
    assert (environ["REMOTE_ADDR"], environ["SERVER_NAME"], environ["SERVER_PORT"]) == ("2001:db8::1", "::1", "8000")


def test_a_small_body_is_complete_before_django_is_asked():
    django = Django()
    assert answer(django, 4, b"ab", b"cd", b"") == [(200, b"abcd")]
    assert django.asked == [(False, 4)]


def test_a_large_body_is_read_only_where_django_takes_it():
    body = b"x" * (SMALL_BODY + 1)
    taking, refusing = Django(), Django(takes=False)
    assert answer(taking, len(body), body) == [(200, body)]
    assert taking.asked == [(True, 0), (False, len(body))]
    assert answer(refusing, len(body), AssertionError) == [(413, b"")]
    assert refusing.asked == [(True, 0)]


@pytest.mark.parametrize("length", [10, SMALL_BODY + 10])
def test_a_body_that_breaks_off_is_never_taken_for_a_complete_one(length):
    django = Django()
    assert answer(django, length, b"half") == [(400, b"")]
    assert (False, 4) not in django.asked


def test_without_a_body_nothing_is_read():
    assert answer(Django(), 0, AssertionError) == [(200, b"")]
