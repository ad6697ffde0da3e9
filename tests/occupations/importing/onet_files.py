"""Small folders in the two layouts of O*NET, and the command that reads them."""

from io import StringIO

from django.core.management import call_command

from careers.occupations.models import (
    EducationShare,
    JobZone,
    Occupation,
    OccupationSkill,
    OccupationTask,
    OccupationTechnology,
    OccupationTitle,
    RelatedOccupation,
    Release,
    Source,
)

CODE = "O*NET-SOC Code"
COLUMNS = {
    "Occupation Data": (CODE, "Title", "Description"),
    "Alternate Titles": (CODE, "Title", "Alternate Title", "Short Title", "Source(s)"),
    "Sample of Reported Titles": (CODE, "Title", "Reported Job Title", "Shown in My Next Move"),
    "Task Statements": (
        *(CODE, "Title", "Task ID", "Task", "Task Type", "Incumbents Responding", "Date", "Domain Source"),
    ),
    "Technology Skills": (
        *(CODE, "Title", "Example", "Commodity Code", "Commodity Title", "Hot Technology", "In Demand"),
    ),
    "Related Occupations": (
        *(CODE, "Title", "Related O*NET-SOC Code", "Related Title", "Relatedness Tier", "Index"),
    ),
    "Job Zones": (CODE, "Title", "Job Zone", "Date", "Domain Source"),
    "Job Zone Reference": (
        *("Job Zone", "Name", "Experience", "Education", "Job Training", "Examples", "SVP Range"),
    ),
    "Education, Training, and Experience": (
        *(CODE, "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Category", "Data Value", "N"),
        *("Standard Error", "Lower CI Bound", "Upper CI Bound", "Recommend Suppress", "Date", "Domain Source"),
    ),
    "Skills": (
        *(CODE, "Title", "Element ID", "Element Name", "Scale ID", "Scale Name", "Data Value", "N", "Standard Error"),
        *("Lower CI Bound", "Upper CI Bound", "Recommend Suppress", "Not Relevant", "Date", "Domain Source"),
    ),
}  # fmt: skip
ONLY_293 = ("Title", "Related Title")
SCIENTIST, DEVELOPER, RESEARCHER = "15-2051.00", "15-1252.00", "15-1221.00"
EDUCATION = "Education, Training, and Experience"
MODELS = (
    JobZone, Occupation, OccupationTitle, OccupationTask, OccupationTechnology, RelatedOccupation, EducationShare,
    OccupationSkill,
)  # fmt: skip


def tables():
    """{table: rows}, to be changed by the test that asks. A cell that is not named is empty."""
    return {
        "Occupation Data": [
            {CODE: SCIENTIST, "Title": "Data Scientists", "Description": "Develop techniques."},
            {CODE: DEVELOPER, "Title": "Software Developers", "Description": "Research and design applications."},
            {CODE: RESEARCHER, "Title": "Research Scientists", "Description": "Theorise."},
        ],
        "Alternate Titles": [
            title(SCIENTIST, "Machine Learning Engineer", "ML Engineer", "08"),
            title(DEVELOPER, "Machine Learning Engineer", "", "02,10"),
        ],
        "Sample of Reported Titles": [
            {CODE: SCIENTIST, "Reported Job Title": "Café Analyst", "Shown in My Next Move": "Y"},
        ],
        "Task Statements": [
            task(SCIENTIST, "8823", 'Report "head counts" of models.', "Core", 95),
            task(SCIENTIST, "8824", "Clean data.", "Supplemental", 40),
            task(DEVELOPER, "8823", "Write programs.", "", ""),
        ],
        "Technology Skills": [
            technology(SCIENTIST, "Python", "43232402", "Y", "Y"),
            technology(SCIENTIST, "R", "43232605"),
        ],
        "Related Occupations": [
            {CODE: SCIENTIST, "Related O*NET-SOC Code": DEVELOPER, "Relatedness Tier": "Primary-Short", "Index": "1"},
        ],
        "Job Zones": [{CODE: SCIENTIST, "Job Zone": "5"}, {CODE: DEVELOPER, "Job Zone": "4"}],
        "Job Zone Reference": [zone("4"), zone("5")],
        EDUCATION: [education(6, "57.8"), education(7, "0"), education(8, "", suppress="Y")],
        "Skills": [
            skill(DEVELOPER, "2.A.1.a", "Reading Comprehension", "IM", "4.12", lower="3.88", upper="4.37"),
            skill(DEVELOPER, "2.A.1.a", "Reading Comprehension", "LV", "4.5", lower="4.1296", upper="4.8704"),
            skill(DEVELOPER, "2.B.3.l", "Repairing", "IM", "1.88", suppress="Y"),
            skill(DEVELOPER, "2.B.3.l", "Repairing", "LV", "0", irrelevant="Y"),
        ],
    }


def title(code, name, short="", sources="08"):
    return {CODE: code, "Alternate Title": name, "Short Title": short, "Source(s)": sources}


def task(code, number, text, kind="Core", respondents=""):
    row = {
        CODE: code,
        "Task ID": number,
        "Task": text,
        "Task Type": kind,
        "Date": "08/2023",
        "Domain Source": "Incumbent",
    }
    return row | {"Incumbents Responding": respondents}


def technology(code, name, commodity="43232402", hot="N", demand="N"):
    row = {CODE: code, "Example": name, "Commodity Code": commodity, "Commodity Title": "Development software"}
    return row | {"Hot Technology": hot, "In Demand": demand}


def zone(number):
    return {"Job Zone": number, "Name": f"Job Zone {number}", "SVP Range": "(7.0 < 8.0)"}


def education(category, percent, suppress="", element="2.D.1", scale="RL"):
    row = {CODE: DEVELOPER, "Element ID": element, "Scale ID": scale, "Category": category, "Data Value": percent}
    return row | {"N": 28, "Recommend Suppress": suppress, "Date": "08/2023"}


def skill(code, element, name, scale, rating, lower="", upper="", suppress="N", irrelevant=""):
    row = {CODE: code, "Element ID": element, "Element Name": name, "Scale ID": scale, "Data Value": rating, "N": 8}
    row |= {"Standard Error": "0.125", "Lower CI Bound": lower, "Upper CI Bound": upper, "Date": "08/2023"}
    return row | {"Recommend Suppress": suppress, "Not Relevant": irrelevant, "Domain Source": "Analyst"}


def onet_folder(parent, content=None, version="29.3", name="", official=False):
    """A folder of one release; `official` is the layout of 30.2."""
    folder = parent / (name or f"onet-{version}")
    folder.mkdir(exist_ok=True)
    for table, rows in (content if content is not None else tables()).items():
        (folder / f"{table}.txt").write_text(written(COLUMNS[table], rows, official), encoding="utf-8", newline="")
    if not official:
        (folder / "Read Me.txt").write_text(f"O*NET {version} Database\nMay 2025 Release\n----------------\n")
    return folder


def written(columns, rows, official):
    if official:
        columns = [name for name in columns if name not in ONLY_293 or columns == COLUMNS["Occupation Data"]]
    lines = [columns] + [[cell(row.get(name, ""), official) for name in columns] for row in rows]
    return "".join("\t".join(line) + ("\r\n" if official else "\n") for line in lines)


def cell(value, official):
    if official:
        return str(value) or "n/a"
    if isinstance(value, int):
        return f"{value}.0"
    return '"' + value.replace('"', '""') + '"' if '"' in value else value


def imported(folder, *flags):
    """The report of a run that writes."""
    return dry(folder, "--commit", *flags)


def dry(folder, *flags):
    out = StringIO()
    call_command("import_onet", str(folder), *flags, stdout=out, stderr=StringIO())
    return out.getvalue()


def counts(report, table):
    """(added, changed, returned, withdrawn, unchanged, skipped) of one line of a report."""
    line = next(line for line in report.splitlines() if line.startswith(table + "  "))
    return tuple(int(number.replace(",", "")) for number in line.removeprefix(table).split())


def everything(*, stamps=False):
    """All rows that imports keep, current ones and withdrawn ones, as texts that can be compared between databases."""
    return {model.__name__: rows_of(model, stamps) for model in MODELS}


def current():
    return {model.__name__: rows_of(model, withdrawn_in=None) for model in MODELS}


def rows_of(model, stamps=False, **only):
    named = {"occupation": "occupation__code", "to_occupation": "to_occupation__code", "job_zone": "job_zone__zone"}
    named |= {"release": "release__version", "withdrawn_in": "withdrawn_in__version"}
    fields = [field.name for field in model._meta.concrete_fields if stamps or not field.primary_key]
    return sorted(
        map(str, model.objects.filter(**only).order_by().values_list(*(named.get(name, name) for name in fields)))
    )


def releases_and_sources():
    return [list(model.objects.order_by("pk").values()) for model in (Release, Source)]
