"""Signed links in mails. Each names its purpose and the secret of the subscriber: none works for another purpose."""

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.urls import reverse

from .models import AlertMatch, JobAlert, Subscriber

SALT = "careers.subscriptions"


class Link(NamedTuple):
    pk: int
    secret: str


def sign(purpose: str, pk: int, secret: str) -> str:
    return signing.dumps([pk, secret], salt=f"{SALT}.{purpose}")


def read(purpose: str, token: str, max_age: timedelta | None = None) -> Link:
    """Raises signing.SignatureExpired or signing.BadSignature."""
    return Link(*signing.loads(token, salt=f"{SALT}.{purpose}", max_age=max_age))


def confirm_url(alert: JobAlert) -> str:
    return _absolute("confirm", sign("confirm", alert.pk, alert.subscriber.secret))


def manage_url(subscriber: Subscriber) -> str:
    return _absolute("manage", sign("manage", subscriber.pk, subscriber.secret))


def unsubscribe_url(alert: JobAlert) -> str:
    return _absolute("unsubscribe", sign("unsubscribe", alert.pk, alert.subscriber.secret))


def dismiss_url(match: AlertMatch, subscriber: Subscriber) -> str:
    return _absolute("dismiss", sign("dismiss", match.pk, subscriber.secret))


def _absolute(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"subscriptions:{name}", args=[token])
