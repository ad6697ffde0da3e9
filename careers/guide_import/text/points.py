"""A point split into its lead and what is said of it: “Data quality: …”, “**Data quality** – …”, “Data quality. …”."""

import re
from dataclasses import dataclass, field

from .blocks import Block
from .inline import Inline, Run

SEPARATOR = re.compile(r"\s*[:：]\s+|\s+[–—]\s*|\s*—\s*|\s+-{1,2}\s+|\s*\|\s*|:(?=[A-Z])")
LEAD_SENTENCE = re.compile(r"^(?P<lead>[^.!?:;]{3,60})\.\s+(?=[A-Z“\"(])")
SHORT = re.compile(r"(?:\b(?:e\.g|i\.e|etc|vs|approx|incl|no|dr|mr|ms|mrs|st|inc|ltd)|\b[A-Z])$", re.IGNORECASE)
CLOCK = re.compile(
    r"^\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|h|o'clock)?(?:\s?(?:–|-|to|until)\s?\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?|h)?)?(?!\w)",
    re.I,
)
MOST_WORDS, MOST_CHARACTERS = 9, 90
MAX_LEAD = 200
QUESTION = re.compile(r"^(?P<question>.{6,195}?\?)(?:[”\"'’)])?\s+(?=\S)")


@dataclass
class Point:
    """A list entry with what belongs to it: its paragraphs and the entries below it."""

    block: Block
    below: list[Block] = field(default_factory=list)

    @property
    def blocks(self):
        return [self.block, *self.below]


def points_of(run):
    """A run of entries and their continuations -> points; deeper entries belong to the one above."""
    points, top = [], min((block.depth for block in run if block.marker or block.kind == "list entry"), default=0)
    for block in run:
        if points and (block.kind != "list entry" or block.depth > top):
            points[-1].below.append(block)
        else:
            points.append(Point(block))
    return points


def lead_and_text(inline, *, is_question=False):
    """(lead, text) of a point, either may be empty. Nothing but the sign between them is dropped."""
    text = inline.text
    if is_question or text.rstrip("”\"'’)").endswith("?"):
        return question_and_answer(inline)
    cut = by_emphasis(inline) or by_clock(text) or by_sign(text) or by_sentence(text)
    if cut:
        return inline.cut(0, cut[0]).plain(), inline.cut(cut[1])
    if len(text.split()) <= MOST_WORDS and len(text) <= MOST_CHARACTERS and not text.endswith("."):
        return inline.plain(), Inline()
    return Inline(), inline


def question_and_answer(inline):
    match = QUESTION.match(inline.text)
    if match:
        return inline.cut(0, match.end("question")).plain(), inline.cut(match.end())
    return (inline.plain(), Inline()) if len(inline.text) <= MAX_LEAD else (Inline(), inline)


def by_emphasis(inline):
    """What the source sets in bold at the beginning is the lead, if it is short and something follows."""
    length = inline.bold_length
    bold = inline.text[:length].strip()
    if not bold or len(bold) > 120 or not re.search(r"\w", inline.text[length:]):
        return None
    rest = re.match(r"\s*[:–—.;|-]*\s*", inline.text[length:])
    lead_end = len(inline.text[:length].rstrip(" :–—-|;"))
    if bold.endswith((".", "?", "!", ":")) or rest[0].strip() or inline.text[length:].lstrip()[:1].isupper():
        lead_end = lead_end - 1 if inline.text[:lead_end].endswith(".") and not SHORT.search(bold[:-1]) else lead_end
        return lead_end, length + rest.end()
    return None


def by_clock(text):
    """“8:00 – Opening the kitchen”: the time is the lead."""
    match = CLOCK.match(text)
    if not match or not re.search(r"[:.]\d{2}|[ap]\.?m|h$|o'clock", match[0], re.IGNORECASE):
        return None
    separator = re.match(r"\s*[:–—|.-]?\s*", text[match.end() :])
    return (match.end(), match.end() + separator.end()) if text[match.end() + separator.end() :] else None


def by_sign(text):
    for match in SEPARATOR.finditer(text[: MOST_CHARACTERS + 10]):
        lead, rest = text[: match.start()], text[match.end() :]
        if not rest.strip() or not lead.strip():
            continue
        if len(lead.split()) > MOST_WORDS + 1 or re.search(r"[.!?;]\s", lead) or re.search(r"https?$", lead):
            return None
        if lead.count("(") != lead.count(")"):
            continue
        return match.start(), match.end()
    return None


def by_sentence(text):
    match = LEAD_SENTENCE.match(text)
    if not match or SHORT.search(match["lead"]) or len(match["lead"].split()) > 6:
        return None
    return match.end("lead"), match.end()


def joined(inlines, separator=" "):
    """Several texts as one."""
    runs = []
    for inline in inlines:
        if inline.text:
            runs += [Run(separator), *inline.runs] if runs else inline.runs
    return Inline(tuple(runs))
