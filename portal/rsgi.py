"""Django behind granian's RSGI interface (decision 0035).

The event loop reads the body of a request, within limits of time and size. Only a complete request takes a thread, and the
server gets an answer whole: a client that sends or reads slowly costs no thread.
"""

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

from django.conf import settings

Environ = dict[str, Any]

SMALL_BODY = 100 * 1024  # bytes that are read for anybody, before Django is asked
# In the environ of a request whose larger body was not read: Django refuses it, or answers 100 to get it.
BODY_FOLLOWS = "portal.body_follows"
SAME_FOR_ALL = {
    "SCRIPT_NAME": "",
    "wsgi.version": (1, 0),
    "wsgi.errors": sys.stderr,
    "wsgi.multithread": True,
    "wsgi.multiprocess": True,
    "wsgi.run_once": False,
}
WITHOUT_PREFIX = ("CONTENT_TYPE", "CONTENT_LENGTH")


class Application:
    """The RSGI application around a WSGI one, which runs in `threads` threads."""

    def __init__(self, wsgi: Callable, threads: int) -> None:
        self.wsgi = wsgi
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="request")

    def __rsgi_init__(self, loop: asyncio.AbstractEventLoop) -> None:
        if hasattr(socket, "TCP_USER_TIMEOUT"):
            loop.call_soon(close_unread_connections, settings.UNREAD_SECONDS)  # the loop runs once the server listens

    async def __rsgi__(self, scope, protocol) -> None:
        environ = make_environ(scope)
        if "HTTP_TRANSFER_ENCODING" in environ:  # granian does not say whether a chunked body is complete
            refuse(protocol, 411, "Send the length of the body as Content-Length.")
            return
        length, seconds = content_length(environ), settings.BODY_SECONDS
        if length > SMALL_BODY:
            if not await self.run(self.answer, environ | {BODY_FOLLOWS: True}, b"", protocol):
                return
            seconds = settings.UPLOAD_SECONDS
        try:
            body = await read_body(protocol, length, seconds)
        except TimeoutError:
            refuse(protocol, 408, f"Your request did not arrive within {seconds:g} seconds. Send it again.")
        except EOFError:
            protocol.response_empty(400, [])
        else:
            await self.run(self.answer, environ, body, protocol)

    async def run(self, function: Callable, *arguments) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self.threads, function, *arguments)

    def answer(self, environ: Environ, body: bytes, protocol) -> bool:
        """True if there is no answer yet, because the body that follows may be sent."""
        status, headers, content = self.respond(environ | {"wsgi.input": BytesIO(body)})
        if status == 100:
            return True
        protocol.response_bytes(status, headers, content)
        return False

    def respond(self, environ: Environ) -> tuple[int, list[tuple[str, str]], bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        response = self.wsgi(environ, lambda status, headers, error=None: started.append((status, headers)))
        try:
            content = b"".join(response)
        finally:
            response.close()
        status, headers = started[0]
        return int(status[:3]), headers, content


def make_environ(scope) -> Environ:
    """The request as WSGI describes it. Headers with underscores are left out: `X_Forwarded_For` would become the same name as
    `X-Forwarded-For`, which a proxy sets."""
    server, _, port = scope.server.rpartition(":")
    environ: Environ = {
        **SAME_FOR_ALL,
        "REQUEST_METHOD": scope.method,
        "PATH_INFO": as_latin_1(scope.path),
        "QUERY_STRING": as_latin_1(scope.query_string),
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "SERVER_NAME": server.strip("[]"),
        "SERVER_PORT": port,
        "REMOTE_ADDR": scope.client.rpartition(":")[0].strip("[]"),
        "wsgi.url_scheme": scope.scheme,
    }
    for name, value in scope.headers.items():
        if "_" in name:
            continue
        key = name.upper().replace("-", "_")
        if key not in WITHOUT_PREFIX:
            key = f"HTTP_{key}"
        separator = "; " if name == "cookie" else ","
        environ[key] = f"{environ[key]}{separator}{value}" if key in environ else value
    if scope.authority:
        environ.setdefault("HTTP_HOST", scope.authority)
    return environ


def as_latin_1(text: str) -> str:
    """WSGI has the bytes of UTF-8 as characters."""
    return text.encode().decode("latin-1")


async def read_body(protocol, length: int, seconds: float) -> bytes:
    """TimeoutError if it takes longer, EOFError if the client closes the connection before the end."""
    if not length:
        return b""
    async with asyncio.timeout(seconds):
        body = b"".join([part async for part in protocol])
    if len(body) < length:
        raise EOFError
    return body


def content_length(environ: Mapping[str, str]) -> int:
    text = environ.get("CONTENT_LENGTH") or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0


def close_unread_connections(seconds: float) -> None:
    """Let Linux close connections whose client takes nothing of an answer for so long: granian has no option for that, and a
    connection inherits this one from the socket that listens."""
    for descriptor in os.listdir("/proc/self/fd"):
        try:
            connection = socket.socket(fileno=os.dup(int(descriptor)))
        except OSError:  # no socket, or closed meanwhile
            continue
        with connection:
            is_tcp = connection.family in (socket.AF_INET, socket.AF_INET6)
            if is_tcp and connection.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(seconds * 1000))


def refuse(protocol, status: int, text: str) -> None:
    protocol.response_str(status, [("content-type", "text/plain; charset=utf-8")], f"{text}\n")
