"""Reads the tables of O*NET into the staging area: one function per table, which maps columns to fields."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from careers.files import cells
from careers.files.cells import Absence
from careers.files.errors import FileError
from careers.files.tables import open_table
from careers.occupations.importing.staging import StagedTable, Staging
from careers.occupations.models import JobZone, OccupationSkill
from careers.occupations.soc import ONET_SOC_CODE

from . import table_specs as specs

T = TypeVar("T")

CODE = "O*NET-SOC Code"
UNUSED = ("Title", "Related Title", "Element Name", "Scale Name", "Standard Error", "Lower CI Bound", "Upper CI Bound")
UNUSED += ("Date", "Domain Source")
REQUIRED_EDUCATION = ("2.D.1", "RL")
HIGHEST_EDUCATION = 12
SKILL_TABLES = ("Skills", "Essential Skills", "Transferable Skills")
AMOUNTS = {"standard_error": "Standard Error", "lower_bound": "Lower CI Bound", "upper_bound": "Upper CI Bound"}
PRECISION = ("N", *AMOUNTS.values(), "Recommend Suppress", "Not Relevant", "Date", "Domain Source")
NOT_IN_FOLDER = "not in the folder; what is in the database stays as it is"


def stage(files: dict[str, Path], staging: Staging) -> None:
    """Stages all tables of a folder; notes in the report which are missing. `files` is {table name: path}."""
    zones = stage_job_zones(files, staging)
    codes = stage_occupations(files["Occupation Data"], zones, staging)
    for name, stage_table in STAGES.items():
        if name in files:
            stage_table(files[name], codes, staging)
        else:
            staging.report.notes.append(f"{name}: {NOT_IN_FOLDER}")
    stage_skills(files, codes, staging)


def stage_job_zones(files: dict[str, Path], staging: Staging) -> dict[str, str] | None:
    """{occupation code: zone}; None if the folder lacks the table Job Zones."""
    listed = set(JobZone.objects.current().values_list("zone", flat=True))
    if "Job Zone Reference" in files:
        listed = stage_zone_reference(files["Job Zone Reference"], staging)
    else:
        staging.report.notes.append(f"Job Zone Reference: {NOT_IN_FOLDER}")
    if "Job Zones" in files:
        return read_job_zones(files["Job Zones"], listed, staging)
    staging.report.notes.append(f"Job Zones: {NOT_IN_FOLDER}")
    return None


def stage_zone_reference(path: Path, staging: Staging) -> set[str]:
    """Returns the listed zones."""
    staged = staging.add_table(specs.JOB_ZONES)
    columns = ("Job Zone", "Name", "Experience", "Education", "Job Training", "Examples", "SVP Range")
    listed = set()
    with open_table(path, required=columns) as table:
        for row in staging.rows(table):
            texts = [cells.text(row[column]) for column in columns]
            staged.add(dict(zip((*staged.spec.key, *staged.spec.values), texts, strict=True)), row.where)
            listed.add(texts[0])
    return listed


def read_job_zones(path: Path, listed: set[str], staging: Staging) -> dict[str, str]:
    zones: dict[str, str] = {}
    with open_table(path, required=(CODE, "Job Zone"), optional=UNUSED) as table:
        for row in staging.rows(table):
            code, zone = row.read(CODE, ONET_SOC_CODE), cells.text(row["Job Zone"])
            if zone not in listed:
                raise FileError(f"{row.where}: job zone “{zone}” is not in the Job Zone Reference")
            if zones.get(code, zone) != zone and not staging.keep:
                raise FileError(f"{row.where}: a second job zone for {code}; choose with --keep first or --keep last")
            if code not in zones or staging.keep == "last":
                zones[code] = zone
    return zones


def stage_occupations(path: Path, zones: dict[str, str] | None, staging: Staging) -> set[str]:
    """Returns the codes of all occupations."""
    staged = staging.add_table(specs.OCCUPATIONS if zones is None else specs.OCCUPATIONS_IN_ZONES)
    codes = set()
    with open_table(path, required=(CODE, "Title", "Description")) as table:
        for row in staging.rows(table):
            code = row.read(CODE, ONET_SOC_CODE)
            values = {
                "code": code,
                "title": cells.text(row["Title"]),
                "description": cells.text(row["Description"]),
                "soc_code": code[:7],
                "job_zone__zone": zones.get(code) if zones else None,
            }
            staged.add(values, row.where)
            codes.add(code)
    for code in sorted(set(zones or ()) - codes):
        staged.skip("job zone of an occupation that is not listed", code)
    return codes


def read_rows(
    path: Path,
    codes: set[str],
    staging: Staging,
    staged: StagedTable,
    columns: tuple[str, ...],
    newer: tuple[str, ...] = (),
) -> Iterator[tuple[str, Any]]:
    """(code, row) of each row. Rows of occupations that are not listed are skipped and counted.

    `newer` are columns that older releases do not have: their cells are '' there, and the report says so.
    """
    with open_table(path, required=(CODE, *columns), optional=(*UNUSED, *newer)) as table:
        staging.report.notes += [
            f"{path.stem}: has no column {name}; it stays empty" for name in newer if name not in table.columns
        ]
        for row in staging.rows(table):
            code = row.read(CODE, ONET_SOC_CODE)
            if code in codes:
                yield code, row
            else:
                staged.skip_unknown(code)


def stage_alternate_titles(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.ALTERNATE_TITLES)
    for code, row in read_rows(path, codes, staging, staged, ("Alternate Title", "Short Title", "Source(s)")):
        values = {
            "occupation__code": code,
            "title": cells.text(row["Alternate Title"]),
            "short_title": cells.text(row["Short Title"]),
            "sources": cells.text(row["Source(s)"]),
        }
        staged.add(values, row.where)


def stage_reported_titles(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.REPORTED_TITLES)
    for code, row in read_rows(path, codes, staging, staged, ("Reported Job Title", "Shown in My Next Move")):
        values = {
            "occupation__code": code,
            "title": cells.text(row["Reported Job Title"]),
            "is_shown_first": row.read("Shown in My Next Move", cells.flag),
        }
        staged.add(values, row.where)


def stage_tasks(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.TASKS)
    columns = ("Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source")
    for code, row in read_rows(path, codes, staging, staged, columns):
        values = {
            "occupation__code": code,
            "task_id": row.read("Task ID", read_task_id),
            "text": cells.text(row["Task"]),
            "kind": cells.text(row["Task Type"]).lower(),
            "respondents": number_or_none(row.read("Incumbents Responding", cells.whole)),
            "measured": cells.text(row["Date"]),
            "measured_by": cells.text(row["Domain Source"]),
        }
        staged.add(values, row.where)


def stage_technologies(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.TECHNOLOGIES)
    columns = ("Example", "Commodity Code", "Commodity Title", "Hot Technology")
    for code, row in read_rows(path, codes, staging, staged, columns, newer=("In Demand",)):
        values = {
            "occupation__code": code,
            "name": cells.text(row["Example"]),
            "commodity_code": row.read("Commodity Code", read_commodity_code),
            "commodity_title": cells.text(row["Commodity Title"]),
            "is_hot": bool(row.read("Hot Technology", cells.flag)),
            "is_in_demand": bool(row.read("In Demand", cells.flag)),
        }
        staged.add(values, row.where)


def stage_related(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.RELATED)
    columns = ("Related O*NET-SOC Code", "Relatedness Tier", "Index")
    for code, row in read_rows(path, codes, staging, staged, columns):
        to_code = row.read("Related O*NET-SOC Code", ONET_SOC_CODE)
        if to_code not in codes:
            staged.skip_unknown(to_code)
            continue
        values = {
            "occupation__code": code,
            "to_occupation__code": to_code,
            "tier": cells.text(row["Relatedness Tier"]),
            "rank": number_or_none(row.read("Index", cells.whole)),
        }
        staged.add(values, row.where)


def stage_education(path: Path, codes: set[str], staging: Staging) -> None:
    staged = staging.add_table(specs.EDUCATION)
    columns = ("Element ID", "Scale ID", "Category", "Data Value", "N", "Recommend Suppress", "Date")
    for code, row in read_rows(path, codes, staging, staged, columns):
        if (row["Element ID"], row["Scale ID"]) != REQUIRED_EDUCATION:
            staged.skip("not the required level of education (2.D.1, RL)", f"{row['Element ID']} {row['Scale ID']}")
            continue
        values = {
            "occupation__code": code,
            "category": row.read("Category", education_category),
            "percent": row.read("Data Value", percent),
            "respondents": number_or_none(row.read("N", cells.whole)),
            "is_suppressed": bool(row.read("Recommend Suppress", cells.flag)),
            "measured": cells.text(row["Date"]),
        }
        staged.add(values, row.where)


def stage_skills(files: dict[str, Path], codes: set[str], staging: Staging) -> None:
    """One table of skills, two since O*NET 31.0. Half of the two is not read: the other half would seem withdrawn."""
    tables = [name for name in SKILL_TABLES if name in files]
    if "Skills" in tables and len(tables) > 1:
        raise FileError(f"{files['Skills'].parent}: both Skills and {tables[1]}; leave those of one release")
    if tables not in (["Skills"], ["Essential Skills", "Transferable Skills"]):
        missing = [name for name in SKILL_TABLES[1:] if name not in tables] if tables else ["Skills"]
        staging.report.notes += [f"{name}: {NOT_IN_FOLDER}" for name in missing]
        staging.report.notes += [f"{name}: not read without {missing[0]}" for name in tables]
        return
    staged = staging.add_table(specs.SKILLS)
    for name in tables:
        stage_ratings(files[name], codes, staging, staged)


def stage_ratings(path: Path, codes: set[str], staging: Staging, staged: StagedTable) -> None:
    columns = ("Element ID", "Element Name", "Scale ID", "Data Value")
    for code, row in read_rows(path, codes, staging, staged, columns, newer=PRECISION):
        scale = row["Scale ID"]
        if scale not in SCALES:
            staged.skip("neither importance (IM) nor level (LV)", f"{row['Element ID']} {scale}")
            continue
        amounts = {field: number_or_none(row.read(column, cells.number)) for field, column in AMOUNTS.items()}
        values = {
            "occupation__code": code,
            "element": cells.text(row["Element ID"]),
            "scale": scale,
            "name": cells.text(row["Element Name"]),
            "rating": row.read("Data Value", SCALES[scale]),
            "respondents": number_or_none(row.read("N", cells.whole)),
            "is_suppressed": bool(row.read("Recommend Suppress", cells.flag)),
            "is_irrelevant": bool(row.read("Not Relevant", cells.flag)),
            "measured": cells.text(row["Date"]),
            "measured_by": cells.text(row["Domain Source"]),
            **amounts,
        }
        staged.add(values, row.where)


STAGES = {
    "Alternate Titles": stage_alternate_titles,
    "Sample of Reported Titles": stage_reported_titles,
    "Task Statements": stage_tasks,
    "Technology Skills": stage_technologies,
    "Related Occupations": stage_related,
    "Education, Training, and Experience": stage_education,
}
read_task_id = cells.Code(r"[0-9]{1,12}", "8823")
read_commodity_code = cells.Code(r"[0-9]{8}", "43232202")


def number_or_none(amount: T | Absence) -> T | None:
    return None if isinstance(amount, Absence) else amount


def between(low: int, high: int, name: str) -> Callable[[str], Decimal | None]:
    """A reader of numbers on a scale; None where there is no number."""

    def read(cell: str) -> Decimal | None:
        amount = number_or_none(cells.number(cell))
        if amount is not None and not low <= amount <= high:
            raise ValueError(f"{cell} is not {name}.")
        return amount

    return read


def education_category(cell: str) -> int:
    category = cells.whole(cell)
    if isinstance(category, Absence) or not 1 <= category <= HIGHEST_EDUCATION:
        raise ValueError(f"“{cell}” is not a level of education. Levels are numbered 1 to {HIGHEST_EDUCATION}.")
    return category


percent = between(0, 100, "a share in percent")
SCALES = {
    OccupationSkill.Scale.IMPORTANCE: between(1, 5, "an importance from 1 to 5"),
    OccupationSkill.Scale.LEVEL: between(0, 7, "a level from 0 to 7"),
}
