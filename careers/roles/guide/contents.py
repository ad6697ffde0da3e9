"""The contents of a guide's page in reading order. Prose, points and figures of one subject are under one heading."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from careers.occupations.figures.key_figures import KeyFigure, key_figures
from careers.occupations.figures.pay_history import PayHistory
from careers.occupations.models import Source
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.roles.figures.documentation import Documentation, applicable_figures
from careers.roles.figures.occupation_rows import OccupationRow, occupation_rows
from careers.roles.figures.official import OfficialFigures
from careers.roles.figures.outlook_table import OutlookGroup, outlook_table
from careers.roles.figures.pay_table import CurrencyGroup, pay_table, shared_notes
from careers.roles.models import Article, CareerStep, Item, OutlookClaim, PayClaim, Role, RoleSkill, Section, Skill

POINT_HEADINGS: dict[str, dict[Item.Kind, str]] = {
    Section.Kind.WORK: {Item.Kind.RESPONSIBILITY: "Responsibilities", Item.Kind.TASK: "Typical tasks"},
    Section.Kind.DAY: {Item.Kind.DAY_ACTIVITY: "What fills the day"},
    Section.Kind.REQUIREMENTS: {Item.Kind.QUALIFICATION: "Qualifications"},
    Section.Kind.CHALLENGES: {Item.Kind.CHALLENGE: "What makes it hard", Item.Kind.RESPONSE: "What helps"},
    Section.Kind.KPIS: {Item.Kind.KPI: "Measures"},
    Section.Kind.INTERVIEW: {Item.Kind.INTERVIEW_QUESTION: "Questions to prepare"},
    Section.Kind.TIPS: {Item.Kind.TIP: "First steps"},
}
FIGURE_HEADINGS = {Section.Kind.PAY: "Pay"}  # heading of a section that begins with figures; its prose is below them
SKILL_KIND_HEADINGS: dict[str, str] = {
    Skill.Kind.LANGUAGE: "Programming languages",
    Skill.Kind.FRAMEWORK: "Frameworks and libraries",
    Skill.Kind.TOOL: "Tools",
    Skill.Kind.PLATFORM: "Platforms",
    Skill.Kind.METHOD: "Methods",
}
PUBLIC_KINDS = [kind for kind in Section.Kind if kind != Section.Kind.UNPLACED]
FIGURE_RELATIONS = ("source", "quoted_in", "measured_for")
UNUSED_COLUMNS = ("source__attribution", "source__licence", "quoted_in__attribution", "measured_for__description")
PREFETCHES = (
    "alternate_titles",
    "sections",
    Prefetch("items", Item.objects.select_related("source")),
    Prefetch("role_skills", RoleSkill.objects.select_related("skill")),
    "industries",
    Prefetch("career_steps", CareerStep.objects.select_related("to_role")),
    Prefetch("articles", Article.objects.written()),
    Prefetch("pay_claims", PayClaim.objects.select_related(*FIGURE_RELATIONS).defer(*UNUSED_COLUMNS)),
    Prefetch("outlook_claims", OutlookClaim.objects.select_related(*FIGURE_RELATIONS).defer(*UNUSED_COLUMNS)),
)
STEP_HEADINGS = {
    CareerStep.Kind.BEFORE: "Common starting points",
    CareerStep.Kind.BESIDE: "Similar roles",
    CareerStep.Kind.AFTER: "Next steps",
}
NECESSITY_ORDER = RoleSkill.Necessity.values


@dataclass(frozen=True)
class Points:
    """The list of items of one kind."""

    kind: str
    heading: str
    items: list[Item]

    @property
    def shared_source(self) -> Source | None:
        """The source of all items, named once below them; None if they differ."""
        sources = {item.source for item in self.items}
        return sources.pop() if len(sources) == 1 else None

    @property
    def is_numbered(self) -> bool:
        return self.kind in (Item.Kind.KPI, Item.Kind.INTERVIEW_QUESTION, Item.Kind.TIP)


@dataclass(frozen=True)
class GuideSection:
    """A heading of the page, with its prose and points."""

    kind: str
    heading: str
    body: str
    points: list[Points]
    body_heading: str = ""  # of prose below figures


@dataclass(frozen=True)
class GuideContents:
    sections: list[GuideSection]
    key_figures: list[KeyFigure]
    documentation: Documentation
    official: OfficialFigures
    occupations: list[OccupationRow]
    history: PayHistory | None
    pay: list[CurrencyGroup]
    pay_notes: list[str]
    outlook: list[OutlookGroup]
    skills: list[tuple[str, list[RoleSkill]]]
    tools: list[tuple[str, list[RoleSkill]]]
    steps: list[tuple[str, list[CareerStep]]]
    articles: list[Article]

    @property
    def charted_pay(self) -> list[CurrencyGroup]:
        return [group for group in self.pay if group.chart]

    @property
    def uncharted_pay(self) -> list[CurrencyGroup]:
        """Currencies with too few figures for a chart."""
        return [group for group in self.pay if not group.chart]

    @property
    def history_name(self) -> str:
        first: Any = self.official.first_shown  # with pay, as there is a history
        return str(first.pay.occupation)

    @property
    def has_advertised_pay(self) -> bool:
        return any(place.advertised for group in self.pay for place in group.groups)

    @property
    def has_open_ends(self) -> bool:
        return any(group.chart.has_open_ends for group in self.pay if group.chart)


def guide_contents(role: Role, official: OfficialFigures, advertised: Sequence = ()) -> GuideContents:
    """`advertised` is pay of open postings (careers.postings.job_list.pay_statistics), shown beside published figures."""
    prefetch_related_objects([role], *PREFETCHES)
    own_pay = official.without_copies(role.pay_claims.all())
    own_outlook = official.without_copies(role.outlook_claims.all())
    all_pay: list[PayFigures] = [*official.pay, *own_pay]
    all_outlook: list[OutlookFigures] = [*official.outlook, *own_outlook]
    pay = pay_table(all_pay, advertised, official)
    tools = skill_groups(role, Skill.TOOL_KINDS)
    skills = skill_groups(role, [kind for kind in Skill.Kind if kind not in Skill.TOOL_KINDS])
    steps = step_groups(role)
    blocks: dict[str, Any] = {
        Section.Kind.OVERVIEW: list(role.industries.all()),
        Section.Kind.REQUIREMENTS: skills,
        Section.Kind.TOOLS: tools,
        Section.Kind.PAY: pay,
        Section.Kind.OUTLOOK: all_outlook,
        Section.Kind.PATH: steps,
    }
    return GuideContents(
        sections=guide_sections(role, blocks),
        key_figures=guide_key_figures(role, official, own_pay, own_outlook),
        documentation=Documentation.of([*all_pay, *all_outlook]),
        official=official,
        occupations=occupation_rows(official),
        history=official.first_shown.history if official.first_shown else None,
        pay=pay,
        pay_notes=shared_notes(all_pay),
        outlook=outlook_table(all_outlook, official),
        skills=skills,
        tools=tools,
        steps=steps,
        articles=list(role.articles.all()),
    )


def guide_key_figures(
    role: Role, official: OfficialFigures, own_pay: list[PayClaim], own_outlook: list[OutlookClaim]
) -> list[KeyFigure]:
    """Those of the first linked occupation that has any; else the guide's own applicable ones."""
    official_pay = [figure for figure in official.pay if figure.has_figures]
    official_outlook = [figure for figure in official.outlook if figure.growth_percent is not None]
    return key_figures(
        official_pay[:1] or applicable_figures(own_pay, role, official),
        official_outlook[:1] or applicable_figures(own_outlook, role, official),
    )


def guide_sections(role: Role, blocks: dict[str, Any]) -> list[GuideSection]:
    """The sections that have prose, points or a block, in a fixed order. `blocks` is {kind of section: what it also shows}."""
    sections = {section.kind: section for section in role.sections.all()}
    found = []
    for kind in PUBLIC_KINDS:
        section, points, has_block = sections.get(kind), points_of(role, kind), bool(blocks.get(kind))
        if section or points or has_block:
            body, heading = (section.body, str(section)) if section else ("", kind.label)
            figure_heading = FIGURE_HEADINGS.get(kind) if has_block else None
            if figure_heading:
                found.append(GuideSection(kind.value, figure_heading, body, points, body_heading=heading))
            else:
                found.append(GuideSection(kind.value, heading, body, points))
    return found


def points_of(role: Role, section_kind: str) -> list[Points]:
    items = role.items.all()
    groups = [
        Points(kind.value, heading, [item for item in items if item.kind == kind])
        for kind, heading in POINT_HEADINGS.get(section_kind, {}).items()
    ]
    return [group for group in groups if group.items]


def skill_groups(role: Role, kinds: Iterable[str]) -> list[tuple[str, list[RoleSkill]]]:
    """[(heading, skills)] of the kinds that occur, required skills first."""
    entries = sorted(role.role_skills.all(), key=lambda entry: NECESSITY_ORDER.index(entry.necessity))
    groups = [
        (
            SKILL_KIND_HEADINGS.get(kind, Skill.Kind(kind).label),
            [entry for entry in entries if entry.skill.kind == kind],
        )
        for kind in kinds
    ]
    return [group for group in groups if group[1]]


def step_groups(role: Role) -> list[tuple[str, list[CareerStep]]]:
    """[(heading, steps)] of the kinds that occur."""
    steps = role.career_steps.all()
    groups = [(heading, [step for step in steps if step.kind == kind]) for kind, heading in STEP_HEADINGS.items()]
    return [group for group in groups if group[1]]
