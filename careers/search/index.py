"""One index directory: opened, written, read. The only room that would change with another engine."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import tantivy

from .documents import Document
from .schema import KEYS, SCHEMA, normalize_title, register_tokenizers

EDIT_HEAP, BUILD_HEAP = 15_000_000, 200_000_000  # bytes
META = "meta"
MAX_TEXT_LENGTH = 200_000  # characters of one document that are searched


class IndexState(NamedTuple):
    """Up to which change of which database an index holds all documents."""

    number: int
    epoch: str

    @classmethod
    def at(cls, reading):
        return cls(reading.number, reading.epoch)

    def holds(self, reading):
        return self.epoch == reading.epoch and self.number >= reading.number


EMPTY_STATE = IndexState(-1, "")


class Snapshot(NamedTuple):
    """The documents of one commit, and what was worked out since and may be used again: `counts` of a search, and what is
    `kept` by those who ask."""

    searcher: tantivy.Searcher
    counts: dict
    kept: dict


class Index:
    """`stand` is kept in the index itself, so that it moves with each commit."""

    def __init__(self, folder: Path):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._index = register_tokenizers(tantivy.Index(SCHEMA, path=str(folder)))
        self._index.config_reader("manual")
        self.reload()

    def reload(self):
        self._index.reload()
        self.snapshot = Snapshot(self._index.searcher(), {}, {})
        self.stand = self._read_stand()

    @property
    def searcher(self):
        return self.snapshot.searcher

    def _read_stand(self):
        found = self.searcher.search(tantivy.Query.term_query(SCHEMA, "key", META), limit=1, count=False).hits
        if not found:
            return EMPTY_STATE
        stored = self.searcher.doc(found[0][1])
        return IndexState(stored.get_first("number"), stored.get_first("epoch"))

    def write(
        self, portions: Iterable[tuple[str, list[int] | None, Iterable[Document]]], stand: IndexState, heap=EDIT_HEAP
    ):
        """Replace the documents of (kind, pks) by those given, and say how far the index stands then: one commit.

        None for the pks takes out all of the kind.

        Opens the directory anew, since a writer sees only what it opened.
        """
        writer = register_tokenizers(tantivy.Index.open(str(self.folder))).writer(heap, 1)
        try:
            writer.garbage_collect_files()  # what a killed writer left would be in the way of files of the same name
            for kind, pks, documents in portions:
                if pks is None:
                    writer.delete_documents_by_term("kind", kind)
                for pk in pks or ():
                    writer.delete_documents_by_term("key", f"{kind}:{pk}")
                for document in documents:
                    writer.add_document(_stored(kind, document))
            writer.delete_documents_by_term("key", META)
            writer.add_document(_meta(stand))
            writer.commit()
        finally:
            writer.wait_merging_threads()


def _meta(stand):
    document = tantivy.Document()
    document.add_text("key", META)
    document.add_unsigned("number", stand.number)
    document.add_text("epoch", stand.epoch)
    return document


def _stored(kind, document: Document):
    stored = tantivy.Document()
    stored.add_text("key", f"{kind}:{document.pk}")
    stored.add_text("kind", kind)
    stored.add_unsigned("pk", document.pk)
    stored.add_text("title", document.title)
    for name in document.names:
        stored.add_text("names", name)
    for text in (document.title, *document.names, document.text[:MAX_TEXT_LENGTH]):
        stored.add_text("all", text)
        stored.add_text("words", text)
    for title in filter(normalize_title, document.titles):
        stored.add_text("called", normalize_title(title))
        stored.add_text("begun", title)
    for name, values in document.facets.items():
        add = stored.add_unsigned if name in KEYS else stored.add_text
        for value in dict.fromkeys(values):
            add(name, value)
    for name, number in {"opens": document.opens, "closes": document.closes, **document.numbers}.items():
        stored.add_integer(name, number)
    return stored
