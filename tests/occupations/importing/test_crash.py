"""Imports in processes of their own: one that is killed while it writes, and one that comes while another writes."""

import json
import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from bench.served import ROOT
from tests.occupations.importing.onet_files import SCIENTIST, onet_folder, tables, task

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.xdist_group("imports"),  # one portal into which one release is imported after the other
]
PATIENCE = 120  # seconds; a process that does not end fails its test
PAUSED_WHILE_WRITING = """
import signal
import sys
import django
django.setup()
from django.core.management import call_command
from careers.occupations.importing import writer

# A test run in the background of a shell ignores the signal, and its processes with it.
signal.signal(signal.SIGINT, signal.default_int_handler)
write = writer.write_table

def paused(staged, release):
    write(staged, release)
    if staged.spec.name == "tasks":
        print("half way", flush=True)
        sys.stdin.read()

writer.write_table = paused
call_command("import_onet", sys.argv[1], "--commit")
"""
TASKS_READ = """
import json
import django
django.setup()
from careers.occupations.models import ImportRun, OccupationTask, Release
shown = OccupationTask.objects.current().order_by("task_id", "text")
print(json.dumps({
    "tasks": list(shown.values_list("text", "release__version")),
    "current": list(Release.objects.filter(is_current=True).values_list("version", flat=True)),
    "runs": list(ImportRun.objects.order_by("pk").values_list("state", flat=True)),
}))
"""


@pytest.fixture(scope="module")
def site(migrated_site, tmp_path_factory):
    """A portal with a database of its own that has imported a first release."""
    folder = onet_folder(tmp_path_factory.mktemp("release"), version="29.3")
    migrated_site.manage("import_onet", str(folder), "--commit")
    return migrated_site


def newer(folder, version):
    content = tables()
    content["Task Statements"] = [task(SCIENTIST, "9000", f"Train models of {version}.")]
    return onet_folder(folder, content, version)


def read(site):
    return json.loads(site.python(TASKS_READ))


@contextmanager
def half_way(site, folder):
    """An import that has written its tasks and goes on when its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", PAUSED_WHILE_WRITING, str(folder)],
        cwd=ROOT, env=site.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with process:
        assert process.stdout.readline() == "half way\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_killed_import_leaves_the_previous_release_and_the_next_one_works(site, tmp_path):
    before = read(site)
    folder = newer(tmp_path, "30.2")
    with half_way(site, folder) as process:
        assert read(site)["tasks"] == before["tasks"], "readers see the previous release while the next is written"
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE)
    after = read(site)
    assert (after["tasks"], after["current"]) == (before["tasks"], before["current"])
    assert after["runs"] == [*before["runs"], "running"]
    site.manage("import_onet", str(folder), "--commit")
    assert read(site) == {
        "tasks": [["Train models of 30.2.", "30.2"]],
        "current": ["30.2"],
        "runs": [*before["runs"], "abandoned", "done"],
    }


def test_a_second_import_is_refused_while_the_first_writes(site, tmp_path):
    before = read(site)
    folder = newer(tmp_path, "30.3")
    with half_way(site, folder) as process:
        command = [sys.executable, "manage.py", "import_onet", str(folder), "--commit"]
        second = subprocess.run(command, cwd=ROOT, env=site.environment, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "Another import is running: “import_onet: O*NET 30.3”" in second.stderr
        assert f"process {process.pid}" in second.stderr
        process.communicate("", PATIENCE)
        assert process.returncode == 0
    after = read(site)
    assert after["tasks"] == [["Train models of 30.3.", "30.3"]]
    assert after["runs"] == [*before["runs"], "done"]


def test_an_interrupted_one_ends_with_a_word(site, tmp_path):
    before = read(site)
    with half_way(site, newer(tmp_path, "31.0")) as process:
        process.send_signal(signal.SIGINT)
        process.wait(PATIENCE)
    after = read(site)
    assert after["tasks"] == before["tasks"]
    assert after["runs"] == [*before["runs"], "failed"]
