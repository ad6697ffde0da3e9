"""Reader of Table 1.2 of the Employment Projections: growth, openings and employment by occupation."""

import re
from contextlib import AbstractContextManager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from careers.files import cells
from careers.files.cells import Absence
from careers.files.errors import FileError
from careers.files.tables import open_table
from careers.files.tables.formats import TableFormat, detect_format
from careers.files.tables.header import normalize_header
from careers.files.tables.table import Row, Table
from careers.files.tables.workbook import open_sheet
from careers.occupations.importing.command import ReleaseImport
from careers.occupations.importing.releases import IncomingRelease
from careers.occupations.importing.soc_codes import SocOccupations
from careers.occupations.importing.staging import Staging
from careers.occupations.importing.table_spec import TableSpec
from careers.occupations.models import Occupation, OfficialOutlook, Release
from careers.occupations.soc import SOC_CODE

SHEET = "Table 1.2"
HEADER_ROW = 2
FOOTNOTE_MARK = re.compile(r"\s*\[\d+\]")
IN_THOUSANDS = "employment in thousands"
ASSUMES_THOUSANDS = "row 1 does not say “Employment in thousands”; employment and openings are read as thousands"
SPAN = re.compile(r"(\d{4}) ?- ?(\d{4}|\d{2})(?!\d)")
EMPLOYMENT_YEAR = re.compile(r"employment, (\d{4})")
TITLE = "National Employment Matrix title"
CODE = "National Employment Matrix code"
KIND = "Occupation type"
BASE = "Employment, base year"
TARGET = "Employment, target year"
GROWTH = "Employment change, percent"
OPENINGS = "Occupational openings, annual average"
EDUCATION = "Typical education needed for entry"
REQUIRED = (TITLE, CODE, KIND, BASE, TARGET, GROWTH, OPENINGS, EDUCATION)
UNUSED = {
    "Employment change, numeric": r"employment change, numeric, {span}",
    "Distribution, base year": r"employment distribution, percent, {base}",
    "Distribution, target year": r"employment distribution, percent, {target}",
    "Percent self employed": r"percent self employed, {year}",
    "Median annual wage, dollars": r"median annual wage, dollars, {year}",
    "Work experience in a related occupation": r"work experience in a related occupation",
    "Typical on-the-job training": r"typical on-the-job training needed to attain competency in the occupation",
    "Handbook content": r"related occupational outlook handbook \(ooh\) content.*",
}
HEADERS = UNUSED | {
    TITLE: r"{year} national employment matrix title",
    CODE: r"{year} national employment matrix code",
    KIND: r"occupation type",
    BASE: r"employment, {base}",
    TARGET: r"employment, {target}",
    GROWTH: r"employment change, percent, {span}",
    OPENINGS: r"occupational openings, {span} annual average",
    EDUCATION: r"typical education needed for entry",
}
OUTLOOK_FIGURES = TableSpec(
    "outlook figures",
    OfficialOutlook,
    key=("occupation__code", "occupation__level"),
    values=(
        "growth_percent",
        "annual_openings",
        "base_employment",
        "target_employment",
        "absences",
        "entry_education",
        "population",
        "base_year",
        "target_year",
    ),
    constants={"country": "US"},
)


@dataclass(frozen=True)
class ProjectionsFile:
    """A file and the first and last year of its projections."""

    path: Path
    base: int
    target: int
    notes: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        return f"{self.base}-{self.target % 100:02}"

    @property
    def incoming_release(self) -> IncomingRelease:
        return IncomingRelease(
            Release.Dataset.PROJECTIONS,
            self.version,
            source={
                "publisher": "U.S. Bureau of Labor Statistics",
                "title": "Employment Projections, occupational projections and worker characteristics (Table 1.2)",
                "release": self.version,
                "reference_period": f"{self.base} to {self.target}",
                "url": "https://www.bls.gov/emp/",
                "licence": "Public domain",
                "attribution": f"U.S. Bureau of Labor Statistics, Employment Projections {self.version}",
            },
            replaces_previous=False,
        )


def release_imports(path: Path) -> list[ReleaseImport]:
    file = read_file(path)
    return [ReleaseImport(file.incoming_release, partial(stage, file))]


def read_file(path: Path) -> ProjectionsFile:
    """Reads the years from the headers. Raises FileError if they differ."""
    if detect_format(path) is not TableFormat.WORKBOOK:
        raise FileError(f"{path.name}: is not an xlsx file; projections are read from its sheet {SHEET}")
    with open_sheet(path, SHEET) as records:
        top = [
            [normalize_header(without_footnote_mark(cell)) for cell in row] for _, row in islice(records, HEADER_ROW)
        ]
    if len(top) < HEADER_ROW:
        raise FileError(f"{path.name}, sheet {SHEET}: no header in row {HEADER_ROW}")
    base, target = years_of(path.name, top[-1])
    says_thousands = IN_THOUSANDS in " ".join(top[0])
    return ProjectionsFile(path, base, target, () if says_thousands else (f"{path.name}: {ASSUMES_THOUSANDS}",))


def years_of(name: str, headers: list[str]) -> tuple[int, int]:
    """(base year, target year). `name` is that of the file, for error messages."""
    spans = {span_of(match) for header in headers for match in SPAN.finditer(header)}
    ends = {int(match[1]) for header in headers if (match := EMPLOYMENT_YEAR.fullmatch(header))}
    if not spans:
        raise FileError(f"{name}, sheet {SHEET}: no header of row {HEADER_ROW} names years such as 2024–34")
    if len(spans) > 1 or (ends and ends != set(*spans)):
        named = sorted({f"{base}–{target}" for base, target in spans} | {str(year) for year in ends})
        raise FileError(f"{name}, sheet {SHEET}: the headers name different years: {', '.join(named)}")
    base, target = spans.pop()
    if base >= target:
        raise FileError(
            f"{name}, sheet {SHEET}: the headers say {base}–{target}, but the first year must be the earlier one"
        )
    return base, target


def span_of(match: re.Match[str]) -> tuple[int, int]:
    """2024-34 and 2024-2034 -> (2024, 2034); 1996-06 -> (1996, 2006)."""
    base, target = int(match[1]), int(match[2])
    if len(match[2]) == 2:
        target += base - base % 100
        target += 100 if target < base else 0
    return base, target


def stage(file: ProjectionsFile, staging: Staging) -> None:
    occupations = SocOccupations(staging, file.incoming_release)
    outlook = staging.add_table(OUTLOOK_FIGURES)
    staging.report.notes += file.notes
    with open_projections(file) as table:
        for row in staging.rows(table):
            if is_footnote(row):
                outlook.skip("a footnote below the table", row.where)
                continue
            code, title = row.read(CODE, SOC_CODE), without_footnote_mark(row[TITLE])
            level = row.read(KIND, partial(level_of, code))
            occupations.add(code, level, title, row.where)
            years = {"base_year": file.base, "target_year": file.target, "population": f"{title} ({code})"}
            key = {"occupation__code": code, "occupation__level": level}
            outlook.add(key | years | figures_of(row), row.where)


def open_projections(file: ProjectionsFile) -> AbstractContextManager[Table]:
    span = f"{file.base} ?- ?(?:{file.target}|{file.target % 100:02})"
    years = {"base": file.base, "target": file.target, "span": span, "year": r"\d{4}"}
    aliases = {name: [re.compile(words.format(**years) + r" ?(?:\[\d+\])*")] for name, words in HEADERS.items()}
    return open_table(
        file.path, required=REQUIRED, optional=tuple(UNUSED), sheet=SHEET, header_row=HEADER_ROW, aliases=aliases
    )


def is_footnote(row: Row) -> bool:
    """Only the first cell is filled."""
    return not any(cell for name, cell in row.cells.items() if name != TITLE)


def figures_of(row: Row) -> dict[str, Any]:
    """{field: value}. A missing number is None, with the reason in `absences`."""
    figures: dict[str, Any] = {
        "absences": {},
        "entry_education": without_footnote_mark(row.read(EDUCATION, cells.text)),
    }
    for name, (column, reader) in NUMBERS.items():
        value = row.read(column, reader)
        if isinstance(value, Absence):
            figures["absences"][name] = value.value
            value = None
        figures[name] = value
    return figures


def level_of(code: str, kind: str) -> Occupation.Level:
    """A line item is a detailed occupation, whatever its code: 13-1020 is published in place of its members."""
    if kind.casefold() == "line item":
        return Occupation.Level.DETAILED
    if kind.casefold() != "summary":
        raise ValueError(f"“{kind}” is neither Line item nor Summary.")
    if code == "00-0000":
        return Occupation.Level.TOTAL
    for ending, level in (
        ("0000", Occupation.Level.MAJOR),
        ("00", Occupation.Level.MINOR),
        ("0", Occupation.Level.BROAD),
    ):
        if code.endswith(ending):
            return level
    raise ValueError(f"a summary, but {code} is the code of a single occupation.")


def thousands(cell: str) -> int | Absence:
    """'245.9' -> 245900 people."""
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return check_not_top_coded(amount, cell)
    people = amount * 1000
    if people != people.to_integral_value() or not 0 <= people < 2**31:
        raise ValueError(f"“{cell}” is not a number of people in thousands.")
    return int(people)


def percent(cell: str) -> Decimal | Absence:
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return check_not_top_coded(amount, cell)
    if amount != round(amount, 2) or abs(amount) >= 10**5:
        raise ValueError(f"“{cell}” is not a percentage with at most two decimals.")
    return amount


def check_not_top_coded(absence: Absence, cell: str) -> Absence:
    if absence is Absence.TOP_CODED:
        raise ValueError(f"“{cell}” marks a maximum, and projections have none.")
    return absence


def without_footnote_mark(words: str) -> str:
    """'Dancers [2]' -> 'Dancers'."""
    return FOOTNOTE_MARK.sub("", words).strip()


NUMBERS = {
    "growth_percent": (GROWTH, percent),
    "annual_openings": (OPENINGS, thousands),
    "base_employment": (BASE, thousands),
    "target_employment": (TARGET, thousands),
}
