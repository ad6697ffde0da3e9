"""The index of this host, held to the database: before a search it catches up with what changed.

`current` in the folder is a link to the index in use; a rebuild makes another beside it and turns the link. A lock file
lets one process write at a time. Whatever goes wrong becomes `UnavailableError`, and pages answer from the database.
"""

import fcntl
import logging
import math
import os
import shutil
import threading
import time
from collections import defaultdict
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection

from careers.changes import counter

from .documents import KINDS
from .index import BUILD_HEAP, Index, IndexState
from .schema import VERSION

log = logging.getLogger(__name__)

BATCH_SIZE = 500  # rows whose documents are made at once
_opened: dict[Path, Index] = {}
_opening = threading.Lock()
_last_failure: str | None = None  # why the index could not answer the last time
_waited_until = -math.inf  # on the monotonic clock: somebody waited for a lock in vain till then
LOCK_RETRY_SECONDS = 10  # seconds after that; meanwhile a long import holds up nobody else


class SearchUnavailableError(Exception):
    """The index cannot answer now; the message says why, for the log."""


class IndexLockedError(SearchUnavailableError):
    """Another process is writing."""


def index_folder():
    return Path(settings.SEARCH_DIR) / f"v{VERSION}"


def current_index() -> Index:
    """The index at the newest change, or a later one. Raises UnavailableError."""
    global _last_failure
    try:
        index = _up_to_date()
    except SearchUnavailableError as error:
        _log_once(error)
        raise
    except (OSError, ValueError) as error:
        raise index_failed(error) from error
    _last_failure = None
    return index


def index_failed(error):
    """What to raise where the index in use turned out to be unreadable; it is opened anew the next time."""
    _close()
    _log_once(error)
    return SearchUnavailableError(str(error))


def _log_once(error):
    """Once, until it answers again or the reason is another."""
    global _last_failure
    if _last_failure != str(error):
        log.warning("The search index cannot answer, the database does: %s", error)
    _last_failure = str(error)


def index_status():
    """For whoever watches this host: "ok", "behind" until the next search, or "missing" until one, or reindex, builds it."""
    index, now = open_index(), counter.read_state()
    if index is None:
        return "missing"
    if not index.stand.holds(now):
        index.reload()
    return "ok" if index.stand.holds(now) else "behind"


def _up_to_date():
    if connection.in_atomic_block and not settings.SEARCH_IN_TRANSACTIONS:
        raise SearchUnavailableError("inside a transaction, whose changes may yet be taken back")
    wanted = counter.read_state()
    index = open_index()
    if index is not None and index.stand != IndexState.at(wanted):
        index.reload()  # another process may have done the work
    if index is None or not index.stand.holds(wanted):
        index = catch_up()
    return index


def open_index():
    """The index in use, opened once in this process; None where there is none yet, or it cannot be read."""
    with _opening:
        try:
            target = index_folder() / os.readlink(index_folder() / "current")
        except OSError:
            return None
        if target not in _opened:
            _opened.clear()
            try:
                _opened[target] = Index(target) if (target / "meta.json").exists() else None
            except (OSError, ValueError) as error:
                log.warning("The search index %s cannot be read: %s", target, error)
                _opened[target] = None
        if (index := _opened[target]) is None:
            _opened.clear()
        return index


def reset():
    """Start as a new process would."""
    global _last_failure, _waited_until
    _last_failure, _waited_until = None, -math.inf
    _close()


def _close():
    with _opening:
        _opened.clear()


def catch_up() -> Index:
    """Apply what is missing, under the lock. Builds the index anew where it cannot be brought up to date."""
    global _waited_until
    seconds = settings.SEARCH_LOCK_SECONDS if time.monotonic() >= _waited_until + LOCK_RETRY_SECONDS else 0
    try:
        return _catch_up(seconds)
    except IndexLockedError:
        if seconds:
            _waited_until = time.monotonic()
        raise


def _catch_up(seconds):
    if (index := _caught_up(seconds)) is not None:
        return index
    if _has_many_rows():
        rows = f"{settings.SEARCH_BUILD_AT_ONCE:,}"
        raise SearchUnavailableError(
            f"there is no usable index, and more than {rows} rows take a while: run manage.py reindex"
        )
    with hold_lock("build.lock", seconds):
        return _caught_up(seconds) or _build_and_switch()  # another process may have built it


def _caught_up(seconds):
    """None where the index cannot be brought up to date."""
    with hold_lock("write.lock", seconds):
        index = open_index()
        if index is not None:
            index.reload()
        if _must_be_rebuilt(index):
            return None
        apply_changes(index)
        return index


def _must_be_rebuilt(index):
    """There is none, it is of another database, or the database was put back, or the log no longer reaches so far back."""
    now = counter.read_state()
    return index is None or index.stand.epoch != now.epoch or not now.pruned <= index.stand.number <= now.number


def apply_changes(index):
    """Bring the index from its number to the newest, in one commit."""
    now = counter.read_state()
    missing = counter.changes_since(index.stand.number)
    if now.number > index.stand.number:
        index.write(
            _replacements(missing), IndexState(max(now.number, *(change.number for change in missing)), now.epoch)
        )
        index.reload()


def _replacements(missing):
    """(kind, rows to take out, documents to put in) in portions; None for the rows means all of the kind."""
    changed = defaultdict(set)
    for change in missing:
        changed[change.kind].add(change.key)
    for kind in KINDS.values():
        pks = set(changed.get(kind.name, ()))
        for model, keys in changed.items():
            if model != kind.name:
                pks.update(kind.touched(model, sorted(keys - {None}) if None not in keys else None))
        yield from _everything(kind) if None in pks else batches(kind, sorted(pks))


def _everything(kind):
    yield kind.name, None, ()
    yield from batches(kind, kind.pks())


def batches(kind, pks):
    portion = []
    for pk in pks:
        portion.append(pk)
        if len(portion) == BATCH_SIZE:
            yield kind.name, portion, kind.documents(portion)
            portion = []
    if portion:
        yield kind.name, portion, kind.documents(portion)


def _has_many_rows():
    """More than a page can wait for."""
    rows = (pk for kind in KINDS.values() for pk in kind.pks())
    return next(islice(rows, settings.SEARCH_BUILD_AT_ONCE, None), None) is not None


def _as_they_come(kind, batches):
    return batches


def rebuild(progress=_as_they_come):
    """Build an index beside the one in use, which goes on answering and catching up, then switch to it."""
    with hold_lock("build.lock", settings.SEARCH_LOCK_SECONDS):
        return _build_and_switch(progress)


def _build_and_switch(progress=_as_they_come):
    """Under the lock of builders. That of writers is held for the end of it alone: meanwhile nobody waits."""
    index = _build(progress)
    with hold_lock("write.lock", 60):
        apply_changes(index)
        _switch_to(index)
    return index


def _build(progress=_as_they_come):
    target = index_folder() / f"{time.time_ns():x}-{os.getpid()}"
    stand = IndexState.at(counter.read_state())
    index = Index(target)
    documents = (
        (name, (), made) for kind in KINDS.values() for name, _, made in progress(kind, batches(kind, kind.pks()))
    )
    index.write(documents, stand, heap=BUILD_HEAP)
    index.reload()
    return index


def _switch_to(index):
    """Turn the link in one step, then clear away what earlier builds left."""
    link = index_folder() / f"current.{os.getpid()}"
    with suppress(FileNotFoundError):
        link.unlink()
    link.symlink_to(index.folder.name)
    os.replace(link, index_folder() / "current")
    with _opening:
        _opened.clear()
        _opened[index.folder] = index
    for path in index_folder().iterdir():
        if path.is_dir() and not path.is_symlink() and path != index.folder:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def hold_lock(name, seconds):
    """Hold a lock of this folder, waiting for it so long. It falls with the process that holds it."""
    index_folder().mkdir(parents=True, exist_ok=True)
    with open(index_folder() / name, "w") as file:
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise IndexLockedError(f"{name} is held by another process") from None
                time.sleep(0.01)
        yield
