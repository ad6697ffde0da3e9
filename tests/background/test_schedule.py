"""Once a day, at the clock of the site, however many workers there are and whenever they were started."""

from datetime import UTC, datetime, timedelta
from zoneinfo import available_timezones

import pytest
from django.test import override_settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from careers.background import schedule
from careers.background.models import ScheduledRun
from careers.background.system_checks import daily_time_is_a_time
from tests.cases import each

ZONES = sorted(available_timezones())


@task
def count_up():
    pass


@pytest.fixture
def one_task(monkeypatch, settings):
    monkeypatch.setattr(schedule, "_registered", {})
    schedule.register_daily("count", count_up)
    settings.TIME_ZONE, settings.DAILY_TASKS_AT = "Europe/Berlin", "03:00"


def run_due(moment):
    """What is queued then, and done at once."""
    names = schedule.enqueue_due(moment)
    DBTaskResult.objects.update(status="SUCCESSFUL")
    return names


def at(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.django_db
@pytest.mark.postgres
def test_each_day_once_and_a_day_that_was_missed_once(one_task):
    queued = [
        run_due(at(moment))
        for moment in (
            "2026-12-01T03:00:00+01:00",
            "2026-12-01T03:00:05+01:00",
            "2026-12-02T02:59:59+01:00",
            "2026-12-02T03:00:00+01:00",
            "2026-12-09T12:00:00+01:00",
            "2026-12-09T12:00:05+01:00",
        )
    ]
    assert queued == [["count"], [], [], ["count"], ["count"], []]
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db
@pytest.mark.postgres
def test_every_few_minutes_and_not_while_the_last_run_waits(one_task):
    schedule._registered.clear()
    work = [1]
    schedule.register_interval("often", count_up, timedelta(minutes=5), lambda at: bool(work))
    assert [run_due(at(f"2026-12-01T10:{minute}:00+00:00")) for minute in ("00", "04", "05", "09", "20")] == [
        ["often"], [], ["often"], [], ["often"],
    ]  # fmt: skip
    assert schedule.enqueue_due(at("2026-12-01T10:25:00+00:00")) == ["often"]
    assert schedule.enqueue_due(at("2026-12-01T10:30:00+00:00")) == []
    assert ScheduledRun.objects.count() == 5
    work.clear()
    assert run_due(at("2026-12-01T10:35:00+00:00")) == []
    work.append(1)
    assert run_due(at("2026-12-01T10:36:00+00:00")) == ["often"]  # what came since is not left until the next time


def test_no_time_means_never(one_task, settings):
    settings.DAILY_TASKS_AT = ""
    assert schedule.enqueue_due(timezone.now()) == []


@given(
    st.integers(1_577_836_800, 2_051_222_400),  # 2020 to 2034
    st.sampled_from(ZONES),
    st.times(),
)
def test_the_last_time_is_never_in_the_future_nor_over_a_day_and_a_clock_change_ago(seconds, zone, clock):
    moment = datetime.fromtimestamp(seconds, UTC)
    with override_settings(DAILY_TASKS_AT=clock.isoformat("minutes"), TIME_ZONE=zone):
        due = schedule.latest_daily(moment)
        assert moment - timedelta(hours=49) < due <= moment
        assert schedule.latest_daily(due) == due


@each("typed", ["3", "25:00", "nachts"])
def test_a_time_that_is_none_is_named_at_the_start(settings, typed):
    settings.DAILY_TASKS_AT = typed
    (error,) = daily_time_is_a_time(None)
    assert error.msg == f"DAILY_TASKS_AT is “{typed}”. Enter a time such as 03:00, or leave it empty."


def test_a_time_and_none_at_all_are_fine(settings):
    for settings.DAILY_TASKS_AT in ("03:00", ""):
        assert daily_time_is_a_time(None) == []
