"""Checks on a workbook before it is parsed: the zip archive, its kind, and the start of each part."""

import zipfile
from typing import IO

from careers.files.errors import FileError
from careers.files.zip_guard import (
    CHUNK,
    DAMAGED,
    MEGABYTE,
    UnsafeZipError,
    XmlFault,
    ZipFault,
    ZipLimits,
    check_members,
    xml_fault,
)

SHEETS = "xl/worksheets/"
LIMITS = ZipLimits(
    members=5_000,
    unpacked=128 * MEGABYTE,  # six times the largest table we know
    member=32 * MEGABYTE,
    ratio=100,  # known tables stay under 13
    streamed=(SHEETS,),
)
ROW_LIMIT = 4 * MEGABYTE


def check_workbook(name: str, file: IO[bytes]) -> None:
    """FileError unless the file is a workbook that is safe to parse. Unpacks every part once, which checks its checksum."""
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
            fault = archive_fault(members) or content_fault(archive, members)
    except DAMAGED as error:
        raise FileError(f"{name}: the workbook is damaged ({error})") from error
    if fault:
        raise FileError(f"{name}: {fault}")


def archive_fault(members: list[zipfile.ZipInfo]) -> str | None:
    try:
        check_members(members, LIMITS)
    except UnsafeZipError as error:
        return message_of(error)
    names = [member.filename for member in members]
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        return "is a zip archive, not a spreadsheet"
    return None


def message_of(error: UnsafeZipError) -> str:
    return {
        ZipFault.TOO_MANY_MEMBERS: f"more than {LIMITS.members:,} parts; refused as a zip bomb",
        ZipFault.DUPLICATE_NAMES: "holds two parts of the same name; refused",
        ZipFault.ENCRYPTED: "is encrypted; save it without a password",
        ZipFault.PATH_OUTSIDE: "holds a part whose path leads out of the file; refused",
        ZipFault.TOO_LARGE: f"unpacks to more than {LIMITS.unpacked // MEGABYTE} MB; refused as a zip bomb",
        ZipFault.MEMBER_TOO_LARGE: f"{error.member} unpacks to more than {LIMITS.member // MEGABYTE} MB; "
        "refused as a zip bomb",
        ZipFault.MEMBER_RATIO: f"{error.member} unpacks to {LIMITS.ratio} times its size; refused as a zip bomb",
    }[error.fault]


def content_fault(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> str | None:
    types = archive.read("[Content_Types].xml").replace(b"\0", b"").lower()
    if b"macro" in types or b"vbaproject" in types:
        return "holds macros; save it as .xlsx without them"
    if b"externallink" in types or any(part.filename.lower().startswith("xl/externallinks/") for part in members):
        return "has links to other workbooks; save it with values only"
    return next(filter(None, (part_fault(archive, member) for member in members)), None)


def part_fault(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> str | None:
    name = member.filename
    try:
        with archive.open(member) as file:
            fault = xml_fault(file)
        if fault is XmlFault.DOCTYPE:
            return f"{name} declares a document type; refused"
        if fault is XmlFault.DAMAGED and name.endswith((".xml", ".rels")):
            return f"{name} is damaged"
        with archive.open(member) as file:
            if longest_row(file) > ROW_LIMIT and name.startswith(SHEETS):
                return f"{name} has a row of more than {ROW_LIMIT // MEGABYTE} MB"
    except zipfile.BadZipFile:
        return f"{name} is damaged, or larger than it says"
    return None


def longest_row(file: IO[bytes]) -> int:
    """Bytes without the word "row", to the nearest chunk: a parser holds a row in memory at many times its size."""
    longest = current = 0
    while chunk := file.read(CHUNK):
        current = 0 if b"row" in chunk else current + len(chunk)
        longest = max(longest, current)
    return longest
