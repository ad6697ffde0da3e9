"""What a file is, told from its ending and its first bytes; the wrong file under the right name is called by its name."""

from enum import Enum

from careers.core.textfiles import FileError


class Kind(Enum):
    TABS = "\t"
    COMMAS = ","
    WORKBOOK = "xlsx"

    @property
    def separator(self):
        return self.value


ENDINGS = {".txt": Kind.TABS, ".tsv": Kind.TABS, ".csv": Kind.COMMAS, ".xlsx": Kind.WORKBOOK}
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
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
MARKUP_STARTS = ("<!doctype html", "<html", "<head", "<body", "<!--")


def kind_of(path):
    """How to read the file; FileError in words when it is not what its name says."""
    head = head_of(path)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise FileError(f"{path.name}: the file is empty")
    kind = ENDINGS.get(path.suffix.lower())
    fault = foreign(head) or mismatch(head, kind)
    if fault:
        raise FileError(f"{path.name}: {fault}")
    return kind


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
    markup = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").decode("latin-1").lower()
    if markup.startswith(MARKUP_STARTS):
        return "is an HTML page, perhaps an error page saved under this name"
    if markup.startswith("<?xml"):
        return "is XML"
    return None


def mismatch(head, kind):
    zipped = head.startswith(ZIP_STARTS)
    if kind is None:
        return "is a zip archive; unpack it first" if zipped else f"does not end in {', '.join(ENDINGS)}"
    if zipped and kind is not Kind.WORKBOOK:
        return "is a spreadsheet (xlsx)" if b"xl/" in head or b"[Content_Types].xml" in head else "is a zip archive"
    if not zipped and kind is Kind.WORKBOOK:
        return "is not a spreadsheet, though it is called .xlsx"
    return None
