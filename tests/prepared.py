"""Portals made once in a run and copied for each test that wants one: migrating and loading take longer than what is asked."""

import fcntl
import json
import shutil
from contextlib import contextmanager

import environ
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import connection, connections
from django.db.utils import load_backend

from bench.served import Site
from careers.geo import gazetteer


class Originals:
    """Made by the first worker of the run that asks, while the others wait for it. Nothing may be served from them."""

    def __init__(self, folder):
        self.folder = folder

    def migrated(self):
        """As the migrations leave it, with its static files."""
        return self._made("migrated", self._migrate)

    def with_starter(self):
        """As `make run` leaves it before it serves."""
        return self._made("starter", self._prepare)

    def _made(self, name, make):
        folder, note = self.folder / name, self.folder / f"{name}.json"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not note.exists():
                folder.mkdir()
                site = make(folder)
                told = {"database": site.environment["DATABASE_URL"], "password": getattr(site, "password", "")}
                note.write_text(json.dumps(told))
        told = json.loads(note.read_text())
        site = Site(folder, port=0, database=told["database"])
        site.password = told["password"]
        return site

    def _migrate(self, folder):
        site = Site(folder, port=0)
        site.manage("migrate", "--verbosity=0")
        site.manage("collectstatic", "--no-input", "--verbosity=0")
        gazetteer.build_database()
        shutil.copytree(settings.GAZETTEER_DIR, folder / "gazetteer")
        return site

    def _prepare(self, folder):
        site = Site(folder, port=0, like=self.migrated())
        site.prepare()
        return site


def connection_to(site):
    address = environ.Env.db_url_config(site.environment["DATABASE_URL"])
    backend = load_backend(address["ENGINE"])
    return backend.DatabaseWrapper(connection.settings_dict | address, alias=connection.alias)


@contextmanager
def database_of(site):
    """The tests meanwhile run on the database of the site."""
    usual, connections["default"] = connections["default"], connection_to(site)
    ContentType.objects.clear_cache()
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = usual
        ContentType.objects.clear_cache()
