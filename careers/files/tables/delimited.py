"""Rows of a text file with cells separated by tabs, commas or semicolons."""

import csv
from contextlib import contextmanager

from careers.files.encodings import detect_encoding
from careers.files.errors import FileError

from .quoting import is_quoted

CELL_LIMIT = 131_072  # characters: the csv module's own limit, four times what a spreadsheet cell can hold
ROW_LIMIT = 4 * 2**20  # characters


class TextRecords:
    """(line number, cells) of a text file; a row over several lines has the number of its first line."""

    may_end_early = False

    def __init__(self, path, file, separator, quoted, notes):
        self.name = path.name
        self.size = path.stat().st_size
        self.notes = notes
        self._file = file
        self._separator = separator
        self._quoted = quoted

    def position(self):
        return self._file.buffer.tell()

    def where(self, number):
        return f"{self.name}, line {number}"

    def want(self, positions, dates, amounts):
        """Not needed for text: see SheetRecords."""

    def __iter__(self):
        lines = bounded_lines(self._file, self.name)
        return self._quoted_records(lines) if self._quoted else self._plain_records(lines)

    def _plain_records(self, lines):
        for number, line in enumerate(lines, start=1):
            cells = line.rstrip("\n").split(self._separator)
            if len(line) > CELL_LIMIT and max(map(len, cells)) > CELL_LIMIT:
                raise FileError(
                    f"{self.where(number)}: a cell has more than {CELL_LIMIT:,} characters; is a closing quote missing?"
                )
            yield number, cells

    def _quoted_records(self, lines):
        number = size = 0

        def counted():
            nonlocal size
            for line in lines:
                size += len(line)
                if size > ROW_LIMIT:
                    raise FileError(
                        f"{self.where(number)}: the row has more than {ROW_LIMIT:,} characters; is a closing quote missing?"
                    )
                yield line

        reader = csv.reader(counted(), delimiter=self._separator, strict=True)
        while True:
            number, size = reader.line_num + 1, 0
            try:
                cells = next(reader, None)
            except csv.Error as error:
                raise FileError(f"{self.where(number)}: {message_of(error)}") from error
            if cells is None:
                return
            yield number, cells


def message_of(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"a cell has more than {CELL_LIMIT:,} characters; is a closing quote missing?"
    if "unexpected end" in str(error):
        return "a cell begins with a quote that is never closed"
    return f"the quotes do not match ({error})"


def bounded_lines(file, name):
    number = 0
    while line := file.readline(ROW_LIMIT + 1):
        number += 1
        if len(line) > ROW_LIMIT:
            raise FileError(f"{name}, line {number}: longer than {ROW_LIMIT:,} characters")
        yield line


@contextmanager
def open_text(path, separator):
    encoding, has_quotes = detect_encoding(path)
    with path.open(encoding=encoding.name) as file:
        quoted = has_quotes and (separator != "\t" or is_quoted(bounded_lines(file, path.name), path.name))
        file.seek(0)
        yield TextRecords(path, file, separator, quoted, encoding.notes)
