"""How often postings are opened, saved and left to apply: counted in memory, written in batches by a thread of its own.

`seen` may be called from a view, or from a page cache that answers in its place: it needs the request and the number of the
posting, asks the database nothing and never raises. What a process holds when it is killed outright (`kill -9`) is lost:
at most COUNT_WRITE_SECONDS of it; an ordinary stop writes it.

Not counted: bots, requests made ahead of a visit, whoever asks not to be (DNT, Sec-GPC), and staff. Only people who work here
log in, so a session cookie is enough to know them by; looking them up would cost each page a query.
"""

import logging
import os
import re
import threading
from collections import Counter, defaultdict
from hashlib import blake2b
from multiprocessing.util import Finalize
from secrets import token_bytes
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction
from django.utils import timezone

from careers.core.client_address import client_address
from careers.core.urls import host, validate_public_address
from careers.postings.models import DailyCount, Posting

logger = logging.getLogger(__name__)

Kind = DailyCount.Kind
ONCE_A_DAY = {Kind.APPLY, Kind.SAVE}  # of a visitor; each opening of a page is a view
HERE = "here"  # in place of a host: a link of this site. No host outside is called so, they have a dot
OTHERS = "others"  # past HOSTS_A_DAY different hosts
HOSTS_A_DAY = 40  # of one posting; whoever makes them up does not fill the table
MOST_KEYS = 20_000  # a batch this large is written early; what cannot be written is kept up to three times as much
MOST_VISITORS = 200_000  # remembered of a day; past it a second click counts twice
HOST_LENGTH = 100

BOT_WORDS = (
    "crawl", "spider", "slurp", "scrape", "archiver", "headless", "lighthouse", "monitor", "uptime", "pingdom",
    "preview", "facebookexternalhit", "whatsapp", "embedly", "validator", "checker", "fetch", "python", "curl/", "wget",
    "httpclient", "http-client", "okhttp", "libwww", "java/", "go-http", "axios", "node", "ruby", "perl", "php",
)  # fmt: skip
BOTS = re.compile("|".join([r"(?<!cu)bot", *map(re.escape, BOT_WORDS)]), re.IGNORECASE)  # CUBOT makes telephones
AHEAD = ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_PURPOSE", "HTTP_X_MOZ")
ADD = """
    INSERT INTO {table} (posting_id, day, kind, host, number) VALUES {rows}
    ON CONFLICT (posting_id, day, kind, host) DO UPDATE SET number = {table}.number + excluded.number
"""
ROWS_A_STATEMENT = 150  # five values each: under the parameters any SQLite takes


def seen(kind, posting_id, request, at=None):
    """Note one view, apply click or save. Counting is never worth a page: whatever goes wrong is logged."""
    try:
        if settings.COUNT_WRITE_SECONDS and is_counted(request, kind):
            _note(Kind(kind), posting_id, request, timezone.localdate(at))
    except Exception:
        logger.exception("A %s of posting %s is not counted", kind, posting_id)


def is_counted(request, kind=Kind.VIEW):
    meta = request.META
    agent = meta.get("HTTP_USER_AGENT", "")
    return (
        request.method == ("POST" if kind == Kind.SAVE else "GET")
        and meta.get("HTTP_DNT") != "1"
        and meta.get("HTTP_SEC_GPC") != "1"
        and not any(meta.get(name) for name in AHEAD)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and bool(agent)
        and not BOTS.search(agent)
    )


def referring_host(request):
    """'example.com' of the page whose link was followed; HERE for our own; '' where none, or nothing public, is named."""
    referrer = request.META.get("HTTP_REFERER", "")
    try:
        name = host(referrer).rstrip(".")
        if name and name in (_bare(request.get_host()), host(settings.SITE_URL)):
            return HERE
        validate_public_address(referrer)
    except (ValueError, ValidationError):
        return ""
    return name if name.isprintable() and len(name) <= HOST_LENGTH else ""


def _bare(netloc):
    return (urlsplit(f"//{netloc}").hostname or "").removeprefix("www.")


def _note(kind, posting_id, request, day):
    visitor = (client_address(request), request.META.get("HTTP_USER_AGENT", "")) if kind in ONCE_A_DAY else None
    BUFFER.add(kind, posting_id, day, referring_host(request), visitor)


class Buffer:
    """The counts of one process that are not written yet."""

    def __init__(self):
        self.start_anew()

    def start_anew(self):
        """With nothing counted, as in a process just forked: what its parent counted, the parent writes."""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._writing = threading.Lock()  # a batch at a time
        self._counts = Counter()
        self._owner = None  # the process whose thread writes
        self._begin(None)

    def _begin(self, day):
        """Who was here on another day is forgotten with the salt that could have recognised them."""
        self._day, self._salt = day, token_bytes(32)
        self._visitors, self._hosts = set(), defaultdict(set)

    def add(self, kind, posting_id, day, referrer, visitor=None):
        with self._lock:
            if day != self._day:
                self._begin(day)
            if visitor is not None and not self._is_new(kind, posting_id, visitor):
                return
            self._counts[posting_id, day, kind.value, self._listed(posting_id, referrer)] += 1
            is_full = len(self._counts) >= MOST_KEYS
        self.start_writing()
        if is_full:
            self._wake.set()

    def _is_new(self, kind, posting_id, visitor):
        """Kept in memory until the day is over: a hash with a salt that is written nowhere."""
        mark = blake2b("\0".join((kind, str(posting_id), *visitor)).encode(), key=self._salt, digest_size=12).digest()
        if mark in self._visitors:
            return False
        if len(self._visitors) < MOST_VISITORS:
            self._visitors.add(mark)
        return True

    def _listed(self, posting_id, referrer):
        known = self._hosts[posting_id]
        if referrer not in known and len(known) >= HOSTS_A_DAY:
            return OTHERS
        known.add(referrer)
        return referrer

    # -- Writing

    def write(self):
        """Add what was counted to the table. Returns how much that was; what could not be written waits for the next time."""
        with self._writing:
            with self._lock:
                counts, self._counts = self._counts, Counter()
            if not counts:
                return 0
            try:
                add_counts(counts)
            except Exception:
                logger.exception("%s counts are not written yet", counts.total())
                self._take_back(counts)
                return 0
            return counts.total()

    def _take_back(self, counts):
        with self._lock:
            if len(counts) + len(self._counts) <= 3 * MOST_KEYS:
                self._counts.update(counts)
            else:
                logger.error("%s counts are lost: the database takes none", counts.total())

    def start_writing(self):
        """Begin the thread of this process; a process forked from another has none yet."""
        if self._owner == os.getpid():
            return
        with self._lock:
            if self._owner == os.getpid():
                return
            self._owner = os.getpid()
        # Runs at the end of a worker process too, where `atexit` does not on every Python.
        Finalize(None, self.write, exitpriority=10)
        threading.Thread(target=self._keep_writing, name="counting", daemon=True).start()

    def _keep_writing(self):
        while True:
            self._wake.wait(settings.COUNT_WRITE_SECONDS)
            self._wake.clear()
            close_old_connections()
            self.write()
            connection.close()  # a pooled connection goes back to its pool


def add_counts(counts):
    """Add {(posting, day, kind, host): number}, in one order, so that processes do not wait for each other in a circle."""
    with transaction.atomic():
        known = set(Posting.objects.filter(pk__in={key[0] for key in counts}).values_list("pk", flat=True))
        rows = sorted((*key, number) for key, number in counts.items() if key[0] in known)
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            _add_rows(rows[start : start + ROWS_A_STATEMENT])


def _add_rows(rows):
    statement = ADD.format(
        table=connection.ops.quote_name(DailyCount._meta.db_table), rows=", ".join(["(%s, %s, %s, %s, %s)"] * len(rows))
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [value for row in rows for value in _as_stored(*row)])


def _as_stored(posting_id, day, kind, referrer, number):
    return posting_id, connection.ops.adapt_datefield_value(day), kind, referrer, number


BUFFER = Buffer()
os.register_at_fork(after_in_child=BUFFER.start_anew)
