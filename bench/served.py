"""A portal as `make run` sets it up: a database of its own with the starter content, and the production server."""

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 120  # seconds; a busy machine takes its time


class Site:
    """A running portal with the starter content. `kept_megabytes` is 0 where rendering is to be measured. `database` is the
    address of one that is there already. `like` is another that does not run: this one starts as its copy."""

    def __init__(self, folder, port, settings="portal.settings", workers=1, kept_megabytes=0, database=None, like=None):
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.port = port
        self.workers = workers
        if like:
            shutil.copytree(like.folder, folder, dirs_exist_ok=True)
            self.password = like.password
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": settings,
            "ENV_FILE": os.devnull,
            "SECRET_KEY": secrets.token_urlsafe(40),
            "ALLOWED_HOSTS": "127.0.0.1",
            "SITE_URL": self.url,
            "HTTPS": "0",
            "KEPT_PAGES_MEGABYTES": str(kept_megabytes),
            "BACKGROUND_WORKERS": "0",
            "VAR_DIR": str(folder),
            "DATABASE_URL": database or database_address(folder, like),
        }

    def manage(self, *arguments):
        return self._run("manage.py", *arguments)

    def python(self, code, *arguments):
        """What a piece of code prints that runs with this site's settings and database."""
        return self._run("-c", code, *arguments)

    def _run(self, *arguments):
        command = [sys.executable, *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def prepare(self):
        output = self.manage("serve", "--prepare-only")
        self.password = re.search(r"Password \(shown only now\): (\S+)", output)[1]

    def start(self, **options):
        """`options` are those of subprocess.Popen."""
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", f"--port={self.port}", f"--workers={self.workers}"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )
        until = time.monotonic() + LONGEST_START
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=2).close()
                return
            except OSError:
                assert self.process.poll() is None, self.process.stdout.read()
                time.sleep(0.2)
        self.stop()
        raise AssertionError(f"the server did not answer within {LONGEST_START} seconds")

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=60)


def database_address(folder, like=None):
    """A database of its own: SQLite in the folder, or a new one on the run's PostgreSQL, there a copy of another's."""
    if "DATABASE_URL" not in os.environ:
        return f"sqlite:///{folder / 'portal.sqlite3'}"
    import psycopg

    name = f"browser_{secrets.token_hex(4)}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    template = f" TEMPLATE {urlsplit(like.environment['DATABASE_URL']).path[1:]}" if like else ""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}{template}")
    return urlunsplit(parts._replace(path=f"/{name}"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
