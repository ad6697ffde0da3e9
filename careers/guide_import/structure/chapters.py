"""An article in chapters, each of one topic: by its heading, or by what it says where the heading is lost."""

from dataclasses import dataclass, field
from itertools import takewhile

from careers.guide_import.classify.headings import meaning_of
from careers.guide_import.classify.paragraphs import topic_of_introduction, topic_of_list, topic_of_opening
from careers.guide_import.classify.topics import AROUND, ITEMS, POINTED, Topic
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import Context, pay_in
from careers.guide_import.text.blocks import Block, Kind
from careers.guide_import.text.markers import is_number, ordinal

from .shape import BOLD_LEVEL, POINT_LEVEL

SURE = 3.4
AT_THE_BEGINNING = "its place at the beginning"
HEADING_LOST = "what it says, its heading is lost"


@dataclass
class Chapter:
    """`main` is the chapter a sub-heading stands in; `is_point` where sub-headings are the points of a list."""

    topic: Topic | None
    heading: Block | None = None
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    main: "Chapter | None" = None
    is_point: bool = False
    found_by: str = ""

    @property
    def top(self):
        return self.main or self

    @property
    def entries(self):
        return [block for block in self.blocks if block.kind == Kind.ENTRY]


def chapters_of(blocks, roles, role):
    """Every block but the title is in one chapter; a chapter's heading is not among its blocks."""
    builder = Builder(roles)
    for index, block in enumerate(blocks):
        builder.take(block, leads_to_list(blocks[index + 1 : index + 3]))
    chapters = []
    has_headings = len([chapter for chapter in builder.chapters if chapter.heading]) > 2
    for chapter in builder.chapters:
        chapters += without_lost_headings(chapter, role, has_headings)
    points_by_siblings(chapters)
    by_position(chapters)
    return chapters


def by_position(chapters):
    """A first part whose heading tells no topic is about the role; “In a nutshell” at the beginning sums up nothing."""
    headed = [chapter for chapter in chapters if chapter.heading and chapter.topic not in AROUND]
    if len(headed) < 3:
        return
    first = headed[0]
    if first.topic == Topic.SUMMARY:
        first.topic = Topic.OVERVIEW
    elif first.topic is None and is_prose(first):
        first.topic, first.found_by = Topic.OVERVIEW, AT_THE_BEGINNING


def is_prose(chapter):
    return 0 < len(chapter.blocks) <= 3 and all(block.kind == Kind.PARAGRAPH for block in chapter.blocks)


class Builder:
    def __init__(self, roles):
        self.roles = roles
        self.chapters = [Chapter(None)]

    @property
    def current(self):
        return self.chapters[-1]

    def take(self, block, is_above_list=False):
        if block.kind == Kind.HEADING:
            self.heading(block, is_above_list)
        else:
            self.current.blocks.append(block)

    def heading(self, block, is_above_list):
        meaning, top = meaning_of(block.text, self.roles), self.current.top
        if top.topic == Topic.COMMENTS and not self._ends_comments(meaning):
            self.current.blocks.append(block)
            return
        is_deeper = bool(top.heading) and block.level > top.level
        if meaning and meaning.topic in AROUND:
            self._main(block, meaning.topic)
        elif is_deeper and self._is_part_of(top, block, meaning, is_above_list):
            is_point = top.topic in POINTED
            topic = top.topic if is_point or meaning is None else meaning.topic
            self.chapters.append(Chapter(topic, block, block.level, main=top, is_point=is_point))
        elif meaning:
            self._main(
                block, meaning.topic, level=top.level if block.level == BOLD_LEVEL and top.heading else block.level
            )
        elif is_deeper or block.level in (BOLD_LEVEL, POINT_LEVEL):
            self.chapters.append(Chapter(top.topic, block, block.level, main=top, is_point=top.topic in POINTED))
        else:
            self._main(block, None)

    def _main(self, block, topic, level=None):
        self.chapters.append(Chapter(topic, block, level or block.level, found_by="its heading" if topic else ""))

    def _ends_comments(self, meaning):
        return meaning is not None and meaning.is_plain and meaning.topic not in AROUND and meaning.score >= SURE

    def _is_part_of(self, top, block, meaning, is_above_list):
        """Whether a deeper heading goes on with the topic of the chapter it stands in."""
        if top.topic is None or top.topic in AROUND:
            return meaning is None
        if meaning is None:
            return True
        if meaning.topic == top.topic or block.level == POINT_LEVEL:
            return True
        if top.topic == Topic.CHALLENGES and meaning.topic == Topic.RESPONSES:
            return False
        if top.topic in POINTED:
            is_other = meaning.score >= SURE and (meaning.is_plain or is_above_list)
            return not is_other or (top.topic == Topic.INTERVIEW and not is_above_list)
        if top.topic == Topic.PATH and meaning.topic in (Topic.INDUSTRIES, Topic.REQUIREMENTS, Topic.WORK):
            return meaning.topic != Topic.REQUIREMENTS or not meaning.is_plain
        return not meaning.is_plain and meaning.score < 3


def leads_to_list(following):
    """Whether a list stands below, at once or after a line that leads to it: a part of its own, not a point."""
    if following and following[0].kind == Kind.PARAGRAPH and following[0].text.endswith(":"):
        following = following[1:]
    return bool(following) and following[0].kind == Kind.ENTRY


def points_by_siblings(chapters):
    """Headings of one level, each above a short paragraph, below an introduction to points: they are the points."""
    for index, chapter in enumerate(chapters):
        if not announces_points(chapter):
            continue
        following = list(takewhile(could_be_point, chapters[index + 1 :]))
        if len(following) > 1:
            for other in following:
                other.topic, other.main, other.is_point = chapter.topic, chapter, True


def announces_points(chapter):
    is_main = chapter.topic in POINTED and not chapter.is_point and chapter.main is None
    return is_main and not chapter.entries and len(chapter.blocks) < 2


def could_be_point(chapter):
    alone = chapter.topic is None and chapter.heading is not None and chapter.main is None
    return alone and 0 < len(chapter.blocks) <= 2 and not chapter.entries


# -- Lost headings


def without_lost_headings(chapter, role, has_headings):
    """The chapter in pieces, where a list or a paragraph in it plainly has another topic than its heading."""
    if chapter.topic in AROUND or chapter.topic in (Topic.RELATED, Topic.RESOURCES) or chapter.is_point:
        return [chapter]
    pieces = [Chapter(chapter.topic, chapter.heading, chapter.level, [], chapter.main, found_by=chapter.found_by)]
    runs = runs_of(chapter.blocks)
    for index, (kind, run) in enumerate(runs):
        current = pieces[-1]
        if leads_on(runs, index):
            current.blocks += run
            continue
        topic = topic_of_run(kind, run, current, chapter, role, has_headings)
        if topic is None or topic == current.topic:
            current.blocks += run
            continue
        if current.topic is None and current.heading and not current.blocks:
            current.topic, current.found_by, current.blocks = topic, "what it says", [*run]
            continue
        introduction = introduction_of(current, kind)
        fresh = Chapter(topic, None, chapter.level, [*introduction, *run], found_by=HEADING_LOST)
        if current.blocks or current.heading:
            pieces.append(fresh)
        else:
            pieces[-1] = fresh
    if pieces[0].topic is None and (pieces[0].heading is None) and pieces[0].blocks:
        pieces[0].topic, pieces[0].found_by = Topic.OVERVIEW, AT_THE_BEGINNING
    return pieces


def runs_of(blocks):
    """[(kind, blocks)]: each paragraph by itself, each list with its continuations, each table."""
    runs = []
    for block in blocks:
        if runs and goes_on(runs[-1][1], block):
            runs[-1][1].append(block)
        else:
            runs.append((block.kind, [block]))
    return runs


def leads_on(runs, index):
    """Whether a run is a line such as “The duties are:” above a list: what it announces is asked with the list."""
    kind, run = runs[index]
    above_list = index + 1 < len(runs) and runs[index + 1][0] == Kind.ENTRY
    return kind == Kind.PARAGRAPH and above_list and run[0].text.rstrip().endswith(":")


def goes_on(run, block):
    first = run[0].kind
    if first == Kind.ROW:
        return block.kind == Kind.ROW and run[-1].table == block.table
    if first != Kind.ENTRY:
        return False
    return (block.kind == Kind.PARAGRAPH and block.depth > 0) or (block.kind == Kind.ENTRY and not new_list(run, block))


def new_list(run, block):
    """A number 1 after other numbers, or another mark at the same depth, begins another list."""
    if block.group != run[-1].group:
        return True
    before = next((entry for entry in reversed(run) if entry.kind == Kind.ENTRY and entry.depth == block.depth), None)
    if before is None:
        return False
    if is_number(before.marker) != is_number(block.marker) or parts_lists(before.marker, block.marker):
        return True
    return block.depth <= run[0].depth and ordinal(block.marker)[1] == 1 and ordinal(before.marker)[1] is not None


def parts_lists(marker, other):
    """Another of Markdown's marks begins another list."""
    return marker != other and {marker, other} <= {"-", "*", "+"}


def introduction_of(current, kind):
    """The last paragraph before a list goes with it, if it leads to it."""
    if kind != Kind.PARAGRAPH and current.blocks and current.blocks[-1].kind == Kind.PARAGRAPH:
        last = current.blocks[-1]
        if last.text.rstrip().endswith(":") or (last.words <= 40 and topic_of_introduction(last.text)):
            return [current.blocks.pop()]
    return []


def topic_of_run(kind, run, current, chapter, role, has_headings):
    """The topic of a paragraph, a list or a table where it is another than the current one; None where it goes on."""
    open_topic = current.topic in (None, Topic.OVERVIEW, Topic.SUMMARY)
    if kind == Kind.PARAGRAPH:
        if (chapter.heading and chapter.topic) or (has_headings and chapter.heading):
            return topic_of_unknown(run[0], role) if current.topic is None and not current.blocks else None
        return topic_of_opening(run[0].text)
    if kind == Kind.ROW:
        return None
    said, content = None, topic_of_list(run, role)
    if current.blocks and current.blocks[-1].kind == Kind.PARAGRAPH:
        introduction = current.blocks[-1].text
        said = topic_of_introduction(introduction) or (None if chapter.heading else topic_of_opening(introduction))
    if open_topic:
        return content if content in (Topic.PAY, Topic.INTERVIEW, Topic.RELATED) else said or content
    if current.topic == Topic.QUESTIONS:
        return None
    if content in (Topic.INTERVIEW, Topic.PAY, Topic.RELATED) and not compatible(current.topic, content):
        return content
    has_list = any(block.kind == Kind.ENTRY for block in current.blocks) or not chapter.heading
    if has_list and (said in ITEMS or said == Topic.TOOLS) and not compatible(current.topic, said):
        return said
    return content if has_list and content in (Topic.KPIS, Topic.DAY) else None


COMPATIBLE = [
    {Topic.WORK, Topic.TASKS, Topic.DAY},
    {Topic.PAY, Topic.PATH, Topic.OUTLOOK},
    {Topic.REQUIREMENTS, Topic.TOOLS, Topic.TIPS},
]


def topic_of_unknown(block, role):
    """The topic of a paragraph below a heading that tells none."""
    if outlook_in(block.text, OutlookContext(role=role))[0]:
        return Topic.OUTLOOK
    return Topic.PAY if pay_in(block.text, Context(role=role))[0] else topic_of_opening(block.text)


def compatible(topic, other):
    """Whether a list of the other topic may well stand in a chapter of the first."""
    return topic == other or any({topic, other} <= pair for pair in COMPATIBLE)
