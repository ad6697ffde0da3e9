"""The worker process: runs tasks of the queue, and every few seconds says that it is alive and looks what is due.

Any number of workers on any number of hosts share the database. A task is taken by one of them. A task whose worker dies runs
again, so a task must do nothing twice when it is run a second time.
"""

import logging
import os
import signal
import socket
import threading
import uuid
from collections.abc import Callable
from datetime import timedelta

from django.db import DatabaseError, connections
from django.utils import timezone
from django_tasks_db.management.commands.db_worker import Worker as QueueWorker

from .models import HEARTBEAT_SECONDS, Worker
from .recovery import release_tasks_of_dead_workers, retry_failed
from .schedule import enqueue_due

log = logging.getLogger(__name__)

QUEUE_SECONDS = 2  # between two looks at an empty queue
PARENT_SECONDS = 1  # between two looks whether the parent process lives


def new_worker(*, batch: bool = False) -> QueueWorker:
    """`batch`: stop when the queue is empty."""
    return QueueWorker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=QUEUE_SECONDS,
        batch=batch,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
    )


def run(worker: QueueWorker, *, ends_with_parent: bool = False) -> None:
    """Until a signal or, with `ends_with_parent`, the end of the parent process."""
    beat(worker.worker_id)
    stopped = threading.Event()
    threads = [threading.Thread(target=_every, args=(HEARTBEAT_SECONDS, stopped, lambda: check(worker.worker_id)))]
    if ends_with_parent:
        threads.append(threading.Thread(target=_end_with, args=(os.getppid(), stopped)))
    for thread in threads:
        thread.daemon = True
        thread.start()
    try:
        worker.run()
    finally:
        stopped.set()
        threads[0].join(HEARTBEAT_SECONDS)
        Worker.objects.filter(pk=worker.worker_id).delete()


def beat(worker_id: str) -> None:
    """Say that this worker is alive."""
    now = timezone.now()
    defaults = {"seen_at": now, "host": socket.gethostname()[:255]}
    Worker.objects.update_or_create(pk=worker_id, defaults=defaults, create_defaults=defaults | {"started_at": now})


def check(worker_id: str) -> None:
    """What a worker does every few seconds, besides running tasks."""
    beat(worker_id)
    now = timezone.now()
    Worker.objects.filter(seen_at__lt=now - timedelta(days=1)).delete()
    for number, what in (
        (release_tasks_of_dead_workers(now), "lost their worker and run again"),
        (retry_failed(now), "failed and run again later"),
    ):
        if number:
            log.warning("Background tasks: %s %s.", number, what)
    for name in enqueue_due(now):
        log.info("Scheduled task queued: %s", name)


def _every(seconds: float, stopped: threading.Event, act: Callable[[], None]) -> None:
    """No fault ends the thread, since a worker without it counts as dead: the next round tries again."""
    while not stopped.wait(seconds):
        try:
            act()
        except DatabaseError as error:
            log.warning("The background worker cannot reach the database: %s", error)
        except Exception:
            log.exception("A check of the background worker failed.")
        finally:
            connections.close_all()


def _end_with(parent: int, stopped: threading.Event) -> None:
    """Signal this process once as an operator would: it finishes the task it runs, and takes no other."""
    while not stopped.wait(PARENT_SECONDS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return
