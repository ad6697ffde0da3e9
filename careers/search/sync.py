"""Keeps the index of this host in step with the database: before each search it applies the changes since the last one.

`current` in the folder is a symlink to the index in use; a rebuild makes another index beside it and switches the link. Lock
files let one process write at a time. Any failure becomes `SearchUnavailableError`, and pages fall back to the database.
"""

import fcntl
import logging
import math
import os
import shutil
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from careers.changes import counter
from careers.changes.models import Change

from .documents import KINDS, DocumentKind
from .index import BUILD_HEAP, Index, IndexState, Replacement
from .integrity import is_intact
from .schema import schema_version

log = logging.getLogger(__name__)

BATCH_SIZE = 500  # rows whose documents are made at once
LOCK_RETRY_SECONDS = 10  # after waiting for a lock in vain, other requests do not wait for so long
ENGINE_ERRORS = (OSError, ValueError, RuntimeError, MemoryError, OverflowError)
_opened: dict[Path, Index | None] = {}
_opening = threading.Lock()
_checked: tuple[Path | None, float] = (None, -math.inf)  # index found intact, and the monotonic time
_last_failure: str | None = None  # why the index was unavailable the last time
_background_started_at = -math.inf  # monotonic time of the last attempt to build a lost index beside the requests
_gave_up_at = -math.inf  # monotonic time at which a request last waited for a lock in vain

Progress = Callable[[DocumentKind, Iterable[Replacement]], Iterable[Replacement]]


class SearchUnavailableError(Exception):
    """The index cannot be used now; the message is the reason, for the log."""


class IndexLockedError(SearchUnavailableError):
    """Another process is writing."""


def index_folder() -> Path:
    return Path(settings.SEARCH_DIR) / f"v{schema_version()}"


def current_index() -> Index:
    """The index with all committed changes. Raises SearchUnavailableError."""
    global _last_failure
    try:
        with reading():
            index = _up_to_date()
    except SearchUnavailableError as error:
        _log_once(error)
        raise
    _last_failure = None
    return index


@contextmanager
def reading() -> Iterator[None]:
    """The engine's errors become SearchUnavailableError. The index is opened anew by the next search, which looks whether its
    files are damaged."""
    try:
        yield
    except BaseException as error:
        if not is_engine_error(error):
            raise
        _close()
        _log_once(error)
        raise SearchUnavailableError(f"{type(error).__name__}: {error}") from error


def is_engine_error(error: BaseException) -> bool:
    """Also a panic of the engine, which is no Exception and has no class to import."""
    return isinstance(error, ENGINE_ERRORS) or type(error).__module__ == "pyo3_runtime"


def _log_once(error: BaseException) -> None:
    """Log a reason once, until the index is available again or the reason is another."""
    global _last_failure
    if _last_failure != str(error):
        log.warning("The search index cannot answer, the database does: %s", error)
    _last_failure = str(error)


def index_status() -> str:
    """For monitoring: "ok" where a search is answered, "behind" until the next search, "missing" until a search or reindex
    builds it."""
    try:
        with reading():
            index, now = open_index(), counter.read_state()
            if index is None:
                return "missing"
            if not index.state.covers(now):
                index.reload()
            index.probe()
            return "ok" if index.state.covers(now) else "behind"
    except SearchUnavailableError:
        return "missing"


def _up_to_date() -> Index:
    if connection.in_atomic_block and not settings.SEARCH_IN_TRANSACTIONS:
        raise SearchUnavailableError("inside a transaction, whose changes may yet be rolled back")
    wanted = counter.read_state()
    index = open_index()
    if index is not None and index.state != IndexState.from_counter(wanted):
        index.reload()  # another process may have applied the changes
    if index is not None and index.state.number > wanted.number:
        wanted = counter.read_state()  # another process may have written and applied a change since
    if index is None or not index.state.covers(wanted):
        index = catch_up()
    return index


def open_index() -> Index | None:
    """The index in use, opened once in this process; None if there is none or it cannot be read."""
    with _opening:
        try:
            target = index_folder() / os.readlink(index_folder() / "current")
        except OSError:
            return None
        if target not in _opened:
            _opened.clear()
            _opened[target] = _open(target)
        if (index := _opened[target]) is None:
            _opened.clear()
        return index


def _open(folder: Path) -> Index | None:
    """None if the index cannot be read. One that is damaged is no longer the current one: the next search builds another."""
    if not (folder / "meta.json").exists():
        return None
    if not _known_intact(folder):
        log.error("The search index %s is damaged and is built again.", folder)
        (index_folder() / "current").unlink(missing_ok=True)
        return None
    try:
        return Index(folder)
    except BaseException as error:
        if not is_engine_error(error):
            raise
        log.warning("The search index %s cannot be read: %s", folder, error)
        return None


def _known_intact(folder: Path) -> bool:
    """Looked at once in LOCK_RETRY_SECONDS, since the engine may raise errors on intact files as well."""
    global _checked
    known, at = _checked
    if known != folder or time.monotonic() >= at + LOCK_RETRY_SECONDS:
        if not is_intact(folder):
            return False
        _checked = folder, time.monotonic()
    return True


def reset() -> None:
    """Return to the state of a new process. For tests."""
    global _last_failure, _gave_up_at, _background_started_at, _checked
    _checked = None, -math.inf
    _last_failure, _gave_up_at, _background_started_at = None, -math.inf, -math.inf
    _close()


def _close() -> None:
    with _opening:
        _opened.clear()


# -- Applying changes


def catch_up() -> Index:
    """Apply the missing changes, under the lock; build a new index where that is not possible."""
    global _gave_up_at
    seconds = settings.SEARCH_LOCK_SECONDS if time.monotonic() >= _gave_up_at + LOCK_RETRY_SECONDS else 0
    try:
        return _catch_up(seconds)
    except IndexLockedError:
        if seconds:
            _gave_up_at = time.monotonic()
        raise


def _catch_up(seconds: float) -> Index:
    if (index := _catch_up_open_index(seconds)) is not None:
        return index
    if _has_many_rows():
        rows = f"{settings.SEARCH_BUILD_AT_ONCE:,}"
        if _had_index():
            _rebuild_in_background()
            raise SearchUnavailableError(
                f"the index cannot be used and is built again, which takes a while for more than {rows} rows"
            )
        raise SearchUnavailableError(
            f"there is no usable index, and more than {rows} rows take a while: run manage.py reindex"
        )
    with hold_lock("build.lock", seconds):
        return _catch_up_open_index(seconds) or _build_and_switch()  # another process may have built it


def _catch_up_open_index(seconds: float) -> Index | None:
    """None if the open index cannot be brought up to date."""
    with hold_lock("write.lock", seconds):
        index = open_index()
        if index is not None:
            index.reload()
        if index is None or _needs_rebuild(index):
            return None
        apply_changes(index)
        return index


def _needs_rebuild(index: Index) -> bool:
    """It is of another or a restored database, or the log does not go back far enough."""
    now = counter.read_state()
    return index.state.epoch != now.epoch or not now.pruned <= index.state.number <= now.number


def apply_changes(index: Index) -> None:
    """Bring the index up to the change counter as it is now, in one commit. Later changes are for the next search."""
    now = counter.read_state()
    if now.number > index.state.number:
        changes = [change for change in counter.changes_since(index.state.number) if change.number <= now.number]
        index.write(_replacements(changes), IndexState.from_counter(now))
        index.reload()


def _replacements(changes: Iterable[Change]) -> Iterator[Replacement]:
    changed: dict[str, set[Any]] = defaultdict(set)  # primary keys; None for any row
    for change in changes:
        changed[change.kind].add(change.key)
    for kind in KINDS.values():
        pks: set[Any] = set(changed.get(kind.name, ()))
        for model, keys in changed.items():
            if model != kind.name:
                pks.update(kind.affected_pks(model, sorted(keys - {None}) if None not in keys else None))
        if None in pks:
            yield kind.name, None, ()
            yield from batches(kind, kind.pks())
        else:
            yield from batches(kind, sorted(pks))


def batches(kind: DocumentKind, pks: Iterable[int]) -> Iterator[Replacement]:
    rows = iter(pks)
    while batch := list(islice(rows, BATCH_SIZE)):
        try:
            documents = list(kind.documents(batch))
        except ENGINE_ERRORS as error:  # of the rows, not of the engine: the index is not damaged
            raise SearchUnavailableError(f"{kind.name} cannot be indexed: {type(error).__name__}: {error}") from error
        yield kind.name, batch, documents


def _has_many_rows() -> bool:
    """Whether building the index would take longer than a page should."""
    rows = (pk for kind in KINDS.values() for pk in kind.pks())
    return next(islice(rows, settings.SEARCH_BUILD_AT_ONCE, None), None) is not None


# -- Building


def _had_index() -> bool:
    """Whether an index of this version was in use and is damaged, ahead of the database or too far behind."""
    return any(path.is_dir() and not path.is_symlink() for path in index_folder().iterdir())


def _rebuild_in_background() -> None:
    global _background_started_at
    if time.monotonic() >= _background_started_at + LOCK_RETRY_SECONDS:
        _background_started_at = time.monotonic()
        threading.Thread(target=_rebuild_in_thread, name="search-rebuild", daemon=True).start()


def _rebuild_in_thread() -> None:
    try:
        _rebuild_unless_busy()
    finally:
        connections.close_all()


def _rebuild_unless_busy() -> None:
    """Build the index unless another process does, or has done."""
    try:
        with hold_lock("build.lock", 0):
            if _catch_up_open_index(settings.SEARCH_LOCK_SECONDS) is None:
                _build_and_switch()
    except IndexLockedError:
        log.info("Another process builds the search index.")
    except (SearchUnavailableError, *ENGINE_ERRORS) as error:
        log.warning("The search index was not built again: %s", error)


def _no_progress(kind: DocumentKind, replacements: Iterator[Replacement]) -> Iterator[Replacement]:
    return replacements


def rebuild(progress: Progress = _no_progress) -> Index:
    """Build an index beside the one in use, which is still searched and updated, then switch to it."""
    with hold_lock("build.lock", settings.SEARCH_LOCK_SECONDS):
        return _build_and_switch(progress)


def _build_and_switch(progress: Progress = _no_progress) -> Index:
    """Needs the build lock; holds the write lock at the end only, so that searches do not wait for the build."""
    index = _build(progress)
    with hold_lock("write.lock", 60):
        apply_changes(index)
        _switch_to(index)
    return index


def _build(progress: Progress = _no_progress) -> Index:
    target = index_folder() / f"{time.time_ns():x}-{os.getpid()}"
    state = IndexState.from_counter(counter.read_state())
    index = Index(target)
    additions = (
        (name, (), documents)
        for kind in KINDS.values()
        for name, _, documents in progress(kind, batches(kind, kind.pks()))
    )
    index.write(additions, state, heap=BUILD_HEAP)
    index.reload()
    return index


def _switch_to(index: Index) -> None:
    """Replace the link in one step, then delete what earlier builds left."""
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
def hold_lock(name: str, seconds: float) -> Iterator[None]:
    """Hold a lock file of the folder, waiting up to `seconds`. The system releases it when the process ends."""
    index_folder().mkdir(parents=True, exist_ok=True)
    with open(index_folder() / name, "w") as file:
        deadline = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise IndexLockedError(f"{name} is held by another process") from None
                time.sleep(0.01)
        yield
