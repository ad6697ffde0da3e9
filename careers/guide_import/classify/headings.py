"""The topic of a heading. Each word that speaks for a topic has a weight, and the heaviest topic wins."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from careers.guide_import.text.role_names import replace_role_names, role_pattern

from .topic_words import NEUTRAL_WORDS, TOPIC_WORDS
from .topics import Topic

# Least score of a topic, and of a topic that most words of the heading speak for.
MIN_SCORE, MIN_SCORE_FOCUSED = 2.4, 2
MAX_HEADING_LENGTH = 250  # characters
PHRASE = re.compile(r"\b(?:in|of|for|at|on|with|by|from|to|that|which|who|and)\b|&", re.IGNORECASE)
YEAR_OR_NUMBER = re.compile(
    r"[\[(]?\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b[\])]?|^\s*(?:the )?(?:top )?\d{1,2}\b|#\d+"
)


@dataclass(frozen=True)
class HeadingTopic:
    """`score` is the weight of the words for the topic, `coverage` the share of words that speak for any topic.

    `is_head` says whether the noun of the heading is one of the topic's: “Problem solving” is a kind of solving.
    """

    topic: Topic
    score: float
    coverage: float
    is_head: bool = False

    @property
    def is_focused(self):
        """Whether the heading is about little else: “Salary”, “Skills and qualifications”."""
        return self.coverage >= 0.65


def classify_heading(text: str, role_names: Iterable[str] = ()) -> HeadingTopic | None:
    """The topic of a heading, None if no known word speaks for one. The names of the role do not count."""
    return _classify_heading(plain_heading(text), tuple(role_names)) if len(text) <= MAX_HEADING_LENGTH else None


def topics_named(text: str, role_names: Iterable[str]) -> list[Topic]:
    """All topics that a title has words for: two of “Baker: duties and salary”."""
    plain = replace_role_names(plain_heading(text[:MAX_HEADING_LENGTH]), role_names)
    return list(dict.fromkeys(words.topic for words in TOPIC_WORDS if words.heading and words.pattern.search(plain)))


@lru_cache(maxsize=4096)
def _classify_heading(text: str, role_names: tuple[str, ...]) -> HeadingTopic | None:
    if any(pattern.fullmatch(text) for name in role_names if (pattern := role_pattern(name))):
        return None  # “Electrician” alone names no topic
    text = replace_role_names(text, role_names)
    weights: dict[Topic, list[float]] = {}
    spans: dict[Topic, list[tuple[int, int]]] = {}
    for words in TOPIC_WORDS:
        if words.heading and (matches := list(words.pattern.finditer(text))):
            weights.setdefault(words.topic, []).append(words.heading)
            spans.setdefault(words.topic, []).extend(match.span() for match in matches)
    if not weights:
        return None
    order = list(Topic)
    topic = max(weights, key=lambda topic: (score_of(weights[topic]), -order.index(topic)))
    counted = counted_words(text)
    score, coverage = score_of(weights[topic]), share_within(counted, chain.from_iterable(spans.values()))
    if score < (MIN_SCORE_FOCUSED if coverage > 0.8 else MIN_SCORE):
        return None
    return HeadingTopic(topic, score, coverage, is_head=share_within(head_of(text, counted), spans[topic]) == 1)


def score_of(weights: list[float]) -> float:
    """The heaviest weight, and a little more for each of the others."""
    return max(weights) + min(0.4 * (len(weights) - 1), 1.2)


def counted_words(text: str) -> list[re.Match]:
    """Neutral words, numbers and the word “role” do not count."""
    return [
        match
        for match in re.finditer(r"[\w'’]+", text)
        if match[0].lower() not in NEUTRAL_WORDS and not match[0].isdigit()
    ]


def head_of(text: str, words: list[re.Match]) -> list[re.Match]:
    """The last word, or the last one before a phrase: “duties” in “Duties in the bakery”. At most one."""
    phrase = PHRASE.search(text)
    before = [match for match in words if phrase and match.end() <= phrase.start()]
    return (before or words)[-1:]


def share_within(words: list[re.Match], spans: Iterable[tuple[int, int]]) -> float:
    """Share of the words within the spans."""
    ranges = list(spans)
    inside = [match for match in words if any(start < match.end() and match.start() < end for start, end in ranges)]
    return len(inside) / len(words) if words else 1.0


def plain_heading(text: str) -> str:
    """The heading without years, counts, quotation marks and punctuation at its ends, with straight apostrophes."""
    text = text.replace("’", "'").replace("‘", "'")
    text = YEAR_OR_NUMBER.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" .:;,?!–—-*#|\"“”'")
