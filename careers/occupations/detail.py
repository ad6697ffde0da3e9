"""The contents of an occupation's page: each block with its rows and the release they come from."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from . import soc
from .figures.charts import Axis, Span
from .figures.format import percentage, survey_month
from .figures.key_figures import KeyFigure, key_figures
from .figures.published import (
    Population,
    PublishedOutlook,
    PublishedPay,
    official_figures,
    population_of,
    published_pay,
)
from .imported_rows import named_tuples, newest_release, visible_rows
from .models import Occupation, OccupationTask, OccupationTitle, OfficialOutlook, OfficialPay, Release
from .skills import TypicalSkills, typical_skills

TASKS_SHOWN = 10
TITLES_SHOWN = 10
TASK_HEADINGS = {
    OccupationTask.Kind.CORE: "Core",
    OccupationTask.Kind.SUPPLEMENTAL: "Supplemental",
    OccupationTask.Kind.UNRATED: "Not yet rated by people in the job",
}
TIER_HEADINGS = {
    "Primary-Short": "Closest",
    "Primary-Long": "Close",
    "Supplemental": "Related",
}


@dataclass(frozen=True)
class TaskGroup:
    heading: str
    first: list
    rest: list


@dataclass(frozen=True)
class Tasks:
    release: Release
    count: int
    groups: list[TaskGroup]


@dataclass(frozen=True)
class Technologies:
    release: Release
    rows: list

    @property
    def count(self) -> int:
        return len({row.name for row in self.rows})

    @property
    def in_demand(self) -> list[str]:
        return unique_names(row for row in self.rows if row.is_in_demand)

    @property
    def hot(self) -> list[str]:
        """Often asked for in postings of any occupation, but not in those of this one."""
        in_demand = set(self.in_demand)
        return [name for name in unique_names(row for row in self.rows if row.is_hot) if name not in in_demand]

    @property
    def classes(self) -> list[tuple[str, list]]:
        """[(class, [technologies])]"""
        ranked = sorted(self.rows, key=lambda row: (row.commodity_title, row.name.casefold()))
        return [(title, list(rows)) for title, rows in groupby(ranked, key=lambda row: row.commodity_title)]


@dataclass(frozen=True)
class OtherTitle:
    title: str
    is_reported: bool
    is_shown_first: bool


@dataclass(frozen=True)
class Titles:
    release: Release
    rows: list[OtherTitle]

    @property
    def reported_first(self) -> list[str]:
        return [row.title for row in self.rows if row.is_shown_first][:TITLES_SHOWN]


@dataclass(frozen=True)
class Related:
    release: Release
    tiers: list[tuple[str, list[Occupation]]]


@dataclass(frozen=True)
class EducationLevel:
    label: str
    percent: str
    bar: Span


@dataclass(frozen=True)
class Education:
    release: Release
    respondents: int | None
    measured: str
    levels: list[EducationLevel]
    suppressed: int


@dataclass(frozen=True)
class OccupationPage:
    occupation: Occupation
    tasks: Tasks | None
    technologies: Technologies | None
    titles: Titles | None
    related: Related | None
    education: Education | None
    skills: TypicalSkills | None
    zone_release: Release | None
    population: Population | None
    pay: PublishedPay | None
    outlook: PublishedOutlook | None
    key_figures: list[KeyFigure]
    attributions: list[str]

    @property
    def is_listed(self) -> bool:
        return self.occupation.is_onet and self.occupation.withdrawn_in_id is None

    @property
    def group(self) -> tuple[str, str] | None:
        """(two digits, name) of the major group; None for the total of all occupations."""
        digits = self.occupation.code[:2]
        return (digits, soc.major_groups()[digits]) if digits in soc.major_groups() else None

    @property
    def combined(self) -> soc.CombinedCode | None:
        """The combined code that the page is about; None for the page of a single occupation."""
        return None if self.occupation.is_onet else soc.combined_codes().get(self.occupation.code)

    @property
    def has_content(self) -> bool:
        """Whether O*NET has more about the occupation than titles and a description."""
        return any((self.tasks, self.technologies, self.related))


def occupation_by_code(code: str) -> Occupation | None:
    """None for an unknown code. Some codes are used on two levels: the more detailed one is returned."""
    known = Occupation.objects.filter(code=code).select_related("release__source", "withdrawn_in", "job_zone")
    levels = Occupation.Level.values
    return min(known, key=lambda occupation: levels.index(occupation.level), default=None)


def occupation_page(occupation: Occupation) -> OccupationPage:
    releases = Release.objects.select_related("source").in_bulk()
    pay, outlook = official_figures(occupation)
    blocks: dict[str, Any] = {
        "tasks": tasks_of(occupation, releases),
        "technologies": technologies_of(occupation, releases),
        "titles": titles_of(occupation, releases),
        "related": related_of(occupation, releases),
        "education": education_of(occupation, releases),
        "skills": typical_skills(occupation, releases),
    }
    used = {releases[occupation.release_id], *(block.release for block in blocks.values() if block)}
    newest: list[OfficialPay | OfficialOutlook] = [*pay[:1], *outlook[:1]]
    used |= {releases[figure.release_id] for figure in newest}
    return OccupationPage(
        occupation=occupation,
        **blocks,
        zone_release=releases[occupation.job_zone.release_id] if occupation.job_zone else None,
        population=population_of(occupation, next(iter(newest), None)),
        pay=published_pay(occupation, pay),
        outlook=PublishedOutlook(outlook[0]) if outlook else None,
        key_figures=key_figures(pay, outlook),
        attributions=[release.source.attribution for release in sorted(used, key=str) if release.source.attribution],
    )


# -- Blocks from O*NET


def tasks_of(occupation: Occupation, releases: dict[int, Release]) -> Tasks | None:
    tasks = named_tuples(visible_rows(occupation.tasks, occupation).order_by("pk"), "text", "kind")
    if not tasks:
        return None
    groups = []
    for kind in TASK_HEADINGS:
        rows = [task for task in tasks if task.kind == kind]
        shown = 0 if groups else TASKS_SHOWN
        if rows:
            groups.append(TaskGroup(TASK_HEADINGS[kind], rows[:shown], rows[shown:]))
    return Tasks(newest_release(tasks, releases), len(tasks), groups)


def technologies_of(occupation: Occupation, releases: dict[int, Release]) -> Technologies | None:
    columns = ("name", "commodity_title", "is_hot", "is_in_demand")
    rows = named_tuples(visible_rows(occupation.technologies, occupation), *columns)
    return Technologies(newest_release(rows, releases), rows) if rows else None


def unique_names(rows: Iterable) -> list[str]:
    """Each name once: a technology may be listed in several classes."""
    return sorted({row.name for row in rows}, key=str.casefold)


def titles_of(occupation: Occupation, releases: dict[int, Release]) -> Titles | None:
    columns = ("title", "title_key", "kind", "is_shown_first")
    rows = named_tuples(visible_rows(occupation.alternate_titles, occupation), *columns)
    if not rows:
        return None
    by_key = {}
    for row in rows:
        by_key.setdefault(row.title_key, []).append(row)
    titles = [
        OtherTitle(
            same[0].title,
            any(row.kind == OccupationTitle.Kind.REPORTED for row in same),
            any(row.is_shown_first for row in same),
        )
        for _, same in sorted(by_key.items())
    ]
    return Titles(newest_release(rows, releases), titles)


def related_of(occupation: Occupation, releases: dict[int, Release]) -> Related | None:
    rows = visible_rows(occupation.related, occupation).filter(to_occupation__withdrawn_in__isnull=True)
    rows = list(
        rows.select_related("to_occupation").only(
            "occupation", "tier", "rank", "release", "to_occupation__code", "to_occupation__title"
        )
    )
    if not rows:
        return None
    tiers: dict[str, list[Occupation]] = {}
    for row in rows:
        tiers.setdefault(TIER_HEADINGS.get(row.tier, row.tier), []).append(row.to_occupation)
    return Related(newest_release(rows, releases), list(tiers.items()))


def education_of(occupation: Occupation, releases: dict[int, Release]) -> Education | None:
    """Levels that O*NET advises against using are counted, not shown."""
    known = list(visible_rows(occupation.education, occupation))
    if not known:
        return None
    rows = [row for row in known if not row.is_suppressed and row.percent is not None]
    axis = Axis.covering(row.percent for row in rows)
    levels = [
        EducationLevel(soc.education_level(row.category), percentage(row.percent), axis.span(Decimal(0), row.percent))
        for row in rows
    ]
    suppressed, first = sum(row.is_suppressed for row in known), known[0]
    return Education(
        newest_release(known, releases), first.respondents, survey_month(first.measured), levels, suppressed
    )
