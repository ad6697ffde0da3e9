"""One import writes at a time. Each leaves a word about itself: who, what, and how it ended."""

import getpass
import os
import socket
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.occupations.models import ImportRun

from .report import RefusedError


@contextmanager
def running(command, *, take_over=False):
    """The run of a writing import; RefusedError while another one runs. What ends it is saved, whatever it is."""
    run = begin(command, take_over=take_over)
    try:
        yield run
    except BaseException as error:
        words = "Interrupted." if isinstance(error, KeyboardInterrupt) else str(error) or type(error).__name__
        ended(run, ImportRun.State.FAILED, words)
        raise


def begin(command, *, take_over):
    other = ImportRun.objects.filter(state=ImportRun.State.RUNNING).first()
    if other:
        if not take_over and is_alive(other):
            raise RefusedError(refusal(other))
        ended(other, ImportRun.State.ABANDONED, "")
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                command=command[:300], host=socket.gethostname()[:200], process=os.getpid(), user=account()[:100]
            )
    except IntegrityError:  # another one was quicker
        return begin(command, take_over=False)


def finish(run, report):
    """Within the transaction of the data, so that both are kept or neither is."""
    if not ended(run, ImportRun.State.DONE, report):
        raise RefusedError("Another import has taken over; nothing of this one was written.")


def ended(run, state, report):
    """Whether the run was still running."""
    runs = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    return runs.update(state=state, report=report, ended_at=timezone.now())


def is_alive(run):
    """Whether the process may still run; of another host nobody can tell, so it does."""
    if run.host != socket.gethostname() or os.name != "posix":
        return True
    if run.process == os.getpid():
        return False  # the number has come round again
    try:
        os.kill(run.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it runs, as somebody else
    return True


def account():
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def refusal(run):
    who = f"{run.user or 'unknown'} on {run.host}, process {run.process}, since {run.started_at:%Y-%m-%d %H:%M} UTC"
    return (
        f"Another import is running: “{run.command}” by {who}. Wait until it ends; "
        "if it surely runs no more, add --take-over."
    )
