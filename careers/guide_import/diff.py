"""A draft beside what a guide holds already: what is new becomes rows to save, what is there is pointed out."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Max

from careers.core.prose import plain
from careers.occupations.models import Occupation, Source
from careers.roles.models import (
    Article,
    CareerStep,
    Industry,
    Item,
    OutlookClaim,
    PayClaim,
    Role,
    RoleSkill,
    Section,
    Skill,
)

from .draft import ArticleDraft, body_of
from .extract.outlook import CODE
from .extract.pay import STATISTICS
from .extract.people import stems
from .target import named_source
from .text.blocks import Block, Kind
from .text.inline import Inline

NOT_CHECKED = ["role", "source", "quoted_in", "measured_for", "skill", "to_role"]


@dataclass
class Merge:
    """Rows not yet saved, and in words what was not taken. Nothing here has touched the database."""

    role: Role
    source: Source
    is_new: bool = False
    rows: list = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    industries: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def changes_nothing(self):
        return not (self.rows or self.sections or self.industries or self.is_new)

    @property
    def counts(self):
        """{name of a kind of row: how many are added}"""
        names = Counter(str(row._meta.verbose_name_plural) for row in self.rows)
        names["sections"] = len(self.sections)
        names["industries"] = len(self.industries)
        return {name: number for name, number in sorted(names.items()) if number}


def merge_of(draft: ArticleDraft, role: Role, source: Source) -> Merge:
    merge = Merge(role, source, is_new=role.pk is None)
    Merging(draft, merge).fill()
    return merge


class Merging:
    def __init__(self, draft, merge):
        self.draft, self.merge = draft, merge
        self.role, self.source = merge.role, merge.source
        self.sources = {}

    def fill(self):
        self.add_sections()
        self.add_items()
        self.add_pay()
        self.add_outlook()
        self.add_skills()
        self.add_steps()
        self.add_industries()
        self.add_stubs()

    # -- Rows

    def existing(self, relation, *select):
        return list(getattr(self.role, relation).select_related(*select)) if self.role.pk else []

    def next_position(self, relation, **of_kind):
        if not self.role.pk:
            return 0
        last = getattr(self.role, relation).filter(**of_kind).aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1

    def add(self, row, what):
        try:
            row.full_clean(exclude=[name for name in NOT_CHECKED if hasattr(row, name)], validate_unique=False)
        except ValidationError as error:
            self.merge.refused.append(f"{what}: {' '.join(error.messages)}")
            return
        self.merge.rows.append(row)

    def known(self, what, where):
        self.merge.known.append(f"{what} ({where}): in the guide already")

    # -- Prose

    def add_sections(self):
        sections = {section.kind: section for section in self.existing("sections")}
        drafts = [(kind, draft.heading, draft.parts) for kind, draft in self.draft.sections.items()]
        if self.draft.unplaced:
            drafts.append((Section.Kind.UNPLACED, "", self.draft.unplaced))
        for kind, heading, parts in drafts:
            if kind in sections:
                above = [Block(Kind.HEADING, Inline.of(heading), "")] if heading else []
                self.append(sections[kind], [*above, *parts])
            else:
                self.merge.sections.append(self.new_section(kind, heading, parts))

    def new_section(self, kind, heading, parts):
        body = body_of(parts)
        if kind == Section.Kind.UNPLACED:
            body = f"{self.from_heading()}\n\n{body_of(parts, level=4)}"
        return Section(role=self.role, kind=kind, heading=heading[:120], body=body, source=self.source)

    def append(self, section, parts):
        """What the section does not say yet comes below it, under the article's name. What it says stays."""
        said = " ".join(stems(plain(section.body)))
        fresh = [part for part in parts if part.kind == Kind.HEADING or " ".join(stems(part.text)) not in said]
        fresh = without_bare_headings(fresh)
        for part in parts:
            if part.kind != Kind.HEADING and part not in fresh:
                self.known(f"“{part.text[:60]}”", part.where)
        if fresh:
            heading = "" if self.from_heading() in section.body else f"{self.from_heading()}\n\n"
            section.body = f"{section.body.rstrip()}\n\n{heading}{body_of(fresh, level=4)}"
            self.merge.sections.append(section)

    def from_heading(self):
        publisher = f", {self.source.publisher}" if self.source.publisher else ""
        return f"### From {Inline.of(f'“{self.source.title}”{publisher}').markdown}"

    # -- Points, steps, skills, industries, stubs

    def add_items(self):
        existing = {(item.kind, tuple(stems(plain(f"{item.lead} {item.text}")))) for item in self.existing("items")}
        positions = {}
        for draft in self.draft.items:
            if draft.key in existing:
                self.known(f"{draft.kind.label} “{(draft.lead.text or draft.text.text)[:60]}”", draft.where)
                continue
            kind = draft.kind
            positions.setdefault(kind, self.next_position("items", kind=kind))
            text = {"lead": draft.lead.markdown, "text": draft.text.markdown, "source_ref": draft.where[:50]}
            row = Item(role=self.role, kind=kind, position=positions[kind], source=self.source, **text)
            positions[kind] += 1
            self.add(row, f"{kind.label} at {draft.where}")

    def add_steps(self):
        existing = {tuple(stems(str(step))) for step in self.existing("career_steps", "to_role")}
        guides = {
            role.title.casefold(): role for role in Role.objects.filter(title__in=[s.title for s in self.draft.steps])
        }
        position = self.next_position("career_steps")
        for draft in self.draft.steps:
            if draft.key in existing:
                self.known(f"Career step “{draft.title}”", draft.where)
                continue
            guide = guides.get(draft.title.casefold())
            target = {"to_role": guide} if guide and guide.pk != self.role.pk else {"to_title": draft.title}
            row = CareerStep(role=self.role, kind=draft.kind, position=position, source=self.source, **target)
            row.years_min, row.years_max = draft.years
            row.note = "" if draft.quoted else draft.note.text[:300]
            position += 1
            self.add(row, f"Career step “{draft.title}”")

    def add_skills(self):
        skills = {skill.name: skill for skill in Skill.objects.filter(name__in=[s.name for s in self.draft.skills])}
        existing = {entry.skill_id for entry in self.existing("role_skills")}
        position = self.next_position("role_skills")
        for draft in self.draft.skills:
            skill = skills.get(draft.name)
            if skill is None or skill.pk in existing:
                if skill is not None:
                    self.known(f"Skill “{draft.name}”", draft.where)
                continue
            row = RoleSkill(role=self.role, skill=skill, necessity=draft.necessity, note=draft.note, position=position)
            row.source = self.source
            position += 1
            self.add(row, f"Skill “{draft.name}”")

    def add_industries(self):
        existing = (
            {name.casefold() for name in self.role.industries.values_list("name", flat=True)} if self.role.pk else set()
        )
        longest = Industry._meta.get_field("name").max_length
        self.merge.industries = [
            name for name in self.draft.industries if name.casefold() not in existing and len(name) <= longest
        ]

    def add_stubs(self):
        existing = {article.title.casefold() for article in self.existing("articles")}
        for draft in self.draft.stubs:
            if draft.title.casefold() in existing:
                self.known(f"Article “{draft.title}”", draft.where)
                continue
            existing.add(draft.title.casefold())
            said = "" if draft.text in ("", draft.title) else draft.text[:300]
            row = Article(role=self.role, kind=draft.kind, title=draft.title, summary=said, address=draft.address)
            self.add(row, f"Article “{draft.title}”")

    # -- Figures

    def add_pay(self):
        existing = {figures_of(claim) for claim in self.existing("pay_claims")}
        position = self.next_position("pay_claims")
        for draft in self.draft.pay:
            place = draft.place
            row = PayClaim(
                role=self.role, currency=draft.currency, period=draft.period, position=position, **draft.amounts
            )
            row.country, row.subdivision, row.city = place.country, place.subdivision, place.city[:100]
            row.population, row.heading = draft.population[:200], draft.heading[:200]
            row.reference_year, row.reference_period = draft.reference_year, draft.reference_period[:100]
            self.complete(row, draft, "Pay figures")
            if figures_of(row) in existing:
                self.known(f"Pay “{draft}”", draft.where)
                continue
            position += 1
            self.add(row, f"Pay at {draft.where}")

    def add_outlook(self):
        existing = {outlook_of(claim) for claim in self.existing("outlook_claims")}
        position = self.next_position("outlook_claims")
        for draft in self.draft.outlook:
            row = OutlookClaim(role=self.role, country=draft.country, growth_percent=draft.growth, position=position)
            row.annual_openings, row.base_year, row.target_year = draft.openings, draft.base_year, draft.target_year
            row.population, row.heading = draft.population[:200], draft.heading[:200]
            self.complete(row, draft, "Outlook figures")
            if outlook_of(row) in existing:
                self.known(f"Outlook “{draft}”", draft.where)
                continue
            position += 1
            self.add(row, f"Outlook at {draft.where}")

    def complete(self, row, draft, kind):
        """The source a figure rests on, if one was named; the article it was found in; what is uncertain about it."""
        row.quoted_in = self.source
        row.note = " ".join(f"{doubt[:1].upper()}{doubt[1:]}." for doubt in draft.doubts)
        if draft.source:
            source = named_source(draft.source, kind)
            row.source = self.sources.setdefault(str(source).casefold(), source)
        if code := CODE.search(draft.population):
            row.measured_for = Occupation.objects.current().filter(code=code[0]).first()


def figures_of(claim):
    """What makes two figures of pay the same: place, currency, period and amounts, whoever was counted."""
    amounts = tuple(None if (amount := getattr(claim, name)) is None else amount.normalize() for name in STATISTICS)
    return (claim.country, claim.subdivision, claim.city, claim.currency, str(claim.period), amounts)


def outlook_of(claim):
    growth = None if claim.growth_percent is None else claim.growth_percent.normalize()
    return (claim.country, growth, claim.annual_openings, claim.base_year, claim.target_year)


def without_bare_headings(parts: list[Block]):
    """Headings below which nothing is left go."""
    kept = []
    for part in parts:
        if kept and kept[-1].kind == Kind.HEADING and part.kind == Kind.HEADING:
            kept.pop()
        kept.append(part)
    return kept[:-1] if kept and kept[-1].kind == Kind.HEADING else kept
