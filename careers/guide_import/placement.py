"""Each block of an article gets its one place in the draft: nothing is lost, nothing is placed twice."""

import re

from .chapter_content import Filling
from .classify.boilerplate import reason_to_leave_out, stubs_of
from .classify.role import names_of, role_of
from .classify.topics import AROUND, SECTIONS, Topic
from .draft import ArticleDraft, Fate, SectionDraft, Settled
from .extract.citations import source_line
from .extract.figures import Figures
from .extract.people import same_role, stems
from .extract.skills import Vocabulary
from .structure.chapters import AT_THE_BEGINNING, Chapter, chapters_of, runs_of
from .structure.shape import shaped
from .text.blocks import Block, Kind, Reading

REPEATED_WORDS = 6
# From how many words on a paragraph is no part of a box that stands in the text.
LONGEST_IN_BOX = {Topic.NEWSLETTER: 30, Topic.RELATED: 40}
RESOURCE = "a list of resources: the directory is the place for them"
UNKNOWN = "its heading names no part of a guide"


def draft_of(reading: Reading, *, role: str = "", vocabulary: Vocabulary | None = None) -> ArticleDraft:
    """The draft of an article about the role; without one, about the role the article names."""
    return Placing(reading, role, vocabulary or Vocabulary()).draft


class Placing:
    def __init__(self, reading, role, vocabulary):
        self.reading, self.vocabulary = reading, vocabulary
        named = role_of(reading.title or first_line(reading.blocks), reading.blocks)
        self.blocks = shaped(reading.blocks, names_of(*filter(None, {role, named})), reading.title)
        self.title = next((block for block in self.blocks if is_title(block)), None)
        named = role_of(self.title.text if self.title else reading.title, self.blocks) or named
        self.role = role or named
        self.names = names_of(*filter(None, dict.fromkeys([self.role, named])))
        self.draft = ArticleDraft(
            self.title.text if self.title else re.split(r"\s[|–—]\s", reading.title)[0],
            named,
            reading.kind,
            reading.encoding,
            reading.address,
            reading.publisher,
            notes=list(reading.notes),
        )
        self.settled, self.seen, self.items = {}, {}, {}
        self.figures, self.last_topic = Figures(self), Topic.OVERVIEW
        self.place()

    # -- Keeping account

    def settle(self, block, fate, target="", *notes):
        self.settled[id(block)] = Settled(block, fate, target, [note for note in notes if note])

    def note(self, block, *notes):
        self.settled[id(block)].notes += [note for note in notes if note]

    def is_settled(self, block):
        return id(block) in self.settled

    # -- The whole

    def place(self):
        for block in self.blocks:
            if block.left_out:
                self.settle(block, Fate.LEFT_OUT, block.left_out)
        if self.title:
            self.settle(self.title, Fate.TITLE)
            if self.draft.role and self.role and not same_role(self.draft.role, self.role):
                self.draft.notes.append(f"The article speaks of “{self.draft.role}”; the guide is “{self.role}”.")
        self.leave_out_contents()
        rest = [block for block in self.blocks if not self.is_settled(block)]
        for chapter in self.without_repeated(chapters_of(rest, self.names, self.role)):
            Chapters(self, chapter).place()
        self.draft.settled = [self.settled[id(block)] for block in self.blocks]
        self.draft.sections = {kind: section for kind, section in self.draft.sections.items() if section.parts}
        self.figures.finish()

    def leave_out_contents(self):
        """A list at the beginning whose entries are the headings further down is a table of contents."""
        headings = {tuple(stems(block.text)) for block in self.blocks if block.kind == Kind.HEADING}
        for kind, run in runs_of([block for block in self.blocks if not block.left_out]):
            entries = [block for block in run if block.kind == Kind.ENTRY]
            if kind != Kind.ENTRY or len(entries) < 3:
                continue
            same = [entry for entry in entries if tuple(stems(entry.text)) in headings]
            if len(same) >= len(entries) * 0.6:
                for block in run:
                    self.settle(block, Fate.LEFT_OUT, Topic.CONTENTS.value)

    def without_repeated(self, chapters):
        """The chapters but those that say again, under the same heading, what an earlier one said."""
        kept, said = [], {}
        for chapter in chapters:
            key = tuple(stems(chapter.heading.text)) if chapter.heading else ()
            words = {tuple(stems(block.text)) for block in chapter.blocks}
            earlier = said.get(key)
            if key and earlier and words and len(words & earlier[0]) >= len(words) * 0.8:
                for block in [chapter.heading, *chapter.blocks]:
                    self.settle(block, Fate.LEFT_OUT, f"a section given twice, first at {earlier[1]}")
            else:
                kept.append(chapter)
            if key:
                said[key] = (
                    words | (earlier[0] if earlier else set()),
                    earlier[1] if earlier else chapter.heading.where,
                )
        return kept

    def add_stubs(self, block, stubs):
        known = [stems(stub.title) for stub in self.draft.stubs]
        fresh = [stub for stub in stubs if stems(stub.title) not in known]
        self.draft.stubs += fresh
        if fresh:
            named = ", ".join(f"“{stub.title}” ({stub.kind.label.lower()})" for stub in fresh)
            self.settle(block, Fate.STUB, named)
        else:
            self.settle(block, Fate.LEFT_OUT, "a link given twice")

    def section(self, kind):
        return self.draft.sections.setdefault(kind, SectionDraft(kind))

    def repeated(self, block, topic):
        """Where a block was said before; '' where it was not. Short points may recur under another topic."""
        key = tuple(stems(block.text))
        key = key if len(key) >= REPEATED_WORDS else (topic, *key)
        if key in self.seen:
            return self.seen[key]
        self.seen[key] = block.where
        return ""


def first_line(blocks):
    """The first line of a text, which is its title where none is marked."""
    first = next((block for block in blocks if not block.left_out and not reason_to_leave_out(block)), None)
    return first.text if first and first.words <= 20 and not first.text.endswith(".") else ""


def is_title(block):
    return block.kind == Kind.HEADING and block.level == 1 and not block.left_out


class Chapters:
    """Places one chapter."""

    def __init__(self, placing, chapter: Chapter):
        self.placing, self.chapter, self.topic = placing, chapter, chapter.topic
        kind = SECTIONS.get(self.topic)
        if self.topic == Topic.INDUSTRIES and chapter.top.topic != Topic.PATH:
            kind = SECTIONS[Topic.OVERVIEW]
        self.section = placing.section(kind) if kind else None

    def place(self):
        chapter, placing = self.chapter, self.placing
        if self.topic in AROUND:
            self.leave_out_region()
        elif self.topic == Topic.RELATED:
            self.stubs()
        elif self.topic is None or self.section is None:
            self.unplaced()
        else:
            placing.last_topic = self.topic
            Filling(placing, chapter, self.section).fill()

    # -- What is no part of a guide

    def leave_out_region(self):
        """A newsletter box ends where longer paragraphs begin; comments go on to the next part of the article."""
        self.placing.settle(self.chapter.heading, Fate.LEFT_OUT, self.topic.value)
        blocks = self.chapter.blocks
        for index, block in enumerate(blocks):
            if self.ends_box(block) or (self.topic == Topic.AUTHOR and index > 2):
                self.go_on(blocks[index:])
                return
            self.placing.settle(block, Fate.LEFT_OUT, self.topic.value)

    def ends_box(self, block):
        longest = LONGEST_IN_BOX.get(self.topic, 12)
        endless = self.topic in (Topic.COMMENTS, Topic.AUTHOR)
        return not endless and block.kind == Kind.PARAGRAPH and block.words >= longest

    def go_on(self, blocks):
        """The text goes on behind a box that stood in it: the rest is placed by what it says."""
        for chapter in chapters_of(blocks, self.placing.names, self.placing.role):
            if chapter.found_by == AT_THE_BEGINNING:
                chapter.topic = self.placing.last_topic
            Chapters(self.placing, chapter).place()

    def stubs(self):
        if self.chapter.heading:
            self.placing.settle(self.chapter.heading, Fate.HEADING, "Related articles")
        for index, block in enumerate(self.chapter.blocks):
            if self.ends_box(block):
                self.go_on(self.chapter.blocks[index:])
                return
            self.stub(block, in_list=True)

    def stub(self, block, *, in_list):
        """Whether the block became a stub, or was left out as what stands around such links."""
        placing = self.placing
        if reason := reason_to_leave_out(block):
            placing.settle(block, Fate.LEFT_OUT, reason)
            return True
        found = stubs_of(block, in_list=in_list)
        if found:
            placing.add_stubs(block, found)
        elif in_list:
            self.unplaced_block(block, "it stands among links to other articles and is none")
        return bool(found) or in_list

    # -- What has no place yet

    def unplaced(self):
        reason = {Topic.RESOURCES: RESOURCE, Topic.QUESTIONS: "a question the guide has no part for"}.get(
            self.topic, UNKNOWN
        )
        if self.chapter.heading:
            self.unplaced_block(self.chapter.heading, reason)
        for block in self.chapter.blocks:
            if left_out := reason_to_leave_out(block):
                self.placing.settle(block, Fate.LEFT_OUT, left_out)
            elif source := source_line(block.text):
                self.placing.draft.sources.append(source)
                self.unplaced_block(block, f"it names a source ({source}) of what has no place")
            elif self.topic == Topic.RESOURCES or not self.stub(block, in_list=False):
                self.unplaced_block(block, reason)

    def unplaced_block(self, block: Block, reason):
        claims = self.placing.figures.in_prose(block) if block.kind != Kind.HEADING else []
        self.placing.settle(block, Fate.UNPLACED, "", reason, *claims)
