"""The mails of review: to those who publish when something waits, to its author when it was decided. Each is sent once,
after the transaction that made it necessary; a mail server that fails is logged and undoes nothing."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.urls import reverse


def name_of(user):
    return (user.get_full_name() or user.get_username()) if user else "Somebody"


def publishers():
    """Who is told that something waits: everybody who may publish and has an address."""
    backend = "django.contrib.auth.backends.ModelBackend"
    people = get_user_model().objects.with_perm("postings.publish_posting", backend=backend)
    return people.filter(is_staff=True).exclude(email="").order_by("pk")


def tell_publishers(what, view, row, *, by):
    """`view` is the admin page of `row` where it can be decided. Left to the daily digest where the settings say so."""
    if not settings.MAIL_EACH_SUBMISSION:
        return
    others = publishers().exclude(pk=by.pk) if by else publishers()
    addresses = list(others.values_list("email", flat=True))
    text = f"{name_of(by)} submitted it for review. It can be read and decided here:\n\n{_address(view, row)}\n"
    _send_later(f"For review: {what}", text, addresses)


def tell_author(what, decision, view, row, *, reason, by):
    """To who submitted it, unless they decided it themselves. `decision` ends the sentence “It was …”."""
    author = row.submitted_by
    if not author or not author.email or author == by:
        return
    said = f"{reason.strip()}\n\n" if reason.strip() else ""
    text = f"“{what}” was {decision} by {name_of(by)}.\n\n{said}{_address(view, row)}\n"
    _send_later(f"{decision.capitalize()}: {what}", text, [author.email])


def _address(view, row):
    return settings.SITE_URL + reverse(view, args=[row.pk])


def _send_later(subject, text, addresses):
    if addresses:
        transaction.on_commit(lambda: _send(" ".join(subject.split()), text, addresses), robust=True)


def _send(subject, text, addresses):
    """One message to each address, so that nobody learns the addresses of the others."""
    get_connection().send_messages([EmailMessage(subject, text, to=[address]) for address in addresses])
