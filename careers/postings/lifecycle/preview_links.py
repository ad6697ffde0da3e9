"""The link by which people without a login read a posting before it opens.

It is signed, not stored: it ends after PREVIEW_LINK_DAYS, and wherever the posting is not on its way to readers any more.
"""

from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.urls import reverse

from careers.postings.models import Posting

ON_THEIR_WAY = (Posting.State.DRAFT, Posting.State.IN_REVIEW, Posting.State.SCHEDULED)
signer = TimestampSigner(salt="careers.postings.lifecycle.preview_links")


def is_shareable(posting, at=None):
    """Before it opens. Then its own address takes over; rejected or withdrawn, nobody is to read it."""
    return posting.state(at) in ON_THEIR_WAY


def preview_address(posting):
    """Absolute, to be sent to somebody."""
    return settings.SITE_URL + reverse("postings:preview", args=[signer.sign(posting.pk)])


def link_lifetime():
    return timedelta(days=settings.PREVIEW_LINK_DAYS)


def shared_posting(postings, token, at):
    """The posting among `postings` that the token opens at this moment; None for a token wrong, expired or dead."""
    try:
        pk = int(signer.unsign(token, max_age=link_lifetime()))
    except (BadSignature, ValueError):
        return None
    posting = postings.filter(pk=pk).first()
    return posting if posting and is_shareable(posting, at) else None
