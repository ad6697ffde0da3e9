"""What readers do with their alerts."""

import hashlib
import json
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from careers.postings.job_list.stored_search import PostingSearch

from . import mails
from .email_addresses import normalize_email
from .models import JobAlert, Subscriber
from .rhythm import next_time

MAILS_A_DAY = 5  # of confirmations to one address
RESEND_AFTER = timedelta(minutes=10)


@transaction.atomic
def request_alert(
    email: str,
    search: PostingSearch,
    *,
    rhythm: str,
    weekday: int,
    hour: int,
    time_zone: str,
    consent_text: str,
    at: datetime,
) -> None:
    """Keep the wish and mail a link that confirms it. Does the same work for known and unknown addresses.

    Raises ValidationError for an invalid address.
    """
    subscriber, _ = Subscriber.objects.get_or_create(email=normalize_email(email))
    subscriber = Subscriber.objects.select_for_update().get(pk=subscriber.pk)
    wish = {
        "search": search.to_json(), "rhythm": rhythm, "weekday": weekday, "hour": hour, "time_zone": time_zone,
        "consent_text": consent_text, "consented_at": at,
    }  # fmt: skip
    known = subscriber.job_alerts.filter(search_key=search_key(search)).first()
    if known is None:
        known = JobAlert.objects.create(subscriber=subscriber, search_key=search_key(search), **wish)
        is_allowed = subscriber.job_alerts.filter(consented_at__gt=at - timedelta(days=1)).count() <= MAILS_A_DAY
    else:
        is_allowed = at - known.consented_at > RESEND_AFTER
        if known.state == JobAlert.State.PENDING and is_allowed:
            JobAlert.objects.filter(pk=known.pk).update(**wish)
    if is_allowed:
        (mails.queue_confirmation if known.state == JobAlert.State.PENDING else mails.queue_already_active)(known)


def search_key(search: PostingSearch) -> str:
    return hashlib.sha256(json.dumps(search.pairs).encode()).hexdigest()


@transaction.atomic
def confirm_alert(alert: JobAlert, at: datetime) -> bool:
    """False if it was confirmed before."""
    alert = JobAlert.objects.select_for_update().get(pk=alert.pk)
    if alert.state != JobAlert.State.PENDING:
        return False
    alert.state, alert.confirmed_at, alert.next_at = JobAlert.State.ACTIVE, at, next_time(alert, at)
    alert.save()
    return True


def pause_alert(alert: JobAlert) -> None:
    JobAlert.objects.filter(pk=alert.pk, state=JobAlert.State.ACTIVE).update(state=JobAlert.State.PAUSED)


def resume_alert(alert: JobAlert, at: datetime) -> None:
    """Jobs found before the pause that were not sent are sent with the next mail."""
    paused = JobAlert.objects.filter(pk=alert.pk, state=JobAlert.State.PAUSED)
    paused.update(state=JobAlert.State.ACTIVE, next_at=next_time(alert, at))


@transaction.atomic
def change_rhythm(alert: JobAlert, *, rhythm: str, weekday: int, hour: int, time_zone: str, at: datetime) -> None:
    alert = JobAlert.objects.select_for_update().get(pk=alert.pk)
    alert.rhythm, alert.weekday, alert.hour, alert.time_zone = rhythm, weekday, hour, time_zone
    alert.next_at = next_time(alert, at)
    alert.save()


@transaction.atomic
def change_search(alert: JobAlert, search: PostingSearch) -> bool:
    """False if another alert of the same reader has this search. Jobs found by the old search are forgotten."""
    others = JobAlert.objects.filter(subscriber=alert.subscriber_id, search_key=search_key(search)).exclude(pk=alert.pk)
    if others.exists():
        return False
    alert.search, alert.search_key = search.to_json(), search_key(search)
    alert.save(update_fields=["search", "search_key"])
    alert.matches.waiting().delete()
    return True


def erase(subscriber: Subscriber) -> None:
    """Everything we have of an address."""
    subscriber.delete()


def remove_unconfirmed(at: datetime) -> int:
    """Delete alerts that nobody confirmed, and addresses that have no alert left; returns the number of alerts."""
    old = JobAlert.objects.filter(
        state=JobAlert.State.PENDING, consented_at__lt=at - timedelta(days=settings.CONFIRMATION_DAYS)
    )
    number, _ = old.delete()
    Subscriber.objects.filter(job_alerts=None, created_at__lt=at - timedelta(days=settings.CONFIRMATION_DAYS)).delete()
    return number


def everything_about(subscriber: Subscriber) -> dict:
    """What we have of an address, for its owner."""
    alerts = subscriber.job_alerts.order_by("pk")
    return {
        "email": subscriber.email,
        "since": subscriber.created_at,
        "job_alerts": [
            {
                "search": alert.search, "rhythm": alert.rhythm, "weekday": alert.weekday, "hour": alert.hour,
                "time_zone": alert.time_zone, "state": alert.state, "consent": alert.consent_text,
                "consented_at": alert.consented_at, "confirmed_at": alert.confirmed_at, "last_sent_at": alert.last_sent_at,
                "jobs": list(alert.matches.order_by("pk").values("posting_id", "matched_at", "sent_at", "is_dismissed")),
            }
            for alert in alerts
        ],
    }  # fmt: skip
