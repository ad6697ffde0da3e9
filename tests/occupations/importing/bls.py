"""Small files in the layout of OEWS and of the Employment Projections, and the commands that read them."""

from io import StringIO

from django.core.management import call_command
from openpyxl import Workbook

OEWS_COLUMNS = (
    *("AREA", "AREA_TITLE", "AREA_TYPE", "PRIM_STATE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE"),
    *("OCC_CODE", "OCC_TITLE", "O_GROUP", "TOT_EMP", "EMP_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT"),
    *("H_MEAN", "A_MEAN", "MEAN_PRSE", "H_PCT10", "H_PCT25", "H_MEDIAN", "H_PCT75", "H_PCT90"),
    *("A_PCT10", "A_PCT25", "A_MEDIAN", "A_PCT75", "A_PCT90", "ANNUAL", "HOURLY"),
)
NATIONAL = {"AREA": "99", "AREA_TITLE": "U.S.", "AREA_TYPE": "1", "PRIM_STATE": "US", "OWN_CODE": "1235"}
NATIONAL |= {"NAICS": "000000", "NAICS_TITLE": "Cross-industry", "I_GROUP": "cross-industry"}
PER_YEAR = {"A_MEAN": 129850, "A_PCT10": 66280, "A_PCT25": 85860, "A_MEDIAN": 120230, "A_PCT75": 161170}
PER_YEAR |= {"A_PCT90": 205000}
PER_HOUR = {"H_MEAN": 62.43, "H_PCT10": 31.87, "H_PCT25": 41.28, "H_MEDIAN": 57.8, "H_PCT75": 77.49, "H_PCT90": 98.56}
NO_YEAR, NO_HOUR = dict.fromkeys(PER_YEAR, "*"), dict.fromkeys(PER_HOUR, "*")
CEILING = "#  = indicates a wage equal to or greater than $115.00 per hour or $239,200 per year "


def wages(code="15-2051", title="Data Scientists", group="detailed", **cells):
    """A row of OEWS."""
    row = NATIONAL | PER_YEAR | PER_HOUR | {"TOT_EMP": 245900, "EMP_PRSE": 0.9, "MEAN_PRSE": 0.5}
    row |= {"ANNUAL": "", "HOURLY": "", "OCC_CODE": code, "OCC_TITLE": title, "O_GROUP": group}
    return row | cells


def oews_file(folder, *rows, year=2025, name="", columns=OEWS_COLUMNS, says="", ceiling=CEILING):
    book = Workbook()
    data, fields = book.active, book.create_sheet("Field Descriptions")
    data.title = f"national_M{year}_dl"
    data.append(columns)
    for row in rows or [wages()]:
        data.append([row.get(column.strip().upper()) for column in columns])
    for line in (says or f"May {year} OEWS Estimates", None, "Notes:", "*  = not available", ceiling):
        fields.append([line, None, None])
    book.create_sheet("UpdateTime").append(["alldataupdate"])
    return saved(book, folder, name or f"national_M{year}_dl.xlsx")


OUTLOOK_COLUMNS = (
    *("{base} National Employment Matrix title", "{base} National Employment Matrix code", "Occupation type"),
    *("Employment, {base}", "Employment, {target}"),
    *("Employment distribution, percent, {base}", "Employment distribution, percent, {target}"),
    *("Employment change, numeric, {span}", "Employment change, percent, {span}", "Percent self employed, {base}"),
    *("Occupational openings, {span} annual average", "Median annual wage, dollars, {base}[1]"),
    *("Typical education needed for entry", "Work experience in a related occupation"),
    "Typical on-the-job training needed to attain competency in the occupation",
    "Related Occupational Outlook Handbook (OOH) content xlsx",
)
FOOTNOTES = ("Footnotes:", "[1] Data are from another program.", "Note: “—” is no data.", "Source: a program")


def outlook(code="15-2051", title="      Data scientists", kind="Line item", **cells):
    """A row of Table 1.2, its cells by their place: base, target, numeric, percent, openings, education."""
    figures = {"base": 245.9, "target": 328.3, "numeric": 82.5, "percent": 33.5, "openings": 23.4}
    row = figures | {"education": "Bachelor's degree"} | cells
    return [
        *(title, code, kind, row["base"], row["target"], 0.1, 0.2, row["numeric"], row["percent"], 1.8),
        *(row["openings"], 112590, row["education"], "None", "None", "OOH Content"),
    ]


def outlook_file(folder, *rows, span="2024–34", years=(2024, 2034), columns=OUTLOOK_COLUMNS, **more):
    book = Workbook()
    book.active.title = "Index"
    book.active.append(["Occupation.xlsx contents"])
    table = book.create_sheet(more.get("sheet", "Table 1.2"))
    table.append([more.get("caption", "Table 1.2 Occupational projections, 2024–2034 (Employment in thousands)")])
    table.append([column.format(base=years[0], target=years[1], span=span) for column in columns])
    for row in rows or [outlook()]:
        table.append(row)
    for line in more.get("footnotes", FOOTNOTES):
        table.append([line])
    return saved(book, folder, more.get("name", "occupation.xlsx"))


def saved(book, folder, name):
    path = folder / name
    book.save(path)
    return path


def run(command, *paths, **options):
    """What the command prints."""
    out = StringIO()
    call_command(command, *map(str, paths), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def counts(text, part):
    """{"added": 1, ...} of a table in a report."""
    lines = text.splitlines()
    header = next(line for line in lines if line.split()[:2] == ["added", "changed"])
    cells = next(line for line in lines if line.startswith(part)).removeprefix(part).replace(",", "").split()
    return {name: int(cell) for name, cell in zip(header.split(), cells, strict=True) if cell != "0"}
