"""Old rows of finished tasks are deleted once a day."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

SUCCEEDED_KEPT, FAILED_KEPT = timedelta(days=14), timedelta(days=90)


@task
def prune_tasks() -> None:
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - SUCCEEDED_KEPT).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - FAILED_KEPT).delete()
