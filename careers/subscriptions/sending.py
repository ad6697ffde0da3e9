"""Mails of new jobs. A job goes to an alert at most once: it is noted in the transaction that queues the mail."""

import logging
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import connection, transaction

from careers.postings.job_list.results import load_cards
from careers.postings.models import Posting

from . import mails
from .models import AlertMatch, JobAlert
from .rhythm import next_time

log = logging.getLogger(__name__)

BATCH = 100  # alerts of one transaction
AT_MOST = 5_000  # alerts of one run; the next run goes on
PAUSE_AFTER_FAULT = timedelta(hours=1)


def has_due(at: datetime) -> bool:
    return JobAlert.objects.due(at).exists()


def send_due(at: datetime) -> int:
    """Queue the mails of all alerts whose time has come; returns their number."""
    due = list(JobAlert.objects.due(at).order_by("next_at", "pk").values_list("pk", flat=True)[:AT_MOST])
    return sum(send_batch(due[start : start + BATCH], at) for start in range(0, len(due), BATCH))


@transaction.atomic
def send_batch(pks: list[int], at: datetime) -> int:
    """Alerts that another worker sends now are left to it. Jobs that have closed since they were found are left out."""
    is_locking = connection.features.has_select_for_update_skip_locked  # SQLite has one writer at a time anyway
    alerts = JobAlert.objects.due(at).filter(pk__in=pks).order_by("pk").select_related("subscriber")
    alerts = list(alerts.select_for_update(of=("self",), skip_locked=True) if is_locking else alerts)
    waiting = matches_by_alert(alerts)
    postings = {match.posting_id for matches in waiting.values() for match in matches}
    cards = load_cards(sorted(postings), Posting.objects.live(at).for_cards())
    gone = [match.pk for matches in waiting.values() for match in matches if match.posting_id not in cards]
    AlertMatch.objects.filter(pk__in=gone).delete()
    sent: list[int] = []
    for alert in alerts:
        sent += queue_mail_of(alert, [match for match in waiting[alert.pk] if match.posting_id in cards], cards, at)
    AlertMatch.objects.filter(pk__in=sent).update(sent_at=at)
    JobAlert.objects.bulk_update(alerts, ["next_at", "last_sent_at"])
    return sum(alert.last_sent_at == at for alert in alerts)


def matches_by_alert(alerts: Iterable[JobAlert]) -> dict[int, list[AlertMatch]]:
    waiting: dict[int, list[AlertMatch]] = defaultdict(list)
    for match in AlertMatch.objects.waiting().filter(alert__in=alerts).order_by("pk"):
        waiting[match.alert_id].append(match)
    return waiting


def queue_mail_of(alert: JobAlert, matches: list[AlertMatch], cards: dict, at: datetime) -> list[int]:
    """Primary keys of the matches that are in the queued mail. An alert whose mail cannot be made does not stop the others."""
    alert.next_at = next_time(alert, at)
    if not matches:
        return []
    try:
        mail = mails.new_jobs_mail(alert, [(match, cards[match.posting_id]) for match in matches])
    except Exception:
        log.exception("The mail of job alert %s cannot be made; it is tried again in an hour.", alert.pk)
        alert.next_at = at + PAUSE_AFTER_FAULT
        return []
    mail.queue()
    alert.last_sent_at = at
    return [match.pk for match in matches]


def forget_old_matches(at: datetime, days: int) -> None:
    old = AlertMatch.objects.filter(matched_at__lt=at - timedelta(days=days))
    old.exclude(sent_at=None, is_dismissed=False).delete()
