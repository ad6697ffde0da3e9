"""Review: claims by reviewers, canned replies, and proposed changes of published postings."""

from datetime import timedelta

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from careers.core.models import ProseField, Timestamped


class ClaimedQuerySetMixin:
    """Queryset methods for rows that reviewers claim."""

    def claimed(self, at=None):
        """Rows with a claim that has not expired."""
        return self.filter(reviewer__isnull=False, review_claimed_at__gt=oldest_claim(at))

    def unclaimed(self, at=None):
        return self.exclude(pk__in=self.claimed(at).values("pk"))


class Claimed(models.Model):
    """A row that waits for a decision, and the reviewer who claimed it. A claim expires after REVIEW_CLAIM_MINUTES."""

    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    review_claimed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    def is_waiting(self) -> bool:
        """Whether it waits for the decision of an editor."""
        raise NotImplementedError

    def claim(self, at=None):
        """(reviewer, claimed at) of a claim that has not expired, otherwise None."""
        if not self.reviewer_id or not self.review_claimed_at or self.review_claimed_at <= oldest_claim(at):
            return None
        return self.reviewer, self.review_claimed_at


def oldest_claim(at=None):
    """Claims made at this moment or before have expired."""
    return (at or timezone.now()) - timedelta(minutes=settings.REVIEW_CLAIM_MINUTES)


class CannedReply(Timestamped):
    """A prepared reason for returning or rejecting. It fills in the reason, which the editor may change before sending."""

    class Use(models.TextChoices):
        BOTH = "both", "Returning and rejecting"
        RETURN = "return", "Returning"
        REJECT = "reject", "Rejecting"

    title = models.CharField(max_length=120, unique=True, help_text="Editors see this title when they choose a reply.")
    body = ProseField(
        "reason", max_length=2000, help_text="The author gets exactly this text. Use plain text without formatting."
    )
    use = models.CharField("offered for", max_length=10, choices=Use, default=Use.BOTH)

    history = HistoricalRecords()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "canned replies"

    def __str__(self):
        return self.title


class PendingChangeQuerySet(ClaimedQuerySetMixin, models.QuerySet):
    def waiting(self):
        """Changes that wait for the decision of an editor."""
        return self.filter(state=PendingChange.State.WAITING)

    def unsettled(self):
        """Waiting, or returned to the author; a posting has at most one of them."""
        return self.filter(state__in=PendingChange.UNSETTLED)


class PendingChange(Claimed, Timestamped):
    """A proposed change of a published posting. Readers see the old version until it is approved."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RETURNED = "returned", "Returned"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"
        TAKEN_BACK = "taken_back", "Withdrawn"

    UNSETTLED = ("waiting", "returned")

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="pending_changes")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, editable=False)
    wanted = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="The fields changed, with what their author wants them to say."
    )
    before = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="What the same fields said when the change was made."
    )
    reason = models.TextField(blank=True, help_text="Why it was returned or rejected.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = PendingChangeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting"],
                condition=Q(state__in=["waiting", "returned"]),
                name="pendingchange_one_unsettled",
                violation_error_message="A change to this posting is already waiting.",
            )
        ]

    def __str__(self):
        return f"Change of {self.posting}"

    @property
    def employer(self):
        return self.posting.employer

    def is_waiting(self):
        return self.state == self.State.WAITING
