"""Tasks that run once a day or every few minutes. Apps register theirs in AppConfig.ready().

A worker that was not running makes up for the latest time it missed, not for each of them. Nothing is queued while an earlier
run waits in the queue.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from careers.core.time_zones import to_utc

from .models import ScheduledRun

KEPT_DAYS = 2  # of rows of ScheduledRun
MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)  # intervals are counted from here

LatestDue = Callable[[datetime], datetime | None]
HasWork = Callable[[datetime], bool]


@dataclass(frozen=True)
class ScheduledTask:
    name: str
    task: Task
    latest_due: LatestDue  # the last time up to a given one at which it was due
    has_work: HasWork


_registered: dict[str, ScheduledTask] = {}


def register_daily(name: str, task: Task) -> None:
    """Run `task` without arguments each day at DAILY_TASKS_AT, a time in the site's time zone."""
    _registered[name] = ScheduledTask(name, task, latest_daily, has_work=lambda at: True)


def register_interval(name: str, task: Task, every: timedelta, has_work: HasWork) -> None:
    """Run `task` without arguments every so often, if `has_work` says at the time that there is something to do."""
    _registered[name] = ScheduledTask(name, task, lambda at: at - (at - MIDNIGHT) % every, has_work)


def latest_daily(at: datetime) -> datetime | None:
    """The last DAILY_TASKS_AT up to `at`; None where daily tasks are switched off."""
    if not settings.DAILY_TASKS_AT:
        return None
    zone, clock = settings.TIME_ZONE, time.fromisoformat(settings.DAILY_TASKS_AT)
    day = at.astimezone(ZoneInfo(zone)).date()
    times = (to_utc(datetime.combine(day - timedelta(days=ago), clock), zone) for ago in range(3))
    return next(due for due in times if due <= at)


def enqueue_due(at: datetime) -> list[str]:
    """Queue each task that is due and was not queued yet; returns their names."""
    return [
        scheduled.name
        for scheduled in _registered.values()
        if (due := scheduled.latest_due(at)) and scheduled.has_work(at) and _enqueue_once(scheduled, due)
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
