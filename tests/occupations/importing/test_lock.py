"""One import at a time: who runs, who is refused, and what is left behind."""

import os
import socket
import subprocess

import pytest
from django.core.management import CommandError
from django.db import IntegrityError, transaction

from careers.occupations.importing import lock
from careers.occupations.importing.report import RefusedError
from careers.occupations.models import ImportRun
from tests.occupations.importing.onet_files import everything, imported, onet_folder

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
State = ImportRun.State


def a_run(**other):
    values = {
        "command": "import_oews: OEWS 2025",
        "host": socket.gethostname(),
        "process": os.getppid(),
        "user": "editor",
    }
    return ImportRun.objects.create(**values | other)


@pytest.fixture
def gone():
    """The number of a process that has ended."""
    process = subprocess.Popen(["true"])
    process.wait()
    return process.pid


def test_a_second_import_is_refused_and_names_the_first():
    first = a_run()
    with pytest.raises(RefusedError) as error, lock.import_run("import_onet: O*NET 29.3"):
        pass
    for words in ("“import_oews: OEWS 2025”", "editor", first.host, f"process {first.process}", "--take-over"):
        assert words in str(error.value)
    assert f"since {first.started_at:%Y-%m-%d %H:%M} UTC" in str(error.value)
    first.refresh_from_db()
    assert first.state == State.RUNNING
    assert ImportRun.objects.count() == 1


def test_one_whose_process_is_gone_is_taken_over(gone):
    first = a_run(process=gone)
    with lock.import_run("import_onet: O*NET 29.3") as run:
        assert run.state == State.RUNNING
    first.refresh_from_db()
    assert first.state == State.ABANDONED
    assert first.ended_at


def test_one_whose_number_this_process_has_by_now_is_taken_over():
    """As after a restart, when numbers are given anew: the same process does not begin a second one beside the first."""
    first = a_run(process=os.getpid())
    with lock.import_run("import_onet"):
        first.refresh_from_db()
        assert first.state == State.ABANDONED


def test_of_another_host_nobody_knows_so_it_is_left_alone(gone):
    a_run(process=gone, host="another.example.org")
    with pytest.raises(RefusedError, match="on another"), lock.import_run("import_onet"):
        pass


def test_one_that_surely_is_dead_is_taken_over_by_word():
    first = a_run(host="another.example.org")
    with lock.import_run("import_onet", take_over=True):
        pass
    first.refresh_from_db()
    assert first.state == State.ABANDONED


def test_an_import_that_was_taken_over_writes_nothing_any_more(tmp_path, monkeypatch):
    finish_run = lock.finish_run

    def overtaken(run, report):
        lock.start_run("import_oews", take_over=True)
        finish_run(run, report)

    monkeypatch.setattr(lock, "finish_run", overtaken)
    before = everything()
    with pytest.raises(CommandError, match="Another import has taken over"):
        imported(onet_folder(tmp_path))
    assert everything() == before


def test_two_that_begin_at_the_same_moment_do_not_both_run(monkeypatch):
    """The database has the last word: the other one was not there yet when it was looked for."""
    a_run()
    answers = [ImportRun.objects.none(), ImportRun.objects.all()]
    monkeypatch.setattr(ImportRun.objects, "filter", lambda **only: answers.pop(0), raising=False)
    with pytest.raises(RefusedError, match="import_oews: OEWS 2025"), lock.import_run("import_onet"):
        pass


def test_a_run_that_ends_well_keeps_its_report(tmp_path):
    report = imported(onet_folder(tmp_path))
    run = ImportRun.objects.get()
    assert run.state == State.DONE
    assert run.report == report.strip()
    assert run.ended_at >= run.started_at
    assert (run.command, run.host, run.process) == ("import_onet: O*NET 29.3", socket.gethostname(), os.getpid())


def test_one_that_fails_says_why():
    with pytest.raises(ZeroDivisionError), lock.import_run("import_onet"):
        1 / 0  # noqa: B018
    run = ImportRun.objects.get()
    assert (run.state, run.report) == (State.FAILED, "division by zero")
    assert run.ended_at


def test_the_database_knows_one_running_import_only():
    a_run()
    with pytest.raises(IntegrityError), transaction.atomic():
        a_run()


def test_a_machine_without_accounts_imports_as_well(monkeypatch):
    def no_account():
        raise KeyError("getpwuid(): uid not found: 1000")

    monkeypatch.setattr("getpass.getuser", no_account)
    with lock.import_run("import_onet") as run:
        assert run.user == ""
