"""Compares a draft with a guide: new parts become unsaved rows, and parts the guide already has are listed."""

from collections import Counter
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db.models import Max, Model

from careers.core.prose import plain_text
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

from .draft import ArticleDraft
from .extract.outlook import OCCUPATION_CODE, OutlookFigures
from .extract.pay import STATISTIC_FIELDS, PayFigures
from .published_medians import note_published_medians
from .target import ArticleDetails, find_guide, public_address, source_of_article, source_of_figure
from .text.blocks import Block, BlockKind
from .text.inline import Inline
from .text.markdown import blocks_to_markdown
from .text.words import exact_words

# Relations whose rows may not be saved yet, so that validation would find no primary key.
UNVALIDATED_FIELDS = ["role", "source", "quoted_in", "measured_for", "skill", "to_role"]


@dataclass
class GuideChanges:
    """The unsaved rows of an import. `known`, `refused` and `notes` are sentences for the import report."""

    role: Role
    source: Source
    is_new: bool = False
    rows: list = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    industries: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)  # parts the guide already has
    refused: list[str] = field(default_factory=list)  # rows with invalid values
    notes: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.sections or self.industries or self.is_new)

    @property
    def counts(self) -> dict[str, int]:
        """{name of a kind of row, in the plural where it has to be: number of added rows}"""
        models = Counter(type(row) for row in self.rows)
        models[Section], models[Industry] = len(self.sections), len(self.industries)
        names = {
            str(model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural): number
            for model, number in models.items()
            if number
        }
        return dict(sorted(names.items()))


def compare_with_guide(draft: ArticleDraft, details: ArticleDetails, *, lock: bool = False) -> GuideChanges:
    """`lock` locks the row of the guide. Raises ValidationError for an impossible title or source."""
    role, note = find_guide(details.role, lock=lock)
    Role._meta.get_field("title").clean(role.title, role)
    source = source_of_article(details)
    source.clean_fields()
    changes = GuideChanges(role, source, is_new=role.pk is None, notes=[note] if note else [])
    GuideComparison(draft, changes).add_all()
    return changes


class GuideComparison:
    def __init__(self, draft: ArticleDraft, changes: GuideChanges):
        self.draft, self.changes = draft, changes
        self.role, self.source = changes.role, changes.source
        self.figure_sources: dict[str, Source] = {}
        self.leftovers: list[Block] = []  # texts that no row holds: they go among the unplaced

    def add_all(self) -> None:
        self.add_items()
        self.add_pay()
        self.add_outlook()
        self.add_skills()
        self.add_steps()
        self.add_industries()
        self.add_stubs()
        self.add_sections()

    # -- Rows

    def existing(self, relation: str, *select: str) -> list:
        return list(getattr(self.role, relation).select_related(*select)) if self.role.pk else []

    def next_position(self, relation: str, **conditions) -> int:
        if not self.role.pk:
            return 0
        last = getattr(self.role, relation).filter(**conditions).aggregate(last=Max("position"))["last"]
        return 0 if last is None else last + 1

    def add(self, row: Model, label: str, only_text: str = "", where: str = "") -> None:
        """Adds a valid row; an invalid one is reported as refused. `label` names it in the report.

        `only_text` is what the row would hold and no prose does; it is kept among the unplaced if the row is refused.
        """
        try:
            row.full_clean(exclude=[name for name in UNVALIDATED_FIELDS if hasattr(row, name)], validate_unique=False)
        except ValidationError as error:
            self.changes.refused.append(f"{label}: {' '.join(error.messages)}")
            self.keep_text(only_text, where)
            return
        self.changes.rows.append(row)

    def keep_text(self, text: str, where: str) -> None:
        if text:
            self.leftovers.append(Block(BlockKind.LIST_ENTRY, Inline.from_text(text), where, depth=1))

    def add_known(self, label: str, where: str) -> None:
        self.changes.known.append(f"{label} ({where}): in the guide already")

    # -- Prose

    def add_sections(self):
        sections = {section.kind: section for section in self.existing("sections")}
        drafts = [(kind, draft.heading, draft.blocks) for kind, draft in self.draft.sections.items()]
        if unplaced := [*self.draft.unplaced, *self.leftovers]:
            drafts.append((Section.Kind.UNPLACED, "", unplaced))
        for kind, heading, blocks in drafts:
            if kind in sections:
                above = [Block(BlockKind.HEADING, Inline.from_text(heading), "")] if heading else []
                self.append_to_section(sections[kind], [*above, *blocks])
            else:
                self.changes.sections.append(self.new_section(kind, heading, blocks))

    def new_section(self, kind: Section.Kind, heading: str, blocks: list[Block]) -> Section:
        if kind == Section.Kind.UNPLACED:
            body = f"{self.article_heading}\n\n{blocks_to_markdown(blocks, heading_level=4)}"
        else:
            body = blocks_to_markdown(blocks)
        return Section(role=self.role, kind=kind, heading=heading[:120], body=body, source=self.source)

    def append_to_section(self, section: Section, blocks: list[Block]) -> None:
        """Appends the blocks that are no line and no paragraph of the section, under the name of the article."""
        parts = [*section.body.split("\n"), *section.body.split("\n\n")]
        old = {text_key(part) for part in parts}
        is_known = [text_key(block.markdown) in old for block in blocks]
        is_text = [block.kind != BlockKind.HEADING or section.kind == Section.Kind.UNPLACED for block in blocks]
        for block, known, text in zip(blocks, is_known, is_text, strict=True):
            if known and text:
                self.add_known(f"“{block.text}”", block.where)
        if added := new_blocks(blocks, is_known, is_text):
            heading = "" if self.article_heading in section.body else f"{self.article_heading}\n\n"
            section.body = f"{section.body.rstrip()}\n\n{heading}{blocks_to_markdown(added, heading_level=4)}"
            self.changes.sections.append(section)

    @property
    def article_heading(self) -> str:
        publisher = f", {self.source.publisher}" if self.source.publisher else ""
        return f"### From {Inline.from_text(f'“{self.source.title}”{publisher}').markdown}"

    # -- Points, steps, skills, industries, stubs

    def add_items(self):
        existing = {(item.kind, text_key(f"{item.lead} {item.text}")) for item in self.existing("items")}
        positions = {}
        for draft in self.draft.items:
            kind, text = draft.kind, f"{draft.lead.text}: {draft.text.text}".strip(": ")
            if (kind, text_key(f"{draft.lead.markdown} {draft.text.markdown}")) in existing:
                self.add_known(f"{kind.label} “{text}”", draft.where)
                continue
            positions.setdefault(kind, self.next_position("items", kind=kind))
            values = {"lead": draft.lead.markdown, "text": draft.text.markdown, "source_ref": draft.where[:50]}
            row = Item(role=self.role, kind=kind, position=positions[kind], source=self.source, **values)
            positions[kind] += 1
            self.add(row, f"{kind.label} at {draft.where}", text, draft.where)

    def add_steps(self):
        existing = {exact_words(str(step)): step for step in self.existing("career_steps", "to_role")}
        guides = {
            role.title.casefold(): role for role in Role.objects.filter(title__in=[s.title for s in self.draft.steps])
        }
        position = self.next_position("career_steps")
        for draft in self.draft.steps:
            if known := existing.get(draft.key):
                self.add_known(f"Career step “{draft.title}”", draft.where)
                if not draft.is_said_by(known):
                    self.keep_text(draft.text, draft.where)
                continue
            guide = guides.get(draft.title.casefold())
            target = {"to_role": guide} if guide and guide.pk != self.role.pk else {"to_title": draft.title}
            row = CareerStep(role=self.role, kind=draft.kind, position=position, source=self.source, **target)
            row.years_min, row.years_max = draft.years
            row.note = "" if draft.quoted else draft.note.text[:300]
            position += 1
            self.add(row, f"Career step “{draft.title}”", "" if draft.quoted else draft.text, draft.where)

    def add_skills(self):
        skills = {skill.name: skill for skill in Skill.objects.filter(name__in=[s.name for s in self.draft.skills])}
        existing = {entry.skill_id for entry in self.existing("role_skills")}
        position = self.next_position("role_skills")
        for draft in self.draft.skills:
            skill = skills.get(draft.name)
            if skill is None:
                continue
            if skill.pk in existing:
                self.add_known(f"Skill “{draft.name}”", draft.where)
                continue
            row = RoleSkill(role=self.role, skill=skill, necessity=draft.necessity, note=draft.note, position=position)
            row.source = self.source
            position += 1
            self.add(row, f"Skill “{draft.name}”")

    def add_industries(self):
        existing = (
            {name.casefold() for name in self.role.industries.values_list("name", flat=True)} if self.role.pk else set()
        )
        max_length = Industry._meta.get_field("name").max_length
        self.changes.industries = [
            name for name in self.draft.industries if name.casefold() not in existing and len(name) <= max_length
        ]

    def add_stubs(self):
        existing = {article.title.casefold(): article.summary for article in self.existing("articles")}
        for draft in self.draft.stubs:
            summary = "" if draft.text in ("", draft.title) else draft.text[:300]
            known = existing.get(draft.title.casefold())
            if known is not None:
                self.add_known(f"Article “{draft.title}”", draft.where)
                if summary and summary != known:
                    self.keep_text(summary, draft.where)
                continue
            existing[draft.title.casefold()] = summary
            row = Article(role=self.role, kind=draft.kind, title=draft.title, summary=summary)
            row.address = public_address(draft.address)
            self.add(row, f"Article “{draft.title}”", draft.text, draft.where)

    # -- Figures

    def add_pay(self):
        linked = self.role.occupation_links.values_list("occupation__soc_code", flat=True) if self.role.pk else ()
        note_published_medians(self.draft.pay, set(linked))
        existing = {pay_key(claim) for claim in self.existing("pay_claims")}
        position = self.next_position("pay_claims")
        for draft in self.draft.pay:
            place = draft.place
            row = PayClaim(
                role=self.role, currency=draft.currency, period=draft.period, position=position, **draft.amounts
            )
            row.country, row.subdivision, row.city = place.country, place.subdivision, place.city[:100]
            row.population, row.heading = draft.population[:200], draft.heading[:200]
            row.reference_year, row.reference_period = draft.reference_year, draft.reference_period[:100]
            self.add_sources(row, draft, "Pay figures")
            if pay_key(row) in existing:
                self.add_known(f"Pay “{draft}”", draft.where)
                continue
            position += 1
            self.add(row, f"Pay at {draft.where}")

    def add_outlook(self):
        existing = {outlook_key(claim) for claim in self.existing("outlook_claims")}
        position = self.next_position("outlook_claims")
        for draft in self.draft.outlook:
            row = OutlookClaim(role=self.role, country=draft.country, growth_percent=draft.growth, position=position)
            row.annual_openings, row.base_year, row.target_year = draft.openings, draft.base_year, draft.target_year
            row.population, row.heading = draft.population[:200], draft.heading[:200]
            self.add_sources(row, draft, "Outlook figures")
            if outlook_key(row) in existing:
                self.add_known(f"Outlook “{draft}”", draft.where)
                continue
            position += 1
            self.add(row, f"Outlook at {draft.where}")

    def add_sources(self, row: PayClaim | OutlookClaim, draft: PayFigures | OutlookFigures, kind: str) -> None:
        """Adds the article as `quoted_in`, the source it names if any, the doubts, and the occupation that was measured."""
        row.quoted_in = self.source
        row.note = " ".join(f"{doubt[:1].upper()}{doubt[1:]}." for doubt in draft.doubts)
        if draft.source:
            source = source_of_figure(draft.source, kind)
            row.source = self.figure_sources.setdefault(str(source).casefold(), source)
        if code := OCCUPATION_CODE.search(draft.population):
            row.measured_for = Occupation.objects.current().filter(code=code[0]).first()


def pay_key(claim: PayClaim) -> tuple:
    """Equal for the same figures: place, currency, period and amounts, but not the people who were counted."""
    amounts = tuple(
        None if (amount := getattr(claim, name)) is None else amount.normalize() for name in STATISTIC_FIELDS
    )
    return (claim.country, claim.subdivision, claim.city, claim.currency, str(claim.period), amounts)


def outlook_key(claim: OutlookClaim) -> tuple:
    growth = None if claim.growth_percent is None else claim.growth_percent.normalize()
    return (claim.country, growth, claim.annual_openings, claim.base_year, claim.target_year)


def text_key(markdown: str) -> tuple[str, ...]:
    """Equal for texts that say the same in every word."""
    return exact_words(plain_text(markdown))


def new_blocks(blocks: list[Block], is_known: list[bool], is_text: list[bool]) -> list[Block]:
    """The texts that are not known, and the headings directly above them. Unplaced headings are texts as well."""
    found: list[Block] = []
    headings: list[Block] = []
    is_below_heading = False
    for block, known, text in zip(blocks, is_known, is_text, strict=True):
        if block.kind == BlockKind.HEADING and (known or not text):
            headings = [block] if is_below_heading else [*headings, block]
            is_below_heading = False
            continue
        is_below_heading = True
        if not known:
            found += [*headings, block]
            headings = []
    return found
