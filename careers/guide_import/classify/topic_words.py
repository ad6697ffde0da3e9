"""Loads topic_words.toml, the words that speak for each topic."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from .topics import Topic


@dataclass(frozen=True)
class HeadingWords:
    topic: Topic
    weight: float
    pattern: re.Pattern


@dataclass(frozen=True)
class BoilerplateWords:
    reason: str
    max_words: int  # of the block
    pattern: re.Pattern


def compile_alternatives(*alternatives: str) -> re.Pattern:
    return re.compile("|".join(alternatives), re.IGNORECASE)


def in_order(column: str, order: list[str]) -> list[tuple[Topic, re.Pattern]]:
    return [(Topic[name], compile_alternatives(*TOPICS[name][column])) for name in order]


TABLE = tomllib.loads((files(__package__) / "topic_words.toml").read_text(encoding="utf-8"))
TOPICS = {name: words for name, words in TABLE.items() if isinstance(words, dict)}

NEUTRAL_WORDS = frozenset(TABLE["neutral_words"].split())
HEADINGS = [
    HeadingWords(Topic[name], weight, compile_alternatives(*alternatives))
    for name, words in TOPICS.items()
    for weight, *alternatives in words.get("heading", [])
]
LIST_INTRODUCTIONS = in_order("list_introduction", TABLE["list_introduction_order"])
PARAGRAPH_OPENINGS = in_order("paragraph_opening", TABLE["paragraph_opening_order"])
BOILERPLATE = [
    BoilerplateWords(words.get("reason") or Topic[name].value, max_words, compile_alternatives(*alternatives))
    for name, words in TOPICS.items()
    for max_words, *alternatives in words.get("boilerplate", [])
]
