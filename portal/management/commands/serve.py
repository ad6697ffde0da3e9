import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from careers.geo import gazetteer

KILL_TIMEOUT = 10  # seconds a worker gets to finish its requests; now and then one misses the signal to stop


class Command(BaseCommand):
    help = "Bring the database up to date, fill an empty one with the starter content, and serve with granian."

    def add_arguments(self, parser):
        #: HOST: address the server listens on
        parser.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"))
        #: PORT: port the server listens on
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT", "8000")))
        #: WORKERS: server processes
        parser.add_argument("--workers", type=int, default=int(os.environ.get("WORKERS", "2")))
        parser.add_argument("--threads", type=int, default=settings.THREADS, help="of each worker")
        parser.add_argument("--prepare-only", action="store_true", help="Do all but serve.")

    def handle(self, *, host, port, workers, threads, prepare_only, **options):
        if not prepare_only:
            refuse_taken_port(host, port)
        close_to_others()
        call_command("migrate", verbosity=0)
        call_command("load_starter", if_empty=True, stdout=self.stdout)
        gazetteer.build_database()
        call_command("collectstatic", interactive=False, verbosity=0)
        self.create_first_user()
        if prepare_only:
            return
        self.stdout.write(f"Serving {settings.SITE_NAME} on http://{host}:{port}/ (Ctrl-C stops it)")
        self.stdout.flush()
        if settings.BACKGROUND_WORKERS:
            start_background_worker()
        granian = os.path.join(os.path.dirname(sys.executable), "granian")
        arguments = [f"--host={host}", f"--port={port}", f"--workers={workers}", "--respawn-failed-workers"]
        arguments += ["--log-level=warning", f"--workers-kill-timeout={KILL_TIMEOUT}"]
        # HTTP/2 has no limit for slow heads, and the portal has no WebSockets.
        arguments += ["--interface=rsgi", "--http=1", "--no-ws"]
        arguments += [f"--http1-header-read-timeout={int(settings.HEAD_SECONDS * 1000)}"]
        os.environ["THREADS"] = str(threads)
        os.execv(granian, [granian, *arguments, "portal.worker:application"])

    def create_first_user(self):
        """A staff user in the groups editor and administrator, if there is no staff user yet."""
        users = get_user_model().objects
        if users.filter(is_staff=True).exists():
            return
        password = secrets.token_urlsafe(12)
        user = users.create_user("admin", password=password, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=["editor", "administrator"]))
        self.stdout.write(f"\nStaff user for /admin/: admin\nPassword (shown only now): {password}\n")


def start_background_worker():
    """Beside the server, which this process becomes: it ends with the server, and starts anew if it ends before."""
    worker = [sys.executable, "manage.py", "run_worker", "--with-parent"]
    subprocess.Popen([sys.executable, "-m", "careers.background.supervisor", *worker], cwd=settings.BASE_DIR)


def close_to_others():
    """Only the portal's own user may read database and settings, also those made by hand or by an older version.

    `umask` in the settings does the same for all files made from now on.
    """
    closed = [(settings.VAR_DIR, 0o700), (settings.ENV_FILE, 0o600)]
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        database = str(settings.DATABASES["default"]["NAME"])
        closed += [(Path(database + ending), 0o600) for ending in ("", "-wal", "-shm")]
    for path, mode in closed:
        if (path.is_file() or path.is_dir()) and path.stat().st_uid == os.getuid():
            path.chmod(mode)


def refuse_taken_port(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"{host}:{port} cannot be used ({error.strerror}). Try another port: make run PORT=8001"
            ) from error
