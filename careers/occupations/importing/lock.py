"""Only one import writes at a time. Each is recorded as an ImportRun: who ran it, and how it ended."""

import getpass
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils import timezone

from careers.occupations.models import ImportRun

from .report import RefusedError


@contextmanager
def import_run(command: str, *, take_over: bool = False) -> Iterator[ImportRun]:
    """The run of an import that writes. Any exception is recorded as a failure and raised again.

    Raises RefusedError if another import is running, unless `take_over` is set.
    """
    run = start_run(command, take_over=take_over)
    try:
        yield run
    except BaseException as error:
        report = "Interrupted." if isinstance(error, KeyboardInterrupt) else str(error) or type(error).__name__
        end_run(run, ImportRun.State.FAILED, report)
        raise


def start_run(command: str, *, take_over: bool) -> ImportRun:
    other = ImportRun.objects.filter(state=ImportRun.State.RUNNING).first()
    if other:
        if not take_over and is_alive(other):
            raise RefusedError(refusal_text(other))
        end_run(other, ImportRun.State.ABANDONED, "")
    try:
        with transaction.atomic():
            return ImportRun.objects.create(
                command=command[:300], host=socket.gethostname()[:200], process=os.getpid(), user=user_name()[:100]
            )
    except IntegrityError:  # another import started since the query
        return start_run(command, take_over=False)


def finish_run(run: ImportRun, report: str) -> None:
    """Call it in the transaction that writes the data, so that both are saved or neither is.

    Raises RefusedError if another import has taken over.
    """
    if not end_run(run, ImportRun.State.DONE, report):
        raise RefusedError("Another import has taken over. This one wrote nothing.")


def end_run(run: ImportRun, state: str, report: str) -> bool:
    """Returns whether the run was still marked as running; otherwise nothing is changed."""
    runs = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.RUNNING)
    return bool(runs.update(state=state, report=report, ended_at=timezone.now()))


def is_alive(run: ImportRun) -> bool:
    """Whether the process of the run exists. Processes of other hosts cannot be checked and count as alive."""
    if run.host != socket.gethostname() or os.name != "posix":
        return True
    if run.process == os.getpid():
        return False  # an earlier process had the same number
    try:
        os.kill(run.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # it exists and belongs to another user
    return True


def user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def refusal_text(run: ImportRun) -> str:
    who = f"{run.user or 'unknown'} on {run.host}, process {run.process}, since {run.started_at:%Y-%m-%d %H:%M} UTC"
    return (
        f"Another import is running: “{run.command}” by {who}. Wait until it ends; "
        "if it surely runs no more, add --take-over."
    )
