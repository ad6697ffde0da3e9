"""Which tables of O*NET a folder holds, and of which release they are."""

import re
from pathlib import Path

from careers.files.content_files import FileError
from careers.occupations.importing.releases import Edition
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
)
ENDINGS = (".txt", ".xlsx")
READ_ME = "read me.txt"
READ_ME_LIMIT = 16_384
IN_READ_ME = re.compile(rb"O\*NET\W{1,3}([0-9]+\.[0-9]+) Database\s+([A-Z][a-z]+ [0-9]{4}) Release")
IN_NAME = re.compile(r"(?:onet|db)[-_ ]v?([0-9]+)[._]([0-9]+)(?:[-_. ].*)?", re.IGNORECASE)
VERSION = re.compile(r"[0-9]{1,3}\.[0-9]{1,2}")


class OnetFolder:
    """`files` is {table: path} of the tables that are there."""

    def __init__(self, folder, version=""):
        self.path = Path(folder)
        self.files = tables_in(self.path)
        self.version, self.period = version_of(self.path, version)

    def edition(self):
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
        return Edition(Release.Dataset.ONET, self.version, source)


def tables_in(folder):
    try:
        paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS)
    except OSError as error:
        raise FileError(f"{folder}: {error.strerror}. {expected()}") from error
    names = {plain(name): name for name in TABLES}
    files = {}
    for path in paths:
        name = names.get(plain(path.stem))
        if name in files:
            raise FileError(f"{folder}: both {files[name].name} and {path.name}; leave one of them")
        if name:
            files[name] = path
    if REQUIRED not in files:
        raise FileError(f"{folder}: holds no {REQUIRED}. {expected()}")
    return files


def plain(name):
    return " ".join(name.replace("_", " ").casefold().split())


def expected():
    return f"Expected is a folder with these tables as .txt or .xlsx, the first at least: {'; '.join(TABLES)}."


def version_of(folder, asked):
    """(version, month of release or ''), from what was asked, the Read Me and the folder's name: they must agree."""
    read_me = read_me_of(folder)
    name = IN_NAME.fullmatch(folder.resolve().name)
    said = {
        "--release": asked,
        "Read Me.txt": read_me[1].decode() if read_me else "",
        "the name of the folder": ".".join(name.groups()) if name else "",
    }
    said = {where: version for where, version in said.items() if version}
    if not said:
        raise FileError(
            f"{folder}: no Read Me.txt and no name such as db_30_2_text says which release this is; add --release"
        )
    if len(set(said.values())) > 1:
        raise FileError(
            f"{folder}: which release? " + ", ".join(f"{where} says {version}" for where, version in said.items())
        )
    [version] = set(said.values())
    if not VERSION.fullmatch(version):
        raise FileError(f"“{version}” is no release of O*NET; they are numbered like 29.3")
    return version, read_me[2].decode() if read_me else ""


def read_me_of(folder):
    path = next((path for path in folder.iterdir() if path.name.lower() == READ_ME), None)
    if path is None:
        return None
    with path.open("rb") as file:
        return IN_READ_ME.search(file.read(READ_ME_LIMIT))
