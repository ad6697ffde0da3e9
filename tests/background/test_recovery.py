"""Tasks that fail or lose their worker run again, and nothing runs twice without a reason."""

from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from careers.background.mail import queue_mail
from careers.background.models import SILENCE, Worker
from careers.background.recovery import (
    MAX_ATTEMPTS,
    PAUSES,
    PermanentError,
    release_tasks_of_dead_workers,
    retry_failed,
    try_again,
)
from careers.background.worker import beat

from .queue import run_queue

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


class NoServer:
    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise OSError("no server")


@task
def hopeless():
    raise PermanentError("It would fail again.")


def the_task():
    return DBTaskResult.objects.get()


def test_a_mail_goes_out_once_and_only_if_the_transaction_commits():
    with transaction.atomic():
        queue_mail("Hello", "Text", "ada@example.org")
        transaction.set_rollback(True)
    queue_mail("Two\nlines", "Text", "ada@example.org", {"List-Id": "careers"})
    run_queue()
    run_queue()
    (message,) = mail.outbox
    assert (message.subject, message.to, message.extra_headers) == (
        "Two lines",
        ["ada@example.org"],
        {"List-Id": "careers"},
    )
    assert the_task().status == "SUCCESSFUL"


def test_a_mail_server_that_is_down_for_hours_loses_no_mail(settings):
    usual, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.NoServer"
    queue_mail("Hello", "Text", "ada@example.org")
    for pause in PAUSES[:3]:
        run_queue()
        failed = the_task()
        assert (failed.status, "no server" in failed.traceback) == ("FAILED", True)
        assert retry_failed(timezone.now()) == 1
        assert the_task().run_after == failed.finished_at + pause
        run_queue()  # not before its time
        assert (the_task().status, mail.outbox) == ("READY", [])
        DBTaskResult.objects.update(run_after=timezone.now())
    settings.EMAIL_BACKEND = usual
    run_queue()
    assert (the_task().status, len(mail.outbox)) == ("SUCCESSFUL", 1)


def test_a_task_is_given_up_after_its_last_attempt_and_may_be_tried_again_by_hand(settings):
    settings.EMAIL_BACKEND = f"{__name__}.NoServer"
    queue_mail("Hello", "Text", "ada@example.org")
    DBTaskResult.objects.update(worker_ids=["w"] * (MAX_ATTEMPTS - 1))
    run_queue()
    assert (retry_failed(timezone.now()), the_task().status) == (0, "FAILED")
    assert try_again(the_task().pk, timezone.now())
    assert (the_task().status, the_task().worker_ids) == ("READY", [])
    assert not try_again(the_task().pk, timezone.now())


def test_what_would_fail_again_is_not_tried_again():
    hopeless.enqueue()
    run_queue()
    assert (retry_failed(timezone.now()), the_task().status) == (0, "FAILED")


def test_a_task_whose_worker_is_silent_runs_again_and_one_of_a_live_worker_does_not():
    queue_mail("Hello", "Text", "ada@example.org")
    beat("first")
    the_task().claim("first")
    assert release_tasks_of_dead_workers(timezone.now()) == 0
    Worker.objects.update(seen_at=timezone.now() - SILENCE)
    assert release_tasks_of_dead_workers(timezone.now()) == 1
    run_queue()
    assert (the_task().status, len(mail.outbox)) == ("SUCCESSFUL", 1)


def test_a_task_that_kills_each_of_its_workers_fails_in_the_end():
    queue_mail("Hello", "Text", "ada@example.org")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["dead"] * MAX_ATTEMPTS)
    assert release_tasks_of_dead_workers(timezone.now()) == 0
    assert (the_task().status, the_task().traceback) == ("FAILED", "The worker ended while it ran this task, 6 times.")
    assert retry_failed(timezone.now()) == 0


class Refusing:
    """A mail server that answers with `code` to the recipient."""

    code = 550

    def __init__(self, **options):
        pass

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({"ada@example.org": (self.code, b"No such user")})


def test_an_address_that_is_refused_for_good_is_not_tried_again_and_one_refused_for_now_is(settings, monkeypatch):
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    queue_mail("Hello", "Text", "ada@example.org")
    run_queue()
    assert (retry_failed(timezone.now()), the_task().status) == (0, "FAILED")
    monkeypatch.setattr(Refusing, "code", 451)  # the mailbox is full, the server is busy
    assert try_again(the_task().pk, timezone.now())
    run_queue()
    assert (retry_failed(timezone.now()), the_task().status) == (1, "READY")
