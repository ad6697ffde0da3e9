"""A table with named columns, independent of the file format."""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from careers.files.errors import FileError

from . import formats
from .delimited import open_text
from .header import read_header
from .workbook import open_sheet


@dataclass(frozen=True, slots=True)
class Row:
    """Cells as written, stripped; a missing cell is ''. `number` is the line or sheet row as an editor shows it."""

    where: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column):
        return self.cells[column]

    def read(self, column, reader):
        """The value of a cell by a reader of files.cells; its ValueError becomes a FileError with file, line and column."""
        try:
            return reader(self.cells[column])
        except ValueError as error:
            raise FileError(f"{self.where}, column {column}: {error}") from error


class Table:
    """The rows of one file; can be iterated once.

    `columns` are the wanted columns that were found, `headers` their names in the file, `notes` remarks for the user.
    `size` and `position()` are for a progress bar: bytes of a text file, rows of a sheet (None: unknown).
    """

    def __init__(self, records, required, optional, header_row, aliases, dates, amounts):
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
        self._positions = found.positions
        self.columns = tuple(found.positions)
        self.headers = found.headers
        self.notes = [*records.notes, *found.notes]
        records.want(
            set(found.positions.values()),
            *({found.positions[name] for name in names if name in found.positions} for names in (dates, amounts)),
        )
        self._rows = self._skip_empty_rows(rows)

    def _skip_empty_rows(self, rows):
        rows = ((number, cells) for number, cells in rows if any(cell.strip() for cell in cells))
        first = next(rows, None)
        if first is None:
            raise FileError(f"{self.name}: has a header but no rows")
        return chain([first], rows)

    def __iter__(self):
        absent = dict.fromkeys((name for name in self._optional if name not in self._positions), "")
        positions = list(self._positions.items())
        for number, cells in self._rows:
            if len(cells) != self._width:
                cells = self._to_width(number, cells)
            row = {name: cells[position].strip() for name, position in positions}
            yield Row(self._records.where(number), number, row | absent)

    def _to_width(self, number, cells):
        """A row as wide as the header. Empty cells at the end may be missing or too many; others may not."""
        if any(cell.strip() for cell in cells[self._width :]):
            raise FileError(
                f"{self._records.where(number)}: the row has {len(cells)} cells, but the header has {self._width} columns"
            )
        if not self._records.may_end_early:
            lost = [name for name in self._required if self._positions[name] >= len(cells)]
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
    dates: Sequence[str] = (),
    amounts: Sequence[str] = (),
):
    """The table of a file with at least the required columns.

    Headers match in any case and with any spaces and hyphens. `aliases` gives a column other names:
    {"Employment": ["Jobs", re.compile(r"employment, \\d{4}")]}; a pattern is matched with the normalized header.
    `sheet` None is the first sheet of a workbook. A date of a workbook is read as '2027-03-31' in the columns `dates`, and is
    an error elsewhere. A number of a workbook is rounded to two decimals in the columns `amounts`: 18.375 is '18.38' there, for
    people write '18.375' for eighteen thousand.
    """
    path = Path(path)
    kind = formats.detect_format(path)
    opened = open_sheet(path, sheet) if kind is formats.TableFormat.WORKBOOK else open_text(path, kind.separator)
    with opened as records:
        yield Table(records, required, optional, header_row, aliases or {}, dates, amounts)
