"""Places that a person may choose for a block of an article: a text or a kind of point of the guide, none yet, or skipped."""

from django.utils.text import capfirst

from careers.guide_import.classify.topics import ITEM_KINDS, SECTION_KINDS, Topic
from careers.guide_import.text.blocks import PICTURE, ArticleError, Block, BlockKind
from careers.roles.models import Item, Section

UNPLACED, LEFT_OUT = "unplaced", "skip"
MAX_CELLS_OF_POINT = 3
# {place: topic}: the first topic of a section or kind of point stands for it.
TEXT_TOPICS: dict[str, Topic] = {
    f"text-{kind}": topic for topic, kind in reversed(SECTION_KINDS.items()) if topic is not None
}
POINT_TOPICS: dict[str, Topic] = {f"point-{kind}": topic for topic, kind in ITEM_KINDS.items() if topic is not None}
TEXT_CHOICES = [(f"text-{kind}", kind.label) for kind in Section.Kind if f"text-{kind}" in TEXT_TOPICS]
POINT_CHOICES = [(f"point-{kind}", kind.label) for kind in Item.Kind if f"point-{kind}" in POINT_TOPICS]
OTHER_CHOICES = [(UNPLACED, "Not yet placed (hidden)"), (LEFT_OUT, "Skip")]


def choices_for(block: Block) -> list[tuple[str, list[tuple[str, str]]]]:
    """[(group, [(place, label)])]; empty for a block that stays where it is."""
    if is_fixed(block):
        return []
    points = [] if point_problem(block) else [("Point", POINT_CHOICES)]
    return [("Text", TEXT_CHOICES), *points, ("Other", OTHER_CHOICES)]


def is_fixed(block: Block) -> bool:
    """The title names the article, and a picture has no text."""
    return (block.kind == BlockKind.HEADING and block.level == 1) or block.skip_reason == PICTURE or not block.text


def point_problem(block: Block) -> str:
    """Why the block cannot be a point; '' if it can."""
    if block.kind == BlockKind.HEADING:
        return "a heading"
    if block.kind == BlockKind.TABLE_ROW and block.is_header:
        return "the header of a table"
    if block.kind == BlockKind.TABLE_ROW and len(block.cells) > MAX_CELLS_OF_POINT:
        return f"a table row with more than {MAX_CELLS_OF_POINT} columns"
    return ""


def check_places(places: dict[int, str], blocks: list[Block]) -> None:
    """Raises ArticleError for a place that a block cannot have. `places` is {index of the block: place}."""
    for index, place in places.items():
        if not 0 <= index < len(blocks):
            raise ArticleError("We could not read the places you chose. Preview the article again.")
        block = blocks[index]
        if place in POINT_TOPICS and (problem := point_problem(block)):
            raise ArticleError(f"{capfirst(block.where)} is {problem} and cannot be a point. Choose a text for it.")
        if place not in {value for _, choices in choices_for(block) for value, _ in choices}:
            raise ArticleError(f"Choose a place from the list for {block.where}.")
