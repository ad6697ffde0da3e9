"""Leaves in `Accept-Encoding` only what the client accepts.

Django, WhiteNoise and our page cache look for the word gzip in this header, and took `gzip;q=0`, which refuses it, for a wish.
"""

import re
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

REFUSED = re.compile(r"\s*q\s*=\s*0(?:\.0*)?\s*", re.IGNORECASE)


def accepted_encodings(header: str) -> str:
    """'br, GZIP;q=0.5, deflate;q=0' -> 'br, gzip'."""
    offers = [offer.split(";") for offer in header.split(",")]
    accepted = [coding for coding, *parameters in offers if not any(map(REFUSED.fullmatch, parameters))]
    return ", ".join(coding.strip().lower() for coding in accepted if coding.strip())


class AcceptEncodingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if header := request.META.get("HTTP_ACCEPT_ENCODING", ""):
            request.META["HTTP_ACCEPT_ENCODING"] = accepted_encodings(header)
        return self.get_response(request)
