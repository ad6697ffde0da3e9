"""All that a guide's page shows of its role: sections, figures, skills, path."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from careers.geo.countries import place_name
from careers.occupations.figures.pay_history import PayHistory
from careers.occupations.models import JobZone
from careers.occupations.models.figures import OutlookFigures, PayFigures
from careers.roles.figures.documentation import Documentation
from careers.roles.figures.elsewhere import split_figures
from careers.roles.figures.occupation_rows import OccupationRow, occupation_rows
from careers.roles.figures.official import OfficialFigures
from careers.roles.figures.outlook_table import OutlookGroup, outlook_table
from careers.roles.figures.pay_drawing import PayDrawing
from careers.roles.figures.pay_table import CurrencyGroup, PayTable, pay_table, shared_notes
from careers.roles.figures.role_pay import draw_role_pay
from careers.roles.models import Article, CareerStep, Item, OutlookClaim, PayClaim, Role, RoleSkill, Section, Skill

from .glance import Glance, glance_at
from .path_drawing import PathDrawing, draw_path
from .sections import SKILLS, GuideSection, guide_sections

SKILL_KIND_HEADINGS: dict[str, str] = {
    **dict(Skill.Kind.choices),
    Skill.Kind.LANGUAGE: "Programming languages",
    Skill.Kind.FRAMEWORK: "Frameworks and libraries",
    Skill.Kind.TOOL: "Tools",
    Skill.Kind.PLATFORM: "Platforms",
    Skill.Kind.METHOD: "Methods",
}
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
SKILLS_SHOWN = 8
NECESSITY_ORDER = RoleSkill.Necessity.values


@dataclass(frozen=True)
class GuidePay:
    """Pay of the role, drawn and in full, and figures that readers may meet elsewhere."""

    drawing: PayDrawing | None
    figures: list[PayFigures]  # of the role, official ones first
    table: PayTable
    elsewhere: PayTable
    notes: list[str]  # of the figures elsewhere
    elsewhere_count: int
    elsewhere_places: list[str]  # countries of which only such figures are known

    @property
    def all_groups(self) -> list[CurrencyGroup]:
        return [*self.table.groups, *self.elsewhere.groups]


@dataclass(frozen=True)
class GuideOutlook:
    groups: list[OutlookGroup]
    elsewhere: list[OutlookGroup]
    elsewhere_count: int

    @property
    def all_groups(self) -> list[OutlookGroup]:
        return [*self.groups, *self.elsewhere]


@dataclass(frozen=True)
class GuideContents:
    sections: list[GuideSection]
    glance: Glance
    documentation: Documentation
    official: OfficialFigures
    occupations: list[OccupationRow]
    history: PayHistory | None
    pay: GuidePay
    outlook: GuideOutlook
    skill_groups: list[tuple[str, list[RoleSkill]]]
    steps: list[tuple[str, list[CareerStep]]]
    path: PathDrawing | None
    zone: JobZone | None  # how much preparation O*NET says the first occupation needs
    articles: list[Article]

    @property
    def history_name(self) -> str:
        first: Any = self.official.first_shown  # with pay, as there is a history
        return str(first.pay.occupation)

    @property
    def skills(self) -> list[RoleSkill]:
        return [entry for _, entries in self.skill_groups for entry in entries]

    @property
    def required_skills(self) -> list[RoleSkill]:
        """The first of those that are required, or of all where none is. The list of all skills is folded."""
        required = [entry for entry in self.skills if entry.necessity == RoleSkill.Necessity.REQUIRED]
        return (required or self.skills)[:SKILLS_SHOWN]

    @property
    def similar_roles(self) -> list[CareerStep]:
        return [step for _, steps in self.steps for step in steps if step.kind == CareerStep.Kind.BESIDE]

    @property
    def comparable_role(self) -> Role | None:
        """Of the similar roles the first that has a guide to compare this one with."""
        roles = (step.to_role for step in self.similar_roles)
        return next((role for role in roles if role and role.is_published), None)

    @property
    def starting_points(self) -> list[CareerStep]:
        return [step for _, steps in self.steps for step in steps if step.kind == CareerStep.Kind.BEFORE]


def guide_contents(role: Role, official: OfficialFigures, advertised: Sequence = ()) -> GuideContents:
    """`advertised` is pay of open postings (careers.postings.job_list.pay_statistics), shown beside published figures."""
    prefetch_related_objects([role], *PREFETCHES)
    own_pay = official.without_copies(role.pay_claims.all())
    own_outlook = official.without_copies(role.outlook_claims.all())
    all_pay: list[PayFigures] = [*official.pay, *own_pay]
    all_outlook: list[OutlookFigures] = [*official.outlook, *own_outlook]
    skills = skill_groups(role)
    steps = step_groups(role)
    blocks: dict[str, Any] = {
        Section.Kind.OVERVIEW: list(role.industries.all()),
        Section.Kind.REQUIREMENTS: official.occupations,
        Section.Kind.PAY: True,  # where no figure is known, it says so
        Section.Kind.OUTLOOK: all_outlook,
        SKILLS: skills,
        Section.Kind.PATH: steps,
    }
    return GuideContents(
        sections=guide_sections(role, blocks),
        glance=glance_at(role, official, own_pay, own_outlook),
        documentation=Documentation.of([*all_pay, *all_outlook]),
        official=official,
        occupations=occupation_rows(official),
        history=official.first_shown.history if official.first_shown else None,
        pay=guide_pay(role, official, all_pay, advertised),
        outlook=guide_outlook(role, official, all_outlook),
        skill_groups=skills,
        steps=steps,
        path=draw_path(list(role.career_steps.all())),
        zone=zone_of(official),
        articles=list(role.articles.all()),
    )


def zone_of(official: OfficialFigures) -> JobZone | None:
    if official.first_shown is None:
        return None
    zones = JobZone.objects.filter(occupations=official.first_shown.occupation.pk)
    return zones.select_related("release__source").first()


def guide_pay(role: Role, official: OfficialFigures, figures: list[PayFigures], advertised: Sequence) -> GuidePay:
    own, others = split_figures(figures, role, official)
    covered = {"", *(figure.country for figure in own)}
    return GuidePay(
        drawing=draw_role_pay(own, advertised),
        figures=own,
        table=PayTable(pay_table(own, advertised, official)),
        elsewhere=PayTable(pay_table(others, (), official)),
        notes=shared_notes(others),
        elsewhere_count=len(others),
        elsewhere_places=sorted({place_name(figure.country) for figure in others if figure.country not in covered}),
    )


def guide_outlook(role: Role, official: OfficialFigures, figures: list[OutlookFigures]) -> GuideOutlook:
    own, others = split_figures(figures, role, official)
    return GuideOutlook(outlook_table(own, official), outlook_table(others, official), len(others))


def skill_groups(role: Role) -> list[tuple[str, list[RoleSkill]]]:
    """[(heading, skills)] of the kinds that occur, required skills first."""
    entries = sorted(role.role_skills.all(), key=lambda entry: NECESSITY_ORDER.index(entry.necessity))
    groups = [
        (heading, [entry for entry in entries if entry.skill.kind == kind])
        for kind, heading in SKILL_KIND_HEADINGS.items()
    ]
    return [group for group in groups if group[1]]


def step_groups(role: Role) -> list[tuple[str, list[CareerStep]]]:
    """[(heading, steps)] of the kinds that occur."""
    steps = role.career_steps.all()
    groups = [(heading, [step for step in steps if step.kind == kind]) for kind, heading in STEP_HEADINGS.items()]
    return [group for group in groups if group[1]]
