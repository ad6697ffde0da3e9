"""Headings recognised by meaning: each word that speaks for a topic has a weight, the heaviest topic wins."""

import re
from dataclasses import dataclass
from functools import lru_cache

from careers.guide_import.extract.people import stems

from .cues import CUES
from .topics import Topic


def compiled(text):
    """[(topic, weight, pattern)] of the lines of `cues`."""
    lines, topic = [], None
    for line in re.sub(r"\n {4}", "", text.strip()).split("\n"):
        if line.startswith("["):
            topic = Topic[line.strip("[]")]
        else:
            weight, pattern = line.split(" ", 1)
            lines.append((topic, float(weight), re.compile(pattern, re.IGNORECASE)))
    return lines


PATTERNS = compiled(CUES)
LEAST, LEAST_ALONE = 2.4, 2
LONGEST_HEADING = 250
# Words that say nothing about a topic.
EMPTY = """
a an the of for to in on at by with and or as is are be was do does did what how why where who when which that this
these those it its you your they their them there we our us i my from into about one more most some all any can could
may might will would should must have has key main top best great good common usual essential important basic general
professional career job role work guide complete full ultimate quick brief per not no own each every day new people
someone worker list part section other another also very really need needs needed make makes get role roles jobs
careers typical expect look looks like know things here
average face faces faced facing hold holds use uses used using involved includes including actually really within full time
"""
STOP = frozenset(EMPTY.split())
YEAR_OR_NUMBER = re.compile(
    r"[\[(]?\b(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?\b[\])]?|^\s*(?:the )?(?:top )?\d{1,2}\b|#\d+"
)


@dataclass(frozen=True)
class Meaning:
    """`score` is the weight of what speaks for the topic, `coverage` the share of words that speak for any."""

    topic: Topic
    score: float
    coverage: float

    @property
    def is_plain(self):
        """Whether the heading speaks of little else: “Salary”, “Skills and qualifications”."""
        return self.coverage >= 0.65


def meaning_of(text, roles=()):
    """What a heading is about, None where it says nothing we know. The role's own words count for nothing."""
    return _meaning(plain_heading(text), tuple(roles)) if len(text) <= LONGEST_HEADING else None


@lru_cache(maxsize=4096)
def _meaning(text, roles):
    if any(pattern.fullmatch(text) for name in roles if (pattern := role_pattern(name))):
        return None  # “Electrician” alone says who, not what
    spoken = without_roles(text, roles)
    scores, found = {}, []
    for topic, weight, pattern in PATTERNS:
        if matches := list(pattern.finditer(spoken)):
            scores.setdefault(topic, []).append(weight)
            found.extend(match.span() for match in matches)
    if not scores:
        return None
    order = list(Topic)
    topic = max(scores, key=lambda entry: (score_of(scores[entry]), -order.index(entry)))
    score, coverage = score_of(scores[topic]), coverage_of(spoken, found)
    return Meaning(topic, score, coverage) if score >= (LEAST_ALONE if coverage > 0.8 else LEAST) else None


def score_of(weights):
    """The heaviest counts, each of the others adds a little."""
    return max(weights) + min(0.4 * (len(weights) - 1), 1.2)


def coverage_of(text, spans):
    words = [
        match for match in re.finditer(r"[\w'’]+", text) if match[0].lower() not in STOP and not match[0].isdigit()
    ]
    words = [match for match in words if match[0].lower() != "role" and not match[0].isdigit()]
    inside = [match for match in words if any(start < match.end() and match.start() < end for start, end in spans)]
    return len(inside) / len(words) if words else 1.0


def plain_heading(text):
    """Without years, counts, quotation marks and what stands at its ends; “’” is "'"."""
    text = text.replace("’", "'").replace("‘", "'")
    text = YEAR_OR_NUMBER.sub(" ", text)
    return re.sub(r"\s+", " ", text).strip(" .:;,?!–—-*#|\"“”'")


def without_roles(text, roles):
    """Names of the role become the word “role”: the salary of a training manager is not about training."""
    for name in sorted(roles, key=len, reverse=True):
        if pattern := role_pattern(name):
            text = pattern.sub("role", text)
    return re.sub(r"\b(?:an?|the) role\b(?:s|'s|s')?", lambda match: "role", text, flags=re.IGNORECASE)


@lru_cache(maxsize=256)
def role_pattern(name):
    words = [re.escape(word) for word in re.findall(r"[\w+#.&'-]+", name)]
    if not words:
        return None
    last = re.sub(r"(?:y|ies)$", "(?:y|ies)", words[-1]) if words[-1].endswith(("y", "ies")) else words[-1].rstrip("s")
    if last.endswith("man"):
        last = f"{last[:-3]}m[ae]n"
    return re.compile(
        rf"(?<!\w)(?:(?:an?|the) )?{'[ -]'.join([*words[:-1], last])}(?:es|s)?(?:'s|s')?(?!\w)", re.IGNORECASE
    )


def same_heading(one, other):
    return stems(plain_heading(one)) == stems(plain_heading(other))
