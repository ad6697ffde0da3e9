"""The mails readers get: plain text and HTML of the same content, each with a way out."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from careers.background.mail import queue_mail
from careers.postings.job_list.form import PostingFilterForm

from . import links
from .models import AlertMatch, JobAlert, Subscriber
from .searches import forgotten_values

AUTOMATIC = {"Auto-Submitted": "auto-generated"}  # no out-of-office replies, please (RFC 3834)
SHOWN = 25  # jobs in one mail; the rest is one link


def queue_confirmation(alert: JobAlert) -> None:
    context = _about(alert) | {"confirm_url": links.confirm_url(alert), "days": settings.CONFIRMATION_DAYS}
    _queue("confirm", "Confirm your job alert", alert, context)


def queue_already_active(alert: JobAlert) -> None:
    _queue("already_active", "You already get this job alert", alert, _about(alert))


def queue_manage_link(subscriber: Subscriber) -> None:
    context = {"site_name": settings.SITE_NAME, "manage_url": links.manage_url(subscriber)}
    text, html = (render_to_string(f"subscriptions/mail/manage_link.{ending}", context) for ending in ("txt", "html"))
    queue_mail("Manage your alerts", text, subscriber.email, AUTOMATIC, html)


def queue_new_jobs(alert: JobAlert, jobs: Sequence[tuple[AlertMatch, Any]], at: datetime) -> None:
    """`jobs` are matches with their cards."""
    sentence = _about(alert)["sentence"]
    number = len(jobs)
    subject = f"{number:,} new job{'' if number == 1 else 's'}: {sentence}"
    context = _about(alert) | {
        "jobs": [
            {
                "title": card.title,
                "employer": card.employer.name,
                "places": card.card_places,
                "card": card,
                "url": settings.SITE_URL + card.get_absolute_url(),
                "dismiss_url": links.dismiss_url(match, alert.subscriber),
            }
            for match, card in jobs[:SHOWN]
        ],
        "others": max(number - SHOWN, 0),
    }
    _queue("new_jobs", subject[:200], alert, context, is_regular=True)


def _about(alert: JobAlert) -> dict[str, Any]:
    form = PostingFilterForm.from_json(alert.search)
    query = form.search.query
    return {
        "site_name": settings.SITE_NAME,
        "sentence": form.search.sentence,
        "forgotten": forgotten_values(alert.search, form),
        "list_url": settings.SITE_URL + reverse("postings:list") + (f"?{query}" if query else ""),
        "manage_url": links.manage_url(alert.subscriber),
        "unsubscribe_url": links.unsubscribe_url(alert),
    }


def _queue(name: str, subject: str, alert: JobAlert, context: dict, *, is_regular: bool = False) -> None:
    """Regular mails say how to end them in the headers that mail programs make buttons of (RFC 8058)."""
    headers = dict(AUTOMATIC)
    if is_regular:
        headers |= {
            "List-Unsubscribe": f"<{context['unsubscribe_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    text, html = (render_to_string(f"subscriptions/mail/{name}.{ending}", context) for ending in ("txt", "html"))
    queue_mail(subject, text, alert.subscriber.email, headers, html)
