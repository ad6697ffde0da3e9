"""The production server as `make run` starts it."""

import os
import signal
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

from bench.served import Site, free_port
from portal.management.commands.serve import close_to_others, refuse_taken_port
from tests.chaos import many

LONGEST_WAIT = 60  # seconds; a busy machine takes its time
TIMES = many(2, chaos=20)  # a server that hears Ctrl-C in the wrong way stops every other time


@pytest.mark.xdist_group("browser")
@pytest.mark.chaos
def test_it_stops_at_control_c_after_it_has_answered(site, tmp_path):
    def heard():
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    for _ in range(TIMES):
        another = Site(tmp_path, free_port(), workers=2, database=site.environment["DATABASE_URL"])
        another.start(start_new_session=True, preexec_fn=heard)
        try:
            with urllib.request.urlopen(f"{another.url}/robots.txt") as answer:
                assert answer.status == 200
            os.killpg(another.process.pid, signal.SIGINT)  # as a terminal does: to all processes of the group
            another.process.communicate(timeout=60)
            assert another.process.returncode == 0
        finally:
            another.stop()


@pytest.fixture
def server(originals, tmp_path):
    """A portal of the test's own with two workers."""
    own = Site(tmp_path / "own", free_port(), workers=2, like=originals.with_starter())
    own.start()
    workers = psutil.Process(own.process.pid).children()
    yield own, workers
    for process in (own.process, *workers):
        if psutil.pid_exists(process.pid):
            psutil.Process(process.pid).kill()
    own.process.communicate(timeout=LONGEST_WAIT)


def answers(url):
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def until(condition):
    end = time.monotonic() + LONGEST_WAIT
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.xdist_group("server")
def test_a_killed_worker_is_replaced_and_the_server_goes_on(server):
    site, workers = server
    master = psutil.Process(site.process.pid)
    workers[0].kill()
    until(lambda: len(set(master.children()) - set(workers)) == 1 and answers(site.url))
    assert site.process.poll() is None
    assert workers[1].is_running()


@pytest.mark.xdist_group("server")
def test_workers_end_with_a_killed_server_and_free_the_port(server):
    site, workers = server
    site.process.kill()
    _, alive = psutil.wait_procs(workers, timeout=LONGEST_WAIT)
    assert alive == []
    refuse_taken_port("127.0.0.1", site.port)


def mode(path):
    return oct(path.stat().st_mode & 0o777)


@pytest.mark.process
def test_what_any_command_makes_is_closed_to_other_users(tmp_path):
    folder = tmp_path / "new"
    site = Site(folder, port=0, database=f"sqlite:///{folder}/portal.sqlite3")
    before = os.umask(0o022)
    try:
        site.python(
            "import django; django.setup(); from pathlib import Path; from django.conf import settings;"
            "from django.db import connection; connection.cursor().execute('CREATE TABLE t (x)');"
            "(settings.VAR_DIR / 'search').mkdir(); (settings.VAR_DIR / 'search' / 'later').write_text('')"
        )
    finally:
        os.umask(before)
    assert mode(folder) == "0o700"
    assert {mode(path) for path in folder.rglob("*") if path.is_file()} == {"0o600"}
    assert mode(folder / "search") == "0o700"


def test_serving_closes_what_was_open_before(tmp_path, settings, monkeypatch):
    files = [tmp_path / name for name in (".env", "portal.sqlite3", "portal.sqlite3-wal")]
    for file in files:
        file.write_text("")
        file.chmod(0o644)
    tmp_path.chmod(0o755)
    settings.VAR_DIR, settings.ENV_FILE = tmp_path, tmp_path / ".env"
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.sqlite3")
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", tmp_path / "portal.sqlite3")
    close_to_others()
    assert [mode(path) for path in (tmp_path, *files)] == ["0o700", "0o600", "0o600", "0o600"]
    settings.ENV_FILE = Path(os.devnull)
    close_to_others()  # no file of ours to close
