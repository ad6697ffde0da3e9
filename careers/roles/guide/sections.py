"""The sections of a guide's page in reading order: prose, points and figures of one subject under one heading.

What a reader looks for first stands open; the rest is folded. Nothing is left out.
"""

import re
from dataclasses import dataclass, field
from typing import Any, TypeVar

from careers.occupations.models import Source
from careers.roles.models import Item, Role, Section

T = TypeVar("T")
Kind = Section.Kind
PUBLIC_KINDS = [kind for kind in Section.Kind if kind != Kind.UNPLACED]
SKILLS = "skills"  # a section of the page without a text of its own: the prose about tools belongs to it

# Order of the page, and whether the section stands open.
PAGE_ORDER: dict[str, bool] = {
    Kind.OVERVIEW: True,
    Kind.WORK: True,
    Kind.DAY: True,
    Kind.REQUIREMENTS: True,
    Kind.TIPS: False,
    Kind.PAY: True,
    Kind.OUTLOOK: True,
    SKILLS: True,
    Kind.PATH: True,
    Kind.PROSPECTS: False,
    Kind.CHALLENGES: False,
    Kind.KPIS: False,
    Kind.FUTURE: False,
    Kind.INTERVIEW: False,
    Kind.SUMMARY: False,
}
POINT_HEADINGS: dict[str, dict[Item.Kind, str]] = {
    Kind.WORK: {Item.Kind.RESPONSIBILITY: "Responsibilities", Item.Kind.TASK: "Typical tasks"},
    Kind.DAY: {Item.Kind.DAY_ACTIVITY: "Activities"},
    Kind.REQUIREMENTS: {Item.Kind.QUALIFICATION: "Qualifications"},
    Kind.CHALLENGES: {Item.Kind.CHALLENGE: "What makes it hard", Item.Kind.RESPONSE: "What helps"},
    Kind.KPIS: {Item.Kind.KPI: "Measures"},
    Kind.INTERVIEW: {Item.Kind.INTERVIEW_QUESTION: "Questions to prepare"},
    Kind.TIPS: {Item.Kind.TIP: "First steps"},
}
FOLDED_POINTS = (Item.Kind.TASK,)
BLOCK_HEADINGS = {Kind.PAY: "Pay", SKILLS: "Skills and tools"}  # the heading of their prose names the folded text
BEGIN_WITH_BLOCK = (Kind.DAY, Kind.OUTLOOK, Kind.PATH)  # their list, figures or drawing stand in place of the prose
READ_MORE = "Read more"
POINTS_SHOWN = 5
SHORT = 400  # characters of a text that is not worth folding
MARKDOWN_BLOCK = re.compile(r"(?:#|[-*+] |>|\||```|~~~|\d+[.)] |[ \t])")
LINK_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:", re.MULTILINE)
CLOCK_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:.][0-5]\d\b|(?:1[0-2]|[1-9]) ?[ap]\.?m\b", re.IGNORECASE)


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
    def shown(self) -> list[Item]:
        return unfolded(self.items, POINTS_SHOWN)

    @property
    def more(self) -> list[Item]:
        return self.items[len(self.shown) :]

    @property
    def is_numbered(self) -> bool:
        return self.is_timeline or self.kind in (Item.Kind.KPI, Item.Kind.INTERVIEW_QUESTION, Item.Kind.TIP)

    @property
    def is_folded(self) -> bool:
        return self.kind in FOLDED_POINTS

    @property
    def is_timeline(self) -> bool:
        """Whether this is a day by the clock: each activity starts with a time, such as "09:00" or "2 pm"."""
        return self.kind == Item.Kind.DAY_ACTIVITY and all(CLOCK_TIME.match(item.lead) for item in self.items)


@dataclass(frozen=True)
class GuideSection:
    """`lead` stands open, `rest` is folded; both are Markdown."""

    kind: str
    heading: str
    lead: str = ""
    rest: str = ""
    rest_heading: str = ""  # what the folded text is called
    points: list[Points] = field(default_factory=list)
    is_open: bool = True


def unfolded(rows: list[T], number: int) -> list[T]:
    """The rows that stand open; the rest is folded, unless it is only one."""
    return rows if len(rows) <= number + 1 else rows[:number]


def guide_sections(role: Role, blocks: dict[str, Any]) -> list[GuideSection]:
    """The sections that have prose, points or a block. `blocks` is {kind of section: what else it shows}."""
    texts = {section.kind: section for section in role.sections.all()}
    found = [guide_section(kind, texts, points_of(role, kind), bool(blocks.get(kind))) for kind in PAGE_ORDER]
    return [section for section in found if section.lead or section.rest or section.points or blocks.get(section.kind)]


def guide_section(kind: str, texts: dict[str, Section], points: list[Points], has_block: bool) -> GuideSection:
    text = texts.get(Kind.TOOLS if kind == SKILLS else kind)
    body = text.body if text else ""
    if kind in BLOCK_HEADINGS:
        return GuideSection(kind, BLOCK_HEADINGS[kind], rest=body, rest_heading=str(text or ""), points=points)
    is_folded = not PAGE_ORDER[kind] or (kind in BEGIN_WITH_BLOCK and (has_block or bool(points)))
    lead, rest = ("", body) if is_folded else split_lead(body)
    heading = str(text) if text else Kind(kind).label
    return GuideSection(kind, heading, lead, rest, READ_MORE, points, PAGE_ORDER[kind])


def split_lead(body: str) -> tuple[str, str]:
    """(first paragraph, the rest) of a Markdown text; all of a short text is its lead.

    A text that starts with a heading or list has no lead, and one with link definitions is not taken apart.
    """
    text = body.strip()
    if len(text) <= SHORT:
        return text, ""
    first, *rest = re.split(r"\n[ \t]*\n", text, maxsplit=1)
    if MARKDOWN_BLOCK.match(first) or LINK_DEFINITION.search(text):
        return "", text
    return first, "".join(rest)


def points_of(role: Role, section_kind: str) -> list[Points]:
    items = role.items.all()
    groups = [
        Points(kind.value, heading, [item for item in items if item.kind == kind])
        for kind, heading in POINT_HEADINGS.get(section_kind, {}).items()
    ]
    return [group for group in groups if group.items]
