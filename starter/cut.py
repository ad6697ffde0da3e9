"""Extracts the starter's data of O*NET, OEWS and Employment Projections from the publishers' files.

    python starter/cut.py DATA_FOLDER

DATA_FOLDER contains onet-29.3/, bls-oews/ and bls-ep/. The extract has the rows of the occupations that a starter guide is
linked to, that have a guide's title among their titles, or for which a figure of a guide was measured; and the pay and
outlook published for these, under the codes of each year. Layout, columns and cells are unchanged. The output is
reproducible: the same input gives the same bytes.
"""

import csv
import re
import sys
import tomllib
from contextlib import closing
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook, load_workbook

STARTER = Path(__file__).resolve().parent
sys.path.insert(0, str(STARTER.parent))

from careers.occupations.soc import combined_codes  # noqa: E402 - needs the path set above

ONET = "onet-29.3"
COMPLETE_FILES = ("Read Me.txt", "Job Zone Reference.txt")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ALL_OCCUPATIONS = "00-0000"


def main(data: Path) -> None:
    codes = selected_codes(data / ONET)
    for path in sorted((data / ONET).glob("*.txt")):
        write(STARTER / ONET / path.name, extract_text(path, codes))
    for path in sorted((data / ONET).glob("*.xlsx")):
        write(STARTER / ONET / path.name, extract_workbook(path, codes, code_column=0))
    soc_codes = {ALL_OCCUPATIONS} | {code[:7] for code in codes}
    combined = {entry.code for entry in combined_codes().values() if soc_codes & set(entry.members)}
    broad = {code[:6] + "0" for code in soc_codes}
    for path in sorted((data / "bls-oews").glob("*.xlsx")):
        sheets = (path.stem, "Field Descriptions")
        write(
            STARTER / "oews" / path.name,
            extract_workbook(path, soc_codes | combined | broad, code_column=8, sheets=sheets),
        )
    sheets = ("Index", "Table 1.1", "Table 1.2")
    table = extract_workbook(data / "bls-ep/occupation.xlsx", soc_codes | combined, code_column=1, sheets=sheets)
    write(STARTER / "projections/occupation.xlsx", table)


def selected_codes(onet: Path) -> set[str]:
    """The O*NET-SOC codes of the extract."""
    guides = [tomllib.loads(path.read_text().split("+++")[1]) for path in sorted(STARTER.glob("roles/*.md"))]
    codes = {link["code"] for guide in guides for link in guide["occupations"]}
    for path in STARTER.glob("*_claims/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            codes |= {row["measured_for"] for row in csv.DictReader(file) if row["measured_for"]}
    titles = {normalize_title(guide["title"]) for guide in guides}
    with closing(load_workbook(onet / "Alternate Titles.xlsx", read_only=True)) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return codes | {
            code for code, _, title, short, _ in rows if titles & {normalize_title(title), normalize_title(short or "")}
        }


def normalize_title(title: str) -> str:
    return title.replace("-", " ").casefold()


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def extract_text(path: Path, codes: set[str]) -> bytes:
    if path.name in COMPLETE_FILES:
        return path.read_bytes()
    header, *lines = path.read_bytes().splitlines(keepends=True)
    return header + b"".join(line for line in lines if line.split(b"\t")[0].decode() in codes)


def extract_workbook(path: Path, codes: set[str], *, code_column: int, sheets: tuple[str, ...] | None = None) -> bytes:
    """Includes rows without a code (title, header, footnote), and all rows of sheets without codes."""
    extract = Workbook()
    extract.remove(extract.active)
    extract.properties.creator, extract.properties.created = "", EPOCH
    with closing(load_workbook(path, read_only=True)) as book:
        for sheet in book:
            if sheets is None or sheet.title in sheets:
                copy = extract.create_sheet(sheet.title)
                for row in sheet.iter_rows(values_only=True):
                    if sheet.title == "Table 1.1" or len(row) <= code_column or is_included(row[code_column], codes):
                        copy.append(row)
    return reproducible_bytes(extract)


def is_included(code: str, codes: set[str]) -> bool:
    return code in codes or not re.match(r"\d\d-\d{4}", str(code))


def reproducible_bytes(book: Workbook) -> bytes:
    """The file with fixed timestamps."""
    saved, fixed = BytesIO(), BytesIO()
    book.save(saved)
    with ZipFile(saved) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name, EPOCH.timetuple()[:6]), content, ZIP_DEFLATED, 9)
    return fixed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
