"""Tasks that failed or lost their worker run again, a few times, with growing pauses.

Both rules only read the state of the rows, so a crash at any point loses nothing: the next check does what is left.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from .models import Worker

PAUSES = [timedelta(minutes=minutes) for minutes in (1, 5, 25, 120, 600)]  # after the first, second, … attempt
MAX_ATTEMPTS = len(PAUSES) + 1
RECENT = timedelta(days=1)  # older failures have used their attempts
WORKER_DIED = "The worker ended while it ran this task, {} times."


class PermanentError(Exception):
    """Raised by a task that would fail again: it is not tried again."""


PERMANENT = f"{PermanentError.__module__}.{PermanentError.__qualname__}"


def retry_failed(at: datetime) -> int:
    """Queue failed tasks again that have attempts left; returns their number."""
    retried = 0
    failed = DBTaskResult.objects.failed().filter(finished_at__gt=at - RECENT).exclude(exception_class_path=PERMANENT)
    for task in failed.only("pk", "worker_ids", "finished_at"):
        if len(task.worker_ids) < MAX_ATTEMPTS and task.finished_at:
            pause = PAUSES[max(len(task.worker_ids), 1) - 1]
            retried += _queue_again(task, "FAILED", task.finished_at + pause)
    return retried


def release_tasks_of_dead_workers(at: datetime) -> int:
    """Queue tasks again whose worker is silent; returns their number. Without attempts left they fail."""
    alive = set(Worker.objects.alive(at).values_list("pk", flat=True))
    released = 0
    for task in DBTaskResult.objects.running().only("pk", "worker_ids"):
        if task.worker_ids and task.worker_ids[-1] in alive:
            continue
        if len(task.worker_ids) < MAX_ATTEMPTS:
            released += _queue_again(task, "RUNNING", at)
        else:
            text = WORKER_DIED.format(len(task.worker_ids))
            running = DBTaskResult.objects.filter(pk=task.pk, status="RUNNING")
            running.update(status="FAILED", finished_at=at, traceback=text, exception_class_path=PERMANENT)
    return released


def _queue_again(task: DBTaskResult, status: str, run_after: datetime) -> int:
    """1, or 0 if somebody else changed the task since it was read."""
    same = DBTaskResult.objects.filter(pk=task.pk, status=status, worker_ids=task.worker_ids)
    return same.update(status="READY", run_after=run_after, finished_at=None)


def try_again(task_id: object, at: datetime) -> bool:
    """By hand, with all attempts anew; False unless the task has failed."""
    with transaction.atomic():
        failed = DBTaskResult.objects.filter(pk=task_id, status="FAILED")
        return bool(failed.update(status="READY", run_after=at, finished_at=None, worker_ids=[]))
