"""Many drafts from one template: a table of employers, places, pay and days, looked through before anything is built."""

import csv
import io
import tempfile
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from careers.core.money import Pay
from careers.core.time_zones import closing_moment, validate_zone
from careers.files import cells
from careers.files.content_files import FileError, listed
from careers.files.tables import open_table
from careers.postings.checks.requirements import closing_faults
from careers.postings.checks.store import keep_findings
from careers.postings.models import BuildRun, Employer, Posting
from careers.postings.placeholders import KNOWN_BLANKS, blanks_in, template_texts
from careers.postings.text.render import Place

from .build import build_posting, drafted

MOST_ROWS = 500
COLUMNS = (
    "title", "places", "remote_countries", "workplace", "pay_min", "pay_max", "currency", "period", "closing_day", "time_zone",
)  # fmt: skip
OTHER_NAMES = {
    "pay_min": ["pay from"],
    "pay_max": ["pay to"],
    "closing_day": ["closing day", "closes on"],
    "time_zone": ["time zone"],
    "remote_countries": ["remote countries"],
    "places": ["place"],
}


@dataclass
class PlannedRow:
    """A row of the table: what build_posting is asked for, or why it cannot be."""

    number: int
    cells: dict[str, str]
    request: dict = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    posting: Posting | None = None  # once it is built


def own_columns(template):
    return [name for name in blanks_in(*template_texts(template)) if name not in KNOWN_BLANKS]


def read_table(content: bytes, name, template):
    """-> (columns, [(number, {column: cell})]). Raises FileError: no table, or more rows than are built at once."""
    own = own_columns(template)
    others = OTHER_NAMES | {column: [column.replace("_", " ")] for column in own if "_" in column}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        with open_table(path, required=["employer"], optional=[*COLUMNS, *own], aliases=others) as table:
            if unread := [note for note in table.notes if note.startswith("unknown column")]:
                known = ", ".join(["employer", *COLUMNS, *own])
                raise FileError(f"{'; '.join(unread)}. The columns may be: {known}")
            rows = []
            for row in table:
                if len(rows) == MOST_ROWS:
                    raise FileError(f"More than {MOST_ROWS} rows: build them in several tables.")
                rows.append((row.number, {column: row[column] for column in table.columns}))
            return table.columns, rows


def typed_name(text):
    """Cells copied out of a spreadsheet are parted by tabs."""
    return "table.tsv" if "\t" in text.partition("\n")[0] else "table.csv"


def as_text(columns, rows):
    """The table as comma-separated text, so that it can be looked at and sent again."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerows([columns, *([row[column] for column in columns] for _, row in rows)])
    return written.getvalue()


def plan(template, rows, *, now=None) -> list[PlannedRow]:
    """Each row with what it would build and what is wrong with it. Nothing is saved."""
    prefetch_related_objects([template], "blanks")
    employers = {employer.name.casefold(): employer for employer in Employer.objects.defer("about")}
    own = own_columns(template)
    planned, seen = [], {}
    for number, texts in rows:
        row = PlannedRow(number, texts)
        row.request = read_row(row, own, employers, now or timezone.now())
        if not row.problems:
            look_through(row, template)
        same = tuple(texts.items())
        if same in seen:
            row.problems.append(f"The same as row {seen[same]}.")
        seen.setdefault(same, number)
        planned.append(row)
    return planned


def look_through(row, template):
    try:
        drafted(template=template, **row.request)
    except ValidationError as error:
        row.problems += spoken(error)


def spoken(error):
    return list(dict.fromkeys(message for message in error.messages))


def read_row(row, own, employers, now):
    """The arguments of build_posting; whatever cannot be read is put among the row's problems."""

    def read(reader, *columns):
        try:
            return reader(*(row.cells.get(column, "") for column in columns))
        except ValueError as error:
            row.problems.append(f"{columns[0]}: {error}")
            return None

    employer = employers.get(row.cells["employer"].casefold())
    if employer is None:
        row.problems.append(
            f"There is no employer “{row.cells['employer']}”: write its name as it is kept, or add it first."
        )
    pay = Pay(
        read(amount, "pay_min"), read(amount, "pay_max"),
        row.cells.get("currency", "").upper(), row.cells.get("period", "").lower(),
    )  # fmt: skip
    zone, closes_on = read(known_zone, "time_zone"), read(day, "closing_day")
    if closes_on and zone:
        row.problems += day_problems(closes_on, zone, now)
    return {
        "employer": employer,
        "title": row.cells.get("title") or None,
        "terms": {"workplace": read(workplace, "workplace")},
        "places": read(places, "places") or [],
        "remote_countries": listed(row.cells.get("remote_countries", "").upper()),
        "pay": pay if pay else None,
        "closes_on": closes_on,
        "time_zone": zone,
        "blanks": {name: row.cells.get(name, "") for name in own},
    }


def amount(cell):
    number = cells.number(cell) if cell else None
    if number is not None and not isinstance(number, Decimal):
        raise ValueError(f"{cells.quoted(cell)} is not a number.")
    return number


def day(cell):
    if not cell:
        return None
    try:
        return date.fromisoformat(cell)
    except ValueError as error:
        raise ValueError(f"{cells.quoted(cell)} is not a day of the form 2027-03-31.") from error


def known_zone(cell):
    try:
        validate_zone(cell or "UTC")
    except ValidationError as error:
        raise ValueError(error.message) from error
    return cell or "UTC"


def day_problems(closes_on, zone, now):
    """A closing day lies ahead, and within the horizon."""
    faults = closing_faults(closes_on, None, zone, now)
    faults = faults or closing_faults(closes_on, closing_moment(closes_on, zone), zone, now)
    return [fault.message for fault in faults]


def workplace(cell):
    """The value or the word for it; None leaves it to the template."""
    words = {word.casefold(): value for value, label in Posting.Workplace.choices for word in (value, label)}
    if cell and cell.casefold() not in words:
        raise ValueError(f"{cells.quoted(cell)} is none of {', '.join(Posting.Workplace.values)}.")
    return words.get(cell.casefold())


def places(cell):
    """'DE/DE-BE/Berlin | FR//Paris': country, subdivision and city."""
    return [place(entry) for entry in listed(cell)]


def place(entry):
    parts = [part.strip() for part in entry.split("/")]
    if len(parts) != 3:
        raise ValueError(f"{cells.quoted(entry)} is not of the form DE/DE-BE/Berlin: country/state/city.")
    return Place(parts[0].upper(), parts[1].upper(), parts[2])


@transaction.atomic
def build_many(*, template, rows: list[PlannedRow], token, by):
    """(run, whether these drafts are new). Rows with problems are left; what went wrong in building is added to a row's.

    A token builds once: the second time, be it at the same moment, nothing is built.
    """
    run, is_new = BuildRun.objects.get_or_create(token=token, defaults={"template": template, "made_by": by})
    if not is_new:
        return run, False
    for row in rows:
        if row.problems:
            continue
        try:
            row.posting = build_posting(template=template, by=by, **row.request)
        except ValidationError as error:
            row.problems += spoken(error)
        else:
            keep_findings(row.posting)
    run.built = sum(row.posting is not None for row in rows)
    run.save()
    return run, True
