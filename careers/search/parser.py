"""The text of a search box -> clauses: words, "phrases", -excluded, prefix*. Any text is valid. All searches use this language.

Words such as "jobs", "in" and "the" are left out where there are others: people type "nurse jobs in Leeds".
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files

from .text import STEM_ANALYZER, WORD, WORD_ANALYZER, umlaut_spelling

PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
MAX_CLAUSES = 30
WORDS = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
FILLERS = frozenset(WORDS["fillers"])


@dataclass(frozen=True)
class Clause:
    """`words` are without case and accents; several are a phrase. `typed` is the text without signs, `umlauts` a second
    spelling of a single word."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_prefix: bool = False
    is_quoted: bool = field(default=False, compare=False)
    umlauts: str = field(default="", compare=False)
    typed: str = field(default="", compare=False)

    @cached_property
    def stems(self) -> list[str]:
        return STEM_ANALYZER.finish(self.words)

    @property
    def is_single(self) -> bool:
        """A plain word, which other spellings may stand for."""
        return len(self.words) == 1 and not (self.is_excluded or self.is_prefix or self.is_quoted)

    @property
    def is_filler(self) -> bool:
        return self.is_single and self.words[0] in FILLERS


def parse_clauses(text: str) -> list[Clause]:
    clauses = list(dict.fromkeys(clause for match in PIECE.finditer(text) if (clause := parse_piece(match))))
    telling = [clause for clause in clauses if not clause.is_filler]
    kept = telling if any(not clause.is_excluded for clause in telling) else clauses
    if len(kept) > MAX_CLAUSES:  # words may be left out, but not what is excluded
        kept = sorted(kept, key=lambda clause: not clause.is_excluded)
    return kept[:MAX_CLAUSES]


def parse_piece(match: re.Match[str]) -> Clause | None:
    """None for a piece without letters and digits."""
    piece = match["phrase"] if match["word"] is None else match["word"]
    words = tuple(WORD_ANALYZER.analyze(piece))
    if not words:
        return None
    is_prefix = match["word"] is not None and piece.endswith("*") and len(words) == 1
    umlauts = umlaut_spelling(piece.strip("*")) if len(words) == 1 and WORD.search(piece) else ""
    is_quoted = match["word"] is None
    return Clause(words, bool(match["minus"]), is_prefix, is_quoted, umlauts, piece if is_quoted else piece.strip("*"))


def is_unsearchable(text: str) -> bool:
    """Something was typed, and nothing in it can be searched for."""
    return bool(text.strip()) and not parse_clauses(text)
