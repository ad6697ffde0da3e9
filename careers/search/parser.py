"""The text of a search box -> clauses -> queries of the engine: words, "phrases", -excluded, prefix*. Any text is valid.

A word that occurs nowhere is searched as a prefix, since it may still be being typed ('machi' finds machines). A word that
does occur is searched as it is, so that 'java' does not find JavaScript; 'java*' finds both.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tantivy import Occur, Query, Searcher

from .schema import STEM_ANALYZER, WORD_ANALYZER, schema

PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
MAX_CLAUSES = 12
MAX_EXPANSIONS = 50  # words that a prefix may stand for
BOOSTS = {"title": 4.0, "names": 2.0}


@dataclass(frozen=True)
class Clause:
    """`words` are without case and accents; several are a phrase."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_prefix: bool = False

    @property
    def stems(self) -> list[str]:
        return [stem for word in self.words for stem in STEM_ANALYZER.analyze(word)]


def parse_clauses(text: str) -> list[Clause]:
    clauses = []
    for match in PIECE.finditer(text):
        piece = match["phrase"] if match["word"] is None else match["word"]
        words = tuple(WORD_ANALYZER.analyze(piece))
        if words:
            is_prefix = match["word"] is not None and piece.endswith("*") and len(words) == 1
            clauses.append(Clause(words, bool(match["minus"]), is_prefix))
    return list(dict.fromkeys(clauses))[:MAX_CLAUSES]


def match_clauses(clauses: list[Clause], searcher: Searcher) -> list[tuple[Occur, Query]]:
    """A document matches if it contains every clause and none of the excluded ones."""
    if not clauses:
        return []
    parts = [
        (Occur.MustNot if clause.is_excluded else Occur.Must, clause_query("all", clause, searcher))
        for clause in clauses
    ]
    return parts if any(not clause.is_excluded for clause in clauses) else [(Occur.Must, Query.all_query()), *parts]


def boost_clauses(clauses: list[Clause], searcher: Searcher) -> list[tuple[Occur, Query]]:
    """A document ranks higher if the words are in its title, then in its other names."""
    return [
        (Occur.Should, Query.boost_query(clause_query(field, clause, searcher), boost))
        for clause in clauses
        if not clause.is_excluded and not is_prefix_clause(clause, searcher)
        for field, boost in BOOSTS.items()
    ]


def clause_query(field: str, clause: Clause, searcher: Searcher) -> Query:
    if is_prefix_clause(clause, searcher):
        words = [word for word, _ in searcher.terms_with_prefix("words", clause.words[0], limit=MAX_EXPANSIONS)]
        return Query.term_set_query(schema(), "words", words) if words else Query.empty_query()
    stems = clause.stems
    if len(stems) == 1:
        return Query.term_query(schema(), field, stems[0])
    return Query.phrase_query(schema(), field, [*stems]) if stems else Query.empty_query()


def resolve_prefixes(clauses: Iterable[Clause], searcher: Searcher) -> list[Clause]:
    """The clauses that are not excluded, with `is_prefix` as they are searched."""
    included = (clause for clause in clauses if not clause.is_excluded)
    return [replace(clause, is_prefix=is_prefix_clause(clause, searcher)) for clause in included]


def is_prefix_clause(clause: Clause, searcher: Searcher) -> bool:
    """Marked with *, or a single word that occurs nowhere."""
    if len(clause.words) != 1 or len(clause.words[0]) < 2:
        return False
    return clause.is_prefix or not any(searcher.doc_freq("all", stem) for stem in clause.stems)
