"""URLs of other sites: checked before they are stored and before they are shown."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from .slugs import DIRECTION_MARKS

LOCAL_ENDINGS = frozenset({"localhost", "local", "internal", "lan", "home", "intranet"})


def http_url(url: str | None) -> str:
    """The URL if it is http or https; '' for javascript:, data: and other values that are unsafe in a link."""
    address = (url or "").strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme.lower() in ("http", "https") and parts.netloc else ""


def host_name(url: str | None) -> str:
    """'https://www.example.com/jobs?id=3' -> 'example.com'."""
    return (urlsplit(http_url(url)).hostname or "").removeprefix("www.")


def validate_public_url(url: str) -> None:
    """A URL that visitors can open: no private or local host, no number as a host name, no direction marks."""
    try:
        name = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError as error:
        raise ValidationError(
            "Enter a full web address, for example https://example.org/jobs.", code="invalid"
        ) from error
    if any(character in DIRECTION_MARKS or not character.isprintable() for character in url):
        raise ValidationError(
            "The address contains invisible characters. Type it again instead of pasting it.", code="control"
        )
    if not _is_public(name):
        raise ValidationError(
            f"“{name}” is a private address that visitors cannot open. Enter a public web address.", code="private"
        )


def _is_public(name):
    try:
        return ip_address(name).is_global
    except ValueError:
        last = name.rpartition(".")[2]
        return "." in name and not last[:1].isdigit() and last.lower() not in LOCAL_ENDINGS
