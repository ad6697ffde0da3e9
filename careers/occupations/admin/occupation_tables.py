"""Everything O*NET and BLS say about one occupation, as tables: one query each, however many rows."""

from dataclasses import dataclass, field
from itertools import compress

from django.urls import reverse

from careers.files.cells import Absence
from careers.occupations.figures.official import published_codes
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay
from careers.occupations.soc import education_level

AMOUNTS = ("median", "mean", "p10", "p25", "p75", "p90")


@dataclass(frozen=True)
class Linked:
    """A cell that leads somewhere."""

    text: str
    url: str


@dataclass(frozen=True)
class Table:
    heading: str
    columns: list[str]
    rows: list[list] = field(default_factory=list)

    @property
    def is_long(self):
        return len(self.rows) > 30


def tables_of(occupation):
    """The tables that have rows."""
    tables = [
        pay_table(occupation),
        outlook_table(occupation),
        task_table(occupation),
        technology_table(occupation),
        education_table(occupation),
        related_table(occupation),
        title_table(occupation),
    ]
    return [without_empty_columns(table) for table in tables if table.rows]


def without_empty_columns(table):
    filled = [any(row[index] != "" for row in table.rows) for index in range(len(table.columns))]
    rows = [list(compress(row, filled)) for row in table.rows]
    return Table(table.heading, list(compress(table.columns, filled)), rows)


def figures_of(occupation, model):
    """Its own, and those of the SOC occupation or combined code under which its figures are published."""
    if not occupation.is_onet:
        return model.objects.filter(occupation=occupation).select_related("occupation", "source")
    published = Occupation.objects.published_for(published_codes([occupation.soc_code]))
    return model.objects.filter(occupation__in=published).select_related("occupation", "source")


def pay_table(occupation):
    claims = figures_of(occupation, OfficialPay).order_by("-reference_year", "occupation__code", "period")
    columns = ["Code", "Measured", "Pay", "Median", "Mean", "10%", "25%", "75%", "90%", "People", "Source"]
    return Table("Pay", columns, [pay_row(claim) for claim in claims])


def pay_row(claim):
    return [
        claim.occupation.code,
        claim.reference_period or claim.reference_year,
        claim.period_spoken,
        *(amount_cell(claim, name) for name in AMOUNTS),
        number_cell(claim.employment),
        source_cell(claim.source),
    ]


def amount_cell(claim, name):
    """'$120,230', or why there is no figure; never 0 for a figure that is missing."""
    return claim.text_of(name) or absence_words(claim, name)


def absence_words(claim, name):
    why = claim.absences.get(name, Absence.NO_DATA)
    return Absence(why).label if why in Absence.values else Absence.NO_DATA.label


def number_cell(number):
    return Absence.NO_DATA.label if number is None else f"{number:,}"


def source_cell(source):
    """By its release alone: the table's heading says what it is about."""
    if source is None:
        return "unsourced"
    return Linked(source.release or source.title, reverse("admin:occupations_source_change", args=[source.pk]))


def outlook_table(occupation):
    claims = figures_of(occupation, OfficialOutlook).order_by("-base_year", "occupation__code")
    columns = ["Code", "Years", "Growth", "Openings a year", "Employment at the start", "Entry education", "Source"]
    return Table("Outlook", columns, [outlook_row(claim) for claim in claims])


def outlook_row(claim):
    growth = claim.growth_percent
    return [
        claim.occupation.code,
        claim.years,
        Absence.NO_DATA.label if growth is None else f"{growth}%",
        number_cell(claim.annual_openings),
        number_cell(claim.base_employment),
        claim.entry_education,
        source_cell(claim.source),
    ]


def parts(rows):
    """Rows of the current release before withdrawn ones, which are kept and shown here alone."""
    return sorted(rows.select_related("withdrawn_in"), key=lambda row: row.withdrawn_in_id is not None)


def standing(row):
    return f"withdrawn in {row.withdrawn_in}" if row.withdrawn_in_id else ""


def task_table(occupation):
    rows = [[task.text, task.get_kind_display(), task.task_id, standing(task)] for task in parts(occupation.tasks)]
    return Table("Tasks", ["Task", "Kind", "Number", "Standing"], rows)


def technology_table(occupation):
    rows = [
        [
            technology.name,
            technology.commodity_title,
            "hot" if technology.is_hot else "",
            "in demand" if technology.is_in_demand else "",
            standing(technology),
        ]
        for technology in parts(occupation.technologies)
    ]
    return Table("Technologies", ["Technology", "Class", "Hot", "In demand", "Standing"], rows)


def education_table(occupation):
    rows = [
        [
            education_level(share.category),
            Absence.NO_DATA.label if share.percent is None else f"{share.percent}%",
            number_cell(share.respondents),
            "O*NET advises against its use" if share.is_suppressed else "",
            standing(share),
        ]
        for share in parts(occupation.education)
    ]
    return Table("Education", ["Level", "Share", "Asked", "Caution", "Standing"], rows)


def related_table(occupation):
    rows = [
        [
            row.rank,
            Linked(str(row.to_occupation), reverse("admin:occupations_occupation_change", args=[row.to_occupation_id])),
            row.tier,
            standing(row),
        ]
        for row in parts(occupation.related.select_related("to_occupation"))
    ]
    return Table("Related occupations", ["Rank", "Occupation", "Nearness", "Standing"], rows)


def title_table(occupation):
    rows = [
        [title.title, title.get_kind_display(), "shown first" if title.is_shown_first else "", standing(title)]
        for title in parts(occupation.alternate_titles)
    ]
    return Table("Other titles", ["Title", "Kind", "Shown first", "Standing"], rows)
