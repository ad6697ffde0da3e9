"""Which encoding a text file is in, decided over all its bytes in chunks before the first row is read.

A byte order mark decides. Without one a file is UTF-8 if all of it is; Windows-1252 if no character beyond ASCII
is UTF-8; a mixture is damaged, and refused with its line. So are NUL and the replacement character.
"""

import codecs
import io
from dataclasses import dataclass
from itertools import chain

from careers.files.content_files import FileError

CHUNK = 2**18
NEVER_IN_A_TABLE = {"\0": "a NUL byte", "\ufffd": "a replacement character (the text was damaged before)"}


@dataclass(frozen=True)
class Encoding:
    label: str  # as people say
    name: str  # as a whole file is opened
    codec: str  # of the bytes after the mark
    mark: bytes = b""

    @property
    def notes(self):
        return [] if self.label == "UTF-8" else [f"read as {self.label}"]


UTF8 = Encoding("UTF-8", "utf-8", "utf-8")
WINDOWS = Encoding("Windows-1252", "cp1252", "cp1252")
MARKED = (
    Encoding("UTF-8", "utf-8-sig", "utf-8", codecs.BOM_UTF8),
    Encoding("UTF-16", "utf-16", "utf-16-le", codecs.BOM_UTF16_LE),
    Encoding("UTF-16", "utf-16", "utf-16-be", codecs.BOM_UTF16_BE),
)


class UndecodableError(Exception):
    def __init__(self, offset):
        super().__init__(offset)
        self.offset = offset


def detect_encoding(path):
    """-> (encoding, whether the text holds a quote); FileError with the line of what is no text."""
    with path.open("rb") as file:
        head = file.read(3)
        marked = next((encoding for encoding in MARKED if head.startswith(encoding.mark)), None)
        encoding = marked or UTF8
        try:
            return encoding, looked_through(path, file, encoding)
        except UndecodableError as error:
            if marked or holds_utf8(file):
                raise unreadable(path, file, encoding, error.offset) from error
        try:
            return WINDOWS, looked_through(path, file, WINDOWS)
        except UndecodableError as error:
            raise unreadable(path, file, WINDOWS, error.offset) from error


def chunks(file, encoding):
    file.seek(len(encoding.mark))
    return iter(lambda: file.read(CHUNK), b"")


def looked_through(path, file, encoding):
    """Whether the text holds a quote. UndecodableError at a byte that is no text, FileError at a character refused."""
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    line, offset, quotes = 1, len(encoding.mark), False
    for chunk in chain(chunks(file, encoding), [b""]):
        pending = len(decoder.getstate()[0])
        try:
            text = newlines.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise UndecodableError(offset - pending + error.start) from error
        for character, words in NEVER_IN_A_TABLE.items():
            if character in text:
                line += text.count("\n", 0, text.index(character))
                raise FileError(f"{path.name}, line {line}: {words}")
        line += text.count("\n")
        offset += len(chunk)
        quotes = quotes or '"' in text
    return quotes


def holds_utf8(file):
    """Whether anything beyond ASCII is UTF-8, in a file that is not UTF-8 all through."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return any(not decoder.decode(chunk).isascii() for chunk in chunks(file, UTF8))


def unreadable(path, file, encoding, offset):
    newlines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding.codec)("replace"), translate=True)
    line, left = 1, offset - len(encoding.mark)
    for chunk in chunks(file, encoding):
        line += newlines.decode(chunk[:left], final=left <= len(chunk)).count("\n")
        left -= len(chunk)
        if left <= 0:
            break
    file.seek(offset)
    byte = file.read(1).hex()
    return FileError(f"{path.name}, line {line}: byte 0x{byte} is not {encoding.label}; save the file as UTF-8")
