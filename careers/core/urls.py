"""Addresses of other sites, as they may stand in a page."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from .slugs import DIRECTION_MARKS

LOCAL_ENDINGS = frozenset({"localhost", "local", "internal", "lan", "home", "intranet"})


def http_url(url):
    """The address if it is one of the web; empty for javascript:, data: and whatever else slipped past a form."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def host_name(url):
    """'example.com' of 'https://www.example.com/jobs?id=3'."""
    return (urlsplit(http_url(url)).hostname or "").removeprefix("www.")


def validate_public_url(url):
    """An address visitors can reach: no private or local host, no number in place of a name, no direction marks."""
    try:
        name = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError as error:
        raise ValidationError("This is no address.", code="invalid") from error
    if any(character in DIRECTION_MARKS or not character.isprintable() for character in url):
        raise ValidationError("The address holds invisible control characters; write it anew.", code="control")
    if not _is_public(name):
        raise ValidationError(f"“{name}” is a private or local host: visitors could not open it.", code="private")


def _is_public(name):
    try:
        return ip_address(name).is_global
    except ValueError:
        last = name.rpartition(".")[2]
        return "." in name and not last[:1].isdigit() and last.lower() not in LOCAL_ENDINGS
