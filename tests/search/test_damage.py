"""Damaged files, panics of the engine, and a database that was restored: pages answer, and the index is built again."""

import random

import pytest

from careers.changes.models import Change, Clock
from careers.postings.models import Posting
from careers.postings.search_documents import KIND
from careers.search import sync
from careers.search.index import Index
from careers.search.integrity import is_intact, segment_files
from careers.search.query import SearchRequest, run_search
from tests.factories import PostingFactory, ResourceFactory, RoleFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
ADDRESSES = [
    "/jobs/",
    "/jobs/?q=beekeeper",
    "/jobs/?q=beekeper",
    "/search/?q=beekeeper",
    "/search/suggest/?q=bee",
    "/healthz",
]


class PanicException(BaseException):
    """As the engine's own, which cannot be imported."""


PanicException.__module__ = "pyo3_runtime"


def found(typed=""):
    return run_search(SearchRequest(KIND, typed)).total


@pytest.fixture
def board(settings):
    settings.KEPT_PAGES_MEGABYTES = 0
    role = RoleFactory(title="Beekeeper")
    PostingFactory.create_batch(30, title="Beekeeper", role=role, description="hives and honey " * 40)
    ResourceFactory(name="Beekeeper's book")
    assert found("beekeeper") == 30


def damage(path, luck):
    """Random bytes in the place of a third of the file."""
    content = bytearray(path.read_bytes())
    for position in luck.sample(range(len(content)), len(content) // 3):
        content[position] = luck.randrange(256)
    path.write_bytes(bytes(content))


def cut(path, luck):
    path.write_bytes(path.read_bytes()[: luck.randrange(path.stat().st_size + 1)])


@pytest.mark.parametrize(("seed", "harm"), [(0, damage), (1, damage), (2, damage), (0, cut), (1, cut)])
def test_random_bytes_in_its_files_are_no_fault_of_any_page_and_the_index_is_built_again(board, client, seed, harm):
    luck, folder = random.Random(seed), sync.open_index().folder
    sync.reset()  # no file is open
    for path in folder.iterdir():
        if path.suffix not in {".lock", ".json"}:
            harm(path, luck)
    sync.reset()
    statuses = {address: client.get(address).status_code for address in ADDRESSES for _ in range(2)}
    assert statuses == dict.fromkeys(ADDRESSES, 200)
    assert found("beekeeper") == 30
    assert sync.open_index().folder != folder


@pytest.mark.parametrize(
    "error", [PanicException("index out of bounds"), ValueError("odd"), RuntimeError("x")], ids=repr
)
def test_what_the_engine_raises_is_answered_by_the_database_and_an_intact_index_is_kept(board, client, error):
    broken = sync.open_index()

    class Broken:
        def __getattr__(self, name):
            raise error

    for address in ADDRESSES:
        index = sync.open_index()
        index.snapshot = index.snapshot._replace(searcher=Broken())
        response = client.get(address)
        assert response.status_code == 200
        if address == "/jobs/?q=beekeeper":
            assert response.context["page"].paginator.count == 30
    assert found("beekeeper") == 30
    assert sync.open_index().folder == broken.folder


def test_damage_of_an_open_index_is_found_after_an_error_and_another_one_is_built(board, monkeypatch):
    broken = sync.open_index()
    monkeypatch.setattr(sync, "LOCK_RETRY_SECONDS", 0)  # as if so long had passed since it was looked at
    path = next(path for path in broken.folder.iterdir() if path.suffix == ".store")
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[:-20])
    with pytest.raises(sync.SearchUnavailableError), sync.reading():
        raise PanicException("store")
    assert found("beekeeper") == 30
    assert sync.open_index().folder != broken.folder


@pytest.mark.parametrize("part", ["fast", "fieldnorm", "idx", "pos", "store", "term", "del"])
def test_one_changed_byte_of_any_file_is_damage(board, part):
    Posting.objects.first().delete()
    assert found() == 29
    folder = sync.open_index().folder
    assert is_intact(folder)
    path = next(path for path in segment_files(folder) if path.suffix == f".{part}")
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.write_bytes(bytes(content))
    assert not is_intact(folder)
    path.unlink()
    assert not is_intact(folder)


def test_files_that_no_segment_names_are_not_looked_at(board):
    folder = sync.open_index().folder
    (folder / "0123456789abcdef0123456789abcdef.store").write_bytes(b"left by a killed writer")
    assert is_intact(folder)


def test_an_index_that_panics_when_it_is_opened_is_built_again(board, monkeypatch):
    sync.reset()
    opened = Index.__init__

    def panics_once(self, folder):
        monkeypatch.setattr(Index, "__init__", opened)
        raise PanicException("footer")

    monkeypatch.setattr(Index, "__init__", panics_once)
    assert found("beekeeper") == 30


def test_the_health_check_asks_a_real_query(board, client, monkeypatch):
    assert client.get("/healthz").json()["search"] == "ok"
    monkeypatch.setattr(Index, "probe", lambda self: (_ for _ in ()).throw(PanicException("store")))
    assert client.get("/healthz").json()["search"] == "missing"


def test_a_large_board_is_built_again_beside_the_requests_which_the_database_answers(
    board, client, settings, monkeypatch
):
    started, broken = [], sync.open_index()
    monkeypatch.setattr(sync.threading, "Thread", lambda target, **options: started.append(target) or Started())
    settings.SEARCH_BUILD_AT_ONCE = 1
    (sync.index_folder() / "current").unlink()
    sync.reset()
    for _ in range(2):
        assert client.get("/jobs/?q=beekeeper").context["page"].paginator.count == 30
    assert started == [sync._rebuild_in_thread]
    with sync.hold_lock("build.lock", 0):
        sync._rebuild_unless_busy()  # as if another process did
    assert sync.open_index() is None
    sync._rebuild_unless_busy()
    assert found("beekeeper") == 30
    assert sync.open_index().folder != broken.folder


class Started:
    def start(self):
        pass


def test_a_host_without_room_keeps_its_index(board, monkeypatch):
    folder = sync.open_index().folder
    PostingFactory(title="Ropemaker")

    def full(*args, **options):
        raise ValueError("An IO error occurred: 'No space left on device (os error 28)'")

    with monkeypatch.context() as patched:
        patched.setattr(Index, "write", full)
        with pytest.raises(sync.SearchUnavailableError, match="No space"):
            found()
    assert found("ropemaker") == 1
    assert sync.open_index().folder == folder


def test_an_index_ahead_of_its_database_is_built_again(board):
    """As after the restore of a backup: the same database at an earlier number."""
    before = Clock.objects.get().number
    PostingFactory(title="Ropemaker")
    assert found("ropemaker") == 1
    ahead = sync.open_index().folder
    Posting.objects.filter(title="Ropemaker").delete()
    Clock.objects.update(number=before)
    assert sync.index_status() == "behind"
    assert found("ropemaker") == 0
    assert sync.open_index().folder != ahead
    assert sync.index_status() == "ok"


def test_an_edit_after_the_restore_is_found(board):
    before = Clock.objects.get().number
    for _ in range(3):
        PostingFactory(title="Later")
    assert found("later") == 3
    Posting.objects.filter(title="Later").delete()
    Change.objects.filter(number__gt=before).delete()
    Clock.objects.update(number=before)
    PostingFactory(title="Chandler")
    assert (found("chandler"), found("later")) == (1, 0)
