"""Counts views, apply clicks and saves in memory; a thread of each process writes them to the database in batches.

count_event() is called by views, and by the page cache when it answers in their place. It makes no query and never raises.
A process that is killed (``kill -9``) loses at most COUNT_WRITE_SECONDS of counts; an ordinary stop writes them.

Not counted: bots, prefetch requests, visitors who ask not to be (DNT, Sec-GPC), and staff. Only staff log in, so they are
recognised by the session cookie, without a query.
"""

import logging
import os
import re
import threading
from collections import Counter, defaultdict
from datetime import datetime
from hashlib import blake2b
from multiprocessing.util import Finalize
from secrets import token_bytes
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from careers.core.client_address import client_address
from careers.core.urls import host_name, validate_public_url
from careers.postings.models import DailyCount, Posting

logger = logging.getLogger(__name__)

Kind = DailyCount.Kind
ONCE_A_DAY = {Kind.APPLY, Kind.SAVE}  # counted once per visitor and day
# Stored in place of a host; real hosts have a dot.
THIS_SITE = "here"
OTHER_HOSTS = "others"  # once a posting has HOSTS_A_DAY hosts
HOSTS_A_DAY = 40  # per posting, so that invented referrers do not fill the table
MAX_KEYS = 20_000  # a batch of this size is written at once; unwritten counts are kept up to three times this size
MAX_VISITORS = 200_000  # remembered per day; beyond that repeated clicks are counted again
HOST_LENGTH = 100

BOT_WORDS = (
    "crawl", "spider", "slurp", "scrape", "archiver", "headless", "lighthouse", "monitor", "uptime", "pingdom",
    "preview", "facebookexternalhit", "whatsapp", "embedly", "validator", "checker", "fetch", "python", "curl/", "wget",
    "httpclient", "http-client", "okhttp", "libwww", "java/", "go-http", "axios", "node", "ruby", "perl", "php",
)  # fmt: skip
BOT_AGENT = re.compile(
    "|".join([r"(?<!cu)bot", *map(re.escape, BOT_WORDS)]), re.IGNORECASE
)  # CUBOT is a brand of phones
PREFETCH_HEADERS = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
UPSERT = """
    INSERT INTO {table} (posting_id, day, kind, host, number) VALUES {rows}
    ON CONFLICT (posting_id, day, kind, host) DO UPDATE SET number = {table}.number + excluded.number
"""
ROWS_A_STATEMENT = 150  # of five values each; SQLite limits the number of parameters


def count_event(kind: Kind, posting_id: int, request: HttpRequest, at: datetime | None = None) -> None:
    """Counts one view, apply click or save. Errors are logged, so that counting never breaks a page."""
    try:
        if settings.COUNT_WRITE_SECONDS and is_counted(request, kind):
            _count(Kind(kind), posting_id, request, timezone.localdate(at))
    except Exception:
        logger.exception("A %s of posting %s is not counted", kind, posting_id)


def is_counted(request: HttpRequest, kind: Kind = Kind.VIEW) -> bool:
    meta = request.META
    agent = meta.get("HTTP_USER_AGENT", "")
    return (
        request.method == ("POST" if kind == Kind.SAVE else "GET")
        and meta.get("HTTP_DNT") != "1"
        and meta.get("HTTP_SEC_GPC") != "1"
        and not any(meta.get(name) for name in PREFETCH_HEADERS)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and bool(agent)
        and not BOT_AGENT.search(agent)
    )


def referring_host(request: HttpRequest) -> str:
    """Host of the referrer, such as 'example.com'; THIS_SITE for our own; '' without a public one."""
    referrer = request.META.get("HTTP_REFERER", "")
    try:
        name = host_name(referrer).rstrip(".")
        if name and name in (_bare(request.get_host()), host_name(settings.SITE_URL)):
            return THIS_SITE
        validate_public_url(referrer)
    except (ValueError, ValidationError):
        return ""
    return name if name.isprintable() and len(name) <= HOST_LENGTH else ""


def _bare(netloc):
    return (urlsplit(f"//{netloc}").hostname or "").removeprefix("www.")


def _count(kind, posting_id, request, day):
    visitor = (client_address(request), request.META.get("HTTP_USER_AGENT", "")) if kind in ONCE_A_DAY else None
    BUFFER.add(kind, posting_id, day, referring_host(request), visitor)


class Buffer:
    """The counts of one process that are not yet in the database."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Drops all counts. Called in a forked process: its parent writes what the parent counted."""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._writing = threading.Lock()  # one batch at a time
        self._counts = Counter()
        self._owner = None  # id of the process whose thread writes
        self._start_day(None)

    def _start_day(self, day):
        """Forgets the visitors of the day before, and the salt of their hashes."""
        self._day, self._salt = day, token_bytes(32)
        self._visitors, self._hosts = set(), defaultdict(set)

    def add(self, kind, posting_id, day, referrer, visitor=None):
        with self._lock:
            if day != self._day:
                self._start_day(day)
            if visitor is not None and not self._is_new(kind, posting_id, visitor):
                return
            self._counts[posting_id, day, kind.value, self._capped_host(posting_id, referrer)] += 1
            is_full = len(self._counts) >= MAX_KEYS
        self.start_writer()
        if is_full:
            self._wake.set()

    def _is_new(self, kind, posting_id, visitor):
        """Visitors are remembered until the end of the day as salted hashes; the salt is never stored."""
        mark = blake2b("\0".join((kind, str(posting_id), *visitor)).encode(), key=self._salt, digest_size=12).digest()
        if mark in self._visitors:
            return False
        if len(self._visitors) < MAX_VISITORS:
            self._visitors.add(mark)
        return True

    def _capped_host(self, posting_id, referrer):
        known = self._hosts[posting_id]
        if referrer not in known and len(known) >= HOSTS_A_DAY:
            return OTHER_HOSTS
        known.add(referrer)
        return referrer

    # -- Writing

    def write(self) -> int:
        """Writes all counts and returns their total. Counts that cannot be written are kept for the next time."""
        with self._writing:
            with self._lock:
                counts, self._counts = self._counts, Counter()
            if not counts:
                return 0
            try:
                save_counts(counts)
            except Exception:
                logger.exception("%s counts are not written yet", counts.total())
                self._put_back(counts)
                return 0
            return counts.total()

    def _put_back(self, counts):
        with self._lock:
            if len(counts) + len(self._counts) <= 3 * MAX_KEYS:
                self._counts.update(counts)
            else:
                logger.error("%s counts are lost: the database takes none", counts.total())

    def start_writer(self):
        """Starts this process's thread unless it runs; forked processes start without one."""
        if self._owner == os.getpid():
            return
        with self._lock:
            if self._owner == os.getpid():
                return
            self._owner = os.getpid()
        # Also runs at the end of multiprocessing workers, unlike `atexit` on some Python versions.
        Finalize(None, self.write, exitpriority=10)
        threading.Thread(target=self._write_forever, name="counting", daemon=True).start()

    def _write_forever(self):
        while True:
            self._wake.wait(settings.COUNT_WRITE_SECONDS)
            self._wake.clear()
            close_old_connections()
            self.write()
            connection.close()  # returns a pooled connection to its pool


def save_counts(counts: Counter) -> None:
    """Adds {(posting, day, kind, host): number}. Rows are sorted so that concurrent processes cannot deadlock."""
    with transaction.atomic():
        known = set(Posting.objects.filter(pk__in={key[0] for key in counts}).values_list("pk", flat=True))
        rows = sorted((*key, number) for key, number in counts.items() if key[0] in known)
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            _save_rows(rows[start : start + ROWS_A_STATEMENT])


def _save_rows(rows):
    statement = UPSERT.format(
        table=connection.ops.quote_name(DailyCount._meta.db_table), rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _parameters(*row)])


def _parameters(posting_id, day, kind, referrer, number):
    return posting_id, connection.ops.adapt_datefield_value(day), kind, referrer, number


BUFFER = Buffer()
os.register_at_fork(after_in_child=BUFFER.reset)
