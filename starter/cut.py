"""Cut the starter's extract of O*NET, OEWS and Employment Projections from the publishers' own files.

    python starter/cut.py DATA_FOLDER

DATA_FOLDER holds onet-29.3/, bls-oews/ and bls-ep/. Kept are the rows of the occupations that a starter guide is linked
to, under which O*NET lists a guide's title, or for which a guide's claim was measured; and the pay and outlook published
for these, in the codes of the year. Layout, columns and cells stay as they are. Cutting twice gives the same bytes.
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

from careers.occupations.soc import combined_codes  # noqa: E402 - the folder of the project is found above

ONET = "onet-29.3"
WHOLE = ("Read Me.txt", "Job Zone Reference.txt")
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
ALL_OCCUPATIONS = "00-0000"


def main(data):
    codes = wanted(data / ONET)
    for path in sorted((data / ONET).glob("*.txt")):
        write(STARTER / ONET / path.name, cut_text(path, codes))
    for path in sorted((data / ONET).glob("*.xlsx")):
        write(STARTER / ONET / path.name, cut_workbook(path, codes, code_column=0))
    soc_codes = {ALL_OCCUPATIONS} | {code[:7] for code in codes}
    combined = {entry.code for entry in combined_codes().values() if soc_codes & set(entry.members)}
    broad = {code[:6] + "0" for code in soc_codes}
    for path in sorted((data / "bls-oews").glob("*.xlsx")):
        sheets = (path.stem, "Field Descriptions")
        write(
            STARTER / "oews" / path.name, cut_workbook(path, soc_codes | combined | broad, code_column=8, keep=sheets)
        )
    sheets = ("Index", "Table 1.1", "Table 1.2")
    table = cut_workbook(data / "bls-ep/occupation.xlsx", soc_codes | combined, code_column=1, keep=sheets)
    write(STARTER / "projections/occupation.xlsx", table)


def wanted(onet):
    """The O*NET-SOC codes to keep."""
    guides = [tomllib.loads(path.read_text().split("+++")[1]) for path in sorted(STARTER.glob("roles/*.md"))]
    codes = {link["code"] for guide in guides for link in guide["occupations"]}
    for path in STARTER.glob("*_claims/*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            codes |= {row["measured_for"] for row in csv.DictReader(file) if row["measured_for"]}
    titles = {plain(guide["title"]) for guide in guides}
    with closing(load_workbook(onet / "Alternate Titles.xlsx", read_only=True)) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        return codes | {code for code, _, title, short, _ in rows if titles & {plain(title), plain(short or "")}}


def plain(title):
    return title.replace("-", " ").casefold()


def write(path, content):
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)


def cut_text(path, codes):
    if path.name in WHOLE:
        return path.read_bytes()
    header, *lines = path.read_bytes().splitlines(keepends=True)
    return header + b"".join(line for line in lines if line.split(b"\t")[0].decode() in codes)


def cut_workbook(path, codes, *, code_column, keep=None):
    """A row without a code (title, header, footnote) stays, and so does every row of a sheet without codes."""
    cut = Workbook()
    cut.remove(cut.active)
    cut.properties.creator, cut.properties.created = "", EPOCH
    with closing(load_workbook(path, read_only=True)) as book:
        for sheet in book:
            if keep is None or sheet.title in keep:
                copy = cut.create_sheet(sheet.title)
                for row in sheet.iter_rows(values_only=True):
                    if sheet.title == "Table 1.1" or len(row) <= code_column or is_kept(row[code_column], codes):
                        copy.append(row)
    return same_bytes(cut)


def is_kept(code, codes):
    return code in codes or not re.match(r"\d\d-\d{4}", str(code))


def same_bytes(book):
    """The file without the moment of its making."""
    made, fixed = BytesIO(), BytesIO()
    book.save(made)
    with ZipFile(made) as source, ZipFile(fixed, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", source.read(name))
            target.writestr(ZipInfo(name, EPOCH.timetuple()[:6]), content, ZIP_DEFLATED, 9)
    return fixed.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
