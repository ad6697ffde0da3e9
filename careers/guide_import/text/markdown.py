"""Blocks written as Markdown."""

from collections.abc import Iterable

from .blocks import Block, BlockKind


def blocks_to_markdown(blocks: Iterable[Block], heading_level: int = 3) -> str:
    lines, previous = [], None
    for block in blocks:
        same_table = is_same_table(previous, block)
        same_list = previous is not None and previous.kind == block.kind == BlockKind.LIST_ENTRY
        if previous is not None and not same_list and not same_table:
            lines.append("")
        if block.kind == BlockKind.HEADING:
            lines.append(f"{'#' * heading_level} {block.markdown}")
        elif block.kind == BlockKind.LIST_ENTRY:
            lines.append(f"{'  ' * (max(block.depth, 1) - 1)}- {block.markdown}")
        elif block.kind == BlockKind.TABLE_ROW:
            lines += [block.markdown] if same_table else first_table_lines(block)
        else:
            continues_entry = block.depth and previous and previous.kind == BlockKind.LIST_ENTRY
            lines.append(f"{'  ' if continues_entry else ''}{block.markdown}")
        previous = block
    return "\n".join(lines)


def is_same_table(previous: Block | None, block: Block) -> bool:
    return previous is not None and previous.kind == block.kind == BlockKind.TABLE_ROW and previous.table == block.table


def first_table_lines(row: Block) -> list[str]:
    """The first row with the ruler that Markdown requires; a table without a header gets an empty one."""
    ruler = "|" + " --- |" * len(row.cells)
    return [row.markdown, ruler] if row.is_header else ["|" + "  |" * len(row.cells), ruler, row.markdown]
