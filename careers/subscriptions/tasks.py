"""What the background worker does for subscriptions."""

from django.utils import timezone
from django_tasks import task

from . import matching, sending, services

MATCHES_KEPT_DAYS = 400  # of jobs that were mailed


@task
def match_new_jobs() -> str:
    report = matching.match_new_postings(timezone.now())
    return f"{report.postings} new jobs, {report.searches} searches, {report.matches} matches"


@task
def send_due_alerts() -> str:
    return f"{sending.send_due(timezone.now())} mails queued"


@task
def remove_old_rows() -> str:
    now = timezone.now()
    sending.forget_old_matches(now, MATCHES_KEPT_DAYS)
    return f"{services.remove_unconfirmed(now)} unconfirmed alerts removed"
