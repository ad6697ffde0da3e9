"""What the tests of articles share: a text read as a file of a kind, a draft of it, and the account of its words."""

import re
from collections import Counter
from pathlib import Path

from careers.guide_import.draft import Outcome
from careers.guide_import.extract.skills import Vocabulary
from careers.guide_import.pipeline import build_draft, read_article
from careers.guide_import.text.blocks import BlockKind

SAMPLES = Path(__file__).parent / "samples"
SKILLS = ["SQL", "R", "C++", "C#", "Java", "Microsoft Excel", "Tableau"]
VOCABULARY = Vocabulary({name: name for name in SKILLS} | {"Excel": "Microsoft Excel"}, ("Healthcare",))


def read(text, name="article.txt"):
    return read_article(text if isinstance(text, bytes) else text.encode(), name)


def draft(text, name="article.txt", role=""):
    return build_draft(read(text, name), role=role, vocabulary=VOCABULARY)


def sample(name, role=""):
    path = SAMPLES / name
    return build_draft(read_article(path.read_bytes(), name), role=role, vocabulary=VOCABULARY)


def outcomes(article):
    """{text of a block: (outcome, target)}"""
    return {entry.block.text: (entry.outcome, entry.target) for entry in article.outcomes}


def items(article, kind):
    return [(item.lead.text, item.text.text) for item in article.items if item.kind == kind]


def pay(article):
    """{(country, subdivision, city, population): {statistic: amount}}"""
    return {
        (claim.place.country, claim.place.subdivision, claim.place.city, claim.population): {
            name: int(amount) if amount % 1 == 0 else float(amount) for name, amount in claim.amounts.items()
        }
        for claim in article.pay
    }


def words(text):
    return Counter(re.findall(r"\w+", text))


def words_of_blocks(article):
    return sum((words(entry.block.text) for entry in article.outcomes), Counter())


def words_kept(article):
    """The words of everything the draft holds, by where they are: independent of what the account says of each block."""
    total = Counter()
    for section in article.sections.values():
        for block in section.blocks:
            total += words(block.text) if block.kind != BlockKind.HEADING else Counter()
    for item in article.items:
        total += words(f"{item.lead.text} {item.text.text}")
    for step in article.steps:
        total += words(f"{step.title} {step.note.text}") if not step.quoted else Counter()
    for stub in article.stubs:
        total += words(stub.text)
    for entry in article.outcomes:
        if entry.outcome in (Outcome.TITLE, Outcome.HEADING, Outcome.LEFT_OUT, Outcome.UNPLACED):
            total += words(entry.block.text)
    return total


YEARS_OF_A_STEP = {"year", "years", "yrs", "of", "experience", "level", "step", "stage"}


def lost_words(article):
    """Words of the article that the draft does not hold; the years of a career step are numbers there."""
    lost = words_of_blocks(article) - words_kept(article)
    if any(step.years != (None, None) for step in article.steps):
        lost = Counter(
            {word: n for word, n in lost.items() if not word.isdigit() and word.lower() not in YEARS_OF_A_STEP}
        )
    return lost


def doubled_words(article):
    return words_kept(article) - words_of_blocks(article)


def summary(article):
    """What was found, as plain values. Figures as the report writes them, points as “lead: text”."""
    points = {}
    for item in article.items:
        points.setdefault(item.kind.value, []).append(f"{item.lead.text}: {item.text.text}".strip(": "))
    return {
        "points": points,
        "sections": {kind.value: section.body for kind, section in article.sections.items()},
        "pay": [str(figure) for figure in article.pay],
        "outlook": [str(figure) for figure in article.outlook],
        "steps": [(step.kind.value, step.title) for step in article.steps],
        "industries": article.industries,
        "unplaced": [block.text for block in article.unplaced],
        "left_out": [(entry.block.text, entry.target) for entry in article.left_out],
        "notes": article.notes,
        "doubts": [doubt for figure in (*article.pay, *article.outlook) for doubt in figure.doubts],
    }


def differences(article, expected):
    """{part: (found, expected)} of the parts that are not as expected; those not named are not compared."""
    found = summary(article)
    return {part: (found[part], wanted) for part, wanted in expected.items() if found[part] != wanted}
