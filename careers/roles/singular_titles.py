"""A plural title of O*NET as the title of a guide, where the rule is certain; elsewhere the title stays."""

import re
from itertools import pairwise

# What people are called by. A word that ends otherwise may be no plural at all: Physics, Sales, Forces.
OF_PEOPLE = re.compile(r"[a-z-]{2,}(er|or|ist|yst|ian|ant|ent)s", re.IGNORECASE)
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
# Titles of several occupations, and titles whose head is not their last word.
SEVERAL = re.compile(r"[,/()]|--|\b(of|in|for|except|including)\b", re.IGNORECASE)


def singular(title):
    """'Data Scientists' -> 'Data Scientist'. The title itself where it is not certain: 'Treasurers and Controllers'."""
    *before, last = title.split(" ")
    if SEVERAL.search(title) or joins_plurals(before):
        return title
    if word := WORDS.get(last.lower()):
        return " ".join([*before, last[0] + word[1:]])
    return " ".join([*before, last[:-1]]) if OF_PEOPLE.fullmatch(last) else title


def joins_plurals(words):
    """Whether “and” or “or” follows a plural: 'Engineers and Architects', but not 'Training and Development Managers'."""
    return any(word.lower() in ("and", "or") and earlier.lower().endswith("s") for earlier, word in pairwise(words))
