"""Counts views, apply clicks, saves and searches without a result in memory; a thread of each process writes them in batches.

count_event() and count_search() are called by views, and by the page cache when it answers in their place. They make no query
and never raise.
A process that is killed (``kill -9``) loses at most COUNT_WRITE_SECONDS of counts; an ordinary stop writes them.

Not counted: bots, prefetch requests, visitors who ask not to be (DNT, Sec-GPC), and staff. Only staff log in, so they are
recognised by the session cookie, without a query.
"""

import logging
import os
import re
import threading
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from functools import partial
from hashlib import blake2b
from multiprocessing.util import Finalize
from secrets import token_bytes
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import close_old_connections, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from careers.core.client_address import client_address
from careers.core.urls import host_name, validate_public_url
from careers.postings.models import DailyCount, Posting, UnansweredSearch

from . import searches

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
    INSERT INTO {table} ({columns}, number) VALUES {rows}
    ON CONFLICT ({columns}) DO UPDATE SET number = {table}.number + excluded.number
"""
ROWS_A_STATEMENT = 150  # of up to five values each; SQLite limits the number of parameters
COUNT_COLUMNS = ("posting_id", "day", "kind", "host")
SEARCH_COLUMNS = ("words", "day")


def count_event(kind: Kind, posting_id: int, request: HttpRequest, at: datetime | None = None) -> None:
    """Counts one view, apply click or save. Errors are logged, so that counting never breaks a page."""
    try:
        if settings.COUNT_WRITE_SECONDS and is_counted(request, kind):
            _count(Kind(kind), posting_id, request, timezone.localdate(at))
    except Exception:
        logger.exception("A %s of posting %s is not counted", kind, posting_id)


def count_search(words: str, request: HttpRequest, at: datetime | None = None) -> None:
    """Counts a search without a result. `words` come from searches.plain_words()."""
    try:
        if settings.COUNT_WRITE_SECONDS and is_counted(request):
            BUFFER.add_search(words, timezone.localdate(at), _visitor(request))
    except Exception:
        logger.exception("A search without a result is not counted")


def count_search_when_served(response: HttpResponse, request: HttpRequest, words: str) -> None:
    """Counts a search without a result each time its page is served. One that is narrowed by filters says little."""
    if request.GET.keys() <= {"q"} and (plain := searches.plain_words(words)):
        response.on_serve = partial(count_search, plain)  # type: ignore[attr-defined]


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
    visitor = _visitor(request) if kind in ONCE_A_DAY else None
    BUFFER.add(kind, posting_id, day, referring_host(request), visitor)


def _visitor(request):
    return client_address(request), request.META.get("HTTP_USER_AGENT", "")


class Buffer:
    """The counts of one process that are not yet in the database."""

    def __init__(self):
        self.reset()

    def reset(self):
        """Drops all counts. Called in a forked process: its parent writes what the parent counted."""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._writing = threading.Lock()  # one batch at a time
        self._counts, self._searches = Counter(), Counter()
        self._owner = None  # id of the process whose thread writes
        self._start_day(None)

    def _start_day(self, day):
        """Forgets the visitors of the day before, and the salt of their hashes."""
        self._day, self._salt = day, token_bytes(32)
        self._visitors, self._hosts = set(), defaultdict(set)
        self._search_tally = searches.SearchTally()

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

    def add_search(self, words, day, visitor):
        with self._lock:
            if day != self._day:
                self._start_day(day)
            if number := self._search_tally.add(words, self._mark("search", words, *visitor)):
                self._searches[words, day] += number
        self.start_writer()

    def _mark(self, *parts: str) -> bytes:
        """Visitors are remembered until the end of the day as salted hashes; the salt is never stored."""
        return blake2b("\0".join(parts).encode(), key=self._salt, digest_size=12).digest()

    def _is_new(self, kind, posting_id, visitor):
        mark = self._mark(kind, str(posting_id), *visitor)
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
                unanswered, self._searches = self._searches, Counter()
            if not counts and not unanswered:
                return 0
            try:
                with transaction.atomic():
                    save_counts(counts)
                    save_searches(unanswered)
            except Exception:
                logger.exception("%s counts are not written yet", counts.total())
                self._put_back(counts, unanswered)
                return 0
            return counts.total()

    def _put_back(self, counts, unanswered):
        with self._lock:
            self._searches.update(unanswered)
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
        add_numbers(DailyCount, COUNT_COLUMNS, {key: number for key, number in counts.items() if key[0] in known})


def save_searches(unanswered: Counter) -> None:
    """Adds {(words, day): number}, and deletes what is older than KEPT_DAYS."""
    if not unanswered:
        return
    with transaction.atomic():
        add_numbers(UnansweredSearch, SEARCH_COLUMNS, unanswered)
        oldest = max(day for _, day in unanswered) - timedelta(days=searches.KEPT_DAYS)
        UnansweredSearch.objects.filter(day__lt=oldest).delete()


def add_numbers(model, columns: tuple[str, ...], numbers: dict) -> None:
    """Adds {values of the columns: number} to the rows of the table; rows that do not exist are made."""
    rows = sorted((*key, number) for key, number in numbers.items())
    for start in range(0, len(rows), ROWS_A_STATEMENT):
        part = rows[start : start + ROWS_A_STATEMENT]
        values = f"({', '.join(['%s'] * (len(columns) + 1))})"
        statement = UPSERT.format(
            table=connection.ops.quote_name(model._meta.db_table),
            columns=", ".join(columns),
            rows=", ".join([values] * len(part)),
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [_parameter(value) for row in part for value in row])


def _parameter(value):
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


BUFFER = Buffer()
os.register_at_fork(after_in_child=BUFFER.reset)
