"""One index directory: opened, written, read. The only module that stores documents in the engine (tantivy)."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

import tantivy

from careers.changes.counter import CounterState

from .documents import Document
from .schema import NEWEST, fields, register_tokenizers, schema
from .text import normalize_title, other_spellings, split_words

EDIT_HEAP, BUILD_HEAP = 15_000_000, 200_000_000  # bytes
META = "meta"  # key of the document that holds the state
MAX_TEXT_LENGTH = 200_000  # characters of one document that are indexed

# (kind, primary keys whose documents are removed, documents to add); None for the keys removes all of the kind
Replacement = tuple[str, Iterable[int] | None, Iterable[Document]]


class IndexState(NamedTuple):
    """The index holds all changes up to `number` of the database with this `epoch`."""

    number: int
    epoch: str

    @classmethod
    def from_counter(cls, state: CounterState) -> "IndexState":
        return cls(state.number, state.epoch)

    def covers(self, state: CounterState) -> bool:
        """An index ahead of its database belongs to a state that the database was restored from: it covers nothing."""
        return self.epoch == state.epoch and self.number == state.number


EMPTY_STATE = IndexState(-1, "")


class Snapshot(NamedTuple):
    """The documents of one commit, with caches that are valid as long: `facet_counts` of this app, `row_cache` of callers."""

    searcher: tantivy.Searcher
    facet_counts: dict
    row_cache: dict


class Index:
    """`state` is stored in the index itself, so that each commit changes both."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._index = register_tokenizers(tantivy.Index(schema(), path=str(folder)))
        self._index.config_reader("manual")
        self.reload()

    def reload(self) -> None:
        self._index.reload()
        self.snapshot = Snapshot(self._index.searcher(), {}, {})
        self.state = self._read_state()

    @property
    def searcher(self) -> tantivy.Searcher:
        return self.snapshot.searcher

    def _read_state(self) -> IndexState:
        found = self.searcher.search(tantivy.Query.term_query(schema(), "key", META), limit=1, count=False).hits
        if not found:
            return EMPTY_STATE
        stored: Any = self.searcher.doc(found[0][1])
        return IndexState(stored.get_first("number"), stored.get_first("epoch"))

    def probe(self) -> None:
        """Ask a query and read a document. Raises what the engine raises on damaged files."""
        hits = self.searcher.search(tantivy.Query.all_query(), limit=1, order_by_field=NEWEST).hits
        for _, address in hits:
            self.searcher.doc(address)

    def write(self, replacements: Iterable[Replacement], state: IndexState, heap: int = EDIT_HEAP) -> None:
        """Replace documents and store the new state, in one commit. Opens the directory anew: a writer sees what it opened."""
        writer = register_tokenizers(tantivy.Index.open(str(self.folder))).writer(heap, 1)
        try:
            writer.garbage_collect_files()  # files left by a killed writer would block new ones of the same name
            for kind, pks, documents in replacements:
                if pks is None:
                    writer.delete_documents_by_term("kind", kind)
                for pk in pks or ():
                    writer.delete_documents_by_term("key", f"{kind}:{pk}")
                for document in documents:
                    writer.add_document(_to_tantivy(kind, document))
            writer.delete_documents_by_term("key", META)
            writer.add_document(_meta_document(state))
            writer.commit()
        finally:
            writer.wait_merging_threads()


def _meta_document(state: IndexState) -> tantivy.Document:
    document = tantivy.Document()
    document.add_text("key", META)
    document.add_unsigned("number", state.number)
    document.add_text("epoch", state.epoch)
    return document


def _to_tantivy(kind: str, document: Document) -> tantivy.Document:
    stored = tantivy.Document()
    stored.add_text("key", f"{kind}:{document.pk}")
    stored.add_text("kind", kind)
    stored.add_unsigned("pk", document.pk)
    _add_words(stored, ("title", "all", "words"), document.title)
    for name in document.names:
        _add_words(stored, ("names", "all", "words"), name)
    _add_words(stored, ("all", "words"), document.text[:MAX_TEXT_LENGTH])
    for title in document.titles:
        if normalized := normalize_title(title):
            stored.add_text("exact_title", normalized)
        _add_words(stored, ("title_words",), title)
    for name, values in document.facets.items():
        add: Callable[[str, Any], None] = stored.add_unsigned if name in fields().key_facets else stored.add_text
        for value in dict.fromkeys(values):
            add(name, value)
    for name, number in {"opens": document.opens, "closes": document.closes, **document.numbers}.items():
        stored.add_integer(name, number)
    return stored


def _add_words(stored: tantivy.Document, names: tuple[str, ...], text: str) -> None:
    """Other spellings are a value of their own, so that they do not stand between the words of a phrase."""
    for words in (split_words(text), other_spellings(text)):
        for name in names if words else ():
            stored.add_text(name, " ".join(words))
