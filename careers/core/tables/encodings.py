"""Which encoding a text file is in, decided over all its bytes in chunks before the first row is read.

A byte order mark decides. Without one a file is UTF-8 if all of it is; Windows-1252 if no character beyond ASCII
is UTF-8; a mixture is damaged, and refused with its line. So are NUL and the replacement character.
"""

import codecs
import io
from dataclasses import dataclass
from itertools import chain

from careers.core.textfiles import FileError

CHUNK = 1 << 20
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
SPOKEN = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
NEVER_IN_A_TABLE = {"\0": "a NUL byte", "\ufffd": "a replacement character (the text was damaged before)"}


@dataclass(frozen=True)
class Encoding:
    name: str
    has_quotes: bool

    @property
    def notes(self):
        return [] if SPOKEN[self.name] == "UTF-8" else [f"read as {SPOKEN[self.name]}"]


class UndecodableError(Exception):
    def __init__(self, offset):
        super().__init__(offset)
        self.offset = offset


def encoding_of(path):
    with path.open("rb") as file:
        marked = mark_of(file)
        try:
            return Encoding(marked or "utf-8", looked_through(path, file, marked or "utf-8"))
        except UndecodableError as error:
            if marked or holds_utf8(file):
                raise unreadable(path, file, marked or "utf-8", error.offset) from error
        try:
            return Encoding("cp1252", looked_through(path, file, "cp1252"))
        except UndecodableError as error:
            raise unreadable(path, file, "cp1252", error.offset) from error


def mark_of(file):
    head = file.read(3)
    return next((name for mark, name in MARKS if head.startswith(mark)), None)


def chunks(file):
    file.seek(0)
    return iter(lambda: file.read(CHUNK), b"")


def looked_through(path, file, encoding):
    """Whether the text holds a quote. UndecodableError at a byte that is no text, FileError at a character refused."""
    decoder = codecs.getincrementaldecoder(encoding)()
    newlines = io.IncrementalNewlineDecoder(decoder, translate=True)
    line, offset, quotes = 1, 0, False
    for chunk in chain(chunks(file), [b""]):
        pending = len(decoder.getstate()[0])
        try:
            text = newlines.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            raise UndecodableError(offset - pending + error.start) from error
        for character, words in NEVER_IN_A_TABLE.items():
            if character in text:
                raise FileError(f"{path.name}, line {line + text[: text.index(character)].count(chr(10))}: {words}")
        line += text.count("\n")
        offset += len(chunk)
        quotes = quotes or '"' in text
    return quotes


def holds_utf8(file):
    """Whether anything beyond ASCII is UTF-8, in a file that is not UTF-8 all through."""
    decoder = codecs.getincrementaldecoder("utf-8")("ignore")
    return any(not decoder.decode(chunk).isascii() for chunk in chunks(file))


def unreadable(path, file, encoding, offset):
    newlines = io.IncrementalNewlineDecoder(codecs.getincrementaldecoder(encoding)("replace"), translate=True)
    line, left = 1, offset
    for chunk in chunks(file):
        line += newlines.decode(chunk[:left], final=len(chunk) >= left).count("\n")
        left -= len(chunk)
        if left <= 0:
            break
    file.seek(offset)
    byte = file.read(1).hex()
    return FileError(f"{path.name}, line {line}: byte 0x{byte} is not {SPOKEN[encoding]}; save the file as UTF-8")
