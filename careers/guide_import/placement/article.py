"""Places the chapters of an article in a draft."""

from careers.guide_import.classify.topics import Topic
from careers.guide_import.draft import ArticleDraft, Outcome
from careers.guide_import.extract.facts import FactCollector
from careers.guide_import.structure.chapter import Chapter
from careers.guide_import.structure.outline import Outline
from careers.guide_import.text.role_names import is_same_role

from .chapter import ChapterPlacement
from .chosen import ChosenPlaces
from .draft_builder import DraftBuilder


def place_chapters(
    outline: Outline, chapters: list[Chapter], facts: FactCollector, draft: ArticleDraft, places: dict[int, str]
) -> None:
    """Fills the draft. Facts are collected on the way, as the headings above a figure decide what it means.

    `places` are those somebody chose: {index of the block: place}. Raises ArticleError for one that cannot be.
    """
    builder = DraftBuilder(outline, draft, facts)
    chosen = ChosenPlaces(builder, places)
    chosen.spread_from_headings(chapters)
    record_other_blocks(builder)
    for chapter in chapters:
        moved = chosen.take_from(chapter)
        if chapter.repeats:
            leave_out_repeated(builder, chapter)
        elif chapter.all_blocks:
            ChapterPlacement(builder, chapter).place()
        chosen.place(moved)
    chosen.place_rest()
    draft.outcomes = [builder.outcomes[id(block)] for block in outline.blocks]
    draft.sections = {kind: section for kind, section in draft.sections.items() if section.blocks}
    draft.notes += facts.figures.summary


def record_other_blocks(builder: DraftBuilder) -> None:
    """Records the title and the blocks that are in no chapter."""
    outline, draft = builder.outline, builder.draft
    for block in outline.blocks:
        if block.skip_reason:
            builder.record(block, Outcome.LEFT_OUT, block.skip_reason)
    for block in outline.contents:
        builder.record(block, Outcome.LEFT_OUT, Topic.CONTENTS.value)
    if not outline.title:
        return
    builder.record(outline.title, Outcome.TITLE)
    if outline.detected_role and not is_same_role(outline.detected_role, outline.role):
        draft.notes.append(f"The article speaks of “{outline.detected_role}”; the guide is “{outline.role}”.")


def leave_out_repeated(builder: DraftBuilder, chapter: Chapter) -> None:
    for block in chapter.all_blocks:
        builder.record(block, Outcome.LEFT_OUT, f"a section given twice, first at {chapter.repeats}")
