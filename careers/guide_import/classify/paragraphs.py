"""The topic of a paragraph or a list by its own words, for articles whose headings were lost."""

import re

from careers.guide_import.extract.career_path import RANKS, is_title
from careers.guide_import.extract.outlook import OutlookContext, outlook_in
from careers.guide_import.extract.pay import PayContext, pay_in
from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.points import CLOCK, split_lead
from careers.guide_import.text.role_names import replace_role_names

from .article_links import article_stubs_in
from .topic_words import TOPIC_WORDS
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
OPENS_TOPIC = 3  # weight of words that open a topic without a heading
WEIGHT_PER_WORD = 0.05  # that a word loses for each word between it and the list
MAX_DISTANCE = 12  # words
SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


def votes_of_introduction(text: str, role: str) -> dict[Topic, float]:
    """The topics that the last sentence before a list announces. The noun nearest to the list has the most weight."""
    last = replace_role_names(SENTENCE_END.split(text.strip()[-MAX_SENTENCE_LENGTH:])[-1], (role,))
    votes: dict[Topic, float] = {}
    for words in TOPIC_WORDS:
        if words.sentence and (matches := list(words.pattern.finditer(last))):
            distance = min(len(last[matches[-1].end() :].split()), MAX_DISTANCE)
            votes[words.topic] = max(votes.get(words.topic, 0), words.sentence - WEIGHT_PER_WORD * distance)
    return votes


def topic_of_paragraph(text: str) -> Topic | None:
    """The topic that the first sentence of a paragraph opens; None if it continues the topic before."""
    first = SENTENCE_END.split(text.strip()[:MAX_SENTENCE_LENGTH])[0]
    found = [
        (match.start(), words.topic)
        for words in TOPIC_WORDS
        if words.sentence >= OPENS_TOPIC and (match := words.pattern.search(first))
    ]
    return min(found)[1] if found else None


def votes_of_list(entries: list[Block], role: str) -> dict[Topic, float]:
    """The topics that a list looks like, by its entries alone."""
    top = min(entry.depth for entry in entries)
    entries = [entry for entry in entries if entry.kind == BlockKind.LIST_ENTRY and entry.depth == top]
    votes: dict[Topic, float] = {}
    for topic, weight, min_entries, is_member in LOOKS:
        if len(entries) >= min_entries:
            share = sum(is_member(entry, role) for entry in entries) / len(entries)
            if share >= MIN_SHARE:
                votes[topic] = weight
    return votes


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


# (topic, weight, least number of entries, test that most of them pass). Words before the list weigh 2 to 3.
LOOKS = [
    (Topic.RELATED, 4.0, 2, is_link),
    (Topic.INTERVIEW, 3.5, 3, is_question),
    (Topic.PAY, 3.5, 2, has_pay),
    (Topic.OUTLOOK, 2.1, 2, has_outlook),
    (Topic.DAY, 2.0, 3, has_clock),
    (Topic.KPIS, 1.9, 3, is_measure),
    (Topic.PATH, 1.5, 3, is_rank),
    (Topic.WORK, 1.3, 3, is_activity),
    (Topic.REQUIREMENTS, 1.2, 3, is_requirement),
]
