"""Readers who get mail, their job alerts, and which jobs go to which alert.

An address is stored once. An alert sends nothing before its link was opened and confirmed.
"""

import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q

from careers.core.time_zones import validate_zone
from careers.postings.models import Posting

from .email_addresses import MAX_LENGTH, normalize_email


def new_secret() -> str:
    return secrets.token_urlsafe(12)


class Subscriber(models.Model):
    """A mail address. Its links are signed with `secret`: a new secret makes all earlier links invalid."""

    email = models.CharField(
        max_length=MAX_LENGTH, unique=True, error_messages={"unique": "This address is known already."}
    )
    secret = models.CharField(max_length=32, default=new_secret, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.email

    def save(self, *args, **kwargs):
        self.email = normalize_email(self.email)
        super().save(*args, **kwargs)


class JobAlertQuerySet(models.QuerySet["JobAlert"]):
    def active(self) -> "JobAlertQuerySet":
        return self.filter(state=JobAlert.State.ACTIVE)

    def due(self, at: datetime) -> "JobAlertQuerySet":
        """Active alerts whose time has come and that have jobs to send."""
        waiting = AlertMatch.objects.waiting().filter(alert=models.OuterRef("pk"))
        return self.active().filter(Q(next_at__isnull=True) | Q(next_at__lte=at)).filter(models.Exists(waiting))


class JobAlert(models.Model):
    """A stored search of /jobs/ whose new jobs are mailed.

    `search` is what PostingSearch.to_json() returns. `next_at` is when the next mail may go; empty: at once.
    """

    class State(models.TextChoices):
        PENDING = "pending", "Waiting for confirmation"
        ACTIVE = "active", "Active"
        PAUSED = "paused", "Paused"

    class Rhythm(models.TextChoices):
        AT_ONCE = "at_once", "As soon as a job appears"
        DAILY = "daily", "Once a day"
        WEEKLY = "weekly", "Once a week"

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="job_alerts")
    search = models.JSONField()
    search_key = models.CharField(
        max_length=64, editable=False
    )  # digest of the search, so that it is stored once a reader
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.DAILY)
    weekday = models.PositiveSmallIntegerField(default=0)  # Monday is 0
    hour = models.PositiveSmallIntegerField(default=8)
    time_zone = models.CharField(max_length=64, validators=[validate_zone])
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    consent_text = models.CharField(max_length=500)  # as it stood beside the button
    consented_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    next_at = models.DateTimeField(null=True, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    objects = JobAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "search_key"],
                name="jobalert_search_once",
                violation_error_message="This reader has an alert for this search already.",
            ),
            models.CheckConstraint(
                condition=Q(weekday__lte=6, hour__lte=23),
                name="jobalert_time_exists",
                violation_error_message="Choose a weekday and an hour from 0 to 23.",
            ),
            models.CheckConstraint(
                condition=Q(state="pending", confirmed_at__isnull=True)
                | ~Q(state="pending") & Q(confirmed_at__isnull=False),
                name="jobalert_confirmed_when_active",
                violation_error_message="An alert is active once its reader has confirmed it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subscriber_id}: {self.search_key[:8]}"


class AlertMatchQuerySet(models.QuerySet["AlertMatch"]):
    def waiting(self) -> "AlertMatchQuerySet":
        return self.filter(sent_at__isnull=True, is_dismissed=False)


class AlertMatch(models.Model):
    """A new job that an alert finds. It is mailed at most once."""

    alert = models.ForeignKey(JobAlert, on_delete=models.CASCADE, related_name="matches")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    matched_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    is_dismissed = models.BooleanField(default=False)  # by the reader: not for me

    objects = AlertMatchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["alert", "posting"],
                name="alertmatch_once",
                violation_error_message="This alert has found this job already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.alert_id}: {self.posting_id}"


class MatchedPosting(models.Model):
    """A job that was compared with all alerts: it is new no more, also when it is closed and opened again."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, primary_key=True, related_name="+")
    matched_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.posting_id)
