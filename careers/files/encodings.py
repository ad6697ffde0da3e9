"""The encoding of a text file.

A byte order mark decides. A file without one is UTF-8 if all of it is valid UTF-8, and Windows-1252 if no character beyond
ASCII is. A mixture is damaged and refused with its line number, as are NUL and the replacement character. Nothing is guessed
from statistics, as charset-normalizer does: a wrong guess would change names without a trace.
"""

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from careers.files.errors import FileError

CHUNK = 2**18  # bytes
REFUSED = {"\0": "a NUL byte", "\ufffd": "a replacement character (the text was damaged before)"}


@dataclass(frozen=True)
class Encoding:
    label: str  # for people
    name: str  # to open a whole file with
    codec: str  # of the bytes after the mark
    mark: bytes = b""

    @property
    def notes(self) -> list[str]:
        return [] if self.label == "UTF-8" else [f"read as {self.label}"]


UTF8 = Encoding("UTF-8", "utf-8", "utf-8")
WINDOWS = Encoding("Windows-1252", "cp1252", "cp1252")
MARKED = (  # the mark of UTF-32 starts with that of UTF-16
    Encoding("UTF-8", "utf-8-sig", "utf-8", codecs.BOM_UTF8),
    Encoding("UTF-32", "utf-32", "utf-32-le", codecs.BOM_UTF32_LE),
    Encoding("UTF-32", "utf-32", "utf-32-be", codecs.BOM_UTF32_BE),
    Encoding("UTF-16", "utf-16", "utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("UTF-16", "utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
)


class UndecodableError(Exception):
    def __init__(self, offset: int):
        super().__init__(offset)
        self.offset = offset


def marked_encoding(head: bytes) -> Encoding | None:
    """The encoding named by the byte order mark at the start of a file."""
    return next((encoding for encoding in MARKED if head.startswith(encoding.mark)), None)


def detect_encoding(path: Path) -> tuple[Encoding, bool]:
    """(encoding, whether the text contains a quote). Reads the whole file; FileError with the line of an invalid byte."""
    with path.open("rb") as file:
        marked = marked_encoding(file.read(4))
        encoding = marked or UTF8
        try:
            return encoding, _scan(path, file, encoding)
        except UndecodableError as error:
            if marked or _contains_utf8(file):
                raise _invalid_byte(path, file, encoding, error.offset) from error
        try:
            return WINDOWS, _scan(path, file, WINDOWS)
        except UndecodableError as error:
            raise _invalid_byte(path, file, WINDOWS, error.offset) from error


def _chunks(file: IO[bytes], encoding: Encoding) -> Iterator[bytes]:
    file.seek(len(encoding.mark))
    return iter(lambda: file.read(CHUNK), b"")


def _scan(path, file, encoding):
    """Whether the text contains a quote. UndecodableError at an invalid byte, FileError at a refused character."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    line, offset, has_quotes = 1, len(encoding.mark), False
    for chunk in chain(_chunks(file, encoding), [b""]):
        pending = len(decoder.getstate()[0])
        try:
            text = newlines.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise UndecodableError(offset - pending + error.start) from error
        for character, description in REFUSED.items():
            if character in text:
                line += text.count("\n", 0, text.index(character))
                raise FileError(f"{path.name}, line {line}: {description}")
        line += text.count("\n")
        offset += len(chunk)
        has_quotes = has_quotes or '"' in text
    return has_quotes


def _contains_utf8(file):
    """Whether anything beyond ASCII is UTF-8, in a file that is not UTF-8 as a whole."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return any(not decoder.decode(chunk).isascii() for chunk in _chunks(file, UTF8))


def _invalid_byte(path, file, encoding, offset):
    newlines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding.codec)("replace"), translate=True)
    line, left = 1, offset - len(encoding.mark)
    for chunk in _chunks(file, encoding):
        line += newlines.decode(chunk[:left], final=left <= len(chunk)).count("\n")
        left -= len(chunk)
        if left <= 0:
            break
    file.seek(offset)
    byte = file.read(1).hex()
    return FileError(f"{path.name}, line {line}: byte 0x{byte} is not {encoding.label}; save the file as UTF-8")
