"""Comparison of two to four roles: one row per statistic, place and unit; a reason where a role has no data.

Rows in which no role has data are left out. A figure that several roles share is shown once.

Official figures are those of the heaviest occupation that a role is linked to. Where it has none, the role's own figures
are used, except those measured for an occupation that it is not linked to.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from careers.core.money import Period, amount_text, per_year
from careers.files.cells import Absence
from careers.geo.countries import place_name
from careers.occupations.figures.age import figure_year
from careers.occupations.figures.format import (
    PERIODS_PER_YEAR_TEXT,
    absence_text,
    number_text,
    percentage,
    survey_month,
    time_text,
)
from careers.occupations.models import EducationShare, Occupation, Source
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.roles.figures.cautions import Caution, cautions_of
from careers.roles.figures.documentation import applicable_figures
from careers.roles.figures.official import LinkedOccupation, OfficialFigures, official_figures_of
from careers.roles.models import CareerStep, OutlookClaim, PayClaim, Role, RoleSkill, Skill

F = TypeVar("F", bound=PayFigures | OutlookFigures)

PAY_STATISTICS = {
    "Median pay": ("median",),
    "Mean pay": ("mean",),
    "Pay, 10th to 90th percentile": ("p10", "p90"),
    "Pay, stated range": ("low", "high"),
}
GROWTH, OPENINGS = "Expected growth", "Openings a year"
STATISTICS = [*PAY_STATISTICS, GROWTH, OPENINGS]
ENTRY = "Typical education needed, United States"
SHARE = "People in the job who say it requires a bachelor’s degree or higher"
ZONE = "Preparation (job zone)"
BACHELOR = 6  # O*NET's category of a bachelor's degree; higher categories require more


@dataclass(frozen=True)
class Measure:
    """A statistic of one scope: place and currency, or place and years. Only figures of one measure are comparable."""

    statistic: str
    scope: str

    def __str__(self) -> str:
        return f"{self.statistic}, {self.scope}"


@dataclass(frozen=True)
class Cell:
    """A figure with its population, time and source, or the reason why there is none (`is_known` is False)."""

    value: str
    is_known: bool = True
    is_words: bool = False
    population: str = ""
    time: str = ""
    note: str = ""
    source: Source | None = None
    marks: tuple[Caution, ...] = ()
    same_as: str = ""  # title of the role that shows the same figure

    @property
    def is_shareable(self) -> bool:
        """Whether an equal cell is the same figure: of one source and population, not two figures that happen to be equal."""
        return self.is_known and self.source is not None and bool(self.population)

    @property
    def time_or_release(self) -> str:
        return self.time or (self.source.release if self.source else "")


NO_DATA = Cell(Absence.NO_DATA.label, is_known=False)


@dataclass(frozen=True)
class ComparisonRow:
    label: str
    cells: list[Cell]

    @property
    def is_known(self) -> bool:
        return any(cell.is_known for cell in self.cells)

    @property
    def shared(self) -> Cell | None:
        """The figure that is the same for all roles."""
        first = self.cells[0]
        return first if first.is_shareable and all(cell == first for cell in self.cells) else None

    def without_repetition(self, roles: list[Role]) -> "ComparisonRow":
        """The second and later cells with one figure name the role that shows it."""
        if self.shared:
            return self
        first_at = [self.cells.index(cell) for cell in self.cells]
        return ComparisonRow(
            self.label,
            [
                replace(cell, same_as=roles[first].title) if cell.is_shareable and first < index else cell
                for index, (cell, first) in enumerate(zip(self.cells, first_at, strict=True))
            ],
        )


@dataclass(frozen=True)
class SharedOccupation:
    """Roles whose official figures are those of one occupation."""

    roles: list[Role]
    name: str  # as the figures are published: 'Data Scientists (15-2051)'


@dataclass(frozen=True)
class Overlap:
    """Names that all roles have, and those each has in addition."""

    subject: str
    shared: list[str]
    additional: list[list[str]]

    @property
    def has_additional(self) -> bool:
        return any(self.additional)

    @property
    def shared_label(self) -> str:
        return f"{self.subject} in all of these roles"

    @property
    def additional_label(self) -> str:
        return f"{self.subject} only in this role" if len(self.additional) == 2 else f"Other {self.subject.lower()}"

    @property
    def is_known(self) -> bool:
        return bool(self.shared) or self.has_additional


@dataclass(frozen=True)
class Comparison:
    roles: list[Role]
    official: list[OfficialFigures]
    rows: list[ComparisonRow]
    overlaps: list[Overlap]
    steps: list[list[CareerStep]]

    @property
    def has_summary(self) -> bool:
        return any(role.summary for role in self.roles)

    @property
    def has_occupation(self) -> bool:
        return any(figures.occupations for figures in self.official)

    @property
    def has_steps(self) -> bool:
        return any(self.steps)

    @property
    def shared_occupations(self) -> list[SharedOccupation]:
        by_name: dict[str, list[Role]] = {}
        for role, figures in zip(self.roles, self.official, strict=True):
            figure = figures.first and (figures.first.pay or figures.first.outlook)
            if figure:
                by_name.setdefault(figure.measured_population, []).append(role)
        return [SharedOccupation(roles, name) for name, roles in by_name.items() if len(roles) > 1]

    @property
    def sources(self) -> list[Source]:
        """The sources of all figures, each once."""
        return list(dict.fromkeys(cell.source for row in self.rows for cell in row.cells if cell.source))


def roles_by_slug(roles: QuerySet, slugs: Sequence[str]) -> list[Role]:
    """Those of the queryset with these slugs, in their order."""
    by_slug = {role.slug: role for role in roles.filter(slug__in=slugs)}
    return [by_slug[slug] for slug in slugs if slug in by_slug]


def compare_roles(roles: list[Role]) -> Comparison:
    prefetch_related_objects(
        roles,
        "alternate_titles",
        Prefetch("pay_claims", PayClaim.objects.select_related("source", "measured_for")),
        Prefetch("outlook_claims", OutlookClaim.objects.select_related("source", "measured_for")),
        Prefetch("role_skills", RoleSkill.objects.select_related("skill")),
        Prefetch("career_steps", CareerStep.objects.filter(kind=CareerStep.Kind.AFTER).select_related("to_role")),
    )
    official_by_role = official_figures_of(roles)
    official = [official_by_role[role.pk] for role in roles]
    pairs = list(zip(roles, official, strict=True))
    rows = [
        *comparison_rows([pay_cells(*pair) for pair in pairs]),
        *comparison_rows([outlook_cells(*pair) for pair in pairs]),
        *preparation_rows([figures.first for figures in official]),
    ]
    return Comparison(
        roles,
        official,
        rows=[row.without_repetition(roles) for row in rows if row.is_known],
        overlaps=[
            skill_overlap("Skills", roles, [kind for kind in Skill.Kind if kind not in Skill.TOOL_KINDS]),
            skill_overlap("Tools", roles, Skill.TOOL_KINDS),
        ],
        steps=[list(role.career_steps.all()) for role in roles],
    )


def comparison_rows(cells_by_role: list[dict[Measure, Cell]]) -> list[ComparisonRow]:
    """A row for each measure that two roles have, and for all measures of the most frequent scope."""
    measures = dict.fromkeys(measure for cells in cells_by_role for measure in cells)
    known = [measure for cells in cells_by_role for measure, cell in cells.items() if cell.is_known]
    scopes = Counter(measure.scope for measure in known or measures).most_common(1)
    main_scope = scopes[0][0] if scopes else ""
    shown = [measure for measure in measures if measure.scope == main_scope or known.count(measure) > 1]
    shown.sort(key=lambda measure: (measure.scope != main_scope, STATISTICS.index(measure.statistic)))
    return [ComparisonRow(str(measure), [cells.get(measure, NO_DATA) for cells in cells_by_role]) for measure in shown]


def add_cell(cells: dict[Measure, Cell], measure: Measure, cell: Cell | None) -> None:
    """Keeps the first cell of each measure, but replaces one without data by one with data."""
    if cell and (measure not in cells or (cell.is_known and not cells[measure].is_known)):
        cells[measure] = cell


def ranked_figures(first: F | None, own: Iterable[F], role: Role, official: OfficialFigures) -> list[F]:
    """The official figure, then the role's own applicable ones: sourced, pay per year and newer ones first."""
    ranked = sorted(
        applicable_figures(own, role, official),
        key=lambda figure: (
            figure.source_id is None,
            getattr(figure, "period", Period.YEAR) != Period.YEAR,
            -(figure_year(figure) or 0),
        ),
    )
    return [first, *ranked] if first else ranked


# -- Pay and outlook -----------------------------------------------------------------------------------------------------


def pay_cells(role: Role, official: OfficialFigures) -> dict[Measure, Cell]:
    cells: dict[Measure, Cell] = {}
    official_pay = official.first.pay if official.first else None
    figures: list[PayFigures] = ranked_figures(official_pay, role.pay_claims.all(), role, official)
    for figure in figures:
        scope = f"{place_name(figure.country) or 'no place given'}, {figure.currency} a year"
        for statistic, names in PAY_STATISTICS.items():
            add_cell(cells, Measure(statistic, scope), pay_cell(figure, names))
    return cells


def pay_cell(figure: PayFigures, names: tuple[str, ...]) -> Cell | None:
    """The amounts of these fields per year; None if the figure has neither amounts nor a reason why they are missing."""
    if any(figure.amount(name) is None for name in names):
        reasons = [reason for name in names if (reason := absence_text(figure, name))]
        return Cell(reasons[0], is_known=False, **origin(figure)) if reasons else None
    if figure.is_official and figure.period == Period.HOUR:
        stated = " to ".join(figure.text_of(name) for name in names)
        return Cell("hourly only", note=f"{stated} {figure.period_spoken}", **origin(figure))
    period = Period(figure.period)
    note = "" if period == Period.YEAR else f"stated {period.label}, taken as {PERIODS_PER_YEAR_TEXT[period]}"
    return Cell(" to ".join(yearly_text(figure, name) for name in names), note=note, **origin(figure))


def yearly_text(figure: PayFigures, name: str) -> str:
    text = amount_text(per_year(figure.amount(name), figure.period), figure.currency)
    return f"at least {text}" if figure.is_top_coded(name) else text


def outlook_cells(role: Role, official: OfficialFigures) -> dict[Measure, Cell]:
    cells: dict[Measure, Cell] = {}
    official_outlook = official.first.outlook if official.first else None
    figures: list[OutlookFigures] = ranked_figures(official_outlook, role.outlook_claims.all(), role, official)
    for figure in figures:
        scope = f"{figure.place_name or 'no place given'}, {figure.years or 'no years given'}"
        for statistic, name, text in (
            (GROWTH, "growth_percent", percentage(figure.growth_percent, "+")),
            (OPENINGS, "annual_openings", number_text(figure.annual_openings)),
        ):
            value = text or absence_text(figure, name)
            add_cell(cells, Measure(statistic, scope), Cell(value, bool(text), **origin(figure)) if value else None)
    return cells


def origin(figure: PayFigures | OutlookFigures) -> dict[str, Any]:
    """The fields of a Cell about population, time and source. The scope of a projection already has its years."""
    return {
        "population": figure.measured_population,
        "time": time_text(figure) if isinstance(figure, PayFigures) else "",
        "source": figure.source,
        "marks": tuple(caution for caution in cautions_of(figure) if caution.is_mark),
    }


# -- Education and preparation -------------------------------------------------------------------------------------------


def preparation_rows(linked: list[LinkedOccupation | None]) -> list[ComparisonRow]:
    """`linked` is the heaviest occupation of each role, or None."""
    detailed = Occupation.objects.select_related("job_zone__release__source").prefetch_related(
        Prefetch("education", EducationShare.objects.current().select_related("release__source"))
    )
    by_pk = detailed.in_bulk([one.occupation.pk for one in linked if one])
    occupations = [by_pk[one.occupation.pk] if one else None for one in linked]
    return [
        ComparisonRow(ENTRY, [entry_education(one) for one in linked]),
        ComparisonRow(SHARE, [bachelor_share(occupation) for occupation in occupations]),
        ComparisonRow(ZONE, [preparation(occupation) for occupation in occupations]),
    ]


def entry_education(linked: LinkedOccupation | None) -> Cell:
    outlook = linked.outlook if linked else None
    if not (outlook and outlook.entry_education):
        return NO_DATA
    return Cell(outlook.entry_education, is_words=True, population=str(outlook.occupation), source=outlook.source)


def bachelor_share(occupation: Occupation | None) -> Cell:
    """The sum of the shares of a bachelor's degree and higher; not shown if O*NET advises against using one of them."""
    shares = [share for share in occupation.education.all() if share.category >= BACHELOR] if occupation else []
    if any(share.is_suppressed for share in shares):
        source = shares[0].release.source
        return Cell(Absence.SUPPRESSED.label, is_known=False, population=str(occupation), source=source)
    percents = [share.percent for share in shares if share.percent is not None]
    if not percents:
        return NO_DATA
    return Cell(
        percentage(round(sum(percents, Decimal()), 1)),
        population=str(occupation),
        time=f"survey of {survey_month(shares[0].measured)}" if shares[0].measured else "",
        source=shares[0].release.source,
    )


def preparation(occupation: Occupation | None) -> Cell:
    zone = occupation.job_zone if occupation else None
    return Cell(zone.name, is_words=True, population=str(occupation), source=zone.release.source) if zone else NO_DATA


# -- Skills and tools ----------------------------------------------------------------------------------------------------


def skill_overlap(subject: str, roles: list[Role], kinds: Iterable[str]) -> Overlap:
    names_by_role = [
        [entry.skill.name for entry in role.role_skills.all() if entry.skill.kind in kinds] for role in roles
    ]
    counts = Counter(name for names in names_by_role for name in names)
    shared = [name for name in counts if counts[name] == len(roles)]
    return Overlap(
        subject,
        shared,
        additional=[[name for name in names if name not in shared] for names in names_by_role],
    )
