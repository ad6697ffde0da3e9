"""Runs of blocks within a chapter: a paragraph by itself, a list with its continuations, a table."""

from careers.guide_import.text.blocks import Block, BlockKind
from careers.guide_import.text.markers import is_number_marker, ordinal


def group_runs(blocks: list[Block]) -> list[tuple[BlockKind, list[Block]]]:
    runs: list[tuple[BlockKind, list[Block]]] = []
    for block in blocks:
        if runs and continues_run(runs[-1][1], block):
            runs[-1][1].append(block)
        else:
            runs.append((block.kind, [block]))
    return runs


def continues_run(run: list[Block], block: Block) -> bool:
    first = run[0].kind
    if first == BlockKind.TABLE_ROW:
        return block.kind == BlockKind.TABLE_ROW and run[-1].table == block.table
    if first != BlockKind.LIST_ENTRY:
        return False
    return (block.kind == BlockKind.PARAGRAPH and block.depth > 0) or (
        block.kind == BlockKind.LIST_ENTRY and not starts_new_list(run, block)
    )


def starts_new_list(run: list[Block], block: Block) -> bool:
    """A number 1 after other numbers, or another kind of marker at the same depth, starts a new list."""
    if block.group != run[-1].group:
        return True
    previous = next(
        (entry for entry in reversed(run) if entry.kind == BlockKind.LIST_ENTRY and entry.depth == block.depth), None
    )
    if previous is None:
        return False
    if is_number_marker(previous.marker) != is_number_marker(block.marker) or is_other_markdown_list(
        previous.marker, block.marker
    ):
        return True
    return block.depth <= run[0].depth and ordinal(block.marker)[1] == 1 and ordinal(previous.marker)[1] is not None


def is_other_markdown_list(marker: str, other: str) -> bool:
    """In Markdown, a change of the bullet sign starts a new list."""
    return marker != other and {marker, other} <= {"-", "*", "+"}
