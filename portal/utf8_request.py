"""A request is UTF-8, whatever its Content-Type says.

Django would decode the query string by a charset that the client names. The page kept for an address would then show the words
of the one client that asked first, and names such as "idna" or "hex", which decode no text, would be a server error.
"""

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest


class Utf8Request(WSGIRequest):
    @property
    def encoding(self) -> None:
        """None stands for UTF-8."""
        return None

    @encoding.setter
    def encoding(self, name: str | None) -> None:
        pass


class Utf8Handler(WSGIHandler):
    request_class = Utf8Request
