"""The account of an article against the database: which of its sentences are in no row and in no list of the report."""

from collections import Counter
from itertools import pairwise

from careers.core.prose import plain_text
from careers.guide_import.draft import BlockOutcome, Outcome
from careers.guide_import.pipeline import ImportResult, import_article
from careers.guide_import.target import ArticleDetails
from careers.guide_import.text.blocks import BlockKind
from careers.guide_import.text.inline import Inline
from careers.guide_import.text.sentences import split_sentences
from careers.guide_import.text.words import exact_words
from careers.roles.models import Role

from .articles import read

WORDS_OF_YEARS = Counter({"years": 9, "year": 9, "yrs": 9, "of": 9, "experience": 9, "level": 9, "step": 9})


def imported(text, name="article.txt", role="Baker", publisher="Crumb & Co") -> ImportResult:
    return import_article(read(text, name), ArticleDetails(role, publisher))


def lost_sentences(result: ImportResult) -> list[str]:
    """Sentences of an imported article that neither a row of the guide holds nor the report lists."""
    role = Role.objects.get(pk=result.changes.role.pk)
    prose = [spoken(f"{section.heading}\n\n{section.body}") for section in role.sections.all()]
    rows = [plain_text(f"{item.lead} {item.text}") for item in role.items.all()]
    rows += [f"{step} {step.years_min} {step.years_max} {step.note}" for step in role.career_steps.all()]
    rows += [f"{article.title} {article.summary}" for article in role.articles.all()]
    parts = [Counter(exact_words(row)) for row in rows]
    reported = [spoken(as_markdown(line)) for line in result.changes.known]
    placed = [entry for entry in result.draft.outcomes if entry.outcome != Outcome.TITLE]  # that of the source
    return [
        sentence
        for entry, following in pairwise([*placed, None])
        if entry.outcome != Outcome.LEFT_OUT and not is_structure(entry, following)
        for sentence in split_sentences(entry.block.text)
        if any(map(str.isalnum, sentence))
        and not any(spoken(as_markdown(sentence)) in text for text in [*prose, *reported])
        and not any(is_within(sentence, part) for part in parts)
    ]


def is_structure(entry: BlockOutcome, following: BlockOutcome | None) -> bool:
    """A heading with something below it names the part of the guide that holds it."""
    if entry.outcome != Outcome.HEADING or following is None:
        return False
    is_heading = following.block.kind == BlockKind.HEADING
    return not is_heading or following.block.level > entry.block.level


def spoken(markdown: str) -> str:
    return f" {' '.join(exact_words(plain_text(markdown)))} "


def as_markdown(text: str) -> str:
    return Inline.from_text(text).markdown


def is_within(sentence: str, part: Counter) -> bool:
    missing = Counter(exact_words(sentence)) - part - WORDS_OF_YEARS
    return not {word for word in missing if not word.strip("+-–").isdigit()}
