"""Fills a section from a chapter: paragraphs become prose, list entries become items or career steps, figures become claims."""

import re

from careers.guide_import.classify.article_links import article_stubs_in
from careers.guide_import.classify.boilerplate import boilerplate_reason
from careers.guide_import.classify.topics import ITEM_KINDS, Topic
from careers.guide_import.draft import ItemDraft, Outcome, SectionDraft
from careers.guide_import.extract.career_path import (
    BESIDE,
    kinds_by_position,
    step_of_entry,
    steps_in_prose,
    steps_of_arrow_line,
)
from careers.guide_import.extract.citations import source_line
from careers.guide_import.extract.figures import ClaimNote, Notes
from careers.guide_import.extract.industries import industries_in, industries_of_line, industry_of_entry
from careers.guide_import.extract.measures import statistic_of
from careers.guide_import.extract.pay import STATISTIC_LABEL, PayFigures
from careers.guide_import.structure.chapter import CONTENT, HEADING_LOST, Chapter
from careers.guide_import.structure.runs import group_runs
from careers.guide_import.text.blocks import MAX_ANALYSED_LENGTH, Block, BlockKind
from careers.guide_import.text.inline import Inline
from careers.guide_import.text.points import MAX_LEAD, Point, group_points, join_inlines, split_lead
from careers.guide_import.text.sentences import split_sentences
from careers.roles.models import Item, RoleSkill

from .draft_builder import DraftBuilder

MAX_WORDS_OF_POINT = 160  # below a small heading; longer text stays prose
MAX_WORDS_OF_LABEL = 8
COMPANIES = re.compile(r"\bcompan(?:y|ies)\b", re.IGNORECASE)  # a list below these names no industries
TOPICS_WITH_SKILLS = (Topic.REQUIREMENTS, Topic.TOOLS)
TOPICS_WITH_INDUSTRIES = (Topic.PATH, Topic.INDUSTRIES, Topic.OVERVIEW)


class ContentPlacement:
    def __init__(self, builder: DraftBuilder, chapter: Chapter, section: SectionDraft):
        self.builder, self.chapter, self.section = builder, chapter, section
        self.draft, self.facts, self.figures, self.topic = builder.draft, builder.facts, builder.figures, chapter.topic
        headings = [block.text for block in (chapter.top.heading, chapter.heading) if block is not None]
        self.headings = list(dict.fromkeys(headings))  # the highest first
        self.previous_text = ""  # of the paragraph before a list
        self.pay_series: list[PayFigures] = []

    @property
    def section_name(self) -> str:
        return f"“{self.section.kind.label}”"

    @property
    def nearest_headings(self) -> list[str]:
        return self.headings[::-1]

    def place(self) -> None:
        chapter = self.chapter
        if chapter.is_point and chapter.heading and self.place_heading_as_item(chapter.heading):
            return
        if chapter.is_bare and chapter.heading:
            self.section.add(chapter.heading.replace(kind=BlockKind.PARAGRAPH, level=0))
            self.builder.record(
                chapter.heading, Outcome.PROSE, self.section_name, "there is no text below this heading"
            )
            return
        if chapter.heading is not None:
            self.builder.record(chapter.heading, Outcome.HEADING, self.section_name)
            self.section.open(chapter.heading.text)
        for kind, run in group_runs(chapter.blocks):
            blocks = [block for block in run if not self.builder.is_recorded(block)]
            if not blocks:
                continue
            if kind == BlockKind.LIST_ENTRY:
                self.place_list(blocks)
            elif kind == BlockKind.TABLE_ROW:
                self.place_table(blocks)
            else:
                self.place_paragraph(blocks[0])
        self.figures.end_chapter()
        self.section.close()
        if chapter.blocks and chapter.found_by in (CONTENT, HEADING_LOST):
            self.builder.add_notes(chapter.blocks[0], f"placed by {chapter.found_by}")

    # -- Paragraphs

    def place_paragraph(self, block: Block):
        if self.record_if_no_text(block):
            return
        self.add_prose(block, *self.add_figures(block), *self.add_facts(block))
        self.previous_text = block.text

    def record_if_no_text(self, block: Block) -> bool:
        """Records a block that is a source line, boilerplate, a link to an article, or a repetition."""
        builder = self.builder
        if source := self.figures.apply_source_line(block.text):
            self.draft.sources.append(source)
            self.section.add(block)
            builder.record(block, Outcome.SOURCE, str(source))
        elif reason := boilerplate_reason(block):
            builder.record(block, Outcome.LEFT_OUT, reason)
        elif stubs := article_stubs_in(block):
            builder.add_stubs(block, stubs)
        elif where := builder.earlier_location(block, self.topic):
            builder.record(block, Outcome.LEFT_OUT, f"said already at {where}")
        else:
            return False
        return True

    def add_prose(self, block: Block, *notes):
        self.section.add(block)
        has_claim = any(isinstance(note, ClaimNote) for note in notes)
        self.builder.record(block, Outcome.CLAIM if has_claim else Outcome.PROSE, self.section_name, *notes)

    def add_figures(self, block: Block, *labels: str) -> Notes:
        """Figures are read in the context of the headings and of the labels above the block."""
        above = [*self.headings, *labels]
        return self.figures.add_from_text(
            block,
            self.figures.pay_context(*above) if self.topic == Topic.PAY else None,
            self.figures.outlook_context(*above) if self.topic == Topic.OUTLOOK else None,
        )

    def add_facts(self, block: Block) -> list[str]:
        """Skills, career steps and industries named in a text that itself stays prose."""
        notes, text = [], block.text[:MAX_ANALYSED_LENGTH]
        if self.topic in TOPICS_WITH_SKILLS:
            notes += self.add_skills(block.text, "", block.where)
        if self.topic in TOPICS_WITH_INDUSTRIES:
            industries = industries_in(text)
            if not industries and self.topic == Topic.INDUSTRIES:
                industries = industries_of_line(block.text)
            notes += self.facts.add_industries(industries)
        if self.topic == Topic.PATH:
            notes += self.facts.add_steps(steps_of_arrow_line(text, self.builder.role, block.where))
            for sentence in split_sentences(text):
                steps = steps_in_prose(
                    sentence, role=self.builder.role, texts_above=self.nearest_headings, where=block.where
                )
                notes += self.facts.add_steps(steps)
        return notes

    def add_skills(self, text: str, note: str, where: str) -> list[str]:
        """Skills are required under a heading about requirements unless a text says otherwise, and useful elsewhere."""
        if self.topic == Topic.REQUIREMENTS:
            default, texts_above = RoleSkill.Necessity.REQUIRED, self.nearest_headings
        else:
            default, texts_above = RoleSkill.Necessity.USEFUL, []
        return self.facts.add_skills(text, note, where, default=default, texts_above=texts_above)

    # -- Lists

    def place_list(self, blocks: list[Block]):
        """A source line within a list applies to the entries above it, which are placed before it is read."""
        entries: list[Block] = []
        for block in blocks:
            if source_line(block.text):
                self.place_entries(entries)
                self.record_if_no_text(block)
                entries = []
            else:
                entries.append(block)
        self.place_entries(entries)

    def place_entries(self, blocks: list[Block]):
        blocks = [block for block in blocks if block.depth > 1 or not self.record_if_no_text(block)]
        if not blocks:
            return
        kind = ITEM_KINDS.get(self.topic)
        points = group_points(blocks)
        if self.topic == Topic.PATH:
            self.place_steps(points)
        else:
            for point in points:
                if kind is None:
                    self.place_entry_as_prose(point)
                else:
                    self.place_item(kind, point)
        self.previous_text, self.pay_series = "", []

    def place_entry_as_prose(self, point: Point):
        previous = self.previous_text
        has_figures = not previous.rstrip().endswith(":") and bool(re.search(r"\d", previous))
        labels = [previous] if previous and not has_figures else []
        facts = self.add_facts_of_entry(point.block)
        figures = self.add_to_pay_series(point.block, labels) or self.add_figures(point.block, *labels)
        self.add_prose(point.block, *figures, *facts)
        if not re.search(r"\d{2,}", point.block.text):  # an entry without figures is a label of those below it
            labels = [*labels, point.block.text]
        for block in point.children:
            self.add_prose(block, *self.add_figures(block, *labels), *self.add_facts_of_entry(block))

    def add_to_pay_series(self, block: Block, labels: list[str]) -> Notes:
        """Notes on an entry such as “Lowest: $40,000”, which continues the figure of the entries before it."""
        label = block.text.partition(":")[0]
        if self.topic != Topic.PAY or not (STATISTIC_LABEL.match(label) or statistic_of(label).startswith("p")):
            self.pay_series = []
            return []
        context = self.figures.pay_context(*self.headings, *labels)
        return self.figures.add_from_series(block, context, self.pay_series)

    def add_facts_of_entry(self, block: Block) -> list[str]:
        lead, text = split_lead(block.inline)
        notes = []
        if self.topic in TOPICS_WITH_SKILLS:
            notes += self.add_skills(lead.text or block.text, text.text if lead.text else "", block.where)
            notes += self.add_skills(block.text, "", block.where)
        nearest = next(filter(None, [self.previous_text, *self.nearest_headings]), "")
        is_company = bool(COMPANIES.search(nearest))
        if self.topic == Topic.INDUSTRIES and not is_company and (name := industry_of_entry(block.inline)):
            notes += self.facts.add_industries([name])
        return notes

    def place_steps(self, points: list[Point]):
        texts_above = [text for text in [self.previous_text, *self.nearest_headings] if text]
        titles = [split_lead(point.block.inline)[0].text or point.block.text for point in points]
        is_order = not (texts_above and BESIDE.search(texts_above[0]))
        kinds = kinds_by_position(titles, self.builder.role) if is_order else {}
        for index, point in enumerate(points):
            step = step_of_entry(
                point.block.inline,
                role=self.builder.role,
                texts_above=texts_above,
                kind=kinds.get(index),
                where=point.block.where,
            )
            figures = self.add_figures(point.block)
            notes = self.facts.add_steps([step]) if step else []
            if step and notes and not step.quoted and not point.children and not figures:
                self.builder.record(point.block, Outcome.STEP, f"{step.kind.label.lower()}: {step.title}")
                continue
            if step and notes:
                step.quoted = True
            self.add_prose(point.block, *figures, *notes)
            for block in point.children:
                self.add_prose(block, *self.add_figures(block))

    # -- Items

    def place_item(self, kind: Item.Kind, point: Point):
        """A point becomes an item; if it is only a label of longer entries below it, each of those becomes an item."""
        if len(point.children) > 1 and is_label(point):
            self.builder.record(point.block, Outcome.LEFT_OUT, f"a label over points of {self.section_name}")
            for inner in group_points(point.children):
                self.place_item(kind, inner)
            return
        lead, text = split_lead(point.block.inline, is_question=self.topic == Topic.INTERVIEW)
        self.add_item(kind, lead, join_inlines([text, *texts_of_children(point.children)]), point.blocks)

    def add_item(self, kind: Item.Kind, lead: Inline, text: Inline, blocks: list[Block]):
        if len(lead.markdown) > MAX_LEAD:
            lead, text = Inline(), join_inlines([lead, text])
        item = ItemDraft(kind, lead, text, blocks[0].where)
        earlier = self.builder.items.setdefault(item.key, item)
        if earlier is not item:
            for block in blocks:
                self.builder.record(block, Outcome.LEFT_OUT, f"said already at {earlier.where}")
            return
        self.draft.items.append(item)
        for block in blocks:
            figures = self.figures.add_from_text(block)
            skills = self.add_skills(block.text, "", block.where) if self.topic in TOPICS_WITH_SKILLS else []
            self.builder.record(block, Outcome.ITEM, kind.label, *figures, *skills)

    def place_heading_as_item(self, heading: Block) -> bool:
        """A small heading with a short text below it becomes an item; returns False if there is more below it."""
        kind = ITEM_KINDS.get(self.topic)
        blocks = [block for block in self.chapter.blocks if not self.record_if_no_text(block)]
        is_long = sum(block.word_count for block in blocks) > MAX_WORDS_OF_POINT and self.topic != Topic.INTERVIEW
        has_table = any(block.kind == BlockKind.TABLE_ROW for block in blocks)
        if kind is None or has_table or is_long or len(heading.text) > MAX_LEAD:
            for block in blocks:
                self.builder.forget_location(block)
            return False
        text = join_inlines(texts_of_children(blocks))
        self.add_item(kind, heading.inline.without_emphasis(), text, [heading, *blocks])
        return True

    # -- Tables

    def place_table(self, rows: list[Block]):
        kind = ITEM_KINDS.get(self.topic)
        if self.topic in (Topic.PAY, Topic.PATH) or has_pay_header(rows[0]):
            self.place_pay_table(rows)
        elif kind is not None and all(len(row.cells) <= 3 for row in rows):
            for row in rows:
                self.place_row_as_item(kind, row)
        else:
            for row in rows:
                facts = self.add_facts(row)
                self.add_prose(row, *self.add_figures(row), *facts)

    def place_pay_table(self, rows: list[Block]):
        introduction = [self.previous_text] if self.previous_text.endswith(":") else []
        notes = self.figures.add_from_table(rows, self.figures.pay_context(*self.headings, *introduction))
        for row in rows:
            steps = []
            if self.topic == Topic.PATH and not row.is_header:
                step = step_of_entry(
                    row.cells[0], role=self.builder.role, texts_above=self.nearest_headings, where=row.where
                )
                steps = self.facts.add_steps([step]) if step else []
            self.add_prose(row, *notes.get(id(row), []), *steps)

    def place_row_as_item(self, kind: Item.Kind, row: Block):
        if row.is_header:
            self.builder.record(row, Outcome.LEFT_OUT, f"the header of a table of {self.section_name}")
            return
        first, *others = [cell for cell in row.cells if cell.text]
        self.add_item(kind, first.without_emphasis(), join_inlines(others, " – "), [row])


def has_pay_header(row: Block) -> bool:
    return any(re.search(r"\b(?:salary|pay|wage|earnings)\b", cell.text, re.IGNORECASE) for cell in row.cells)


def is_label(point: Point) -> bool:
    """Whether an entry only heads those below it: “Technical skills” above entries that are texts of their own."""
    is_short = point.block.word_count <= MAX_WORDS_OF_LABEL and not re.search(r"[.!?]$", point.block.text)
    entries = [block for block in point.children if block.kind == BlockKind.LIST_ENTRY]
    return is_short and len(entries) > 1 and any(block.word_count > MAX_WORDS_OF_LABEL for block in entries)


def texts_of_children(blocks: list[Block]) -> list[Inline]:
    """Paragraphs one by one, then the nested entries joined to one text."""
    entries = [block.inline for block in blocks if block.kind == BlockKind.LIST_ENTRY]
    others = [block.inline for block in blocks if block.kind != BlockKind.LIST_ENTRY]
    return [*others, join_inlines(entries, "; ")]
