"""A folder with tables of O*NET: which tables it has, and which release they are."""

import re
from pathlib import Path

from careers.files.errors import FileError
from careers.occupations.importing.releases import IncomingRelease
from careers.occupations.models import Release

REQUIRED = "Occupation Data"
TABLES = (
    REQUIRED,
    "Alternate Titles",
    "Sample of Reported Titles",
    "Task Statements",
    "Technology Skills",
    "Related Occupations",
    "Job Zones",
    "Job Zone Reference",
    "Education, Training, and Experience",
    "Skills",
    "Essential Skills",
    "Transferable Skills",
)
RENAMED = {  # names of these tables since O*NET 31.0
    "Software Skills": "Technology Skills",
    "Education": "Education, Training, and Experience",
}
SUFFIXES = (".txt", ".xlsx")
READ_ME = "read me.txt"
READ_ME_LIMIT = 16_384
IN_READ_ME = re.compile(rb"O\*NET\W{1,3}([0-9]+\.[0-9]+) Database\s+([A-Z][a-z]+ [0-9]{4}) Release")
IN_NAME = re.compile(r"(?:onet|db)[-_ ]v?([0-9]+)[._]([0-9]+)(?:[-_. ].*)?", re.IGNORECASE)
VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")


class OnetFolder:
    """`files` is {table: path}. Raises FileError if the folder has no tables or its release is unclear."""

    def __init__(self, folder: str, version: str = "") -> None:
        self.path = Path(folder)
        self.files = find_tables(self.path)
        self.version, self.period = find_version(self.path, version)

    def incoming_release(self) -> IncomingRelease:
        name = f"O*NET {self.version} Database"
        by = "the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA)"
        source = {
            "publisher": "U.S. Department of Labor, Employment and Training Administration",
            "title": name,
            "release": self.version,
            "reference_period": self.period,
            "url": "https://www.onetcenter.org/database.html",
            "licence": "CC BY 4.0",
            "attribution": f"{name} by {by}, CC BY 4.0. O*NET is a trademark of USDOL/ETA. Modified; not endorsed by "
            "USDOL/ETA.",
        }
        return IncomingRelease(Release.Dataset.ONET, self.version, source)


def find_tables(folder: Path) -> dict[str, Path]:
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}. {expected_text()}") from error
    names = {normalize_name(name): table for name, table in ({name: name for name in TABLES} | RENAMED).items()}
    files: dict[str, Path] = {}
    for path in paths:
        name = names.get(normalize_name(path.stem))
        if name in files:
            raise FileError(f"{folder}: both {files[name].name} and {path.name}; remove one of them")
        if name:
            files[name] = path
    if REQUIRED not in files:
        raise FileError(f"{folder}: has no {REQUIRED}. {expected_text()}")
    return files


def normalize_name(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())


def expected_text() -> str:
    return f"Expected is a folder with these tables as .txt or .xlsx, the first at least: {'; '.join(TABLES)}."


def find_version(folder: Path, option: str) -> tuple[str, str]:
    """(version, month of release or '') by --release, the Read Me and the folder's name, which must agree."""
    read_me = search_read_me(folder)
    name = IN_NAME.fullmatch(folder.resolve().name)
    found = {
        "--release": option,
        "Read Me.txt": read_me[1].decode() if read_me else "",
        "the name of the folder": ".".join(name.groups()) if name else "",
    }
    found = {where: version for where, version in found.items() if version}
    if not found:
        raise FileError(
            f"{folder}: no Read Me.txt and no name such as db_30_2_text says which release this is; add --release"
        )
    if len(set(found.values())) > 1:
        raise FileError(
            f"{folder}: which release? " + ", ".join(f"{where} says {version}" for where, version in found.items())
        )
    [version] = set(found.values())
    if not VERSION.fullmatch(version):
        raise FileError(f"“{version}” is not an O*NET release. Enter a number like 29.3")
    return version, read_me[2].decode() if read_me else ""


def search_read_me(folder: Path) -> re.Match[bytes] | None:
    path = next((path for path in folder.iterdir() if path.name.lower() == READ_ME), None)
    if path is None:
        return None
    with path.open("rb") as file:
        return IN_READ_ME.search(file.read(READ_ME_LIMIT))
