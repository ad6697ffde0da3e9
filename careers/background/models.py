"""Which workers are alive, and which scheduled tasks were queued already. The tasks themselves are rows of django-tasks-db."""

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

HEARTBEAT_SECONDS = 5
SILENCE = timedelta(seconds=60)  # after which a worker counts as dead


class WorkerQuerySet(models.QuerySet["Worker"]):
    def alive(self, at: datetime) -> "WorkerQuerySet":
        return self.filter(seen_at__gt=at - SILENCE)


class Worker(models.Model):
    """A process that runs tasks. It updates `seen_at` every HEARTBEAT_SECONDS and deletes its row when it stops."""

    worker_id = models.CharField(max_length=64, primary_key=True)
    host = models.CharField(max_length=255)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    objects = WorkerQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.worker_id} on {self.host}"

    def is_alive(self) -> bool:
        return self.seen_at > timezone.now() - SILENCE


class ScheduledRun(models.Model):
    """A scheduled task was queued for this time. The constraint keeps a second worker from queuing it again."""

    name = models.CharField(max_length=100)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "due_at"],
                name="scheduledrun_once",
                violation_error_message="This task was queued for this time already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.due_at}"
