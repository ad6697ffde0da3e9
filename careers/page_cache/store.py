"""Rendered pages in the memory of this process, limited by bytes; the least recently used are dropped first."""

import gzip
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest

from careers.changes.counter import CounterState

GZIP_LEVEL = 6  # a page is compressed once, not once a request
ENTRY_BYTES = 1_000  # approximate memory of an entry besides its body and headers


class CacheKey(NamedTuple):
    scheme: str
    host: str
    path: str  # with the query string


@dataclass(frozen=True)
class CachedPage:
    """A rendered response. It is valid while the change counter shows `counter`, from `made_at` until `expires_at`.

    Before `made_at` is a clock that was set back: the page may show jobs that have not opened yet.
    """

    counter: CounterState
    made_at: datetime
    expires_at: datetime
    headers: tuple[tuple[str, str], ...]
    etag: str
    gzipped: bytes
    size: int  # of the body, uncompressed
    on_serve: Callable[[HttpRequest], None] | None

    def is_valid(self, counter: CounterState, at: datetime) -> bool:
        return self.counter == counter and self.made_at <= at < self.expires_at

    @property
    def memory(self) -> int:
        return len(self.gzipped) + sum(len(name) + len(value) for name, value in self.headers) + ENTRY_BYTES

    @property
    def body(self) -> bytes:
        return gzip.decompress(self.gzipped)


def gzip_body(body: bytes) -> bytes:
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


class PageStore:
    def __init__(self) -> None:
        self._pages: OrderedDict[CacheKey, CachedPage] = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self) -> int:
        return len(self._pages)

    def get(self, key: CacheKey, counter: CounterState, at: datetime) -> CachedPage | None:
        """The page under this key; one that is no longer valid is dropped."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.is_valid(counter, at):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: CacheKey, page: CachedPage, max_bytes: int) -> None:
        """Keep the page, all pages together within `max_bytes`; a page larger than an eighth of that is not kept."""
        if self._memory(key, page) > max_bytes // 8:
            return
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self.bytes += self._memory(key, page)
            while self.bytes > max_bytes:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _drop(self, key: CacheKey) -> None:
        self.bytes -= self._memory(key, self._pages.pop(key))

    @staticmethod
    def _memory(key: CacheKey, page: CachedPage) -> int:
        return page.memory + sum(sys.getsizeof(part) for part in key)


PAGE_STORE = PageStore()
