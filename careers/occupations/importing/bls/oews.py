"""National wages by occupation from the yearly files of OEWS: pay per year and per hour, year beside year."""

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice, pairwise
from pathlib import Path

from careers.core.money import Period
from careers.files import cells
from careers.files.cells import Absence
from careers.files.content_files import FileError
from careers.files.tables import open_table
from careers.files.tables.formats import TableFormat, detect_format
from careers.files.tables.workbook import open_sheet
from careers.occupations.importing.columns import Part
from careers.occupations.importing.command import Delivery
from careers.occupations.importing.releases import Edition
from careers.occupations.importing.soc_codes import Classification
from careers.occupations.models import Occupation, OfficialPay, Release
from careers.occupations.models.figures import PERCENTILES
from careers.occupations.models.release import version_order
from careers.occupations.soc import combined_code_of, members_of, top_code

FIELDS_SHEET = "Field Descriptions"
FIELDS_SHEET_ROWS = 200
STATISTICS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
PREFIXES = {Period.YEAR: "A_", Period.HOUR: "H_"}
PAY_COLUMNS = tuple(prefix + name for prefix in PREFIXES.values() for name in STATISTICS.values())
REQUIRED = ("AREA_TYPE", "I_GROUP", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP", *PAY_COLUMNS, "ANNUAL", "HOURLY")
UNUSED = ("AREA", "AREA_TITLE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "OWN_CODE", "EMP_PRSE", "MEAN_PRSE")
UNUSED += ("JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT")
CLAIMS = Part(
    "pay claims",
    OfficialPay,
    key=("occupation__code", "occupation__level", "period"),
    values=(*STATISTICS, "top_code", "absences", "employment", "population", "reference_period", "reference_year"),
    fixed={"country": "US", "currency": "USD"},
)
CEILING = re.compile(r"\$([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) (?:per|an?) (hour|year)")


@dataclass(frozen=True)
class Year(Edition):
    """An older year may come along with one as new as the current one: `newest` of those imported together."""

    newest: int = 0

    def check_order(self, *, allow_downgrade):
        current = Release.objects.filter(dataset=self.dataset, is_current=True).first()
        comes_along = current is not None and version_order(str(self.newest)) >= current.order
        super().check_order(allow_downgrade=allow_downgrade or comes_along)


@dataclass(frozen=True)
class File:
    """What a file says of itself. `ceilings` are the amounts that # stands for; empty where nobody says."""

    path: Path
    year: int
    ceilings: dict[Period, Decimal]

    @property
    def month(self):
        return f"May {self.year}"

    def edition(self, newest):
        return Year(
            Release.Dataset.OEWS,
            str(self.year),
            source={
                "publisher": "U.S. Bureau of Labor Statistics",
                "title": "Occupational Employment and Wage Statistics, national estimates",
                "release": self.month,
                "reference_period": self.month,
                "url": "https://www.bls.gov/oes/",
                "licence": "Public domain",
                "attribution": f"U.S. Bureau of Labor Statistics, OEWS, {self.month}",
            },
            replaces=False,
            newest=newest,
        )


def deliveries(paths):
    """One release a file, the oldest first; nothing begins before each has said which year it is."""
    files = {}
    for path in paths:
        file = read_file(path)
        other = files.setdefault(file.year, file)
        if other is not file:
            raise FileError(f"{other.path.name} and {path.name} both hold {file.month}; import one of them")
    newest = max(files)
    for _, file in sorted(files.items()):
        edition = file.edition(newest)
        yield Delivery(edition, partial(stage, file, edition))


def read_file(path):
    """The year and the ceilings by the sheet Field Descriptions; the year must agree with the file's name."""
    if detect_format(path) is not TableFormat.WORKBOOK:
        raise FileError(f"{path.name}: is not an xlsx file; the year of OEWS stands in its sheet {FIELDS_SHEET}")
    with open_sheet(path, FIELDS_SHEET) as records:
        lines = [" ".join(" ".join(row).split()) for _, row in islice(records, FIELDS_SHEET_ROWS)]
    said = lines[0] if lines else ""
    estimates = re.fullmatch(r"May (\d{4}) OEWS Estimates", said, re.ASCII | re.IGNORECASE)
    if not estimates:
        raise FileError(f"{path.name}: sheet {FIELDS_SHEET} begins “{said[:60]}”, not “May 2025 OEWS Estimates”")
    year = int(estimates[1])
    named = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.stem)
    if named and estimates[1] not in named:
        raise FileError(f"{path.name}: the name says {named[0]}, the sheet {FIELDS_SHEET} says May {year}")
    return File(path, year, ceilings(lines, year))


def ceilings(lines, year):
    """{period: the amount # stands for}: by the file's own words, else by what is known of that year."""
    words = next((line for line in lines if line.startswith("#")), "")
    said = {Period(name): Decimal(amount.replace(",", "")) for amount, name in CEILING.findall(words)}
    known = top_code(year)
    return ({Period.YEAR: known.annual, Period.HOUR: known.hourly} if known else {}) | said


def stage(file, edition, staging):
    occupations = Classification(staging, edition)
    claims = staging.part(CLAIMS)
    detailed = {}
    with open_table(file.path, required=REQUIRED, optional=UNUSED) as table:
        for row in national(staging.rows(table), table.name, claims.skip):
            code, level, title = row.read("OCC_CODE", cells.soc), row["O_GROUP"].lower(), row["OCC_TITLE"]
            occupations.add(code, level, title, row.where)
            for values in claims_of(row, file):
                claims.add({"occupation__code": code, "occupation__level": level, **values}, row.where)
            if level == Occupation.Level.DETAILED:
                detailed[code] = title
    staging.report.notes += compared_with_onet(detailed, file.year)


def national(rows, name, skip):
    """The rows of the nation and all its industries."""
    skipped = Counter()
    is_found = False
    for row in rows:
        reason = other_than_national(row)
        if reason:
            skipped[reason] += 1
            skip(reason, row.where)
        else:
            is_found = True
            yield row
    if not is_found:
        counts = ", ".join(f"{count:,} of {reason}" for reason, count in skipped.items())
        raise FileError(f"{name}: no row is of the nation and all its industries; {counts}")


def other_than_national(row):
    if row["AREA_TYPE"] != "1":
        return "an area other than the nation"
    return "" if row["I_GROUP"].casefold() == "cross-industry" else "a single industry or kind of owner"


def claims_of(row, file):
    """Pay per year and per hour, without one that does not exist at all: ANNUAL says there is only pay per year."""
    only = {Period.YEAR: row.read("ANNUAL", cells.flag), Period.HOUR: row.read("HOURLY", cells.flag)}
    for period in PREFIXES:
        figures = figures_of(row, period, file)
        is_there = only[period] or not any(only.values())
        if is_there or any(figures[name] is not None for name in STATISTICS):
            yield figures | {
                "period": period,
                "population": f"{row['OCC_TITLE']} ({row['OCC_CODE']})",
                "reference_period": file.month,
                "reference_year": file.year,
            }


def figures_of(row, period, file):
    """Each statistic with its amount, or None and in `absences` the reason."""
    figures = {"top_code": None, "absences": {}}
    found = {"employment": row.read("TOT_EMP", people)}
    found |= {name: row.read(column(period, name), wage) for name in STATISTICS}
    for name, value in found.items():
        if value is Absence.TOP_CODED:
            value = figures["top_code"] = ceiling_of(row, period, file)
        elif isinstance(value, Absence):
            figures["absences"][name] = value.value
            value = None
        figures[name] = value
    check_ascending(row, period, figures)
    return figures


def column(period, statistic):
    return PREFIXES[period] + STATISTICS[statistic]


def ceiling_of(row, period, file):
    if period not in file.ceilings:
        raise FileError(f"{row.where}: # marks a ceiling per {period.value}, and the sheet {FIELDS_SHEET} names none")
    return file.ceilings[period]


def check_ascending(row, period, figures):
    present = [name for name in PERCENTILES if figures[name] is not None]
    for lower, upper in pairwise(present):
        if figures[lower] > figures[upper]:
            raise FileError(
                f"{row.where}: the percentiles do not ascend; {column(period, lower)} is {figures[lower]:,}, "
                f"{column(period, upper)} is {figures[upper]:,}"
            )


def wage(cell):
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return amount
    if amount <= 0 or amount != round(amount, 2):
        raise ValueError(f"“{cell}” is not pay: an amount above zero in dollars and cents.")
    return amount


def people(cell):
    count = cells.whole(cell)
    if count is Absence.TOP_CODED:
        raise ValueError(f"“{cell}” marks a ceiling of pay, not a number of people.")
    return count


def compared_with_onet(detailed, year):
    """What OEWS and O*NET do not have in common, code by code; `detailed` is {code: title} of the file."""
    known = set(Occupation.objects.listed().values_list("soc_code", flat=True))
    if not known:
        return ["O*NET is not imported, so codes are not compared with it."]
    without_onet, without_wage = sorted(set(detailed) - known), sorted(known - set(detailed))
    held = [code for code in without_onet if members_of(code, year) != (code,)]
    counted = [code for code in without_wage if combined_code_of(code, year)]
    return [
        f"{words} ({len(codes):,}): {', '.join(codes)}"
        for words, codes in (
            ("combined codes, each with the O*NET codes it counts together", [holding(code, year) for code in held]),
            ("other detailed codes without an O*NET occupation", [code for code in without_onet if code not in held]),
            ("O*NET codes without a row of their own, counted in a combined code", counted),
            ("O*NET codes without a row", [code for code in without_wage if code not in counted]),
        )
        if codes
    ]


def holding(code, year):
    return f"{code} ({' + '.join(members_of(code, year))})"
