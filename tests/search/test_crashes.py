"""Processes that die while they write, hosts with an index each, and what the next search then finds."""

import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from careers.changes.counter import CounterState
from careers.postings.search_documents import KIND
from careers.search import sync
from careers.search.documents import Document
from careers.search.index import Index, IndexState
from careers.search.query import SearchRequest, run_search
from tests.factories import PostingFactory

pytestmark = pytest.mark.postgres

ROOT = Path(__file__).resolve().parent.parent.parent

DIES_WHILE_WRITING = """
import os, signal, sys
from pathlib import Path
import django
django.setup()
from careers.search.documents import Document
from careers.search.index import Index, IndexState

def portions():
    yield "job", [3], [Document(3, "Turner")]
    os.kill(os.getpid(), signal.SIGKILL)
    yield "job", [2], [Document(2, "Turner")]

Index(Path(sys.argv[1])).write(portions(), IndexState(2, "abc"))
"""


def found(typed=""):
    return run_search(SearchRequest(KIND, typed)).total


@pytest.mark.process
def test_a_writer_killed_before_its_commit_leaves_the_index_as_it_was_and_free_to_be_written(tmp_path):
    index = Index(tmp_path / "index")
    index.write([("job", [1], [Document(1, "Welder")])], IndexState(1, "abc"))
    killed = subprocess.run([sys.executable, "-c", DIES_WHILE_WRITING, str(index.folder)], cwd=ROOT, check=False)
    assert killed.returncode == -signal.SIGKILL
    left = Index(index.folder)
    assert (left.state, left.searcher.num_docs) == (IndexState(1, "abc"), 2)
    left.write([("job", [2], [Document(2, "Turner")])], IndexState(2, "abc"))
    left.reload()
    assert (left.state, left.searcher.num_docs) == (IndexState(2, "abc"), 3)


def test_what_a_writer_left_that_was_killed_inside_its_commit_is_not_in_the_way(tmp_path):
    index = Index(tmp_path / "index")
    index.write([("job", [1, 2], [Document(1, "Welder"), Document(2, "Baker")])], IndexState(1, "abc"))
    committed = (index.folder / "meta.json").read_bytes()
    edit = [("job", [1], [Document(1, "Turner")])]
    index.write(edit, IndexState(2, "abc"))
    (index.folder / "meta.json").write_bytes(committed)  # all its files are there, and the step that names them is not
    left = Index(index.folder)
    assert left.state == IndexState(1, "abc")
    left.write(edit, IndexState(2, "abc"))
    left.reload()
    assert (left.state, left.searcher.num_docs) == (IndexState(2, "abc"), 3)


@pytest.mark.django_db(transaction=True)
def test_each_host_brings_its_own_index_up_to_date(settings, tmp_path):
    for title in ("Beekeeper", "Ropemaker"):
        PostingFactory(title=title)
        for host in ("one", "other"):
            settings.SEARCH_DIR = tmp_path / host
            assert found(title) == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_sees_what_another_wrote_without_waiting_for_the_lock(settings):
    PostingFactory(title="Beekeeper")
    found()
    ours = sync.open_index()
    PostingFactory(title="Ropemaker")
    sync.reset()
    found()  # as another process would, with an index it opened itself
    sync.reset()
    sync._opened[ours.folder] = ours
    with sync.hold_lock("write.lock", 1):
        assert found("ropemaker") == 1


@pytest.mark.django_db(transaction=True)
def test_an_edit_whose_index_commit_failed_is_found_by_the_next_search(monkeypatch):
    found()
    PostingFactory(title="Beekeeper")
    with monkeypatch.context() as patched:
        patched.setattr(Index, "write", full_disk)
        with pytest.raises(sync.SearchUnavailableError, match="No space left"):
            found()
    assert found("beekeeper") == 1


def full_disk(*args, **options):
    raise OSError(28, "No space left on device")


@pytest.mark.django_db(transaction=True)
def test_a_rebuild_that_failed_leaves_the_index_in_use_and_the_next_one_clears_it_away(monkeypatch):
    PostingFactory(title="Beekeeper")
    found()
    with monkeypatch.context() as patched:
        patched.setattr(Index, "write", full_disk)
        with pytest.raises(OSError, match="No space left"):
            sync.rebuild()
    assert found("beekeeper") == 1
    sync.rebuild()
    assert found("beekeeper") == 1
    assert len([path for path in sync.index_folder().iterdir() if path.is_dir() and not path.is_symlink()]) == 1


@pytest.mark.parametrize(
    ("state", "is_useless"),
    [
        (IndexState(40, "here"), False),
        (IndexState(60, "here"), False),
        (IndexState(39, "here"), True),  # the log says no longer what came after
        (IndexState(61, "here"), True),  # the database was put back
        (IndexState(50, "elsewhere"), True),
    ],
)
def test_an_index_is_built_anew_where_the_log_cannot_bring_it_up_to_date(monkeypatch, state, is_useless):
    monkeypatch.setattr(sync.counter, "read_state", lambda: CounterState(number=60, pruned=40, epoch="here"))
    assert sync._needs_rebuild(SimpleNamespace(state=state)) is is_useless
