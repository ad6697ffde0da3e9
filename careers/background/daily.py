"""Tasks that run once a day. Apps register theirs in AppConfig.ready().

A worker that was not running at the time makes up for the latest day it missed, not for each of them.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks.base import Task

from .models import DailyRun

KEPT_DAYS = 30  # of rows of DailyRun


@dataclass(frozen=True)
class DailyTask:
    name: str
    task: Task


_registered: dict[str, DailyTask] = {}


def register_daily(name: str, task: Task) -> None:
    """Run `task` without arguments each day at DAILY_TASKS_AT, a time in the site's time zone."""
    _registered[name] = DailyTask(name, task)


def latest_due(at: datetime) -> datetime | None:
    """The last DAILY_TASKS_AT up to `at`; None where daily tasks are switched off.

    A time that the clocks skip counts as the hour after it; one that comes twice counts once, the first time.
    """
    if not settings.DAILY_TASKS_AT:
        return None
    day, clock = timezone.localdate(at), time.fromisoformat(settings.DAILY_TASKS_AT)
    due = timezone.make_aware(datetime.combine(day, clock))
    return due if due <= at else timezone.make_aware(datetime.combine(day - timedelta(days=1), clock))


def enqueue_due(at: datetime) -> list[str]:
    """Queue each daily task that is due and was not queued yet; returns their names."""
    due = latest_due(at)
    return [daily.name for daily in _registered.values() if due and _enqueue_once(daily, due)]


def _enqueue_once(daily: DailyTask, due: datetime) -> bool:
    if DailyRun.objects.filter(name=daily.name, due_at=due).exists():
        return False
    with transaction.atomic():
        _, is_new = DailyRun.objects.get_or_create(name=daily.name, due_at=due)
        if is_new:
            daily.task.enqueue()
            DailyRun.objects.filter(name=daily.name, due_at__lt=due - timedelta(days=KEPT_DAYS)).delete()
    return is_new
