"""Loads topic_words.toml, the words that speak for each topic."""

import re
import tomllib
from dataclasses import dataclass
from importlib.resources import files

from .topics import Topic


@dataclass(frozen=True)
class TopicWords:
    """`heading` and `sentence` are the weights of these words there; 0 where they say nothing."""

    topic: Topic
    heading: float
    sentence: float
    pattern: re.Pattern


@dataclass(frozen=True)
class BoilerplateWords:
    reason: str
    max_words: int  # of the block
    pattern: re.Pattern


def compile_alternatives(*alternatives: str) -> re.Pattern:
    return re.compile("|".join(alternatives), re.IGNORECASE)


TABLE = tomllib.loads((files(__package__) / "topic_words.toml").read_text(encoding="utf-8"))
TOPICS = {name: words for name, words in TABLE.items() if isinstance(words, dict)}

NEUTRAL_WORDS = frozenset(TABLE["neutral_words"].split())
TOPIC_WORDS = [
    TopicWords(Topic[name], heading, sentence, compile_alternatives(*alternatives))
    for name, words in TOPICS.items()
    for heading, sentence, *alternatives in words.get("words", [])
]
BOILERPLATE = [
    BoilerplateWords(words.get("reason") or Topic[name].value, max_words, compile_alternatives(*alternatives))
    for name, words in TOPICS.items()
    for max_words, *alternatives in words.get("boilerplate", [])
]
