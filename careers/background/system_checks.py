"""A Django system check: DAILY_TASKS_AT is a time."""

from datetime import time

from django.conf import settings
from django.core import checks


@checks.register("background")
def daily_time_is_a_time(app_configs, **kwargs):
    try:
        time.fromisoformat(settings.DAILY_TASKS_AT or "00:00")
    except ValueError:
        message = f"DAILY_TASKS_AT is “{settings.DAILY_TASKS_AT}”. Enter a time such as 03:00, or leave it empty."
        return [checks.Error(message, id="background.E001")]
    return []
