"""How far the reading of a table is: a bar on a terminal, one line per file elsewhere."""

import sys

from tqdm import tqdm

STEP = 500


class Progress:
    def __init__(self, stream):
        self._stream = stream

    def __call__(self, table):
        return self._bar(table) if self._stream.isatty() else self._line(table)

    def _bar(self, table):
        with tqdm(desc=table.name, total=table.size, file=sys.stderr, leave=False, mininterval=0.2) as bar:
            for number, row in enumerate(table):
                if number % STEP == 0:
                    bar.update(table.position() - bar.n)
                yield row

    def _line(self, table):
        count = 0
        for row in table:
            count += 1
            yield row
        self._stream.write(f"{table.name}: {count:,} rows read")
