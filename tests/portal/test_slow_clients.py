"""Slow clients, and what else depends on the real server: bodies, sizes, headers."""

import re
import socket
from http.client import HTTPConnection
from urllib.parse import urlencode

import psutil
import pytest

from bench.served import Site, free_port
from tests.portal.test_serving import LONGEST_WAIT, until

pytestmark = pytest.mark.xdist_group("server")

SECONDS = 8  # long enough to be answered meanwhile on a busy machine
FORM = "application/x-www-form-urlencoded"
HEAD = "POST /admin/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\n"
COOKIE = f"Cookie: csrftoken={'a' * 32}\r\n"  # Django reads the body to compare it
SLOW_BODY = f"{HEAD}{COOKIE}Content-Type: {FORM}\r\nContent-Length: 1000\r\n\r\nusername="
LARGE_FILE = "GET /static/unfold/css/styles.css HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


@pytest.fixture(scope="module")
def portal(originals, tmp_path_factory):
    """One worker behind a proxy, with short limits."""
    site = Site(tmp_path_factory.mktemp("slow"), free_port(), kept_megabytes=32, like=originals.with_starter())
    limits = dict.fromkeys(("HEAD_SECONDS", "BODY_SECONDS", "UPLOAD_SECONDS"), str(SECONDS))
    site.environment |= limits | {"UNREAD_SECONDS": "2", "BEHIND_PROXY": "1", "LOGIN_FAILURE_LIMIT": "3"}
    site.start()
    yield site
    site.stop()


def opened(portal, text, receive=None):
    client = socket.socket()
    if receive:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive)
    client.settimeout(LONGEST_WAIT)
    client.connect(("127.0.0.1", portal.port))
    client.sendall(text.encode())
    return client


def all_of(client):
    """What the server sends until it closes the connection."""
    with client, client.makefile("rb") as answer:
        return answer.read().decode()


def asked(portal, address, body=None, headers=()):
    """Status, headers and text of an answer; the headers go out in their order."""
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=SECONDS - 2)
    connection.putrequest("GET" if body is None else "POST", address)
    for name, value in headers:
        connection.putheader(name, value)
    if body is not None:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, answer.headers, text


def cookies(headers):
    return [("Cookie", cookie.partition(";")[0]) for cookie in headers.get_all("Set-Cookie", [])]


def logged_in(portal, name, password, headers=()):
    """Status of the answer, and the cookies of the session."""
    _, given, page = asked(portal, "/admin/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    body = urlencode({"csrfmiddlewaretoken": token, "username": name, "password": password}).encode()
    status, answered, _ = asked(portal, "/admin/login/", body, [("Content-Type", FORM), *cookies(given), *headers])
    return status, cookies(answered)


def large_upload(portal):
    """Address, headers and body of an article that is sent by the first user."""
    address = "/admin/roles/role/import-article/"
    status, session = logged_in(portal, "admin", portal.password)
    assert status == 302
    _, _, page = asked(portal, address, headers=session)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    parts = (
        ('csrfmiddlewaretoken"', token),
        ('file"; filename="a.md"', "long text " * 30_000),
        ('title"', "The last part"),
    )
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}\r\n\r\n{value}\r\n' for name, value in parts)
    return address, [("Content-Type", "multipart/form-data; boundary=b"), *session], f"{body}--b--\r\n".encode()


def test_slow_clients_cost_no_thread_and_are_ended(portal):
    address, headers, body = large_upload(portal)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    upload = f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}Content-Length: {len(body)}\r\n\r\n--b"
    bodies = [opened(portal, text) for text in [SLOW_BODY] * 200 + [upload] * 12]
    heads = [opened(portal, text) for text in ["GET / HTTP/1.1\r\nHost:"] * 100 + [""] * 100]
    for page in ("/healthz", "/jobs/", "/admin/login/", "/healthz"):
        assert asked(portal, page)[0] == 200
    assert [all_of(client)[:12] for client in bodies] == ["HTTP/1.1 408"] * len(bodies)
    assert [all_of(client) for client in heads] == [""] * len(heads)


def test_clients_that_do_not_read_cost_no_thread_and_are_ended(portal):
    clients = [opened(portal, LARGE_FILE * 20, receive=1024) for _ in range(12)]
    for page in ("/healthz", "/jobs/", "/healthz"):
        assert asked(portal, page)[0] == 200
    (worker,) = psutil.Process(portal.process.pid).children()
    ports = {client.getsockname()[1] for client in clients}
    until(lambda: not ports & {each.raddr.port for each in worker.net_connections("tcp") if each.raddr})
    for client in clients:
        client.close()


def test_a_large_file_of_staff_arrives(portal):
    address, headers, body = large_upload(portal)
    status, _, page = asked(portal, address, body, headers)
    assert (status, 'value="The last part"' in page) == (200, True)


def test_too_large_a_body_is_refused_before_it_is_sent(portal):
    head = f"{HEAD}Content-Length: {300 * 2**20}\r\nExpect: 100-continue\r\n\r\n"
    assert all_of(opened(portal, head)).startswith("HTTP/1.1 413")


def test_a_body_is_asked_for_where_the_client_waits(portal):
    client = opened(portal, f"{HEAD}Content-Length: 10\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
    assert client.recv(1000).startswith(b"HTTP/1.1 100 Continue")
    client.sendall(b"username=a")
    assert all_of(client).startswith("HTTP/1.1 403")  # no CSRF token


def test_a_body_without_length_is_refused(portal):
    chunked = f"{HEAD}Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
    assert all_of(opened(portal, chunked)).startswith("HTTP/1.1 411")


def test_one_connection_takes_many_requests(portal):
    connection = HTTPConnection("127.0.0.1", portal.port, timeout=LONGEST_WAIT)
    sizes = []
    for method in ("HEAD", "GET"):
        connection.request(method, "/jobs/")
        own = connection.sock.getsockname()
        answer = connection.getresponse()
        sizes.append((answer.status, own, int(answer.headers["Content-Length"]), len(answer.read())))
    connection.close()
    (status, first, announced, nothing), (_, second, _, size) = sizes
    assert (status, first, announced, nothing) == (200, second, size, 0)


@pytest.mark.parametrize("own_first", [True, False])
def test_a_client_cannot_name_its_own_address_in_the_header_of_the_proxy(portal, own_first):
    def try_from(address, number):
        given = [("X_Forwarded_For", f"198.51.100.{number}"), ("X-Forwarded-For", address)]
        return logged_in(portal, f"nobody-{own_first}", "wrong", given if own_first else given[::-1])[0]

    assert [try_from("203.0.113.5", number) for number in range(4)] == [200, 200, 429, 429]
    assert try_from("203.0.113.6", 0) == 200
