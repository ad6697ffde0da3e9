"""The worker as a process: beside the server, and killed half way."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import psutil
import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bench.served import ROOT, Site, free_port
from careers.background import worker
from careers.background.mail import queue_mail
from careers.background.models import Worker
from tests.prepared import database_of

LONGEST_WAIT = 60  # seconds; a busy machine takes its time


def until(condition):
    end = time.monotonic() + LONGEST_WAIT
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.1)
    return found


def workers_of(process):
    return [child for child in process.children(recursive=True) if words_of(child)[1:3] == ["manage.py", "run_worker"]]


def words_of(process):
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


def mails_queued():
    """Besides the daily task, which a worker queues as well."""
    return DBTaskResult.objects.filter(task_path__endswith=".send_mail")


@pytest.fixture
def portal(originals, tmp_path):
    site = Site(tmp_path / "own", free_port(), like=originals.migrated())
    site.environment["BACKGROUND_WORKERS"] = "1"
    return site


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_half_way_leaves_its_task_to_the_next(portal, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as silent, database_of(portal):  # a mail server that never answers
        queue_mail("Hello", "Text", "ada@example.org")
        mails, command = tmp_path / "mails", [sys.executable, "manage.py", "run_worker"]
        slow = portal.environment | {"EMAIL_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}"}
        first = subprocess.Popen(command, cwd=ROOT, env=slow, stderr=subprocess.DEVNULL)
        until(lambda: mails_queued().running().exists())
        first.kill()
        first.wait()
        Worker.objects.update(seen_at=timezone.now() - timedelta(minutes=5))
        fast = portal.environment | {"EMAIL_URL": f"filemail:///{mails}"}
        second = subprocess.Popen(command, cwd=ROOT, env=fast, stderr=subprocess.DEVNULL)
        try:
            until(lambda: mails_queued().successful().exists())
        finally:
            second.send_signal(signal.SIGTERM)
            assert second.wait(LONGEST_WAIT) == 0
        assert len(mails_queued().get().worker_ids) == 2
        assert not Worker.objects.filter(seen_at__gt=timezone.now() - timedelta(minutes=4)).exists()
    (mail,) = mails.iterdir()
    assert mail.read_text().count("To: ada@example.org") == 1


@pytest.mark.xdist_group("server")
def test_a_worker_runs_beside_the_server_is_replaced_and_ends_with_it(portal):
    portal.start()
    server = psutil.Process(portal.process.pid)
    try:
        first = until(lambda: workers_of(server))[0]
        first.kill()
        second = until(lambda: [worker for worker in workers_of(server) if worker != first])[0]
        supervisor = second.parent()
    finally:
        os.kill(server.pid, signal.SIGTERM)
        portal.process.communicate(timeout=LONGEST_WAIT)
    until(lambda: not second.is_running() and not supervisor.is_running())


def test_a_check_that_fails_does_not_end_the_checks(monkeypatch, caplog):
    stopped, done = threading.Event(), []

    def act():
        done.append(1)
        if len(done) < 3:
            raise ValueError("odd")
        stopped.set()

    worker._every(0.01, stopped, act)
    assert len(done) == 3
    assert "A check of the background worker failed." in caplog.text
