"""Mails of new jobs. A job goes to an alert at most once: it is noted in the transaction that queues the mail."""

from datetime import datetime, timedelta

from django.db import transaction

from careers.postings.job_list.results import load_cards
from careers.postings.models import Posting

from . import mails
from .models import AlertMatch, JobAlert
from .rhythm import next_time

AT_MOST = 5_000  # mails queued in one run; the next run goes on


def send_due(at: datetime) -> int:
    """Queue the mails of all alerts whose time has come; returns their number."""
    due = JobAlert.objects.due(at).order_by("next_at", "pk").values_list("pk", flat=True)[:AT_MOST]
    return sum(send_alert(pk, at) for pk in list(due))


@transaction.atomic
def send_alert(pk: int, at: datetime) -> bool:
    """False if there was nothing to send, or another worker was quicker. Jobs that have closed since are left out."""
    alert = JobAlert.objects.due(at).select_for_update(of=("self",)).filter(pk=pk).select_related("subscriber").first()
    if alert is None:
        return False
    waiting = list(alert.matches.waiting().order_by("pk"))
    cards = load_cards([match.posting_id for match in waiting], Posting.objects.live(at).for_cards())
    sent = [match for match in waiting if match.posting_id in cards]
    AlertMatch.objects.filter(pk__in=[match.pk for match in waiting if match not in sent]).delete()
    JobAlert.objects.filter(pk=pk).update(next_at=next_time(alert, at), **({"last_sent_at": at} if sent else {}))
    if sent:
        mails.queue_new_jobs(alert, [(match, cards[match.posting_id]) for match in sent], at)
        AlertMatch.objects.filter(pk__in=[match.pk for match in sent]).update(sent_at=at)
    return bool(sent)


def forget_old_matches(at: datetime, days: int) -> None:
    AlertMatch.objects.filter(matched_at__lt=at - timedelta(days=days)).exclude(
        sent_at=None, is_dismissed=False
    ).delete()
