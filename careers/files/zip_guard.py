"""Checks on zip archives (xlsx, docx) before anything in them is parsed. Callers turn a fault into their own message."""

import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

MEGABYTE = 2**20
CHUNK = 2**16  # bytes
# What zipfile raises for a damaged archive: UnicodeDecodeError for names that are not the UTF-8 they are marked as.
DAMAGED = (zipfile.BadZipFile, zlib.error, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError, OSError)


class ZipFault(Enum):
    TOO_MANY_MEMBERS = auto()
    DUPLICATE_NAMES = auto()
    ENCRYPTED = auto()
    PATH_OUTSIDE = auto()
    TOO_LARGE = auto()
    MEMBER_TOO_LARGE = auto()
    MEMBER_RATIO = auto()


class XmlFault(Enum):
    DOCTYPE = auto()
    DAMAGED = auto()


class UnsafeZipError(Exception):
    def __init__(self, fault: ZipFault, member: str = ""):
        super().__init__(fault.name, member)
        self.fault = fault
        self.member = member


@dataclass(frozen=True)
class ZipLimits:
    """Sizes are in bytes, as the archive declares them: zipfile reads no more than that and checks the checksum."""

    members: int
    unpacked: int  # all members together
    member: int  # one member
    ratio: int  # unpacked to packed size, of members over a megabyte
    streamed: tuple[str, ...] = ()  # prefixes of members that are read in chunks, to which `member` does not apply


def check_members(members: Sequence[zipfile.ZipInfo], limits: ZipLimits) -> None:
    """Raises UnsafeZipError."""
    names = [member.filename for member in members]
    if len(members) > limits.members:
        raise UnsafeZipError(ZipFault.TOO_MANY_MEMBERS)
    if len(names) != len(set(names)):
        raise UnsafeZipError(ZipFault.DUPLICATE_NAMES)
    if any(member.flag_bits & 1 for member in members):
        raise UnsafeZipError(ZipFault.ENCRYPTED)
    if any(_leads_outside(name) for name in names):
        raise UnsafeZipError(ZipFault.PATH_OUTSIDE)
    if sum(member.file_size for member in members) > limits.unpacked:
        raise UnsafeZipError(ZipFault.TOO_LARGE)
    for member in members:
        if member.file_size > limits.member and not member.filename.startswith(limits.streamed):
            raise UnsafeZipError(ZipFault.MEMBER_TOO_LARGE, member.filename)
        if member.file_size > max(MEGABYTE, limits.ratio * member.compress_size):
            raise UnsafeZipError(ZipFault.MEMBER_RATIO, member.filename)


def _leads_outside(name):
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts


class _FirstElementError(Exception):
    pass


class _DoctypeError(Exception):
    pass


def xml_fault(file: IO[bytes]) -> XmlFault | None:
    """Reads an XML file up to its first element. Only a document type can declare entities that multiply."""

    def stop(reason):
        def handler(*args):
            raise reason

        return handler

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = stop(_DoctypeError)
    parser.StartElementHandler = stop(_FirstElementError)
    try:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
    except _DoctypeError:
        return XmlFault.DOCTYPE
    except _FirstElementError:
        return None
    except (expat.ExpatError, LookupError, ValueError):
        return XmlFault.DAMAGED
    return None
