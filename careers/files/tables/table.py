"""A table by the names of its columns, whatever kind of file it comes from."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from careers.files.content_files import FileError

from . import formats
from .delimited import open_text
from .header import read_header
from .workbook import open_sheet


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as written, stripped; a cell that is not there is ''. The number is the line or sheet row an editor sees."""

    where: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column):
        return self.cells[column]

    def read(self, column, reader):
        """What a reader of core.cells makes of a cell; its ValueError comes back with file, line and column."""
        try:
            return reader(self.cells[column])
        except ValueError as error:
            raise FileError(f"{self.where}, column {column}: {error}") from error


class Table:
    """The rows of one file, to be gone through once.

    `columns` are the wanted ones that are there, `headers` says how the file spells them, `notes` is what a person should
    know. `size` and `position()` are for a progress bar: bytes of a text file, rows of a sheet (None: unknown).
    """

    def __init__(self, records, required, optional, header_row, aliases):
        self.name = records.name
        self.size = records.size
        self.position = records.position
        self._records = records
        self._required = required
        self._optional = optional
        rows = iter(records)
        header = next((cells for number, cells in rows if number >= header_row), [])
        found = read_header(records.name, header, required, optional, aliases)
        self._width = found.width
        self._places = found.places
        self.columns = tuple(found.places)
        self.headers = found.headers
        self.notes = [*records.notes, *found.notes]
        records.want(set(found.places.values()))
        self._rows = self._from_first_row(rows)

    def _from_first_row(self, rows):
        rows = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
        first = next(rows, None)
        if first is None:
            raise FileError(f"{self.name}: holds only a header")
        return chain([first], rows)

    def __iter__(self):
        absent = dict.fromkeys((name for name in self._optional if name not in self._places), "")
        places = list(self._places.items())
        for number, cells in self._rows:
            if len(cells) != self._width:
                cells = self._levelled(number, cells)
            row = {name: cells[place].strip() for name, place in places}
            yield Row(self._records.where(number), number, row | absent)

    def _levelled(self, number, cells):
        """A row as wide as the header. Empty cells at the end may be left out, or be too many; others may not."""
        if any(cell.strip() for cell in cells[self._width :]):
            raise FileError(f"{self._records.where(number)}: {len(cells)} cells, but {self._width} columns")
        if not self._records.may_end_early:
            lost = [name for name in self._required if self._places[name] >= len(cells)]
            if lost:
                raise FileError(f"{self._records.where(number)}: ends before {', '.join(lost)}")
        return [*cells, *[""] * self._width][: self._width]


@contextmanager
def open_table(
    path,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    sheet: str | None = None,
    header_row: int = 1,
    aliases: Mapping | None = None,
):
    """The table of a file with at least the required columns.

    Headers match whatever their case, spaces and kind of hyphen. `aliases` gives a column other names:
    {"Employment": ["Jobs", re.compile(r"employment, \\d{4}")]}; a pattern meets the header in lower case with hyphens.
    `sheet` None is the first sheet of a workbook.
    """
    path = Path(path)
    kind = formats.detect_format(path)
    opened = open_sheet(path, sheet) if kind is formats.TableFormat.WORKBOOK else open_text(path, kind.separator)
    with opened as records:
        yield Table(records, required, optional, header_row, aliases or {})
