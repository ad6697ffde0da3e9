"""Mails about reviews: to publishers when something is submitted, to the author when it was decided.

They are queued in the same transaction and sent by the background worker, which tries again where the mail server fails.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.urls import reverse

from careers.background.mail import queue_mail
from careers.postings.models.review import Claimed
from careers.postings.permissions import PUBLISH


def display_name(user) -> str:
    return (user.get_full_name() or user.get_username()) if user else "Somebody"


def publishers() -> QuerySet:
    """Staff who may publish."""
    backend = "django.contrib.auth.backends.ModelBackend"
    return get_user_model().objects.with_perm(PUBLISH, backend=backend).filter(is_staff=True).order_by("pk")


def notify_publishers(subject: str, view: str, row: Claimed, *, by) -> None:
    """``view`` is the name of the admin page of ``row``. Without MAIL_EACH_SUBMISSION only the daily digest tells them."""
    if not settings.MAIL_EACH_SUBMISSION:
        return
    recipients = publishers().exclude(email="")
    if by:
        recipients = recipients.exclude(pk=by.pk)
    addresses = list(recipients.values_list("email", flat=True))
    text = f"{display_name(by)} submitted it for review. Read it and decide here:\n\n{_url(view, row)}\n"
    _queue(f"For review: {subject}", text, addresses)


def notify_author(subject: str, decision: str, view: str, row: Claimed, *, reason: str, by) -> None:
    """Mails the person who submitted it, unless they decided themselves. ``decision`` completes the sentence "It was"."""
    author = row.submitted_by
    if not author or not author.email or author == by:
        return
    given_reason = f"{reason.strip()}\n\n" if reason.strip() else ""
    text = f"“{subject}” was {decision} by {display_name(by)}.\n\n{given_reason}{_url(view, row)}\n"
    _queue(f"{decision.capitalize()}: {subject}", text, [author.email])


def _url(view, row):
    return settings.SITE_URL + reverse(view, args=[row.pk])


def _queue(subject, text, addresses):
    for address in addresses:
        queue_mail(subject, text, address)
