"""Finds the wanted columns in a header, in any order and ignoring case, spaces and the kind of hyphen."""

import re
from collections import Counter
from dataclasses import dataclass

from careers.files.errors import FileError

DASHES = re.compile("[\u2010-\u2015\u2212]")


@dataclass(frozen=True)
class Header:
    width: int
    positions: dict[str, int]  # wanted column -> position in the row, in the order of the file
    headers: dict[str, str]  # wanted column -> as the file spells it
    notes: list[str]


def normalize_header(header: str) -> str:
    """'  Change,  2024–34 ' -> 'change, 2024-34'."""
    return DASHES.sub("-", " ".join(header.split())).casefold()


def read_header(file_name, cells, required, optional, aliases):
    cells = [" ".join(cell.split()) for cell in cells]
    while cells and not cells[-1]:
        cells.pop()
    repeated = [name for name, times in Counter(normalize_header(cell) for cell in cells if cell).items() if times > 1]
    if repeated:
        raise FileError(f"{file_name}: column {', '.join(repeated)} is in the header more than once")
    positions = {name: find_column(name, cells, aliases.get(name, ()), file_name) for name in [*required, *optional]}
    missing = [name for name in required if positions[name] is None]
    if missing:
        present = ", ".join(cell for cell in cells if cell) or "none"
        raise FileError(f"{file_name}: no column {', '.join(missing)}; the columns are: {present[:2000]}")
    positions = {name: position for name, position in positions.items() if position is not None}
    positions = dict(sorted(positions.items(), key=lambda entry: entry[1]))
    unknown = [cell for position, cell in enumerate(cells) if cell and position not in positions.values()]
    notes = [f"unknown column{'s' * (len(unknown) > 1)} ignored: {', '.join(unknown)}"] if unknown else []
    return Header(len(cells), positions, {name: cells[position] for name, position in positions.items()}, notes)


def find_column(name, cells, others, file_name):
    """The position of a column under its own or another name; None if it is missing."""
    spellings = [name, *others]
    found = [position for position, cell in enumerate(cells) if any(matches(cell, spelling) for spelling in spellings)]
    if len(found) > 1:
        raise FileError(f"{file_name}: column {name} could be {' or '.join(cells[position] for position in found)}")
    return found[0] if found else None


def matches(cell, spelling):
    if isinstance(spelling, re.Pattern):
        return bool(spelling.fullmatch(normalize_header(cell)))
    return normalize_header(cell) == normalize_header(spelling)
