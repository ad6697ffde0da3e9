"""Fills a part of the guide from a chapter: prose stays prose, lists become points, figures become claims."""

import re

from careers.roles.models import RoleSkill

from .classify.boilerplate import reason_to_leave_out, stubs_of
from .classify.topics import ITEMS, Topic
from .draft import Fate, ItemDraft
from .extract.career_path import (
    industries_in,
    industries_listed,
    industry_of_entry,
    is_role,
    ladder_of,
    rungs_in,
    step_of_entry,
    steps_in_prose,
)
from .extract.citations import source_line
from .extract.figures import ClaimNote
from .extract.measures import statistic_of
from .extract.outlook import OutlookContext
from .extract.pay import STATISTIC_LABEL, Context
from .extract.skills import skill_drafts
from .structure.chapters import runs_of
from .text.blocks import LONGEST_LOOKED_INTO, Block, Kind
from .text.inline import Inline
from .text.points import MAX_LEAD, Point, joined, lead_and_text, points_of
from .text.sentences import sentence_list

MOST_OF_A_POINT, SHORT_BELOW = 160, 8
WITH_SKILLS = (Topic.REQUIREMENTS, Topic.TOOLS)


class Filling:
    def __init__(self, placing, chapter, section):
        self.placing, self.chapter, self.section = placing, chapter, section
        self.draft, self.figures, self.topic = placing.draft, placing.figures, chapter.topic
        self.headings = [entry.text for entry in (chapter.top.heading, chapter.heading) if entry is not None]
        self.headings = list(dict.fromkeys(self.headings))
        self.said_before, self.series = "", []

    @property
    def name(self):
        return self.section.kind.label

    def fill(self):
        chapter = self.chapter
        if chapter.is_point and self.point_of_heading():
            return
        if chapter.heading is not None:
            found = f"“{self.name}”"
            self.placing.settle(chapter.heading, Fate.HEADING, found)
            self.section.open(chapter.heading.text)
        for kind, run in runs_of(chapter.blocks):
            run = [block for block in run if not self.placing.is_settled(block)]
            if not run:
                continue
            if kind == Kind.ENTRY:
                self.entries(run)
            elif kind == Kind.ROW:
                self.rows(run)
            else:
                self.paragraph(run[0])
        self.figures.close()
        self.section.close()
        if chapter.blocks and chapter.found_by.startswith("what it says"):
            self.placing.note(chapter.blocks[0], f"placed by {chapter.found_by}")

    # -- Paragraphs

    def paragraph(self, block):
        if self.set_aside(block):
            return
        self.prose(block, *self.figures_of(block, []), *self.facts_of(block))
        self.said_before = block.text

    def set_aside(self, block):
        """Whether a block is no part of the text: boilerplate, a link to an article, a source, or said before."""
        placing = self.placing
        if source := self.figures.take_source(block.text):
            self.draft.sources.append(source)
            self.prose(block)
            placing.settled[id(block)].fate = Fate.SOURCE
            placing.settled[id(block)].target = str(source)
            return True
        if reason := reason_to_leave_out(block):
            placing.settle(block, Fate.LEFT_OUT, reason)
            return True
        if stubs := stubs_of(block):
            placing.add_stubs(block, stubs)
            return True
        if where := placing.repeated(block, self.topic):
            placing.settle(block, Fate.LEFT_OUT, f"said already at {where}")
            return True
        return False

    def prose(self, block, *notes):
        self.section.add(block)
        fate = Fate.CLAIM if any(isinstance(note, ClaimNote) for note in notes) else Fate.SECTION
        self.placing.settle(block, fate, f"“{self.name}”", *notes)

    def figures_of(self, block, labels):
        """Notes on the claims of a block, read under the headings and labels above it."""
        above = [*self.headings, *labels]
        pay, outlook = Context(role=self.placing.role), OutlookContext(role=self.placing.role)
        if self.topic == Topic.PAY:
            pay = self.figures.context(*above)
        elif self.topic == Topic.OUTLOOK:
            outlook = self.figures.outlook_context(*above)
        return [
            *self.figures.pay(block.text, pay, block.where),
            *self.figures.outlook(block.text, outlook, block.where),
        ]

    def facts_of(self, block):
        """Skills, career steps and industries that a text names beside what it says. They are quoted, it stays."""
        notes = []
        if self.topic in WITH_SKILLS:
            notes += self.add_skills(block.text, "", block.where)
        if self.topic in (Topic.PATH, Topic.INDUSTRIES, Topic.OVERVIEW):
            named = industries_in(block.text[:LONGEST_LOOKED_INTO])
            bare = industries_listed(block.text) if self.topic == Topic.INDUSTRIES else []
            notes += self.add_industries(named or bare)
        if self.topic == Topic.PATH:
            text = block.text[:LONGEST_LOOKED_INTO]
            notes += self.add_steps(rungs_in(text, self.placing.role, block.where))
            for sentence in sentence_list(text):
                steps = steps_in_prose(sentence, role=self.placing.role, around=self.headings[::-1], where=block.where)
                notes += self.add_steps(steps)
        return notes

    # -- Facts

    def add_skills(self, text, note, where):
        default = RoleSkill.Necessity.REQUIRED if self.topic == Topic.REQUIREMENTS else RoleSkill.Necessity.USEFUL
        around = [*self.headings[::-1]] if self.topic == Topic.REQUIREMENTS else []
        drafts = skill_drafts(text, note, self.placing.vocabulary, around=around, default=default, where=where)
        known = {skill.name: skill for skill in self.draft.skills}
        added = [skill for skill in drafts if skill.name not in known]
        self.draft.skills += added
        return [f"skill{'s' if len(added) > 1 else ''}: {', '.join(skill.name for skill in added)}"] if added else []

    def add_steps(self, steps):
        known = {step.key for step in self.draft.steps}
        added = [step for step in steps if step.key not in known and not is_role(step.title, self.placing.role)]
        self.draft.steps += added
        return [f"career step {step.kind.label.lower()}: {step.title}" for step in added]

    def add_industries(self, names):
        vocabulary = {name.casefold(): name for name in self.placing.vocabulary.industries}
        names = [vocabulary.get(name.casefold(), name[:1].upper() + name[1:]) for name in names]
        known = {name.casefold() for name in self.draft.industries}
        added = [name for name in dict.fromkeys(names) if name.casefold() not in known]
        self.draft.industries += added
        return [f"industries: {', '.join(added)}"] if added else []

    # -- Lists

    def entries(self, run):
        """A line that names a source parts the entries above it, which rest on it, from those below."""
        part = []
        for block in run:
            if source_line(block.text):
                self.entries_of(part)
                self.set_aside(block)
                part = []
            else:
                part.append(block)
        self.entries_of(part)

    def entries_of(self, run):
        run = [block for block in run if not self.entry_set_aside(block)]
        if not run:
            return
        kind = ITEMS.get(self.topic)
        points = points_of(run)
        if self.topic == Topic.PATH:
            self.steps(points)
        elif kind is None:
            for point in points:
                self.listed(point)
        else:
            for point in points:
                self.item(kind, point)
        self.said_before, self.series = "", []

    def entry_set_aside(self, block):
        return block.depth <= 1 and self.set_aside(block)

    def listed(self, point):
        """A list that stays one in the prose."""
        labels = [self.said_before] if self.said_before and not self.said_before_has_figures() else []
        notes = self.facts_of_entry(point.block)
        self.prose(point.block, *(self.series_of(point.block, labels) or self.figures_of(point.block, labels)), *notes)
        for block in point.below:
            above = [*labels, point.block.text] if not self.figures_in(point.block) else labels
            self.prose(block, *self.figures_of(block, above), *self.facts_of_entry(block))

    def series_of(self, block, labels):
        """Notes on a line such as “Lowest: $40,000”, which goes on with the claim of the lines before it."""
        label = block.text.partition(":")[0]
        if self.topic != Topic.PAY or not (STATISTIC_LABEL.match(label) or statistic_of(label).startswith("p")):
            self.series = []
            return []
        return self.figures.pay_in_series(
            block.text, self.figures.context(*self.headings, *labels), block.where, self.series
        )

    def said_before_has_figures(self):
        return not self.said_before.rstrip().endswith(":") and bool(re.search(r"\d", self.said_before))

    def figures_in(self, block):
        return bool(re.search(r"\d{2,}", block.text))

    def facts_of_entry(self, block):
        lead, text = lead_and_text(block.inline)
        notes = []
        if self.topic in WITH_SKILLS:
            notes += self.add_skills(lead.text or block.text, text.text if lead.text else "", block.where)
            notes += self.add_skills(block.text, "", block.where)
        if self.topic == Topic.INDUSTRIES and (name := industry_of_entry(block.inline)):
            notes += self.add_industries([name])
        return notes

    def steps(self, points):
        around = [text for text in [self.said_before, *self.headings[::-1]] if text]
        leads = [lead_and_text(point.block.inline)[0].text or point.block.text for point in points]
        ladder = ladder_of(leads, self.placing.role)
        for index, point in enumerate(points):
            step = step_of_entry(
                point.block.inline,
                role=self.placing.role,
                around=around,
                ladder=ladder.get(index),
                where=point.block.where,
            )
            figures = self.figures_of(point.block, [])
            notes = self.add_steps([step]) if step else []
            if notes and not step.quoted and not point.below and not figures:
                self.placing.settle(point.block, Fate.STEP, f"{step.kind.label.lower()}: {step.title}")
                continue
            if notes:
                step.quoted = True
            for block in point.blocks:
                self.prose(block, *(figures if block is point.block else self.figures_of(block, [])), *notes)
                notes = []

    # -- Points

    def item(self, kind, point):
        """A point becomes an item; where it is only a label over longer ones, those become items of their own."""
        if len(point.below) > 1 and is_label(point):
            self.prose_label(point.block)
            for inner in points_of(point.below):
                self.item(kind, inner)
            return
        lead, text = lead_and_text(point.block.inline, is_question=self.topic == Topic.INTERVIEW)
        text = joined([text, *below_in_one(point.below)])
        self.add_item(kind, lead, text, point.blocks)

    def prose_label(self, block):
        self.placing.settle(block, Fate.HEADING, f"a label over points of “{self.name}”")

    def add_item(self, kind, lead, text, blocks):
        if len(lead.markdown) > MAX_LEAD:
            lead, text = Inline(), joined([lead, text])
        fresh = ItemDraft(kind, lead, text, blocks[0].where)
        earlier = self.placing.items.setdefault(fresh.key, fresh)
        if earlier is not fresh:
            for block in blocks:
                self.placing.settle(block, Fate.LEFT_OUT, f"said already at {earlier.where}")
            return
        self.draft.items.append(fresh)
        for block in blocks:
            notes = [
                *self.figures.in_prose(block),
                *(self.add_skills(block.text, "", block.where) if self.topic in WITH_SKILLS else []),
            ]
            self.placing.settle(block, Fate.ITEM, kind.label, *notes)

    def point_of_heading(self):
        """A small heading with a paragraph below it is a point; False where more stands below it."""
        chapter = self.chapter
        kind, blocks = ITEMS.get(self.topic), [block for block in chapter.blocks if not self.set_aside(block)]
        words = sum(block.words for block in blocks)
        if kind is None or any(block.kind == Kind.ROW for block in blocks) or len(chapter.heading.text) > MAX_LEAD:
            return self.start_over(blocks)
        if words > MOST_OF_A_POINT and self.topic != Topic.INTERVIEW:
            return self.start_over(blocks)
        text = joined(below_in_one(blocks))
        self.add_item(kind, chapter.heading.inline.plain(), text, [chapter.heading, *blocks])
        return True

    def start_over(self, blocks):
        """What was looked at has not been said: it comes again as prose."""
        for block in blocks:
            for key in [key for key, where in self.placing.seen.items() if where == block.where]:
                del self.placing.seen[key]
        return False

    # -- Tables

    def rows(self, run):
        kind = ITEMS.get(self.topic)
        if self.topic in (Topic.PAY, Topic.PATH) or self.has_pay(run):
            self.pay_rows(run)
        elif kind is not None and all(len(row.cells) <= 3 for row in run):
            for row in run:
                self.item_row(kind, row)
        else:
            for row in run:
                notes = self.facts_of(row)
                self.prose(row, *self.figures_of(row, []), *notes)

    def has_pay(self, run):
        return any(re.search(r"\b(?:salary|pay|wage|earnings)\b", cell.text, re.IGNORECASE) for cell in run[0].cells)

    def pay_rows(self, run):
        above = [*self.headings, *([self.said_before] if self.said_before.endswith(":") else [])]
        notes = self.figures.table(run, self.figures.context(*above))
        for row in run:
            steps = []
            if self.topic == Topic.PATH and not row.is_header:
                step = step_of_entry(row.cells[0], role=self.placing.role, around=self.headings[::-1], where=row.where)
                steps = self.add_steps([step]) if step else []
            self.prose(row, *notes.get(id(row), []), *steps)

    def item_row(self, kind, row):
        if row.is_header:
            self.placing.settle(row, Fate.HEADING, f"the header of a table of “{self.name}”")
            return
        first, *others = [cell for cell in row.cells if cell.text]
        self.add_item(kind, first.plain(), joined(others, " – "), [row])


def is_label(point: Point):
    """Whether an entry only heads those below it: “Technical skills” over points that say something themselves."""
    bare = point.block.words <= 8 and not re.search(r"[.!?]$", point.block.text)
    inner = [block for block in point.below if block.kind == Kind.ENTRY]
    return bare and len(inner) > 1 and any(block.words > SHORT_BELOW for block in inner)


def below_in_one(blocks: list[Block]):
    """What stands below a point, as text behind it: short entries as a series, sentences as they are."""
    entries = [block.inline for block in blocks if block.kind == Kind.ENTRY]
    others = [block.inline for block in blocks if block.kind != Kind.ENTRY]
    return [*others, joined(entries, "; ")]
