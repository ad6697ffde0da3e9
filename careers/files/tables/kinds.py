"""What a file is, told from its ending and its first bytes; the wrong file under the right name is called by its name."""

import zipfile
from enum import Enum

from careers.files.content_files import FileError


class Kind(Enum):
    TABS = "\t"
    COMMAS = ","
    SEMICOLONS = ";"
    WORKBOOK = "xlsx"

    @property
    def separator(self):
        return self.value


ENDINGS = {".txt": Kind.TABS, ".tsv": Kind.TABS, ".csv": Kind.COMMAS, ".xlsx": Kind.WORKBOOK}
OTHER_SPREADSHEETS = (".xls", ".xlsm", ".xlsb", ".xltx", ".ods")
HEAD = 1024

# First bytes, and what a file that starts with them is.
FOREIGN = (
    (b"%PDF", "is a PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old or encrypted Excel file; save it as .xlsx without a password"),
    (b"\x1f\x8b", "is packed with gzip; unpack it first"),
    (b"version https://git-lfs", "is a git-lfs pointer, not the file itself; fetch it with git lfs pull"),
    (b"\xff\xfe\x00\x00", "is UTF-32; save it as UTF-8"),
    (b"\x00\x00\xfe\xff", "is UTF-32; save it as UTF-8"),
)
BLANK = b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"
MARKUP_STARTS = ("<!doctype html", "<html", "<head", "<body", "<!--")


def kind_of(path):
    """How to read the file; FileError in words when it is not what its name says."""
    head = head_of(path)
    if not head.strip(BLANK) and len(head) < HEAD:
        raise FileError(f"{path.name}: the file is empty")
    kind = ENDINGS.get(path.suffix.lower())
    fault = foreign(head) or mismatch(path, kind, head)
    if fault:
        raise FileError(f"{path.name}: {fault}")
    return Kind.SEMICOLONS if kind is Kind.COMMAS and parted_by_semicolons(head) else kind


def parted_by_semicolons(head):
    """Spreadsheets of countries that write 1,5 for a half save their .csv with semicolons."""
    header = head.lstrip(BLANK).partition(b"\n")[0]
    return b";" in header and b"," not in header


def head_of(path):
    try:
        with path.open("rb") as file:
            return file.read(HEAD)
    except FileNotFoundError as error:
        raise FileError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise FileError(f"{path}: is a folder, not a file") from error
    except PermissionError as error:
        raise FileError(f"{path}: may not be read (no permission)") from error
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror})") from error


def foreign(head):
    for start, words in FOREIGN:
        if head.startswith(start):
            return words
    markup = head.lstrip(BLANK).replace(b"\x00", b"").decode("latin-1").lower()
    if markup.startswith(MARKUP_STARTS):
        return "is an HTML page, perhaps an error page saved under this name"
    if markup.startswith("<?xml"):
        return "is XML"
    return None


def mismatch(path, kind, head):
    if path.suffix.lower() in OTHER_SPREADSHEETS:
        return "is another kind of spreadsheet; save it as .xlsx, with values only"
    packed = head.startswith((b"PK\x03\x04", b"PK\x05\x06"))
    if kind is Kind.WORKBOOK:
        return None if packed else "is not a spreadsheet, though it is called .xlsx"
    if packed:
        return f"is {what_is_packed(path)}"
    return None if kind else f"does not end in {', '.join(ENDINGS)}"


def what_is_packed(path):
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except zipfile.BadZipFile:
        return "a damaged zip archive"
    if any(name.startswith("xl/") for name in names):
        return f"a spreadsheet (xlsx) called {path.suffix}; name it .xlsx"
    return "a zip archive; unpack it first"
