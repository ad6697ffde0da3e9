"""Rules for discouraged words and phrases: each class of phrases.toml is a rule."""

import re
from functools import lru_cache, partial

from .finding import Note, Rule, quoted
from .places import posting_is_at
from .tables import table

NOT_ADVICE = "Not legal advice."
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


def check(words, phrases, subject):
    if words.places and not posting_is_at(words.places, subject):
        return
    for field, text in subject.fields.items():
        if (not words.in_title or field == "title") and (found := phrases.hits(text)):
            law = f"Law of {words.law_of}: " if words.law_of else ""
            ending = f" {NOT_ADVICE}" if law else ""
            yield Note(field, f"{quoted(found)}: {law}{words.advice}{ending}", is_law=bool(law))


class Phrases:
    """Phrases to look for, and longer phrases (``unless``) inside which a hit does not count."""

    def __init__(self, phrases, unless=()):
        self.phrases = [compile_phrase(phrase) for phrase in phrases]
        self.unless = [compile_phrase(phrase) for phrase in unless]

    def hits(self, text):
        plain, words = normalize_text(text)
        found = matches(self.phrases, plain, words)
        if not found:
            return []
        spared = [match.span() for match in matches(self.unless, plain, words)]
        found = [
            match for match in found if not any(start < match.end() and match.start() < end for start, end in spared)
        ]
        return [match[0] for match in sorted(found, key=lambda match: match.start())]


@lru_cache(maxsize=64)
def normalize_text(text):
    """The text with plain quotes, hyphens and spaces, and the set of its lower-case words."""
    plain = text.translate(CURLY)
    return plain, frozenset(re.findall(r"\w+", plain.lower()))


def matches(phrases, text, words):
    """Skips phrases with a word that does not occur, which makes the check fast."""
    return [match for needed, pattern in phrases if needed <= words for match in pattern.finditer(text)]


def compile_phrase(phrase):
    """(the whole words of the phrase, its pattern)"""
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
