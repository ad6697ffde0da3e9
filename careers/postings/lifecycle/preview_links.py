"""Signed links with which people without a login can read a posting before it opens.

A link is not stored. It works for PREVIEW_LINK_DAYS and only while the posting has not opened.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import QuerySet
from django.urls import reverse

from careers.postings.models import Posting

signer = TimestampSigner(salt="careers.postings.lifecycle.preview_links")


def is_shareable(posting: Posting, at: datetime | None = None) -> bool:
    return posting.state(at) in Posting.State.BEFORE_OPENING


def preview_url(posting: Posting) -> str:
    """Absolute URL."""
    return settings.SITE_URL + reverse("postings:preview", args=[signer.sign(str(posting.pk))])


def link_lifetime() -> timedelta:
    return timedelta(days=settings.PREVIEW_LINK_DAYS)


def posting_for_token(postings: QuerySet, token: str, at: datetime) -> Posting | None:
    """The posting that the token opens now; None when the token is wrong or expired or the posting is not shareable."""
    try:
        pk = int(signer.unsign(token, max_age=link_lifetime()))
    except (BadSignature, ValueError):
        return None
    posting = postings.filter(pk=pk).first()
    return posting if posting and is_shareable(posting, at) else None
