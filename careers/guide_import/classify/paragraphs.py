"""The topic of a paragraph or a list by its own words, for articles whose headings were lost."""

import re

from careers.guide_import.extract.career_path import RANKS, is_title
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import PayContext, pay_in
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.points import CLOCK, split_lead

from .article_links import article_stubs_in
from .topic_words import LIST_INTRODUCTIONS, PARAGRAPH_OPENINGS
from .topics import Topic

MEASURES = re.compile(
    r"\b(?:share of|percentage|proportion|number of|rate\b|ratio|time (?:to|taken|it takes|from|between)"
    r"|how (?:many|often|long|much|fast|quickly|well|few)"
    r"|average|per (?:hour|shift|day|week|month|person|unit)|score|turnaround|accuracy|count of|cost per"
    r"|against (?:target|budget|plan))\b",
    re.IGNORECASE,
)
NEEDS = re.compile(
    r"\b(?:degree|diploma|licen[cs]e|certifi\w+|qualification|years? (?:of )?experience|knowledge of"
    r"|ability to|proficien\w+|skills?|familiar\w*|fluen\w+"
    r"|understanding of|attention to|good (?:eye|head|communicat\w+|knowledge)|competen\w+|strong"
    r"|excellent|comfortable with|eye for)\b",
    re.IGNORECASE,
)
MIN_SHARE = 0.6  # of the entries of a list
MAX_SENTENCE_LENGTH = 600  # characters


def topic_of_list_introduction(text: str) -> Topic | None:
    """The topic that the last sentence before a list announces."""
    last = re.split(r"(?<=[.!?])\s+", text.strip()[-MAX_SENTENCE_LENGTH:])[-1]
    return next((topic for topic, pattern in LIST_INTRODUCTIONS if pattern.search(last)), None)


def topic_of_paragraph(text: str) -> Topic | None:
    """The topic that the first sentence of a paragraph opens; None if it continues the topic before."""
    first = re.split(r"(?<=[.!?])\s+", text.strip()[:MAX_SENTENCE_LENGTH])[0]
    return next((topic for topic, pattern in PARAGRAPH_OPENINGS if pattern.search(first)), None)


def topic_of_list(entries: list[Block], role: str) -> Topic | None:
    """The topic of a list by its entries alone; None if they could belong to any topic."""
    top = min(entry.depth for entry in entries)
    entries = [entry for entry in entries if entry.kind == BlockKind.LIST_ENTRY and entry.depth == top]
    for topic, min_entries, is_member in LIST_TESTS:
        if len(entries) >= min_entries and sum(is_member(entry, role) for entry in entries) / len(entries) >= MIN_SHARE:
            return topic
    return None


def is_question(entry, role):
    return entry.text.rstrip("”\"') ").endswith("?")


def has_pay(entry, role):
    return bool(pay_in(entry.text, PayContext(role=role, is_pay=True))[0])


def has_outlook(entry, role):
    return bool(outlook_in(entry.text, OutlookContext(role=role, is_outlook=True))[0])


def is_link(entry, role):
    return bool(article_stubs_in(entry))


def has_clock(entry, role):
    match = CLOCK.match(entry.text)
    return bool(match and re.search(r"[:.]\d{2}|[ap]\.?m|o'clock", match[0], re.IGNORECASE))


def is_measure(entry, role):
    lead, text = split_lead(entry.inline)
    return bool(lead.text and text.text and MEASURES.search(text.text[:80]))


def is_rank(entry, role):
    """Whether an entry begins with a title that names a rank: “Senior Accountant”, “Ward Manager: …”."""
    lead, text = split_lead(entry.inline)
    title = re.sub(r"\([^)]*\)", "", lead.text or text.text).strip()
    return is_title(title) and any(re.search(pattern, title, re.IGNORECASE) for _, pattern in RANKS)


def is_activity(entry, role):
    """“Taking samples”, “Monitoring: …”"""
    return bool(re.match(r"(?:\w+ly )?[A-Za-z]{3,}ing\b", entry.text))


def is_requirement(entry, role):
    return bool(NEEDS.search(entry.text))


# (topic, least number of entries, test that most of them pass), in order of precedence.
LIST_TESTS = [
    (Topic.INTERVIEW, 3, is_question),
    (Topic.PAY, 2, has_pay),
    (Topic.OUTLOOK, 2, has_outlook),
    (Topic.RELATED, 2, is_link),
    (Topic.DAY, 3, has_clock),
    (Topic.KPIS, 3, is_measure),
    (Topic.PATH, 3, is_rank),
    (Topic.WORK, 3, is_activity),
    (Topic.REQUIREMENTS, 3, is_requirement),
]
