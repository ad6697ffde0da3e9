"""Which of two ways a tab-separated file uses the quote, decided for the whole file.

Quoted, as CSV: a cell that holds a quote, tab or line break stands in quotes, and its own quotes are doubled.
Bare: a quote is a character like any other; tabs and line ends always part cells.

A file is quoted if every line that holds a quote is well formed as CSV; one that is not makes the file bare.
A file that has both - a bare quote, and doubled quotes inside a quoted cell - is refused, with both lines.
"""

import re

from careers.core.textfiles import FileError

PLAIN = r'[^"\t\n]*'
QUOTED = r'"[^"]*(?:""[^"]*)*"'
CELL = f"(?:{QUOTED}|{PLAIN})"
RECORD = re.compile(rf"{CELL}(?:\t{CELL})*\n?")
UNFINISHED = re.compile(rf'(?:{CELL}\t)*"[^"]*(?:""[^"]*)*')
DOUBLED = re.compile(r'(?:^|\t)"[^"]*""[^"]')
RECORD_LIMIT = 131_072


def is_quoted(lines, name):
    bare = doubled = None
    for number, record, whole in records_with_quotes(lines):
        if not whole:
            bare = bare or number
        elif DOUBLED.search(record):
            doubled = doubled or number
        if bare and doubled:
            raise FileError(
                f"{name}: line {doubled} doubles the quotes inside a quoted cell, line {bare} has a bare quote; "
                "one file must do one or the other"
            )
    return bare is None


def records_with_quotes(lines):
    """(line number, text, whether it is well formed as CSV) of every record that holds a quote."""
    numbered = enumerate(lines, start=1)
    for number, line in numbered:
        if '"' not in line:
            continue
        record = line
        while len(record) <= RECORD_LIMIT and not RECORD.fullmatch(record) and UNFINISHED.fullmatch(record):
            _, more = next(numbered, (0, ""))
            if not more:
                break
            record += more
        yield number, record, bool(RECORD.fullmatch(record))
