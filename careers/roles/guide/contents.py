"""A guide in the order in which it is read: prose, points and figures of one subject stand under one heading."""

from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects

from careers.occupations.figures.key_figures import KeyFigure, key_figures
from careers.occupations.figures.pay_history import PayHistory
from careers.roles.figures.documentation import Standing, of_this_work
from careers.roles.figures.official import Evidence
from careers.roles.figures.tables import (
    CountedRow,
    OutlookGroup,
    PayScale,
    counted_rows,
    outlook_groups,
    pay_scales,
    repeated_notes,
)
from careers.roles.models import Article, CareerStep, Item, OutlookClaim, PayClaim, RoleSkill, Section, Skill

POINTS = {
    Section.Kind.WORK: {Item.Kind.RESPONSIBILITY: "Responsibilities", Item.Kind.TASK: "Typical tasks"},
    Section.Kind.DAY: {Item.Kind.DAY_ACTIVITY: "What fills the day"},
    Section.Kind.REQUIREMENTS: {Item.Kind.QUALIFICATION: "Qualifications"},
    Section.Kind.CHALLENGES: {Item.Kind.CHALLENGE: "What makes it hard", Item.Kind.RESPONSE: "What helps"},
    Section.Kind.KPIS: {Item.Kind.KPI: "Measures"},
    Section.Kind.INTERVIEW: {Item.Kind.INTERVIEW_QUESTION: "Questions to prepare"},
    Section.Kind.TIPS: {Item.Kind.TIP: "First steps"},
}
HEADINGS = {Section.Kind.PAY: "Pay"}  # once there are figures, the section is about more than how to read them
SKILL_HEADINGS = {
    Skill.Kind.LANGUAGE: "Programming languages",
    Skill.Kind.FRAMEWORK: "Frameworks and libraries",
    Skill.Kind.TOOL: "Tools",
    Skill.Kind.PLATFORM: "Platforms",
    Skill.Kind.METHOD: "Methods",
}
READ_KINDS = [kind for kind in Section.Kind if kind != Section.Kind.UNPLACED]
CLAIM_RELATIONS = ("source", "quoted_in", "measured_for")
UNSHOWN = ("source__attribution", "source__licence", "quoted_in__attribution", "measured_for__description")
RELATIONS = (
    "alternate_titles",
    "sections",
    Prefetch("items", Item.objects.select_related("source")),
    Prefetch("role_skills", RoleSkill.objects.select_related("skill")),
    "industries",
    Prefetch("career_steps", CareerStep.objects.select_related("to_role")),
    Prefetch("articles", Article.objects.written()),
    Prefetch("pay_claims", PayClaim.objects.select_related(*CLAIM_RELATIONS).defer(*UNSHOWN)),
    Prefetch("outlook_claims", OutlookClaim.objects.select_related(*CLAIM_RELATIONS).defer(*UNSHOWN)),
)


@dataclass(frozen=True)
class Points:
    kind: str
    heading: str
    items: list[Item]

    @property
    def shared_source(self):
        """The source all of them come from; None where they differ. Named once, instead of beside each."""
        sources = {item.source for item in self.items}
        return sources.pop() if len(sources) == 1 else None

    @property
    def is_numbered(self):
        return self.kind in (Item.Kind.KPI, Item.Kind.INTERVIEW_QUESTION, Item.Kind.TIP)


@dataclass(frozen=True)
class Part:
    """One heading of the guide and what stands under it."""

    kind: str
    heading: str
    body: str
    points: list[Points]
    body_heading: str = ""  # of prose that stands below the figures


@dataclass(frozen=True)
class Guide:
    parts: list[Part]
    key_figures: list[KeyFigure]
    standing: Standing
    evidence: Evidence
    occupations: list[CountedRow]
    history: PayHistory | None
    pay: list[PayScale]
    pay_notes: list[str]
    outlook: list[OutlookGroup]
    skills: list[tuple[str, list]]
    tools: list[tuple[str, list]]
    steps: list[tuple[str, list]]
    articles: list

    @property
    def drawn_pay(self):
        return [scale for scale in self.pay if scale.chart]

    @property
    def plain_pay(self):
        """Currencies in which there is too little to draw."""
        return [scale for scale in self.pay if not scale.chart]

    @property
    def history_name(self):
        return str(self.evidence.leading.pay.occupation)

    @property
    def has_offers(self):
        return any(group.offers for scale in self.pay for group in scale.groups)

    @property
    def has_open_ends(self):
        return any(scale.chart.has_open_ends for scale in self.drawn_pay)


def guide_of(role, evidence, advertised=()):
    """`advertised` is pay offered in open postings, to stand beside the published figures."""
    prefetch_related_objects([role], *RELATIONS)
    own_pay, own_outlook = (evidence.without_repeats(claims.all()) for claims in (role.pay_claims, role.outlook_claims))
    pay_claims, outlook_claims = [*evidence.pay_claims, *own_pay], [*evidence.outlook_claims, *own_outlook]
    pay = pay_scales(pay_claims, advertised, evidence)
    tools = skill_groups(role, Skill.TOOL_KINDS)
    skills = skill_groups(role, [kind for kind in Skill.Kind if kind not in Skill.TOOL_KINDS])
    steps = step_groups(role)
    facts = {
        Section.Kind.OVERVIEW: list(role.industries.all()),
        Section.Kind.REQUIREMENTS: skills,
        Section.Kind.TOOLS: tools,
        Section.Kind.PAY: pay,
        Section.Kind.OUTLOOK: outlook_claims,
        Section.Kind.PATH: steps,
    }
    return Guide(
        parts=parts_of(role, facts),
        key_figures=opening_figures(evidence, own_pay, own_outlook),
        standing=Standing.of([*pay_claims, *outlook_claims]),
        evidence=evidence,
        occupations=counted_rows(evidence),
        history=evidence.leading and evidence.leading.history,
        pay=pay,
        pay_notes=repeated_notes(pay_claims),
        outlook=outlook_groups(outlook_claims, evidence),
        skills=skills,
        tools=tools,
        steps=steps,
        articles=list(role.articles.all()),
    )


def opening_figures(evidence, own_pay, own_outlook):
    """Those of the heaviest occupation that has any; else the guide's own, of people who do this work."""
    official_pay = [claim for claim in evidence.pay_claims if claim.has_figures]
    official_outlook = [claim for claim in evidence.outlook_claims if claim.growth_percent is not None]
    return key_figures(
        official_pay[:1] or of_this_work(own_pay, evidence.codes),
        official_outlook[:1] or of_this_work(own_outlook, evidence.codes),
    )


def parts_of(role, facts):
    """The parts that have something to say, in their fixed order."""
    sections = {section.kind: section for section in role.sections.all()}
    parts = []
    for kind in READ_KINDS:
        section, points = sections.get(kind), points_of(role, kind)
        if section or points or facts.get(kind):
            parts.append(part_of(kind, section, points, figures_first=kind in HEADINGS and bool(facts.get(kind))))
    return parts


def part_of(kind, section, points, figures_first):
    body, heading = (section.body, str(section)) if section else ("", kind.label)
    if figures_first:
        return Part(kind.value, HEADINGS[kind], body, points, body_heading=heading)
    return Part(kind.value, heading, body, points)


def points_of(role, section_kind):
    items = role.items.all()
    groups = [
        Points(kind.value, heading, [item for item in items if item.kind == kind])
        for kind, heading in POINTS.get(section_kind, {}).items()
    ]
    return [group for group in groups if group.items]


def skill_groups(role, kinds):
    """[(kind in words, [role skills])] of the kinds that occur, what is required first."""
    entries = list(role.role_skills.all())
    order = ["required", "preferred", "useful"]
    groups = [
        (
            SKILL_HEADINGS.get(kind, Skill.Kind(kind).label),
            sorted(
                (entry for entry in entries if entry.skill.kind == kind), key=lambda entry: order.index(entry.necessity)
            ),
        )
        for kind in kinds
    ]
    return [group for group in groups if group[1]]


def step_groups(role):
    headings = {
        CareerStep.Kind.BEFORE: "Where people come from",
        CareerStep.Kind.BESIDE: "Roles next door",
        CareerStep.Kind.AFTER: "Where it can lead",
    }
    groups = [(headings[kind], [step for step in role.career_steps.all() if step.kind == kind]) for kind in headings]
    return [group for group in groups if group[1]]
