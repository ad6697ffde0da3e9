import gc
import os
import threading
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections
from django.template import engines

from bench.served import Site, free_port
from careers.changes.kept import KEPT
from careers.changes.log import transaction_log
from careers.page_cache.store import PAGE_STORE
from careers.search import sync
from careers.search.query import SearchRequest, run_search
from portal.groups import ensure_groups
from tests import factories
from tests.prepared import Originals, database_of

# The same examples in every run, and none of them timed: a slow machine is no fault of the code.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.register_profile(  # for `make mutants`: that an example fails is enough
    "unshrunk",
    derandomize=True,
    deadline=None,
    database=None,
    phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
)
hypothesis.settings.load_profile("suite")

NO_DATA = "the files of O*NET and BLS are not here: ../shared/data"


# Files that walk every form, page or city, or many random examples: not in the quick run.
WALKS = {
    "test_admin_forms.py", "test_admin_odd_input.py", "test_admin_pages.py", "test_admin_rights.py",
    "test_admin_unique_parts.py", "test_admin_versions.py", "test_hostile_text.py", "test_linear_prose.py",
    "test_never_contradicts.py", "test_pasted_text.py",
    "test_place_texts.py", "test_promises.py", "test_queries.py", "test_results.py", "test_upload_guard.py",
}  # fmt: skip


def pytest_collection_modifyitems(items):
    """Whole releases are read untraced, in a third of the time: small files have the same lines tested."""
    for test in items:
        if test.path.name in WALKS:
            test.add_marker("walk")
        if "shared_data" in test.fixturenames:
            test.add_marker("no_cover")
            test.add_marker("real_data")
        if "originals" in test.fixturenames:
            test.add_marker("process")


def pytest_collection_finish():
    """What is imported and collected stays to the end: it need not be looked through for garbage again and again."""
    gc.collect()
    gc.freeze()


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if NO_DATA in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} tests of the real data did not run: {NO_DATA}", yellow=True)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The database as migrations would leave it, in a tenth of their time."""
    with django_db_blocker.unblock():
        ensure_groups()


@pytest.fixture(scope="session")
def originals(tmp_path_factory):
    """The portals to copy, the same for all workers of a run."""
    own = tmp_path_factory.getbasetemp()
    return Originals(own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)


@pytest.fixture(scope="session")
def migrated_site(originals, tmp_path_factory):
    """A portal with a database of its own, made by the migrations."""
    return Site(tmp_path_factory.mktemp("site"), port=0, like=originals.migrated())


@pytest.fixture(scope="module")
def starter_database(originals, tmp_path_factory, django_db_setup):
    """The tests of the file run on a copy of the database as the server fills it."""
    with database_of(Site(tmp_path_factory.mktemp("starter"), port=0, like=originals.with_starter())):
        yield


@pytest.fixture(scope="session")
def site(originals, tmp_path_factory):
    """A portal as `make run` sets it up, served by the production server. Tests with it share the group "browser"."""
    site = Site(tmp_path_factory.mktemp("site"), free_port(), kept_megabytes=32, like=originals.with_starter())
    site.environment["LANDING_MINIMUM"] = "2"  # the starter content holds few jobs of one role in one country
    site.start()
    yield site
    site.stop()


@pytest.fixture(autouse=True)
def _silent_missing_variables(request, monkeypatch):
    """The admin theme names missing variables by the hundred; where a test allows that, no place is looked up."""
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture(autouse=True)
def _no_pages_of_other_tests():
    """Each test has its own database, in which the same numbers stand for other content."""
    PAGE_STORE.clear()
    KEPT.clear()


@pytest.fixture
def own_index(settings, tmp_path):
    """A search index of the test's own, which believes what its transaction has not committed. own_index.turn() lets the next
    change take a number of its own; own_index.pks(kind, words) asks the engine and turns."""
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", True
    sync.reset()
    yield OwnIndex
    sync.reset()


class OwnIndex:
    @staticmethod
    def turn():
        transaction_log(connection).reset()

    @classmethod
    def pks(cls, kind, words=""):
        found = run_search(SearchRequest(kind, words, limit=50)).pks
        cls.turn()
        return found


@pytest.fixture(scope="session")
def shared_data():
    """The folder with the real files of O*NET and BLS, which stands beside the project where it is worked on."""
    folder = Path(settings.BASE_DIR).parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip(NO_DATA)
    return folder


@pytest.fixture
def superuser(db):
    return factories.UserFactory(superuser=True)


@pytest.fixture
def admin(client, superuser):
    """A client logged in as superuser."""
    client.force_login(superuser)
    return client


@pytest.fixture
def as_group(client, db):
    """as_group("editor") -> a client logged in as staff of that group alone."""

    def login(name):
        client.force_login(factories.UserFactory(staff=True, groups=[name]))
        return client

    return login


@pytest.fixture
def at_once(tmp_path):
    """at_once(act, act, …) runs each in a thread with a connection of its own, and raises what one of them raised."""
    file = tmp_path / "copy.sqlite3" if connection.vendor == "sqlite" else None
    faults = []

    def run(act):
        mine = connections["default"]
        if file:
            mine.settings_dict = mine.settings_dict | {"NAME": str(file)}
        try:
            act()
        except BaseException as error:
            faults.append(error)
        finally:
            mine.close()

    def start(*acts):
        if file:  # the test's own lives in memory, where threads lock each other out
            with connection.cursor() as cursor:
                cursor.execute(f"VACUUM INTO '{file}'")
        threads = [threading.Thread(target=run, args=(act,)) for act in acts]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(120)
        assert not any(thread.is_alive() for thread in threads)
        for fault in faults:
            raise fault

    return start
