"""Real processes that are killed, and disks that fail them, at every stage of writing the index: what the next one finds."""

import json
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.served import ROOT
from tests.chaos import many

pytestmark = [pytest.mark.postgres, pytest.mark.chaos]
HEAD = """
import json, os, signal, threading, time
import django
django.setup()
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from careers.postings.models import Employer, Posting
from careers.postings.search_documents import KIND
from careers.search import sync
from careers.search.index import Index
from careers.search.query import SearchRequest, run_search

def die(*arguments, **options):
    os.kill(os.getpid(), signal.SIGKILL)

def die_after(seconds):
    threading.Thread(target=lambda: (time.sleep(seconds), die())).start()

def post(title):
    employer, _ = Employer.objects.get_or_create(name="Quay", slug="quay")
    now = timezone.now()
    return Posting.objects.create(title=title, employer=employer, description="Work.", status="published", publish_at=now)

def found(words=""):
    return run_search(SearchRequest(KIND, words)).total
"""
LOOK = """
seen = {
    "words": found(%r), "all": found(), "rows": Posting.objects.live().count(),
    "folders": sum(path.is_dir() and not path.is_symlink() for path in sync.index_folder().iterdir()),
}
"""
FALLS_BACK = """
post(%r)
try:
    found()
except sync.SearchUnavailableError as error:
    page = Client(headers={"host": "127.0.0.1"}).get("/jobs/?q=%s")
    print(json.dumps([page.status_code, %r in page.text, str(error)]))
"""


class Host:
    """A machine with an index of its own on the site's database."""

    def __init__(self, site, folder):
        self.folder, self.environment = folder, site.environment | {"SEARCH_DIR": str(folder)}

    def run(self, code, *before):
        command = [*before, sys.executable, "-W", "ignore", "-c", HEAD + code]
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False, timeout=120
        )

    def killed(self, code):
        done = self.run(code)
        assert done.returncode == -signal.SIGKILL, done.stderr

    def told(self, code, *before):
        done = self.run(code, *before)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    def is_right(self, words="", many=1):
        """The next search of a new process finds these words so often, and every row that is live once."""
        seen = self.told(LOOK % words + "print(json.dumps(seen))")
        return seen["words"] == (many if words else seen["rows"]) and seen["all"] == seen["rows"]


@pytest.fixture
def host(migrated_site, tmp_path):
    return Host(migrated_site, tmp_path / "search")


def test_killed_between_the_commit_of_the_database_and_that_of_the_index(host):
    host.killed('found(); post("Ropemaker"); Index.write = die; found("ropemaker")')
    assert host.is_right("ropemaker")


@pytest.mark.parametrize("seconds", many([0.1], chaos=[number / 50 for number in range(1, 31)]))
def test_killed_while_it_commits_again_and_again(host, seconds):
    """The index is written all the time, so that is when the signal comes."""
    host.killed(f"found(); die_after({seconds})\nwhile True: post('Chandler'); found()")
    assert host.is_right()


@pytest.mark.parametrize("stage", ["batches", "apply_changes", "_switch_to"])
def test_killed_during_reindex(host, stage):
    host.killed(f'post("Sailmaker"); found(); sync.{stage} = die; call_command("reindex")')
    then = host.told(
        f"begin = found(); call_command('reindex', verbosity=0){LOOK % 'sailmaker'}print(json.dumps([begin, seen]))"
    )
    begin, seen = then
    assert begin == seen["all"] == seen["rows"]
    assert seen["words"]
    assert seen["folders"] == 1, "what the killed one left is cleared away"


def test_killed_at_some_instant_of_reindex(host):
    reindex = '\nwhile True: call_command("reindex", verbosity=0)'
    host.killed(f'[post("Rigger") for _ in range(200)]; die_after(0.03){reindex}')
    for seconds in many([0.1], chaos=[number / 50 for number in range(1, 31)]):
        host.killed(f"die_after({seconds}){reindex}")
    assert host.is_right("rigger", 200)


def emptied(folder):
    for path in files(folder):
        path.write_bytes(b"")


def halved(folder):
    for path in files(folder):
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garbled(folder):
    next(path for path in files(folder) if path.name == "meta.json").write_text('{"segments": 1')


def files(folder):
    return [path for path in Path(folder).rglob("*") if path.is_file() and not path.is_symlink()]


def test_a_harmed_index_is_built_anew_by_the_next_search(host):
    host.told('post("Cooper"); found(); print(1)')
    for harm in (shutil.rmtree, emptied, halved, garbled):
        harm(host.folder)
        assert host.is_right("cooper"), harm


def mounting(script, folder):
    """The start of a command that runs where `script` has changed what is mounted, for itself alone."""
    before = ["unshare", "--mount", "sh", "-c", f'{script} && exec "$@"', "sh"]
    folder.mkdir(exist_ok=True)
    if not shutil.which("unshare") or subprocess.run([*before, "true"], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    return before


def test_on_a_read_only_disk_the_database_answers(host):
    host.told("found(); print(1)")
    migrated = f"mount --bind {host.folder} {host.folder} && mount -o remount,bind,ro {host.folder}"
    status, is_shown, why = host.told(
        FALLS_BACK % ("Fletcher", "fletcher", "Fletcher"), *mounting(migrated, host.folder)
    )
    assert (status, is_shown) == (200, True)
    assert "Read-only file system" in why
    assert host.is_right("fletcher")


def test_on_a_full_disk_the_database_answers(host):
    full = f"mount -t tmpfs -o size=32k none {host.folder}"
    status, is_shown, why = host.told(FALLS_BACK % ("Bowyer", "bowyer", "Bowyer"), *mounting(full, host.folder))
    assert (status, is_shown) == (200, True)
    assert "space" in why.lower()
    assert host.is_right("bowyer")
