"""Singular forms of O*NET's plural titles, only where the rule is certain."""

import re
from itertools import pairwise

# Endings of words for people. Words with other endings may not be plurals: Physics, Sales, Forces.
PLURAL_OF_PEOPLE = re.compile(r"[a-z-]{2,}(er|or|ist|yst|ian|ant|ent)s", re.IGNORECASE)
WORDS = {
    "actuaries": "actuary",
    "aides": "aide",
    "architects": "architect",
    "clerks": "clerk",
    "executives": "executive",
    "guards": "guard",
    "mechanics": "mechanic",
    "midwives": "midwife",
    "nurses": "nurse",
    "paramedics": "paramedic",
    "pilots": "pilot",
    "representatives": "representative",
    "salespersons": "salesperson",
    "surgeons": "surgeon",
    "wardens": "warden",
}
# Titles of several occupations, and titles whose main noun is not the last word.
COMPLEX_TITLE = re.compile(r"[,/()]|--|\b(of|in|for|except|including)\b", re.IGNORECASE)


def singular(title: str) -> str:
    """'Data Scientists' -> 'Data Scientist'. Returns the title itself if it is not certain: 'Treasurers and Controllers'."""
    *before, last = title.split(" ")
    if COMPLEX_TITLE.search(title) or joins_plurals(before):
        return title
    if word := WORDS.get(last.lower()):
        return " ".join([*before, last[0] + word[1:]])
    return " ".join([*before, last[:-1]]) if PLURAL_OF_PEOPLE.fullmatch(last) else title


def joins_plurals(words: list[str]) -> bool:
    """Whether “and” or “or” follows a plural: 'Engineers and Architects', but not 'Training and Development Managers'."""
    return any(word.lower() in ("and", "or") and earlier.lower().endswith("s") for earlier, word in pairwise(words))
