"""A chapter of an article."""

from dataclasses import dataclass, field

from careers.guide_import.classify.topics import Topic
from careers.guide_import.text.blocks import Block, BlockKind

# Values of `found_by`, shown in the import report after “placed by”.
AT_THE_BEGINNING = "its place at the beginning"
CONTENT = "what it says"
HEADING_LOST = "what it says, its heading is lost"


@dataclass
class Chapter:
    """The blocks of one topic, without their heading."""

    topic: Topic | None
    heading: Block | None = None
    level: int = 0
    blocks: list[Block] = field(default_factory=list)
    main: "Chapter | None" = None  # the chapter that a sub-heading belongs to
    is_point: bool = False  # whether the heading is one point of the main chapter's list
    is_bare: bool = False  # whether nothing stands below the heading
    found_by: str = ""
    repeats: str = ""  # location of an earlier chapter that says the same

    @property
    def top(self) -> "Chapter":
        return self.main or self

    @property
    def all_blocks(self) -> list[Block]:
        return [self.heading, *self.blocks] if self.heading else self.blocks

    @property
    def has_list(self) -> bool:
        return any(block.kind == BlockKind.LIST_ENTRY for block in self.blocks)
