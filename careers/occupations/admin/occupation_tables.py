"""All imported data about one occupation as tables, each made with one query."""

from dataclasses import dataclass, field
from itertools import compress

from django.urls import reverse

from careers.files.cells import Absence
from careers.occupations.figures.format import percentage, statistic_text
from careers.occupations.figures.official import published_codes
from careers.occupations.models import Occupation, OfficialOutlook, OfficialPay
from careers.occupations.soc import education_level

AMOUNTS = ("median", "mean", "p10", "p25", "p75", "p90")


@dataclass(frozen=True)
class LinkCell:
    """A cell with a link."""

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


def tables_of(occupation: Occupation) -> list[Table]:
    """The tables that have rows, without empty columns."""
    tables = [
        pay_table(occupation),
        outlook_table(occupation),
        task_table(occupation),
        technology_table(occupation),
        education_table(occupation),
        skill_table(occupation),
        related_table(occupation),
        title_table(occupation),
    ]
    return [without_empty_columns(table) for table in tables if table.rows]


def without_empty_columns(table):
    filled = [any(row[index] != "" for row in table.rows) for index in range(len(table.columns))]
    rows = [list(compress(row, filled)) for row in table.rows]
    return Table(table.heading, list(compress(table.columns, filled)), rows)


def figures_of(occupation, model):
    """An O*NET occupation has those of the SOC occupation, and of the combined code, in which it is published."""
    if not occupation.is_onet:
        return model.objects.filter(occupation=occupation).select_related("occupation", "source")
    published = Occupation.objects.published_for(published_codes([occupation.soc_code]))
    return model.objects.filter(occupation__in=published).select_related("occupation", "source")


def pay_table(occupation):
    figures = figures_of(occupation, OfficialPay).order_by("-reference_year", "occupation__code", "period")
    columns = ["Code", "Measured", "Pay", "Median", "Mean", "10%", "25%", "75%", "90%", "People", "Source"]
    return Table("Pay", columns, [pay_row(figure) for figure in figures])


def pay_row(figure):
    return [
        figure.occupation.code,
        figure.reference_period or figure.reference_year,
        figure.period_spoken,
        *(amount_cell(figure, name) for name in AMOUNTS),
        number_cell(figure.employment),
        source_cell(figure.source),
    ]


def amount_cell(figure, name):
    """'$120,230', or the reason why there is no amount."""
    return statistic_text(figure, name) or Absence.NO_DATA.label


def number_cell(number):
    return Absence.NO_DATA.label if number is None else f"{number:,}"


def source_cell(source):
    """Named by its release only, since the heading of the table says which data set it is."""
    return LinkCell(source.release or source.title, reverse("admin:occupations_source_change", args=[source.pk]))


def outlook_table(occupation):
    figures = figures_of(occupation, OfficialOutlook).order_by("-base_year", "occupation__code")
    columns = ["Code", "Years", "Growth", "Openings a year", "Employment at the start", "Entry education", "Source"]
    return Table("Outlook", columns, [outlook_row(figure) for figure in figures])


def outlook_row(figure):
    growth = figure.growth_percent
    return [
        figure.occupation.code,
        figure.years,
        Absence.NO_DATA.label if growth is None else percentage(growth, "+"),
        number_cell(figure.annual_openings),
        number_cell(figure.base_employment),
        figure.entry_education,
        source_cell(figure.source),
    ]


def current_first(rows):
    """Rows of the current release, then withdrawn ones, which readers do not see."""
    return sorted(rows.select_related("withdrawn_in"), key=lambda row: row.withdrawn_in_id is not None)


def withdrawal_text(row):
    return f"withdrawn in {row.withdrawn_in}" if row.withdrawn_in_id else ""


def task_table(occupation):
    rows = [
        [task.text, task.get_kind_display(), task.task_id, withdrawal_text(task)]
        for task in current_first(occupation.tasks)
    ]
    return Table("Tasks", ["Task", "Kind", "Number", "Standing"], rows)


def technology_table(occupation):
    rows = [
        [
            technology.name,
            technology.commodity_title,
            "hot" if technology.is_hot else "",
            "in demand" if technology.is_in_demand else "",
            withdrawal_text(technology),
        ]
        for technology in current_first(occupation.technologies)
    ]
    return Table("Technologies", ["Technology", "Class", "Hot", "In demand", "Standing"], rows)


def education_table(occupation):
    rows = [
        [
            education_level(share.category),
            Absence.NO_DATA.label if share.percent is None else f"{share.percent}%",
            number_cell(share.respondents),
            "O*NET advises against using it" if share.is_suppressed else "",
            withdrawal_text(share),
        ]
        for share in current_first(occupation.education)
    ]
    return Table("Education", ["Level", "Share", "Asked", "Caution", "Standing"], rows)


def skill_table(occupation):
    rows = [
        [
            row.name,
            row.get_scale_display(),
            number_or_no_data(row.rating),
            number_or_no_data(row.standard_error),
            number_or_no_data(row.lower_bound),
            number_or_no_data(row.upper_bound),
            number_cell(row.respondents),
            skill_caution(row),
            withdrawal_text(row),
        ]
        for row in current_first(occupation.skill_ratings)
    ]
    columns = ["Skill", "Scale", "Rating", "Standard error", "95% from", "to", "Asked", "Caution", "Standing"]
    return Table("Skills", columns, rows)


def number_or_no_data(number):
    return Absence.NO_DATA.label if number is None else f"{number.normalize():f}"


def skill_caution(row):
    if row.is_suppressed:
        return "O*NET advises against using it"
    return "not relevant" if row.is_irrelevant else ""


def related_table(occupation):
    rows = [
        [
            row.rank,
            LinkCell(
                str(row.to_occupation), reverse("admin:occupations_occupation_change", args=[row.to_occupation_id])
            ),
            row.tier,
            withdrawal_text(row),
        ]
        for row in current_first(occupation.related.select_related("to_occupation"))
    ]
    return Table("Related occupations", ["Rank", "Occupation", "Nearness", "Standing"], rows)


def title_table(occupation):
    rows = [
        [title.title, title.get_kind_display(), "shown first" if title.is_shown_first else "", withdrawal_text(title)]
        for title in current_first(occupation.alternate_titles)
    ]
    return Table("Other titles", ["Title", "Kind", "Shown first", "Standing"], rows)
