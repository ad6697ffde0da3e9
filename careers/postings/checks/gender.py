"""Gender-coded wording: masculine- or feminine-coded words in a posting.

Nine in ten real postings lean one way, most by only a few words. The rule therefore reports only texts with more than FEW
coded words of one gender, and at least twice (masculine) or four times (feminine, whose effect is slight) as many as of the
other.
"""

import re
from collections import Counter
from functools import lru_cache

from .finding import Note, Rule, quoted
from .tables import table

FEW = 5
DROPPED = re.compile(r"[.,:;()]")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def words_of(text):
    """Words as genderdecoder3 splits them: non-ASCII characters are spaces, and . , : ; ( ) are dropped."""
    return DROPPED.sub("", NOT_ASCII.sub(" ", text)).lower().split()


@lru_cache(maxsize=2)
def pattern_of(stems):
    return re.compile("|".join(map(re.escape, sorted(stems, key=len, reverse=True))))


def coded_words(text):
    """(feminine words, masculine words), with repetitions."""
    stems, words = table("gender.toml"), words_of(text)
    return tuple([word for word in words if pattern_of(side).match(word)] for side in (stems.feminine, stems.masculine))


def direction(text):
    """'feminine', 'masculine' or 'neutral': which gender has more coded words."""
    feminine, masculine = map(len, coded_words(text))
    if feminine == masculine:
        return "neutral"
    return "feminine" if feminine > masculine else "masculine"


def coded_wording(subject):
    feminine, masculine = coded_words(f"{subject.title} {subject.text}")
    for side, words, others, times, effect in (
        ("masculine", masculine, feminine, 2, "fewer women apply after reading such texts"),
        ("feminine", feminine, masculine, 4, "the effect on men is slight"),
    ):
        if len(words) > FEW and len(words) >= times * len(others):
            common = [word for word, _ in Counter(words).most_common(6)]
            counts = f"{len(words)} words against {len(others)}"
            sentence = f"Strongly {side}-coded wording ({counts}): {effect}. Most common: {quoted(common, 6)}."
            yield Note("description", sentence, source=table("gender.toml").source)


RULES = [
    Rule(
        "gender_coded",
        "Gender-coded wording",
        "Gaucher, Friesen and Kay, JPSP 101(1), 2011",
        coded_wording,
    )
]
