"""Tasks that run once a day or every few minutes. Apps register theirs in AppConfig.ready().

A worker that was not running makes up for the latest time it missed, not for each of them. Nothing is queued while an earlier
run waits in the queue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from .models import ScheduledRun

KEPT_DAYS = 2  # of rows of ScheduledRun
MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)  # intervals are counted from here

LatestDue = Callable[[datetime], datetime | None]


@dataclass(frozen=True)
class ScheduledTask:
    name: str
    task: Task
    latest_due: LatestDue  # the last time up to a given one at which it was due


_registered: dict[str, ScheduledTask] = {}


def register_daily(name: str, task: Task) -> None:
    """Run `task` without arguments each day at DAILY_TASKS_AT, a time in the site's time zone."""
    _registered[name] = ScheduledTask(name, task, latest_daily)


def register_interval(name: str, task: Task, every: timedelta) -> None:
    """Run `task` without arguments every so often."""
    _registered[name] = ScheduledTask(name, task, lambda at: at - (at - MIDNIGHT) % every)


def latest_daily(at: datetime) -> datetime | None:
    """The last DAILY_TASKS_AT up to `at`; None where daily tasks are switched off.

    A time that the clocks skip counts as the hour after it; one that comes twice counts once, the first time.
    """
    if not settings.DAILY_TASKS_AT:
        return None
    day, clock = timezone.localdate(at), time.fromisoformat(settings.DAILY_TASKS_AT)
    due = timezone.make_aware(datetime.combine(day, clock))
    return due if due <= at else timezone.make_aware(datetime.combine(day - timedelta(days=1), clock))


def enqueue_due(at: datetime) -> list[str]:
    """Queue each task that is due and was not queued yet; returns their names."""
    return [
        scheduled.name
        for scheduled in _registered.values()
        if (due := scheduled.latest_due(at)) and _enqueue_once(scheduled, due)
    ]


def _enqueue_once(scheduled: ScheduledTask, due: datetime) -> bool:
    if ScheduledRun.objects.filter(name=scheduled.name, due_at=due).exists():
        return False
    with transaction.atomic():
        _, is_new = ScheduledRun.objects.get_or_create(name=scheduled.name, due_at=due)
        waiting = DBTaskResult.objects.filter(task_path=scheduled.task.module_path, status="READY").exists()
        if is_new and not waiting:
            scheduled.task.enqueue()
        if is_new:
            ScheduledRun.objects.filter(name=scheduled.name, due_at__lt=due - timedelta(days=KEPT_DAYS)).delete()
    return is_new and not waiting
