"""How often one client may ask for mails. Kept in the memory of each process; addresses are not stored."""

from hashlib import blake2b

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from careers.core.client_address import client_address

AN_HOUR = 20
HOUR = 3600  # seconds


def is_within_limit(request: HttpRequest) -> bool:
    """Counts this request. The client is known only as a digest that depends on the SECRET_KEY."""
    digest = blake2b(
        client_address(request).encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=16
    ).hexdigest()
    key = f"subscriptions:{digest}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= AN_HOUR
    except ValueError:  # it expired just now
        return True
