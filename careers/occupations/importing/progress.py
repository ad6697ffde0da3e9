"""Progress of reading a table: a bar on a terminal, one line per file elsewhere."""

import sys
from collections.abc import Iterator
from typing import Any

from django.core.management.base import OutputWrapper
from tqdm import tqdm

STEP = 500  # rows between two updates of the bar


class Progress:
    """Wraps the rows of a careers.files.tables table."""

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream

    def __call__(self, table: Any) -> Iterator:
        return self._with_bar(table) if self._stream.isatty() else self._with_line(table)

    def _with_bar(self, table: Any) -> Iterator:
        with tqdm(desc=table.name, total=table.size, file=sys.stderr, leave=False, mininterval=0.2) as bar:
            for number, row in enumerate(table):
                if number % STEP == 0:
                    bar.update(table.position() - bar.n)
                yield row

    def _with_line(self, table: Any) -> Iterator:
        count = 0
        for row in table:
            count += 1
            yield row
        self._stream.write(f"{table.name}: {count:,} rows read")
