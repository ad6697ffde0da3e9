"""Outlook by occupation from Table 1.2 of the Employment Projections: growth, openings and employment, each its own."""

import re
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from careers.files import cells
from careers.files.cells import Absence
from careers.files.content_files import FileError
from careers.files.tables import open_table
from careers.files.tables.formats import TableFormat, detect_format
from careers.files.tables.header import normalize_header
from careers.files.tables.workbook import open_sheet
from careers.occupations.importing.columns import Part
from careers.occupations.importing.command import Delivery
from careers.occupations.importing.releases import Edition
from careers.occupations.importing.soc_codes import Classification
from careers.occupations.models import Occupation, OfficialOutlook, Release

SHEET = "Table 1.2"
HEADER_ROW = 2
FOOTNOTE_MARK = re.compile(r"\s*\[\d+\]")
IN_THOUSANDS = "employment in thousands"
UNSAID = "row 1 does not say “Employment in thousands”; employment and openings are read as thousands"
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
CLAIMS = Part(
    "outlook claims",
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
    fixed={"country": "US"},
)


@dataclass(frozen=True)
class File:
    """What a file says of itself: the years its projections go from and to."""

    path: Path
    base: int
    target: int
    notes: tuple[str, ...] = ()

    @property
    def version(self):
        return f"{self.base}-{self.target % 100:02}"

    @property
    def edition(self):
        return Edition(
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
            replaces=False,
        )


def deliveries(path):
    file = read_file(path)
    return [Delivery(file.edition, partial(stage, file))]


def read_file(path):
    """The years by the headers, which must all say the same."""
    if detect_format(path) is not TableFormat.WORKBOOK:
        raise FileError(f"{path.name}: is not an xlsx file; projections are read from its sheet {SHEET}")
    with open_sheet(path, SHEET) as records:
        top = [[normalize_header(unmarked(cell)) for cell in row] for _, row in islice(records, HEADER_ROW)]
    if len(top) < HEADER_ROW:
        raise FileError(f"{path.name}, sheet {SHEET}: no header in row {HEADER_ROW}")
    base, target = years_of(path.name, top[-1])
    is_said = IN_THOUSANDS in " ".join(top[0])
    return File(path, base, target, () if is_said else (f"{path.name}: {UNSAID}",))


def years_of(name, headers):
    spans = {span_of(match) for header in headers for match in SPAN.finditer(header)}
    ends = {int(match[1]) for header in headers if (match := EMPLOYMENT_YEAR.fullmatch(header))}
    if not spans:
        raise FileError(f"{name}, sheet {SHEET}: no header of row {HEADER_ROW} names years such as 2024–34")
    if len(spans) > 1 or (ends and ends != set(*spans)):
        told = sorted({f"{base}–{target}" for base, target in spans} | {str(year) for year in ends})
        raise FileError(f"{name}, sheet {SHEET}: the headers name different years: {', '.join(told)}")
    base, target = spans.pop()
    if base >= target:
        raise FileError(f"{name}, sheet {SHEET}: the headers say {base}–{target}, which runs backwards")
    return base, target


def span_of(match):
    """2024-34 and 2024-2034 -> (2024, 2034); 1996-06 -> (1996, 2006)."""
    base, target = int(match[1]), int(match[2])
    if len(match[2]) == 2:
        target += base - base % 100
        target += 100 if target < base else 0
    return base, target


def stage(file, staging):
    occupations = Classification(staging, file.edition)
    claims = staging.part(CLAIMS)
    staging.report.notes += file.notes
    with open_outlooks(file) as table:
        for row in staging.rows(table):
            if is_footnote(row):
                claims.skip("a footnote below the table", row.where)
                continue
            code, title = row.read(CODE, cells.soc), unmarked(row[TITLE])
            level = row.read(KIND, partial(level_of, code))
            occupations.add(code, level, title, row.where)
            years = {"base_year": file.base, "target_year": file.target, "population": f"{title} ({code})"}
            names = {"occupation__code": code, "occupation__level": level}
            claims.add(names | years | figures_of(row), row.where)


def open_outlooks(file):
    span = f"{file.base} ?- ?(?:{file.target}|{file.target % 100:02})"
    years = {"base": file.base, "target": file.target, "span": span, "year": r"\d{4}"}
    aliases = {name: [re.compile(words.format(**years) + r" ?(?:\[\d+\])*")] for name, words in HEADERS.items()}
    return open_table(
        file.path, required=REQUIRED, optional=tuple(UNUSED), sheet=SHEET, header_row=HEADER_ROW, aliases=aliases
    )


def is_footnote(row):
    """A row with words in its first cell alone."""
    return not any(cell for name, cell in row.cells.items() if name != TITLE)


def figures_of(row):
    """Each number, or None and in `absences` the reason."""
    figures = {"absences": {}, "entry_education": unmarked(row.read(EDUCATION, cells.text))}
    for name, (column, reader) in NUMBERS.items():
        value = row.read(column, reader)
        if isinstance(value, Absence):
            figures["absences"][name] = value.value
            value = None
        figures[name] = value
    return figures


def level_of(code, kind):
    """A line item is the most detailed there is, whatever its code: 13-1020 stands for its members."""
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


def thousands(cell):
    """'245.9' -> 245900 people."""
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return without_ceiling(amount, cell)
    people = amount * 1000
    if people != people.to_integral_value() or not 0 <= people < 2**31:
        raise ValueError(f"“{cell}” is not a number of people in thousands.")
    return int(people)


def percent(cell):
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return without_ceiling(amount, cell)
    if amount != round(amount, 1) or abs(amount) >= 10**5:
        raise ValueError(f"“{cell}” is not a percentage with at most one decimal.")
    return amount


def without_ceiling(absence, cell):
    if absence is Absence.TOP_CODED:
        raise ValueError(f"“{cell}” stands for a ceiling, and projections have none.")
    return absence


def unmarked(words):
    """'Dancers [2]' -> 'Dancers'."""
    return FOOTNOTE_MARK.sub("", words).strip()


NUMBERS = {
    "growth_percent": (GROWTH, percent),
    "annual_openings": (OPENINGS, thousands),
    "base_employment": (BASE, thousands),
    "target_employment": (TARGET, thousands),
}
