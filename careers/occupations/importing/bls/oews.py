"""Reader of the yearly OEWS files: national pay per year and per hour by occupation. Years do not replace each other."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from careers.core.money import Period
from careers.files import cells
from careers.files.cells import Absence
from careers.files.errors import FileError
from careers.files.tables import open_table
from careers.files.tables.formats import TableFormat, detect_format
from careers.files.tables.table import Row
from careers.files.tables.workbook import open_sheet
from careers.occupations.importing.command import ReleaseImport
from careers.occupations.importing.releases import IncomingRelease
from careers.occupations.importing.soc_codes import SocOccupations
from careers.occupations.importing.staging import Staging
from careers.occupations.importing.table_spec import TableSpec
from careers.occupations.models import Occupation, OfficialPay, Release
from careers.occupations.models.figures import PERCENTILES
from careers.occupations.models.release import version_order
from careers.occupations.soc import SOC_CODE, combined_code_for, member_codes, top_code

FIELDS_SHEET = "Field Descriptions"
FIELDS_SHEET_ROWS = 200
STATISTICS = {"mean": "MEAN", "p10": "PCT10", "p25": "PCT25", "median": "MEDIAN", "p75": "PCT75", "p90": "PCT90"}
PREFIXES = {Period.YEAR: "A_", Period.HOUR: "H_"}
PAY_COLUMNS = tuple(prefix + name for prefix in PREFIXES.values() for name in STATISTICS.values())
REQUIRED = ("AREA_TYPE", "I_GROUP", "OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP", *PAY_COLUMNS, "ANNUAL", "HOURLY")
UNUSED = ("AREA", "AREA_TITLE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "OWN_CODE", "EMP_PRSE", "MEAN_PRSE")
UNUSED += ("JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT")
PAY_FIGURES = TableSpec(
    "pay figures",
    OfficialPay,
    key=("occupation__code", "occupation__level", "period"),
    values=(*STATISTICS, "top_code", "absences", "employment", "population", "reference_period", "reference_year"),
    constants={"country": "US", "currency": "USD"},
)
TOP_CODE = re.compile(r"\$([0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?) (?:per|an?) (hour|year)")


@dataclass(frozen=True)
class OewsRelease(IncomingRelease):
    """A year. `newest` is the newest of the years imported together.

    A year older than the current release is accepted if the newest of them is at least as new as the current one.
    """

    newest: int = 0

    def check_order(self, *, allow_downgrade: bool) -> None:
        current = Release.objects.filter(dataset=self.dataset, is_current=True).first()
        with_newer = current is not None and version_order(str(self.newest)) >= current.order
        super().check_order(allow_downgrade=allow_downgrade or with_newer)


@dataclass(frozen=True)
class OewsFile:
    """A file and its year. `top_codes` are the amounts in dollars that # stands for, as far as they are known."""

    path: Path
    year: int
    top_codes: dict[Period, Decimal]

    @property
    def month(self) -> str:
        return f"May {self.year}"

    def incoming_release(self, newest: int) -> OewsRelease:
        return OewsRelease(
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
            replaces_previous=False,
            newest=newest,
        )


def release_imports(paths: Iterable[Path]) -> Iterator[ReleaseImport]:
    """One release per file, the oldest first. The years of all files are read before the first is imported."""
    files: dict[int, OewsFile] = {}
    for path in paths:
        file = read_file(path)
        other = files.setdefault(file.year, file)
        if other is not file:
            raise FileError(f"{other.path.name} and {path.name} both hold {file.month}; import one of them")
    newest = max(files)
    for _, file in sorted(files.items()):
        incoming = file.incoming_release(newest)
        yield ReleaseImport(incoming, partial(stage, file, incoming))


def read_file(path: Path) -> OewsFile:
    """Reads year and top codes from the sheet Field Descriptions. Raises FileError if the file's name has another year."""
    if detect_format(path) is not TableFormat.WORKBOOK:
        raise FileError(f"{path.name}: is not an xlsx file; we read the year of OEWS from its sheet {FIELDS_SHEET}")
    with open_sheet(path, FIELDS_SHEET) as records:
        lines = [" ".join(" ".join(row).split()) for _, row in islice(records, FIELDS_SHEET_ROWS)]
    first_line = lines[0] if lines else ""
    estimates = re.fullmatch(r"May (\d{4}) OEWS Estimates", first_line, re.ASCII | re.IGNORECASE)
    if not estimates:
        raise FileError(f"{path.name}: sheet {FIELDS_SHEET} begins “{first_line[:60]}”, not “May 2025 OEWS Estimates”")
    year = int(estimates[1])
    years_in_name = re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", path.stem)
    if years_in_name and estimates[1] not in years_in_name:
        raise FileError(f"{path.name}: the name says {years_in_name[0]}, the sheet {FIELDS_SHEET} says May {year}")
    return OewsFile(path, year, read_top_codes(lines, year))


def read_top_codes(lines: list[str], year: int) -> dict[Period, Decimal]:
    """{period: the amount # stands for} from the sheet's description of #, else from soc.toml."""
    description = next((line for line in lines if line.startswith("#")), "")
    described = {Period(name): Decimal(amount.replace(",", "")) for amount, name in TOP_CODE.findall(description)}
    known = top_code(year)
    return ({Period.YEAR: known.annual, Period.HOUR: known.hourly} if known else {}) | described


def stage(file: OewsFile, incoming: OewsRelease, staging: Staging) -> None:
    occupations = SocOccupations(staging, incoming)
    pay = staging.add_table(PAY_FIGURES)
    detailed = {}
    with open_table(file.path, required=REQUIRED, optional=UNUSED) as table:
        for row in national_rows(staging.rows(table), table.name, pay.skip):
            code, level, title = row.read("OCC_CODE", SOC_CODE), row["O_GROUP"].lower(), row["OCC_TITLE"]
            occupations.add(code, level, title, row.where)
            for values in pay_figures_of(row, file):
                pay.add({"occupation__code": code, "occupation__level": level, **values}, row.where)
            if level == Occupation.Level.DETAILED:
                detailed[code] = title
    staging.report.notes += compare_with_onet(detailed, file.year)


def national_rows(rows: Iterable, name: str, skip: Callable[[str, str], None]) -> Iterator:
    """The rows for the whole nation and all industries. Raises FileError if there are none."""
    skipped: Counter[str] = Counter()
    is_found = False
    for row in rows:
        reason = reason_to_skip(row)
        if reason:
            skipped[reason] += 1
            skip(reason, row.where)
        else:
            is_found = True
            yield row
    if not is_found:
        counts = ", ".join(f"{count:,} of {reason}" for reason, count in skipped.items())
        raise FileError(f"{name}: no row is for the whole nation and all industries; {counts}")


def reason_to_skip(row: Row) -> str:
    if row["AREA_TYPE"] != "1":
        return "an area other than the nation"
    return "" if row["I_GROUP"].casefold() == "cross-industry" else "a single industry or kind of owner"


def pay_figures_of(row: Row, file: OewsFile) -> Iterator[dict[str, Any]]:
    """Pay per year and per hour. If ANNUAL or HOURLY says that only one of them exists, only that one."""
    only = {Period.YEAR: row.read("ANNUAL", cells.flag), Period.HOUR: row.read("HOURLY", cells.flag)}
    for period in PREFIXES:
        figures = amounts_of(row, period, file)
        is_published = only[period] or not any(only.values())
        if is_published or any(figures[name] is not None for name in STATISTICS):
            yield figures | {
                "period": period,
                "population": f"{row['OCC_TITLE']} ({row['OCC_CODE']})",
                "reference_period": file.month,
                "reference_year": file.year,
            }


def amounts_of(row: Row, period: Period, file: OewsFile) -> dict[str, Any]:
    """{field: value}. A missing amount is None, with the reason in `absences`."""
    figures: dict[str, Any] = {"top_code": None, "absences": {}}
    cells_read = {"employment": row.read("TOT_EMP", people)}
    cells_read |= {name: row.read(column_name(period, name), wage) for name in STATISTICS}
    for name, value in cells_read.items():
        if value is Absence.TOP_CODED:
            value = figures["top_code"] = top_code_of(row, period, file)
        elif isinstance(value, Absence):
            figures["absences"][name] = value.value
            value = None
        figures[name] = value
    check_ascending(row, period, figures)
    return figures


def column_name(period: Period, statistic: str) -> str:
    return PREFIXES[period] + STATISTICS[statistic]


def top_code_of(row: Row, period: Period, file: OewsFile) -> Decimal:
    if period not in file.top_codes:
        raise FileError(f"{row.where}: # marks a ceiling per {period.value}, and the sheet {FIELDS_SHEET} names none")
    return file.top_codes[period]


def check_ascending(row: Row, period: Period, figures: dict[str, Any]) -> None:
    present = [name for name in PERCENTILES if figures[name] is not None]
    for lower, upper in pairwise(present):
        if figures[lower] > figures[upper]:
            raise FileError(
                f"{row.where}: the percentiles do not ascend; {column_name(period, lower)} is {figures[lower]:,}, "
                f"{column_name(period, upper)} is {figures[upper]:,}"
            )


def wage(cell: str) -> Decimal | Absence:
    amount = cells.number(cell)
    if isinstance(amount, Absence):
        return amount
    if amount <= 0 or amount != round(amount, 2):
        raise ValueError(f"“{cell}” is not pay: an amount above zero in dollars and cents.")
    return amount


def people(cell: str) -> int | Absence:
    count = cells.whole(cell)
    if count is Absence.TOP_CODED:
        raise ValueError(f"“{cell}” marks a ceiling of pay, not a number of people.")
    return count


def compare_with_onet(detailed: dict[str, str], year: int) -> list[str]:
    """Notes with the codes that only OEWS or only O*NET has. `detailed` is {code: title} of the file."""
    known = set(Occupation.objects.listed().values_list("soc_code", flat=True))
    if not known:
        return ["O*NET is not imported, so codes are not compared with it."]
    without_onet, without_wage = sorted(set(detailed) - known), sorted(known - set(detailed))
    combined = [code for code in without_onet if member_codes(code, year) != (code,)]
    in_combined = [code for code in without_wage if combined_code_for(code, year)]
    return [
        f"{words} ({len(codes):,}): {', '.join(codes)}"
        for words, codes in (
            (
                "combined codes, each with the O*NET codes it counts together",
                [with_members(code, year) for code in combined],
            ),
            (
                "other detailed codes without an O*NET occupation",
                [code for code in without_onet if code not in combined],
            ),
            ("O*NET codes without a row of their own, counted in a combined code", in_combined),
            ("O*NET codes without a row", [code for code in without_wage if code not in in_combined]),
        )
        if codes
    ]


def with_members(code: str, year: int) -> str:
    return f"{code} ({' + '.join(member_codes(code, year))})"
