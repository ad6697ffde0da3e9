"""Builds many drafts from one template out of a table. Every row is validated before anything is built."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from careers.core.money import Pay, parse_amount
from careers.core.time_zones import validate_zone
from careers.files import cells
from careers.files.content_files import split_list
from careers.files.csv_export import csv_lines, original_text
from careers.files.errors import FileError
from careers.files.tables import open_table
from careers.geo.countries import country_names
from careers.geo.place_names import own_country_names, place_key
from careers.geo.place_search import find_city
from careers.geo.subdivisions import find_subdivision
from careers.geo.zones import zone_of_places
from careers.postings.checks.requirements import new_closing_day_errors
from careers.postings.checks.store import keep_findings
from careers.postings.models import BuildRun, Employer, Posting, PostingTemplate
from careers.postings.placeholders import own_placeholder_names
from careers.postings.text.render import Place

from .build import build_posting, draft_posting

MOST_ROWS = 500
DAY_FORMS = (
    "%Y-%m-%d",
    "%Y-%m-%d 00:00",
    "%Y-%m-%d 00:00:00",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d %B %Y",
    "%B %d, %Y",
)
TableRow = tuple[int, dict[str, str]]  # row number, cell by column
COLUMNS = (
    "title", "places", "remote_countries", "workplace", "pay_min", "pay_max", "currency", "period", "closing_day", "time_zone",
)  # fmt: skip
AMOUNTS = ("pay_min", "pay_max")
# As people and the exported table of postings name the columns.
OTHER_NAMES: dict[str, list[str]] = {
    "currency": ["pay_currency"],
    "period": ["pay_period"],
    "pay_min": ["pay from"],
    "pay_max": ["pay to"],
    "closing_day": ["closing day", "closes on", "closes_on"],
    "time_zone": ["time zone"],
    "remote_countries": ["remote countries"],
    "places": ["place"],
}


@dataclass
class PlannedRow:
    """A row of the table with the arguments for build_posting(), or the problems that keep it from being built."""

    number: int
    cells: dict[str, str]
    arguments: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    pay: Pay | None = None  # as it will be stored; None where a problem keeps it from being read
    posting: Posting | None = None  # set once it is built


def read_table(content: bytes, name: str, template: PostingTemplate) -> tuple[list[str], list[TableRow]]:
    """(columns, rows). Raises FileError, also for more than MOST_ROWS rows."""
    own = own_placeholder_names(template)
    others = OTHER_NAMES | {column: [column.replace("_", " ")] for column in own if "_" in column}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        optional = [*COLUMNS, *own]
        with open_table(
            path, required=["employer"], optional=optional, aliases=others, dates=["closing_day"], amounts=AMOUNTS
        ) as table:
            if unread := [note for note in table.notes if note.startswith("unknown column")]:
                known = ", ".join(["employer", *COLUMNS, *own])
                raise FileError(f"{'; '.join(unread)}. Use these columns: {known}")
            rows = []
            for row in table:
                if len(rows) == MOST_ROWS:
                    raise FileError(f"The table has more than {MOST_ROWS} rows. Split it into several tables.")
                rows.append((row.number, {column: original_text(row[column]) for column in table.columns}))
            return table.columns, rows


def pasted_file_name(text: str) -> str:
    """Spreadsheets separate copied cells by tabs."""
    return "table.tsv" if "\t" in text.partition("\n")[0] else "table.csv"


def table_as_csv(columns: list[str], rows: Iterable[TableRow]) -> str:
    """The table as comma-separated text, for the form in which it can be edited."""
    return csv_lines([columns, *([row[column] for column in columns] for _, row in rows)], line_end="\n")


def plan_rows(template: PostingTemplate, rows: Iterable[TableRow], *, at: datetime | None = None) -> list[PlannedRow]:
    """Reads and validates each row. Nothing is saved."""
    at = at or timezone.now()
    prefetch_related_objects([template], "blanks")
    employers = {employer.name.casefold(): employer for employer in Employer.objects.defer("about")}
    own = own_placeholder_names(template)
    planned, seen = [], {}
    for number, cells_by_column in rows:
        row = PlannedRow(number, cells_by_column)
        row.arguments = read_row(row, own, employers, at)
        if not row.problems:
            validate_row(row, template)
        content = tuple(cells_by_column.items())
        if content in seen:
            row.problems.append(f"The same as row {seen[content]}.")
        seen.setdefault(content, number)
        planned.append(row)
    return planned


def validate_row(row: PlannedRow, template: PostingTemplate) -> None:
    try:
        row.pay = draft_posting(template=template, **row.arguments)[0].pay
    except ValidationError as error:
        row.problems += dict.fromkeys(error.messages)


def read_row(row: PlannedRow, own: list[str], employers: dict[str, Employer], at: datetime) -> dict:
    """The arguments of build_posting(). Adds to the row's problems what cannot be read."""

    def read(reader, *columns):
        try:
            return reader(*(row.cells.get(column, "") for column in columns))
        except ValueError as error:
            row.problems.append(f"{columns[0]}: {error}")
            return None

    employer = employers.get(row.cells["employer"].casefold())
    if employer is None:
        row.problems.append(
            f"We don't know an employer “{row.cells['employer']}”. Enter its name exactly as it is listed, or add "
            "the employer first."
        )
    pay = Pay(
        read(amount, "pay_min"), read(amount, "pay_max"),
        row.cells.get("currency", "").upper(), row.cells.get("period", "").lower(),
    )  # fmt: skip
    where, zone, closes_on = read(places, "places") or [], read(time_zone, "time_zone"), read(day, "closing_day")
    if zone == "":
        zone = zone_of_places(where) or "UTC"
    if closes_on and zone:
        row.problems += [error.message for error in new_closing_day_errors(closes_on, zone, at)]
    return {
        "employer": employer,
        "title": row.cells.get("title") or None,
        "terms": {"workplace": read(workplace, "workplace")},
        "places": where,
        "remote_countries": several(row.cells.get("remote_countries", "").upper()),
        "pay": pay if pay else None,
        "closes_on": closes_on,
        "time_zone": zone,
        "placeholder_values": {name: row.cells.get(name, "") for name in own},
    }


def amount(cell):
    try:
        return parse_amount(cell) if cell else None
    except ValueError as error:
        raise ValueError(f"{cells.quoted(cell)} is not a number. {error}") from error


def day(cell):
    """Day, month and year in the forms that leave no doubt which is which. 31/3/2027 is not among them: nor is 3/4/2027."""
    if not cell:
        return None
    for form in DAY_FORMS:
        try:
            return datetime.strptime(cell, form).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(f"{cells.quoted(cell)} is not a date. Enter it in the form 2027-03-31.")


def time_zone(cell):
    """'' for an empty cell: then that of the place."""
    try:
        validate_zone(cell or "UTC")
    except ValidationError as error:
        raise ValueError(error.message) from error
    return cell


def workplace(cell):
    """A value of Posting.Workplace by its value or label; None for an empty cell."""
    values = {name.casefold(): value for value, label in Posting.Workplace.choices for name in (value, label)}
    if cell and cell.casefold() not in values:
        raise ValueError(
            f"{cells.quoted(cell)} is not a workplace. Enter one of: {', '.join(Posting.Workplace.values)}."
        )
    return values.get(cell.casefold())


def places(cell):
    """'DE/DE-BE/Berlin | FR//Paris': country, subdivision and city; or 'Austin, Texas, United States; Paris, France'."""
    return [place(entry) for entry in several(cell)]


def several(cell):
    """Parted by |, or by ; as in the exported table of postings."""
    return split_list(cell.replace(";", "|"))


def place(entry):
    try:
        if "/" not in entry and (printed := printed_place(entry)):
            return printed
        parts = [part.strip() for part in entry.split("/")]
        if len(parts) != 3:
            raise ValueError(
                f"{cells.quoted(entry)} is not a place. Enter country/state/city, for example DE/DE-BE/Berlin, "
                "or a place as pages show it, for example Berlin, Germany."
            )
        country = parts[0].upper()
        return Place(country, find_subdivision(parts[1], country), parts[2])
    except ValidationError as error:
        raise ValueError(error.message) from error


def printed_place(entry):
    """The place that is printed like this: 'Austin, Texas, United States'. None if the last part is no country."""
    *parts, last = [part.strip() for part in entry.split(",")]
    country = next((code for code in own_country_names().get(place_key(last), ()) if code in country_names()), "")
    if not country or len(parts) > 2:
        return None
    if len(parts) == 2:
        return Place(country, find_subdivision(parts[1], country), parts[0])
    name = parts[0] if parts else ""
    try:
        subdivision = find_subdivision(name, country)
    except ValidationError:
        return Place(country, "", name)
    return Place(country, subdivision, name if find_city(country, name, subdivision) else "")


@transaction.atomic
def build_many(*, template: PostingTemplate, rows: list[PlannedRow], token: str, by) -> tuple[BuildRun, bool]:
    """Builds the rows without problems; problems found while building are added to the row. Returns (run, is new).

    Each token builds once: a repeated or concurrent call with the same token builds nothing.
    """
    run, is_new = BuildRun.objects.get_or_create(token=token, defaults={"template": template, "made_by": by})
    if not is_new:
        return run, False
    for row in rows:
        if row.problems:
            continue
        try:
            row.posting = build_posting(template=template, by=by, **row.arguments)
        except ValidationError as error:
            row.problems += dict.fromkeys(error.messages)
        else:
            keep_findings(row.posting)
    run.built = sum(row.posting is not None for row in rows)
    run.save()
    return run, True
