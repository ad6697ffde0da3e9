"""The format of a file, from its ending and first bytes, with a clear message for other kinds of files."""

import zipfile
from enum import Enum
from pathlib import Path
from typing import cast

from careers.files.errors import FileError


class TableFormat(Enum):
    TABS = "\t"
    COMMAS = ","
    SEMICOLONS = ";"
    WORKBOOK = "xlsx"

    @property
    def separator(self):
        return self.value


ENDINGS = {
    ".txt": TableFormat.TABS,
    ".tsv": TableFormat.TABS,
    ".csv": TableFormat.COMMAS,
    ".xlsx": TableFormat.WORKBOOK,
}
OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods")
HEAD = 1024

SIGNATURES = (  # first bytes, and what such a file is
    (b"%PDF", "is a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted Excel file; save it as .xlsx without a password"),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"version https://git-lfs", "is a git-lfs pointer, not the file itself; fetch it with git lfs pull"),
    (b"\xff\xfe\x00\x00", "is UTF-32; save it as UTF-8"),
    (b"\x00\x00\xfe\xff", "is UTF-32; save it as UTF-8"),
)
WHITESPACE = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
MARKUP_STARTS = ("<!doctype html", "<html", "<head", "<body", "<!--")


def detect_format(path: Path) -> TableFormat:
    """FileError if the contents are not what the file's name says."""
    head = read_head(path)
    if not head.strip(WHITESPACE) and len(head) < HEAD:
        raise FileError(f"{path.name}: the file is empty")
    kind = ENDINGS.get(path.suffix.lower())
    fault = other_format(head) or mismatch(path, kind, head)
    if fault:
        raise FileError(f"{path.name}: {fault}")
    is_semicolons = kind is TableFormat.COMMAS and has_semicolons(head)
    return TableFormat.SEMICOLONS if is_semicolons else cast(TableFormat, kind)  # other endings are a mismatch


def has_semicolons(head):
    """In countries with a decimal comma, spreadsheet programs save .csv with semicolons."""
    header = head.lstrip(WHITESPACE).partition(b"\n")[0]
    return b";" in header and b"," not in header


def read_head(path):
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError as error:
        raise FileError(f"{path}: there is no such file. Check its name and path.") from error
    except IsADirectoryError as error:
        raise FileError(f"{path}: is a folder, not a file. Name one of the files in it.") from error
    except PermissionError as error:
        raise FileError(
            f"{path}: cannot be read: you have no permission. Change the permissions of the file."
        ) from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror})") from error


def other_format(head):
    for start, description in SIGNATURES:
        if head.startswith(start):
            return description
    markup = head.lstrip(WHITESPACE).replace(b"\x00", b"").decode("latin-1").lower()
    if markup.startswith(MARKUP_STARTS):
        return "is an HTML page, perhaps an error page saved under this name"
    if markup.startswith("<?xml"):
        return "is XML"
    return None


def mismatch(path, kind, head):
    if path.suffix.lower() in OTHER_SPREADSHEETS:
        return "is another kind of spreadsheet; save it as .xlsx, with values only"
    packed = head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if kind is TableFormat.WORKBOOK:
        return None if packed else "is not a spreadsheet, though it is called .xlsx"
    if packed:
        return f"is {zip_description(path)}"
    return None if kind else f"does not end in {', '.join(ENDINGS)}"


def zip_description(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return "a damaged zip archive"
    if any(name.startswith("xl/") for name in names):
        return f"a spreadsheet (xlsx) called {path.suffix}; name it .xlsx"
    return "a zip archive; unpack it first"
