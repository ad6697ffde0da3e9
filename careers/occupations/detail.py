"""What stands on the page of an occupation: each block with its rows and the release they come from."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Q

from . import soc
from .figures.charts import Axis, Span
from .figures.format import percentage
from .figures.key_figures import KeyFigure, key_figures
from .figures.published import Outlook, Pay, Population, official_claims, pay_of, population_of
from .models import Occupation, OccupationTask, OccupationTitle, Release

TASKS_AT_ONCE = 10
TITLES_AT_ONCE = 10
TASK_HEADINGS = {
    OccupationTask.Kind.CORE: "Core",
    OccupationTask.Kind.SUPPLEMENTAL: "Supplemental",
    OccupationTask.Kind.UNRATED: "Not yet rated by people in the job",
}
TIERS = {
    "Primary-Short": "Most alike",
    "Primary-Long": "Much alike",
    "Supplemental": "Also alike",
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
    def count(self):
        return len({row.name for row in self.rows})

    @property
    def in_demand(self):
        return names(row for row in self.rows if row.is_in_demand)

    @property
    def hot(self):
        """Often asked for anywhere, in this occupation less so."""
        demanded = set(self.in_demand)
        return [name for name in names(row for row in self.rows if row.is_hot) if name not in demanded]

    @property
    def classes(self):
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
    def reported_first(self):
        return [row.title for row in self.rows if row.is_shown_first][:TITLES_AT_ONCE]


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
    guides: list  # the links of published guides to it: careers.roles.models.OccupationLink
    tasks: Tasks | None
    technologies: Technologies | None
    titles: Titles | None
    related: Related | None
    education: Education | None
    zone_release: Release | None
    population: Population | None
    pay: Pay | None
    outlook: Outlook | None
    key_figures: list[KeyFigure]
    attributions: list[str]

    @property
    def is_listed(self):
        return self.occupation.is_onet and self.occupation.withdrawn_in_id is None

    @property
    def group(self):
        """(two digits, name) of the major group; None for all occupations together."""
        digits = self.occupation.code[:2]
        return (digits, soc.major_groups()[digits]) if digits in soc.major_groups() else None

    @property
    def combined(self):
        """What is known of a code that stands for several occupations together; None for an ordinary one."""
        return None if self.occupation.is_onet else soc.combined_codes().get(self.occupation.code)

    @property
    def has_content(self):
        """Whether O*NET says more about the occupation than its title and description."""
        return any((self.tasks, self.technologies, self.related))


def page_of_code(code):
    """None for a code nobody lists. Of codes that stand for two levels, the more detailed is meant."""
    known = Occupation.objects.filter(code=code).select_related("release__source", "withdrawn_in", "job_zone")
    levels = list(Occupation.Level)
    occupation = min(known, key=lambda found: levels.index(found.level), default=None)
    return occupation and occupation_page(occupation)


def occupation_page(occupation):
    releases = Release.objects.select_related("source").in_bulk()
    pay_claims, outlook_claims = official_claims(occupation)
    blocks = {
        "tasks": tasks_of(occupation, releases),
        "technologies": technologies_of(occupation, releases),
        "titles": titles_of(occupation, releases),
        "related": related_of(occupation, releases),
        "education": education_of(occupation, releases),
    }
    used = {releases[occupation.release_id], *(block.release for block in blocks.values() if block)}
    used |= {releases[claim.release_id] for claim in (*pay_claims[:1], *outlook_claims[:1]) if claim.release_id}
    return OccupationPage(
        occupation=occupation,
        guides=list(occupation.role_links.of_published_guides()),
        **blocks,
        zone_release=occupation.job_zone and releases[occupation.job_zone.release_id],
        population=population_of(occupation, next(iter([*pay_claims, *outlook_claims]), None)),
        pay=pay_of(occupation, pay_claims),
        outlook=Outlook(outlook_claims[0]) if outlook_claims else None,
        key_figures=key_figures(pay_claims, outlook_claims),
        attributions=[release.source.attribution for release in sorted(used, key=str) if release.source.attribution],
    )


# -- What O*NET says of the occupation


def standing(rows, occupation):
    """Rows of the current release; of a withdrawn occupation those that were withdrawn with it."""
    if occupation.withdrawn_in_id is None:
        return rows.current()
    return rows.filter(Q(withdrawn_in__isnull=True) | Q(withdrawn_in=occupation.withdrawn_in_id))


def of_columns(rows, *columns):
    """Rows with these columns and the release alone: an occupation has hundreds of them, none of which is changed."""
    return list(rows.values_list(*columns, "release_id", named=True))


def newest_release(rows, releases):
    return max((releases[pk] for pk in {row.release_id for row in rows}), key=lambda release: release.order)


def tasks_of(occupation, releases):
    tasks = of_columns(standing(occupation.tasks, occupation).order_by("pk"), "text", "kind")
    if not tasks:
        return None
    groups = []
    for kind in TASK_HEADINGS:
        rows = [task for task in tasks if task.kind == kind]
        at_once = 0 if groups else TASKS_AT_ONCE
        if rows:
            groups.append(TaskGroup(TASK_HEADINGS[kind], rows[:at_once], rows[at_once:]))
    return Tasks(newest_release(tasks, releases), len(tasks), groups)


def technologies_of(occupation, releases):
    columns = ("name", "commodity_title", "is_hot", "is_in_demand")
    rows = of_columns(standing(occupation.technologies, occupation), *columns)
    return Technologies(newest_release(rows, releases), rows) if rows else None


def names(rows):
    """Each name once: a program may stand in several classes."""
    return sorted({row.name for row in rows}, key=str.casefold)


def titles_of(occupation, releases):
    rows = of_columns(standing(occupation.alternate_titles, occupation), "title", "title_key", "kind", "is_shown_first")
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


def related_of(occupation, releases):
    rows = standing(occupation.related, occupation).filter(to_occupation__withdrawn_in__isnull=True)
    rows = list(
        rows.select_related("to_occupation").only(
            "occupation", "tier", "rank", "release", "to_occupation__code", "to_occupation__title"
        )
    )
    if not rows:
        return None
    tiers = {}
    for row in rows:
        tiers.setdefault(TIERS.get(row.tier, row.tier), []).append(row.to_occupation)
    return Related(newest_release(rows, releases), list(tiers.items()))


def education_of(occupation, releases):
    """What O*NET advises against using is left out, and counted."""
    known = list(standing(occupation.education, occupation))
    if not known:
        return None
    rows = [row for row in known if not row.is_suppressed and row.percent is not None]
    axis = Axis.over([row.percent for row in rows])
    levels = [
        EducationLevel(soc.education_level(row.category), percentage(row.percent), axis.span(0, row.percent))
        for row in rows
    ]
    suppressed, first = sum(row.is_suppressed for row in known), known[0]
    return Education(newest_release(known, releases), first.respondents, first.measured, levels, suppressed)
