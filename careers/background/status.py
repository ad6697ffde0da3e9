"""Whether background work runs, for the first page of the admin."""

from dataclasses import dataclass

from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from .models import Worker


@dataclass(frozen=True)
class BackgroundStatus:
    has_worker: bool
    waiting: int  # tasks that could run now
    failed: int  # those that no worker will try again by itself

    @property
    def problem(self) -> str:
        """What an administrator should know, in a sentence; '' if nothing."""
        if not self.has_worker:
            waits = f" {self.waiting:,} task{' waits' if self.waiting == 1 else 's wait'}." if self.waiting else ""
            return f"No background worker is running, so no mail is sent.{waits} Start one with: manage.py run_worker"
        return ""


def background_status() -> BackgroundStatus:
    return BackgroundStatus(
        Worker.objects.alive(timezone.now()).exists(),
        DBTaskResult.objects.ready().count(),
        DBTaskResult.objects.failed().count(),
    )
