"""Words and phrases that say more than their writer meant: each class of the table is a rule."""

import re
from functools import lru_cache, partial

from .finding import Note, Rule, quoted
from .places import posting_is_at
from .tables import table

NOT_ADVICE = "A hint, no legal advice."
CURLY = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "\u00a0": " "})
PIECES = re.compile(r"#+|\*|\s*-\s*|\s+|[^#*\s-]+")


def rules():
    return rules_of(table("phrases.toml"))


@lru_cache(maxsize=4)
def rules_of(classes):
    return [
        Rule(words.rule, words.label, words.source, partial(check, words, Phrases(words.phrases, words.unless)))
        for words in classes
    ]


def check(words, phrases, reading):
    if words.places and not posting_is_at(words.places, reading):
        return
    for field, text in reading.fields.items():
        if (not words.in_title or field == "title") and (found := phrases.hits(text)):
            law = f"Law of {words.law_of}: " if words.law_of else ""
            ending = f" {NOT_ADVICE}" if law else ""
            yield Note(field, f"{quoted(found)}: {law}{words.advice}{ending}", is_law=bool(law))


class Phrases:
    """Phrases to look for, and the longer ones in which a hit means something else."""

    def __init__(self, phrases, unless=()):
        self.phrases = [compiled(phrase) for phrase in phrases]
        self.unless = [compiled(phrase) for phrase in unless]

    def hits(self, text):
        plain, words = evened(text)
        found = matches(self.phrases, plain, words)
        if not found:
            return []
        spared = [match.span() for match in matches(self.unless, plain, words)]
        found = [
            match for match in found if not any(start < match.end() and match.start() < end for start, end in spared)
        ]
        return [match[0] for match in sorted(found, key=lambda match: match.start())]


@lru_cache(maxsize=64)
def evened(text):
    """The text with one kind of quotes, hyphens and spaces, and the set of its words in small letters."""
    plain = text.translate(CURLY)
    return plain, frozenset(re.findall(r"\w+", plain.lower()))


def matches(phrases, text, words):
    """Only a phrase all of whose words occur somewhere is searched for: that keeps the check fast."""
    return [match for needed, pattern in phrases if needed <= words for match in pattern.finditer(text)]


def compiled(phrase):
    """(the whole words it consists of, its pattern)"""
    phrase = phrase.translate(CURLY).lower().strip()
    pattern = "".join(pattern_of(piece) for piece in PIECES.findall(phrase))
    needed = frozenset(re.findall(r"(?<![\w#*])\w+(?![\w#*])", phrase))
    return needed, re.compile(rf"(?<!\w){pattern}(?!\w)", re.IGNORECASE)


def pattern_of(piece):
    if piece == "*":
        return r"\w*"
    if piece.startswith("#"):
        return r"\d+" if piece == "#" else rf"\d{{{len(piece)}}}"
    if "-" in piece:
        return r"\s*-\s*"
    return r"[\s-]+" if piece.isspace() else re.escape(piece)
