"""What is looked at in a workbook before anything of it is parsed: the zip, and the first lines of its parts."""

import zipfile
import zlib
from pathlib import PurePosixPath
from xml.parsers import expat

from careers.files.content_files import FileError

UNPACKED_LIMIT = 128 * 2**20  # bytes, all parts together: six times the largest table we know
PART_LIMIT = 32 * 2**20  # bytes of a part that is read whole: all but the sheets
RATIO_LIMIT = 100  # unpacked to packed, of parts over a megabyte; known tables stay under 13
PARTS_LIMIT = 5_000
ROW_LIMIT = 4 * 2**20  # bytes
PIECE = 2**16  # bytes


def check_archive(name, file):
    """FileError unless the file is a workbook that is safe to parse.

    That no part unpacks to more than it declares is kept by zipfile, which stops there and checks the sum;
    so every part is unpacked once.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
            fault = fault_of(parts) or fault_inside(archive, parts)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
        raise FileError(f"{name}: the workbook is damaged ({error})") from error
    if fault:
        raise FileError(f"{name}: {fault}")


def fault_of(parts):
    names = [part.filename for part in parts]
    if len(parts) > PARTS_LIMIT:
        return f"more than {PARTS_LIMIT:,} parts; refused as a zip bomb"
    if len(names) != len(set(names)):
        return "holds two parts of the same name; refused"
    if any(part.flag_bits & 1 for part in parts):
        return "is encrypted; save it without a password"
    if any(path_leads_out(part) for part in names):
        return "holds a part whose path leads out of the file; refused"
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        return f"unpacks to more than {UNPACKED_LIMIT // 2**20} MB; refused as a zip bomb"
    for part in parts:
        if part.file_size > PART_LIMIT and not part.filename.startswith("xl/worksheets/"):
            return f"{part.filename} unpacks to more than {PART_LIMIT // 2**20} MB; refused as a zip bomb"
        if part.file_size > 2**20 and part.file_size > RATIO_LIMIT * part.compress_size:
            return f"{part.filename} unpacks to {RATIO_LIMIT} times its size; refused as a zip bomb"
    if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
        return "is a zip archive, not a spreadsheet"
    return None


def path_leads_out(name):
    return name.startswith("/") or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts


def fault_inside(archive, parts):
    types = archive.read("[Content_Types].xml").replace(b"\0", b"").lower()
    if b"macro" in types or b"vbaproject" in types:
        return "holds macros; save it as .xlsx without them"
    if b"externallink" in types or any(part.filename.lower().startswith("xl/externallinks/") for part in parts):
        return "has links to other workbooks; save it with values only"
    return next(filter(None, (fault_of_part(archive, part) for part in parts)), None)


def fault_of_part(archive, part):
    """Unpacks a part to its end, which checks its sum."""
    try:
        with archive.open(part) as file:
            if fault := fault_of_head(file, part.filename):
                return f"{part.filename} {fault}"
        with archive.open(part) as file:
            if longest_row(file) > ROW_LIMIT and part.filename.startswith("xl/worksheets/"):
                return f"{part.filename} has a row of more than {ROW_LIMIT // 2**20} MB"
    except zipfile.BadZipFile:
        return f"{part.filename} is damaged, or larger than it says"
    return None


def longest_row(file):
    """The longest stretch, to the nearest piece, without the word "row": a parser holds a row whole, at many times its size."""
    longest = stretch = 0
    while piece := file.read(PIECE):
        stretch = 0 if b"row" in piece else stretch + len(piece)
        longest = max(longest, stretch)
    return longest


class DoctypeError(Exception):
    pass


class BegunError(Exception):
    pass


def fault_of_head(file, name):
    """A document type is the only place where entities that multiply can be declared; a workbook never has one."""

    def stop(reason):
        def handler(*args):
            raise reason

        return handler

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = stop(DoctypeError)
    parser.StartElementHandler = stop(BegunError)
    try:
        while piece := file.read(PIECE):
            parser.Parse(piece)
    except DoctypeError:
        return "declares a document type; refused"
    except BegunError:
        return None
    except (expat.ExpatError, LookupError, ValueError):
        return "is damaged" if name.endswith((".xml", ".rels")) else None
    return None
