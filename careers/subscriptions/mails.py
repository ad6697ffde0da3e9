"""The mails readers get: plain text and HTML of the same content, each with a way out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from careers.background.mail import queue_mail

from . import links
from .models import AlertMatch, JobAlert, Subscriber
from .searches import AlertSearch

AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # asks for no out-of-office replies (RFC 3834)
SHOWN = 25  # jobs in one mail; the rest is one link
MAX_SUBJECT = 200  # characters


@dataclass(frozen=True)
class Mail:
    subject: str
    text: str
    html: str
    to: str
    headers: dict[str, str]

    def queue(self) -> None:
        queue_mail(self.subject[:MAX_SUBJECT], self.text, self.to, self.headers, self.html)


def queue_confirmation(alert: JobAlert) -> None:
    context = _about(alert) | {"confirm_url": links.confirm_url(alert), "days": settings.CONFIRMATION_DAYS}
    _mail("confirm", "Confirm your job alert", alert.subscriber, context).queue()


def queue_already_active(alert: JobAlert) -> None:
    _mail("already_active", "You already get this job alert", alert.subscriber, _about(alert)).queue()


def queue_manage_link(subscriber: Subscriber) -> None:
    context = {"site_name": settings.SITE_NAME, "manage_url": links.manage_url(subscriber)}
    _mail("manage_link", "Manage your alerts", subscriber, context).queue()


def new_jobs_mail(alert: JobAlert, jobs: Sequence[tuple[AlertMatch, Any]]) -> Mail:
    """`jobs` are matches with their cards. The headers make mail programs show a button that ends the alert (RFC 8058)."""
    about, number = _about(alert), len(jobs)
    context = about | {
        "jobs": [
            {
                "card": card,
                "url": settings.SITE_URL + card.get_absolute_url(),
                "dismiss_url": links.dismiss_url(match, alert.subscriber),
            }
            for match, card in jobs[:SHOWN]
        ],
        "others": max(number - SHOWN, 0),
    }
    headers = {
        "List-Unsubscribe": f"<{about['unsubscribe_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    subject = f"{number:,} new job{'' if number == 1 else 's'}: {about['search'].sentence}"
    return _mail("new_jobs", subject, alert.subscriber, context, headers)


def _about(alert: JobAlert) -> dict[str, Any]:
    search = AlertSearch(alert.search)
    return {
        "site_name": settings.SITE_NAME,
        "search": search,
        "list_url": settings.SITE_URL + search.path,
        "manage_url": links.manage_url(alert.subscriber),
        "unsubscribe_url": links.unsubscribe_url(alert),
    }


def _mail(name: str, subject: str, to: Subscriber, context: dict, headers: dict[str, str] | None = None) -> Mail:
    text, html = (render_to_string(f"subscriptions/mail/{name}.{ending}", context) for ending in ("txt", "html"))
    return Mail(subject, text, html, to.email, AUTOMATIC | (headers or {}))
