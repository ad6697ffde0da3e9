"""The structure of an article, repaired: its title, the role it is about, and its blocks as headings, lists and paragraphs."""

from dataclasses import dataclass, field

from careers.guide_import.classify.boilerplate import boilerplate_reason
from careers.guide_import.classify.headings import topics_named
from careers.guide_import.classify.role_detection import detect_role
from careers.guide_import.text.blocks import Block, BlockKind, ParsedArticle
from careers.guide_import.text.role_names import role_name_variants
from careers.guide_import.text.words import word_stems

from .chapter import Chapter
from .chapters import chapters_of, mark_repeated_chapters
from .headings import keep_one_title, mark_line_headings, mark_numbered_headings, mark_title
from .lists import mark_introduced_lists, mark_lists, with_marker
from .runs import group_runs


@dataclass
class Outline:
    blocks: list[Block]
    title: Block | None
    role: str  # of the guide
    detected_role: str  # that the article names
    role_names: tuple[str, ...]
    contents: list[Block] = field(default_factory=list)  # entries of a table of contents

    @property
    def text_blocks(self) -> list[Block]:
        """The blocks without the title, the table of contents and page parts that the reader skipped."""
        others = {id(block) for block in [self.title, *self.contents]}
        return [block for block in self.blocks if not block.skip_reason and id(block) not in others]


def repair_structure(article: ParsedArticle, role: str = "") -> Outline:
    """Without a role, the guide is about the role that the article names."""
    detected = detect_role(article.title or first_line(article.blocks), article.blocks)
    blocks = repair_blocks(
        article.blocks, role_name_variants(*filter(None, dict.fromkeys([role, detected]))), article.title
    )
    title = next((block for block in blocks if is_title(block)), None)
    detected = detect_role(title.text if title else article.title, blocks) or detected
    role = role or detected
    role_names = role_name_variants(*filter(None, dict.fromkeys([role, detected])))
    return Outline(blocks, title, role, detected, role_names, table_of_contents(blocks))


def classify_chapters(outline: Outline) -> list[Chapter]:
    topics = topics_named(outline.title.text, outline.role_names) if outline.title else []
    title_topic = topics[0] if len(topics) == 1 else None
    chapters = chapters_of(outline.text_blocks, outline.role_names, outline.role, title_topic)
    mark_repeated_chapters(chapters)
    return chapters


def repair_blocks(blocks: list[Block], role_names: tuple[str, ...] = (), file_title: str = "") -> list[Block]:
    """The blocks with lists, headings and the title found. Skipped blocks stay unchanged in their places."""
    kept = [with_marker(block) for block in blocks if not block.skip_reason]
    kept = mark_introduced_lists(kept, role_names)
    kept = mark_lists(kept, role_names)
    kept = mark_numbered_headings(kept, role_names)
    kept = keep_one_title(kept, role_names)
    kept = mark_line_headings(kept, role_names)
    kept = mark_title(kept, role_names, file_title)
    repaired = iter(kept)
    return [block if block.skip_reason else next(repaired) for block in blocks]


def first_line(blocks: list[Block]) -> str:
    """The first line of a text, which is its title if none is marked."""
    first = next((block for block in blocks if not block.skip_reason and not boilerplate_reason(block)), None)
    return first.text if first and first.word_count <= 20 and not first.text.endswith(".") else ""


def is_title(block: Block) -> bool:
    return block.kind == BlockKind.HEADING and block.level == 1 and not block.skip_reason


def table_of_contents(blocks: list[Block]) -> list[Block]:
    """Lists whose entries repeat headings of the article."""
    headings = {tuple(word_stems(block.text)) for block in blocks if block.kind == BlockKind.HEADING}
    contents = []
    for kind, run in group_runs([block for block in blocks if not block.skip_reason]):
        entries = [block for block in run if block.kind == BlockKind.LIST_ENTRY]
        if kind != BlockKind.LIST_ENTRY or len(entries) < 3:
            continue
        same = [entry for entry in entries if tuple(word_stems(entry.text)) in headings]
        if len(same) >= len(entries) * 0.6:
            contents += run
    return contents
