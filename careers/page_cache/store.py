"""Pages kept in the memory of this process, within a bound of bytes; the ones asked for longest ago go first."""

import gzip
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from careers.changes.counter import CounterState

GZIP_LEVEL = 6  # of compression: once a page, not once a request
ENTRY_BYTES = 1_000  # what a page costs beside its body and its headers, about


@dataclass(frozen=True)
class CachedPage:
    """An answer as it was rendered at a reading of the clock, and the moment until which it says the same."""

    reading: CounterState
    until: datetime
    headers: tuple[tuple[str, str], ...]
    etag: str
    gzip_body: bytes
    size: int  # of the body, uncompressed
    on_serve: Callable | None

    def holds(self, reading, at):
        return self.reading == reading and at < self.until

    @property
    def cost(self):
        return len(self.compressed) + sum(len(name) + len(value) for name, value in self.headers) + ENTRY_BYTES

    @property
    def body(self):
        return gzip.decompress(self.compressed)


def gzip_body(body):
    return gzip.compress(body, GZIP_LEVEL, mtime=0)


class PageStore:
    def __init__(self):
        self._pages = OrderedDict()
        self._lock = threading.Lock()
        self.bytes = 0

    def __len__(self):
        return len(self._pages)

    def find(self, key, reading, at):
        """The page under this key, if it still says what is true."""
        with self._lock:
            page = self._pages.get(key)
            if page is None:
                return None
            if not page.holds(reading, at):
                self._drop(key)
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key, page, most):
        """Within `most` bytes of all pages together; one that is larger than an eighth of them is not kept."""
        if self._cost(key, page) > most // 8:
            return
        with self._lock:
            if key in self._pages:
                self._drop(key)
            self._pages[key] = page
            self.bytes += self._cost(key, page)
            while self.bytes > most:
                self._drop(next(iter(self._pages)))

    def clear(self):
        with self._lock:
            self._pages.clear()
            self.bytes = 0

    def _drop(self, key):
        self.bytes -= self._cost(key, self._pages.pop(key))

    @staticmethod
    def _cost(key, page):
        return page.cost + sum(sys.getsizeof(part) for part in key)


PAGE_STORE = PageStore()
