"""What a visitor typed -> what is looked for: words, "phrases", -excluded, begin*. Anything typed is a question, no error.

Beginnings: a word that stands nowhere is looked for as the beginning of words, as when it is still being typed ('machi' finds
machines). A word that does stand somewhere is meant as it is, so that 'java' does not bring JavaScript; 'java*' asks for both.
"""

import re
from dataclasses import dataclass, replace

from tantivy import Occur, Query

from .schema import SCHEMA, STEM_ANALYZER, WORD_ANALYZER

PIECE = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
MAX_CLAUSES = 12
MAX_EXPANSIONS = 50  # words that a beginning may stand for
BOOSTS = {"title": 4.0, "names": 2.0}


@dataclass(frozen=True)
class Clause:
    """`words` are folded, in order; several stand beside each other in the text."""

    words: tuple[str, ...]
    is_excluded: bool = False
    is_beginning: bool = False

    @property
    def stems(self):
        return [stem for word in self.words for stem in STEM_ANALYZER.analyze(word)]


def parse_clauses(text) -> list[Clause]:
    clauses = []
    for match in PIECE.finditer(text):
        piece = match["phrase"] if match["word"] is None else match["word"]
        words = tuple(WORD_ANALYZER.analyze(piece))
        if words:
            is_beginning = match["word"] is not None and piece.endswith("*") and len(words) == 1
            clauses.append(Clause(words, bool(match["minus"]), is_beginning))
    return list(dict.fromkeys(clauses))[:MAX_CLAUSES]


def match_clauses(clauses, searcher) -> list[tuple[Occur, Query]]:
    """A document matches when it holds every clause and none of the excluded ones."""
    if not clauses:
        return []
    parts = [
        (Occur.MustNot if clause.is_excluded else Occur.Must, clause_query("all", clause, searcher))
        for clause in clauses
    ]
    return parts if any(not clause.is_excluded for clause in clauses) else [(Occur.Must, Query.all_query()), *parts]


def boost_clauses(clauses, searcher) -> list[tuple[Occur, Query]]:
    """What lifts a document: the words in its title, then in the names it goes by."""
    return [
        (Occur.Should, Query.boost_query(clause_query(field, clause, searcher), boost))
        for clause in clauses
        if not clause.is_excluded and not is_prefix_clause(clause, searcher)
        for field, boost in BOOSTS.items()
    ]


def clause_query(field, clause, searcher):
    if is_prefix_clause(clause, searcher):
        endings = [word for word, _ in searcher.terms_with_prefix("words", clause.words[0], limit=MAX_EXPANSIONS)]
        return Query.term_set_query(SCHEMA, "words", endings) if endings else Query.empty_query()
    stems = clause.stems
    if len(stems) == 1:
        return Query.term_query(SCHEMA, field, stems[0])
    return Query.phrase_query(SCHEMA, field, stems) if stems else Query.empty_query()


def resolve_prefixes(clauses, searcher):
    """The clauses that lead to a document, each saying whether it is looked for as a beginning."""
    sought = (clause for clause in clauses if not clause.is_excluded)
    return [replace(clause, is_beginning=is_prefix_clause(clause, searcher)) for clause in sought]


def is_prefix_clause(clause, searcher):
    """Marked as such, or one word that stands nowhere."""
    if len(clause.words) != 1 or len(clause.words[0]) < 2:
        return False
    return clause.is_beginning or not any(searcher.doc_freq("all", stem) for stem in clause.stems)
