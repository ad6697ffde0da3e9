"""How a tab-separated file uses the quote character, decided for the whole file.

Quoted, as in CSV: a cell with a quote, tab or line break is in quotes, and quotes in it are doubled.
Bare: a quote is a character like any other; tabs and line ends always separate cells.

A file is quoted if every line with a quote is well-formed CSV, else bare. A quoted cell over several lines that are each as
wide as the table also means bare: those lines are rows. A file with both a bare quote and a quoted cell that contains quotes
or line breaks is refused, with both line numbers.
"""

import re

from careers.files.errors import FileError

PLAIN = r'[^"\t\n]*'
INSIDE = r'[^"]*(?:""[^"]*)*'
CELL = f'(?:"{INSIDE}"|{PLAIN})'
CLOSING = re.compile(rf'{INSIDE}"(?:\t|(?=\n)|\Z)')
STILL_INSIDE = re.compile(INSIDE)
COMPLETE = re.compile(rf"{CELL}(?:\t{CELL})*\n?")
OPENING = re.compile(rf'(?:{CELL}\t)*"{INSIDE}')
DOUBLED = re.compile(r'(?:^|\t)"[^"]*""')


def is_quoted(lines, name):
    evidence = Evidence()
    for number, line in enumerate(lines, start=1):
        evidence.add(number, line)
        if evidence.bare and evidence.quoted:
            raise FileError(
                f"{name}: line {evidence.quoted} quotes a cell as CSV does, line {evidence.bare} has a bare quote; "
                "a file must do one or the other"
            )
    return not (evidence.bare or evidence.opened)


class Evidence:
    """The first line that can only be bare, and the first that can only be quoted."""

    def __init__(self):
        self.bare = self.quoted = None
        self.opened = None  # line of a quoted cell that has not ended
        self.rows_inside = True  # whether each line since then is as wide as a row
        self.widest = 0

    def add(self, number, line):
        tabs = line.count("\t")
        self.rows_inside = self.rows_inside and tabs == self.widest > 0
        if '"' in line:
            self._add_quoted_line(number, line)
        elif not self.opened:
            self.widest = max(self.widest, tabs)

    def _add_quoted_line(self, number, line):
        start = 0
        if self.opened:
            closing = CLOSING.match(line)
            if not closing:
                if not STILL_INSIDE.fullmatch(line):
                    self._found_bare(self.opened)
                return
            if self.rows_inside:
                self._found_bare(self.opened)
                return
            self.opened, start = None, closing.end()
            self.quoted = self.quoted or number
        if COMPLETE.fullmatch(line, start):
            if DOUBLED.search(line):
                self.quoted = self.quoted or number
        elif OPENING.fullmatch(line, start):
            self.opened = number
            self.rows_inside = line.count("\t") == self.widest > 0
        else:
            self._found_bare(number)

    def _found_bare(self, number):
        self.bare = self.bare or number
        self.opened = None
