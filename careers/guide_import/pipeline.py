"""The import of an article in six steps, in order. The command and the admin both call this module.

1. `read_article`: a file becomes blocks (readers/).
2. `repair_structure`: lost lists, headings and the title are found (structure/outline.py).
3. `classify_chapters`: the blocks are divided into chapters, each of one topic (structure/outline.py, chapters.py, classify/).
4. `FactCollector`: figures, skills, career steps and industries are found in the texts (extract/).
5. `place_chapters`: each block is placed in the draft, and step 4 is asked about its text (placement/).
6. `compare_with_guide`: the draft is compared with the guide (diff.py), and `save_changes` writes the difference (save.py).

Steps 1 to 5 do not use the database.
"""

import re
from dataclasses import dataclass

from django.db import transaction

from .diff import GuideChanges, compare_with_guide
from .draft import ArticleDraft
from .extract.facts import FactCollector
from .extract.skills import Vocabulary
from .placement.article import place_chapters
from .readers.files import read_article
from .save import save_changes
from .structure.outline import classify_chapters, repair_structure
from .target import ArticleDetails, known_vocabulary
from .text.blocks import PICTURE, ParsedArticle

__all__ = ["ImportResult", "build_draft", "import_article", "preview_import", "read_article"]

Places = dict[int, str]  # {index of a block: the place somebody chose for it}, see placement/places.py


@dataclass(frozen=True)
class ImportResult:
    draft: ArticleDraft
    changes: GuideChanges
    details: ArticleDetails
    is_written: bool


def preview_import(
    article: ParsedArticle, details: ArticleDetails, *, name: str = "", places: Places | None = None
) -> ImportResult:
    """Steps 2 to 6 without writing. `name` is the title of an article that has none. Raises ValidationError."""
    return _compare(article, details, name, places, lock=False)


@transaction.atomic
def import_article(
    article: ParsedArticle, details: ArticleDetails, *, name: str = "", places: Places | None = None, by=None
) -> ImportResult:
    """Steps 2 to 6 in one transaction. Raises ValidationError with a message for the person who imports."""
    result = _compare(article, details, name, places, lock=True)
    save_changes(result.changes, by=by)
    return ImportResult(result.draft, result.changes, result.details, is_written=True)


def _compare(article, details, name, places, *, lock):
    draft = build_draft(article, role=details.role, vocabulary=known_vocabulary(), places=places)
    details = details.completed_from(draft, name)
    return ImportResult(draft, compare_with_guide(draft, details, lock=lock), details, is_written=False)


def build_draft(
    article: ParsedArticle, *, role: str = "", vocabulary: Vocabulary | None = None, places: Places | None = None
) -> ArticleDraft:
    """Steps 2 to 5. Without a role, the guide is about the role that the article names.

    Raises ArticleError for a chosen place that its block cannot have.
    """
    outline = repair_structure(article, role)
    chapters = classify_chapters(outline)
    facts = FactCollector(outline.role, vocabulary or Vocabulary())
    draft = ArticleDraft(
        title=outline.title.text if outline.title else re.split(r"\s[|–—]\s", article.title)[0],
        role=outline.detected_role,
        file_kind=article.kind,
        encoding=article.encoding,
        address=article.address,
        publisher=article.publisher,
        pay=facts.figures.pay,
        outlook=facts.figures.outlook,
        steps=facts.steps,
        skills=facts.skills,
        industries=facts.industries,
        notes=list(article.notes),
    )
    place_chapters(outline, chapters, facts, draft, places or {})
    if pictures := sum(block.skip_reason == PICTURE for block in article.blocks):
        skipped = "We skipped 1 picture" if pictures == 1 else f"We skipped {pictures} pictures"
        draft.notes.append(f"{skipped}. Type in the figures shown there.")
    return draft
