"""Which of two ways a tab-separated file uses the quote, decided for the whole file.

Quoted, as in CSV: a cell that holds a quote, tab or line break stands in quotes, and its own quotes are doubled.
Bare: a quote is a character like any other; tabs and line ends always part cells.

A file is quoted if every line that holds a quote is well formed as CSV; one that is not makes the file bare. So does
a quoted cell over several lines that are each as wide as the table: those are rows. A file that shows both - a bare
quote, and a quoted cell that holds quotes or line breaks - is refused with both lines.
"""

import re

from careers.files.content_files import FileError

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
        evidence.hear(number, line)
        if evidence.bare and evidence.quoted:
            raise FileError(
                f"{name}: line {evidence.quoted} quotes a cell as CSV does, line {evidence.bare} has a bare quote; "
                "a file must do one or the other"
            )
    return not (evidence.bare or evidence.opened)


class Evidence:
    """Lines that speak for one way: the first that can only be bare, the first that can only be quoted."""

    def __init__(self):
        self.bare = self.quoted = None
        self.opened = None  # the line on which a quoted cell began that has not ended
        self.rows_inside = True  # whether each line since then would be a whole row
        self.widest = 0

    def hear(self, number, line):
        tabs = line.count("\t")
        self.rows_inside = self.rows_inside and tabs == self.widest > 0
        if '"' in line:
            self._weigh(number, line)
        elif not self.opened:
            self.widest = max(self.widest, tabs)

    def _weigh(self, number, line):
        start = 0
        if self.opened:
            closing = CLOSING.match(line)
            if not closing:
                if not STILL_INSIDE.fullmatch(line):
                    self._is_bare(self.opened)
                return
            if self.rows_inside:
                self._is_bare(self.opened)
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
            self._is_bare(number)

    def _is_bare(self, number):
        self.bare = self.bare or number
        self.opened = None
