"""An index that cannot answer: what is said of it, and that nobody waits longer than needed."""

import shutil

import pytest

from careers.postings.search_documents import KIND
from careers.search import sync
from careers.search.query import SearchRequest, run_search
from tests.factories import PostingFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def found(typed=""):
    return run_search(SearchRequest(KIND, typed)).total


def refused(match):
    with pytest.raises(sync.SearchUnavailableError, match=match):
        found()


def test_the_log_says_once_why_the_index_cannot_answer_and_again_after_it_did(settings, caplog):
    caplog.set_level("WARNING", "careers")
    PostingFactory.create_batch(2)
    settings.SEARCH_BUILD_AT_ONCE = 1
    for _ in range(3):
        refused("reindex")
    assert caplog.text.count("run manage.py reindex") == 1
    sync.rebuild()
    assert found() == 2
    shutil.rmtree(sync.index_folder())
    refused("reindex")
    assert caplog.text.count("run manage.py reindex") == 2


def test_so_many_rows_are_indexed_at_once_and_no_more(settings):
    PostingFactory.create_batch(2)  # each with an employer, which is a row as well
    settings.SEARCH_BUILD_AT_ONCE = 3
    refused("more than 3 rows")
    settings.SEARCH_BUILD_AT_ONCE = 4
    assert found() == 2


def test_it_is_known_how_the_index_stands():
    PostingFactory()
    assert sync.index_status() == "missing"
    found()
    assert sync.index_status() == "ok"
    PostingFactory()
    assert sync.index_status() == "behind"
    sync.rebuild()
    assert sync.index_status() == "ok"


def test_nobody_who_writes_waits_while_a_search_builds_the_index(monkeypatch):
    PostingFactory()
    build = sync._build

    def built_while_another_writes(*args):
        with sync.hold_lock("write.lock", 0):
            return build(*args)

    monkeypatch.setattr(sync, "_build", built_while_another_writes)
    assert found() == 1


def test_a_search_takes_the_index_that_another_process_has_just_built(monkeypatch):
    PostingFactory()
    built, locked = [], sync.hold_lock

    def built_meanwhile(name, seconds):
        if name == "build.lock" and not built:
            built.append(sync._build_and_switch())
        return locked(name, seconds)

    monkeypatch.setattr(sync, "hold_lock", built_meanwhile)
    assert found() == 1
    assert sync.open_index() is built[0]


def test_a_lock_held_forever_is_given_up_and_nothing_is_lost(settings):
    settings.SEARCH_LOCK_SECONDS = 0
    found()
    PostingFactory(title="Beekeeper")
    with sync.hold_lock("write.lock", 1):
        refused("held by another process")
    assert found("beekeeper") == 1


def test_one_request_waits_for_a_long_writer_and_those_after_it_do_not(settings, monkeypatch):
    settings.SEARCH_LOCK_SECONDS = 0.05
    found()
    PostingFactory(title="Beekeeper")
    slept, sleep = [], sync.time.sleep
    monkeypatch.setattr(sync.time, "sleep", lambda seconds: (slept.append(seconds), sleep(seconds)))
    with sync.hold_lock("write.lock", 1):
        refused("held by another process")
        assert slept
        slept.clear()
        refused("held by another process")
        assert not slept
    assert found("beekeeper") == 1
    with sync.hold_lock("write.lock", 1):
        PostingFactory(title="Ropemaker")
        monkeypatch.setattr(sync, "LOCK_RETRY_SECONDS", 0)  # as if so long had passed
        refused("held by another process")
        assert slept


def test_a_file_in_place_of_the_folder_is_no_fault_and_once_it_goes_the_next_search_is_right(settings):
    PostingFactory(title="Beekeeper")
    settings.SEARCH_DIR.parent.mkdir(exist_ok=True)
    settings.SEARCH_DIR.write_text("no folder")
    with pytest.raises(sync.SearchUnavailableError):
        found()
    settings.SEARCH_DIR.unlink()
    assert found("beekeeper") == 1
