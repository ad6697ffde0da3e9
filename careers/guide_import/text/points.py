"""List points, and the split of a point into lead and text: “Data quality: …”, “**Data quality** – …”, “Data quality. …”."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .blocks import Block, BlockKind
from .inline import Inline, Run

SEPARATOR = re.compile(r"\s*[:：]\s+|\s+[–—]\s*|\s*—\s*|\s+-{1,2}\s+|\s*\|\s*|:(?=[A-Z])")
LEAD_SENTENCE = re.compile(r"^(?P<lead>[^.!?:;]{3,60})\.\s+(?=[A-Z“\"(])")
SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|no|dr|mr|ms|mrs|st|inc|ltd)|\b[A-Z])$", re.IGNORECASE)
CLOCK = re.compile(
    r"^\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|h|o'clock)?(?:\s?(?:–|-|to|until)\s?\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|h)?)?(?!\w)",
    re.I,
)
MAX_LEAD_WORDS, MAX_LEAD_CHARACTERS = 9, 90
MAX_LEAD = 200
QUESTION = re.compile(r"^(?P<question>.{6,195}?\?)(?:[”\"'’)])?\s+(?=\S)")


@dataclass
class Point:
    """A list entry with its further paragraphs and nested entries."""

    block: Block
    children: list[Block] = field(default_factory=list)

    @property
    def blocks(self):
        return [self.block, *self.children]


def group_points(blocks: list[Block]) -> list[Point]:
    """The blocks of one list, grouped by outermost entry."""
    points: list[Point] = []
    top = min((block.depth for block in blocks if block.marker or block.kind == BlockKind.LIST_ENTRY), default=0)
    for block in blocks:
        if points and (block.kind != BlockKind.LIST_ENTRY or block.depth > top):
            points[-1].children.append(block)
        else:
            points.append(Point(block))
    return points


def split_lead(inline: Inline, *, is_question: bool = False) -> tuple[Inline, Inline]:
    """(lead, text) of a point; either may be empty. Only the separator between them is dropped."""
    text = inline.text
    if is_question or text.rstrip("”\"'’)").endswith("?"):
        return split_question(inline)
    cut = split_at_emphasis(inline) or split_at_clock(text) or split_at_separator(text) or split_at_sentence(text)
    if cut:
        return inline.cut(0, cut[0]).without_emphasis(), inline.cut(cut[1])
    if len(text.split()) <= MAX_LEAD_WORDS and len(text) <= MAX_LEAD_CHARACTERS and not text.endswith("."):
        return inline.without_emphasis(), Inline()
    return Inline(), inline


def split_question(inline: Inline) -> tuple[Inline, Inline]:
    match = QUESTION.match(inline.text)
    if match:
        return inline.cut(0, match.end("question")).without_emphasis(), inline.cut(match.end())
    return (inline.without_emphasis(), Inline()) if len(inline.text) <= MAX_LEAD else (Inline(), inline)


def split_at_emphasis(inline: Inline) -> tuple[int, int] | None:
    """Bold text at the start is the lead if it is short and followed by more text. Returns (end of lead, start of text)."""
    length = inline.bold_length
    bold = inline.text[:length].strip()
    if not bold or len(bold) > 120 or not re.search(r"\w", inline.text[length:]):
        return None
    rest = inline.text[length:]
    separator = prefix_of(r"\s*[:–—.;|-]*\s*", rest)
    lead_end = len(inline.text[:length].rstrip(" :–—-|;"))
    if bold.endswith((".", "?", "!", ":")) or separator.strip() or rest.lstrip()[:1].isupper():
        lead_end = lead_end - 1 if inline.text[:lead_end].endswith(".") and not SHORT.search(bold[:-1]) else lead_end
        return lead_end, length + len(separator)
    return None


def split_at_clock(text: str) -> tuple[int, int] | None:
    """The time is the lead of “8:00 – Opening the kitchen”."""
    match = CLOCK.match(text)
    if not match or not re.search(r"[:.]\d{2}|[ap]\.?m|h$|o'clock", match[0], re.IGNORECASE):
        return None
    start = match.end() + len(prefix_of(r"\s*[:–—|.-]?\s*", text[match.end() :]))
    return (match.end(), start) if text[start:] else None


def split_at_separator(text: str) -> tuple[int, int] | None:
    for match in SEPARATOR.finditer(text[: MAX_LEAD_CHARACTERS + 10]):
        lead, rest = text[: match.start()], text[match.end() :]
        if not rest.strip() or not lead.strip():
            continue
        if len(lead.split()) > MAX_LEAD_WORDS + 1 or re.search(r"[.!?;]\s", lead) or re.search(r"https?$", lead):
            return None
        if lead.count("(") != lead.count(")"):
            continue
        return match.start(), match.end()
    return None


def split_at_sentence(text: str) -> tuple[int, int] | None:
    match = LEAD_SENTENCE.match(text)
    if not match or SHORT.search(match["lead"]) or len(match["lead"].split()) > 6:
        return None
    return match.end("lead"), match.end()


def prefix_of(pattern: str, text: str) -> str:
    match = re.match(pattern, text)
    return match[0] if match else ""


def join_inlines(inlines: Iterable[Inline], separator: str = " ") -> Inline:
    runs: list[Run] = []
    for inline in inlines:
        if inline.text:
            runs += [Run(separator), *inline.runs] if runs else inline.runs
    return Inline(tuple(runs))
