"""Putting the tables of O*NET into the staging area, column by column."""

from careers.files import cells
from careers.files.cells import Absence
from careers.files.content_files import FileError
from careers.files.tables import open_table
from careers.occupations.models import JobZone

from . import columns as parts

CODE = "O*NET-SOC Code"
UNUSED = ("Title", "Related Title", "Element Name", "Scale Name", "Standard Error", "Lower CI Bound", "Upper CI Bound")
UNUSED += ("Date", "Domain Source")
REQUIRED_EDUCATION = ("2.D.1", "RL")
HIGHEST_EDUCATION = 12
ABSENT = "not in the folder; what is in the database stays as it is"


def stage(files, staging):
    """Put all tables of a folder into the staging area. `files` is {table name: path}."""
    zones = stage_job_zones(files, staging)
    known = stage_occupations(files["Occupation Data"], zones, staging)
    for name, stage_table in STAGES.items():
        if name in files:
            stage_table(files[name], known, staging)
        else:
            staging.report.notes.append(f"{name}: {ABSENT}")


def stage_job_zones(files, staging):
    """{occupation code: zone}; None without the table that says it."""
    listed = set(JobZone.objects.current().values_list("zone", flat=True))
    if "Job Zone Reference" in files:
        listed = stage_zone_reference(files["Job Zone Reference"], staging)
    else:
        staging.report.notes.append(f"Job Zone Reference: {ABSENT}")
    if "Job Zones" in files:
        return zones_of_occupations(files["Job Zones"], listed, staging)
    staging.report.notes.append(f"Job Zones: {ABSENT}")
    return None


def stage_zone_reference(path, staging):
    """The zones that there are."""
    part = staging.part(parts.JOB_ZONES)
    columns = ("Job Zone", "Name", "Experience", "Education", "Job Training", "Examples", "SVP Range")
    listed = set()
    with open_table(path, required=columns) as table:
        for row in staging.rows(table):
            texts = [cells.text(row[column]) for column in columns]
            part.add(dict(zip((*part.part.key, *part.part.values), texts, strict=True)), row.where)
            listed.add(texts[0])
    return listed


def zones_of_occupations(path, listed, staging):
    zones = {}
    with open_table(path, required=(CODE, "Job Zone"), optional=UNUSED) as table:
        for row in staging.rows(table):
            code, zone = row.read(CODE, cells.onet_soc), cells.text(row["Job Zone"])
            if zone not in listed:
                raise FileError(f"{row.where}: job zone “{zone}” is not in the Job Zone Reference")
            if zones.get(code, zone) != zone and not staging.keep:
                raise FileError(f"{row.where}: a second job zone of {code}; choose with --keep first or --keep last")
            if code not in zones or staging.keep == "last":
                zones[code] = zone
    return zones


def stage_occupations(path, zones, staging):
    """The codes of all occupations."""
    part = staging.part(parts.OCCUPATIONS if zones is None else parts.OCCUPATIONS_IN_ZONES)
    known = set()
    with open_table(path, required=(CODE, "Title", "Description")) as table:
        for row in staging.rows(table):
            code = row.read(CODE, cells.onet_soc)
            values = {
                "code": code,
                "title": cells.text(row["Title"]),
                "description": cells.text(row["Description"]),
                "soc_code": code[:7],
                "job_zone__zone": zones.get(code) if zones else None,
            }
            part.add(values, row.where)
            known.add(code)
    for code in sorted(set(zones or ()) - known):
        part.skip("job zone of an occupation that is not listed", code)
    return known


def of_occupations(path, known, staging, part, columns):
    """(code, row) of the rows whose occupation is known."""
    with open_table(path, required=(CODE, *columns), optional=UNUSED) as table:
        for row in staging.rows(table):
            code = row.read(CODE, cells.onet_soc)
            if code in known:
                yield code, row
            else:
                part.unknown(code)


def stage_alternate_titles(path, known, staging):
    part = staging.part(parts.ALTERNATE_TITLES)
    for code, row in of_occupations(path, known, staging, part, ("Alternate Title", "Short Title", "Source(s)")):
        values = {
            "occupation__code": code,
            "title": cells.text(row["Alternate Title"]),
            "short_title": cells.text(row["Short Title"]),
            "sources": cells.text(row["Source(s)"]),
        }
        part.add(values, row.where)


def stage_reported_titles(path, known, staging):
    part = staging.part(parts.REPORTED_TITLES)
    for code, row in of_occupations(path, known, staging, part, ("Reported Job Title", "Shown in My Next Move")):
        values = {
            "occupation__code": code,
            "title": cells.text(row["Reported Job Title"]),
            "is_shown_first": row.read("Shown in My Next Move", cells.flag),
        }
        part.add(values, row.where)


def stage_tasks(path, known, staging):
    part = staging.part(parts.TASKS)
    columns = ("Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source")
    for code, row in of_occupations(path, known, staging, part, columns):
        values = {
            "occupation__code": code,
            "task_id": row.read("Task ID", task_id),
            "text": cells.text(row["Task"]),
            "kind": cells.text(row["Task Type"]).lower(),
            "respondents": present(row.read("Incumbents Responding", cells.whole)),
            "measured": cells.text(row["Date"]),
            "measured_by": cells.text(row["Domain Source"]),
        }
        part.add(values, row.where)


def stage_technologies(path, known, staging):
    part = staging.part(parts.TECHNOLOGIES)
    columns = ("Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand")
    for code, row in of_occupations(path, known, staging, part, columns):
        values = {
            "occupation__code": code,
            "name": cells.text(row["Example"]),
            "commodity_code": row.read("Commodity Code", commodity_code),
            "commodity_title": cells.text(row["Commodity Title"]),
            "is_hot": bool(row.read("Hot Technology", cells.flag)),
            "is_in_demand": bool(row.read("In Demand", cells.flag)),
        }
        part.add(values, row.where)


def stage_related(path, known, staging):
    part = staging.part(parts.RELATED)
    columns = ("Related O*NET-SOC Code", "Relatedness Tier", "Index")
    for code, row in of_occupations(path, known, staging, part, columns):
        to_code = row.read("Related O*NET-SOC Code", cells.onet_soc)
        if to_code not in known:
            part.unknown(to_code)
            continue
        values = {
            "occupation__code": code,
            "to_occupation__code": to_code,
            "tier": cells.text(row["Relatedness Tier"]),
            "rank": present(row.read("Index", cells.whole)),
        }
        part.add(values, row.where)


def stage_education(path, known, staging):
    part = staging.part(parts.EDUCATION)
    columns = ("Element ID", "Scale ID", "Category", "Data Value", "N", "Recommend Suppress", "Date")
    for code, row in of_occupations(path, known, staging, part, columns):
        if (row["Element ID"], row["Scale ID"]) != REQUIRED_EDUCATION:
            part.skip("not the required level of education (2.D.1, RL)", f"{row['Element ID']} {row['Scale ID']}")
            continue
        values = {
            "occupation__code": code,
            "category": row.read("Category", education_category),
            "percent": row.read("Data Value", percent),
            "respondents": present(row.read("N", cells.whole)),
            "is_suppressed": bool(row.read("Recommend Suppress", cells.flag)),
            "measured": cells.text(row["Date"]),
        }
        part.add(values, row.where)


STAGES = {
    "Alternate Titles": stage_alternate_titles,
    "Sample of Reported Titles": stage_reported_titles,
    "Task Statements": stage_tasks,
    "Technology Skills": stage_technologies,
    "Related Occupations": stage_related,
    "Education, Training, and Experience": stage_education,
}
task_id = cells.Code(r"[0-9]{1,12}", "8823")
commodity_code = cells.Code(r"[0-9]{8}", "43232202")


def present(amount):
    """None for a number that is not there."""
    return None if isinstance(amount, Absence) else amount


def percent(cell):
    amount = present(cells.number(cell))
    if amount is not None and not 0 <= amount <= 100:
        raise ValueError(f"{cell} is not a share in percent.")
    return amount


def education_category(cell):
    category = cells.whole(cell)
    if isinstance(category, Absence) or not 1 <= category <= HIGHEST_EDUCATION:
        raise ValueError(f"“{cell}” is no level of education; they are numbered 1 to {HIGHEST_EDUCATION}.")
    return category
