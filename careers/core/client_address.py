import re
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

# An address with a port: 192.0.2.1:5678, [2001:db8::1]:443, [2001:db8::1].
WITH_PORT = re.compile(r"(?:(?P<v4>[0-9.]+):[0-9]{1,5}|\[(?P<v6>[^\]]+)\](?::[0-9]{1,5})?)")


def client_address(request: HttpRequest) -> str:
    """The client's IP address: of the connection, or behind our own proxy the last one it added to X-Forwarded-For.

    What is not an address, such as “unknown”, does not count. '' only where the server names no connection either.
    """
    connection = parse_address(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return connection
    return parse_address(request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]) or connection


def parse_address(text: str) -> str:
    """The IP address in its usual spelling, without port and zone; '' for anything else."""
    text = text.strip()
    if parts := WITH_PORT.fullmatch(text):
        text = parts["v4"] or parts["v6"]
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)
