"""Clauses -> queries of the engine. A document has to match every clause, in one of its spellings:

- the words themselves; a single word that occurs nowhere also as a prefix, since it may still be being typed ('machi');
- a word in two parts, or two words as one: frontend, front-end and front end find each other, as do nodejs and Node.js;
- a word with umlauts spelled out: Müller finds Mueller; British and American spellings: centre, center;
- a condition that the caller gives for a word, such as a place for its name in another language.

A word that does occur is not a prefix, so that 'java' does not find JavaScript; 'java*' finds both.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from tantivy import Occur, Query, Searcher

from .conditions import Condition
from .parser import WORDS, Clause
from .schema import schema
from .text import regional_spellings, stem_of

MAX_EXPANSIONS = 50  # words that a prefix may stand for
BOOSTS = {"title": 4.0, "names": 2.0}
MIN_PART = 2  # letters of either part of a split word
NEVER_PARTS = frozenset(WORDS["never_parts"])
MEANING_SCORE = 0.1  # of a document that only meets the condition given for a word

Meanings = Mapping[str, Condition]  # {words of a clause, separated by spaces: condition}


@dataclass(frozen=True)
class Group:
    """Matches where all clauses of one of the options match. The first option is what was typed."""

    options: tuple[tuple[Clause, ...], ...]

    @property
    def is_excluded(self) -> bool:
        return self.options[0][0].is_excluded


def group_clauses(clauses: Sequence[Clause], searcher: Searcher) -> list[Group]:
    groups, position = [], 0
    while position < len(clauses):
        pair = tuple(clauses[position : position + 2])
        if joined := _joined_pair(pair, searcher):
            groups.append(Group((pair, (joined,))))
            position += 2
        else:
            clause = clauses[position]
            groups.append(Group(((clause,), *((other,) for other in _other_spellings(clause, searcher)))))
            position += 1
    return groups


def _joined_pair(pair: tuple[Clause, ...], searcher: Searcher) -> Clause | None:
    """'dev', 'ops' -> 'devops', if that occurs."""
    if len(pair) < 2 or not all(clause.is_single for clause in pair):
        return None
    return _known("".join(clause.words[0] for clause in pair), searcher)


def _other_spellings(clause: Clause, searcher: Searcher) -> list[Clause]:
    if clause.is_excluded or clause.is_prefix or clause.is_quoted:
        return []
    if len(clause.words) > 1:
        return [joined] if (joined := _known("".join(clause.words), searcher)) else []
    spellings = [clause.umlauts, *regional_spellings(clause.words[0])]
    found = [*(_known(spelling, searcher) for spelling in spellings), _split(clause.words[0], searcher)]
    return [other for other in found if other]


def _known(word: str, searcher: Searcher) -> Clause | None:
    return Clause((word,)) if word and searcher.doc_freq("all", stem_of(word)) else None


def _split(word: str, searcher: Searcher) -> Clause | None:
    """The phrase of two known words that the word may be written as; the one with the most common parts."""
    if not word.isalpha():
        return None
    best, most = None, 0
    for position in range(MIN_PART, len(word) - MIN_PART + 1):
        parts = (word[:position], word[position:])
        if not NEVER_PARTS.isdisjoint(parts):
            continue
        if all(searcher.doc_freq("words", part) > most for part in parts):
            best, most = Clause(parts), min(searcher.doc_freq("words", part) for part in parts)
    return best


# -- Queries


def match_groups(groups: Sequence[Group], meanings: Meanings, searcher: Searcher) -> list[tuple[Occur, Query]]:
    """A document matches if it matches every group and none of the excluded ones."""
    if not groups:
        return []
    parts = [
        (Occur.MustNot if group.is_excluded else Occur.Must, _group_query(group, meanings, searcher))
        for group in groups
    ]
    return parts if any(not group.is_excluded for group in groups) else [(Occur.Must, Query.all_query()), *parts]


def _group_query(group: Group, meanings: Meanings, searcher: Searcher) -> Query:
    queries = [_option_query(option, meanings, searcher) for option in group.options]
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def _option_query(option: tuple[Clause, ...], meanings: Meanings, searcher: Searcher) -> Query:
    queries = [_meant_query(clause, meanings, searcher) for clause in option]
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])


def _meant_query(clause: Clause, meanings: Meanings, searcher: Searcher) -> Query:
    query = clause_query("all", clause, searcher)
    condition = meanings.get(" ".join(clause.words))
    if condition is None or clause.is_excluded:
        return query
    meant = Query.const_score_query(condition.to_query(), MEANING_SCORE)
    return Query.boolean_query([(Occur.Should, query), (Occur.Should, meant)])


@dataclass(frozen=True)
class Named:
    """All words are in the title or in the other names of a document. A prefix may be in any text: only the index of all
    words knows prefixes."""

    groups: Sequence[Group]
    meanings: Meanings
    searcher: Searcher

    def to_query(self) -> Query:
        return Query.boolean_query([(Occur.Must, self._group(group)) for group in self.groups if not group.is_excluded])

    def _group(self, group: Group) -> Query:
        options = [[(Occur.Must, self._clause(clause)) for clause in option] for option in group.options]
        return Query.boolean_query([(Occur.Should, Query.boolean_query(option)) for option in options])

    def _clause(self, clause: Clause) -> Query:
        queries = [clause_query(name, clause, self.searcher) for name in BOOSTS]
        if condition := self.meanings.get(" ".join(clause.words)):
            queries.append(condition.to_query())
        return Query.boolean_query([(Occur.Should, query) for query in queries])


def boost_groups(groups: Iterable[Group], searcher: Searcher) -> list[tuple[Occur, Query]]:
    """A document ranks higher if the words are in its title, then in its other names."""
    clauses = chain.from_iterable(option for group in groups if not group.is_excluded for option in group.options)
    return [
        (Occur.Should, Query.boost_query(clause_query(field, clause, searcher), boost))
        for clause in clauses
        if not is_prefix_clause(clause, searcher)
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


def marked_clauses(groups: Iterable[Group], searcher: Searcher) -> list[Clause]:
    """The clauses to highlight, with `is_prefix` as they are searched."""
    clauses = chain.from_iterable(option for group in groups if not group.is_excluded for option in group.options)
    return [Clause(clause.words, is_prefix=is_prefix_clause(clause, searcher)) for clause in dict.fromkeys(clauses)]


def is_prefix_clause(clause: Clause, searcher: Searcher) -> bool:
    """Marked with *, or a single word that occurs nowhere."""
    if len(clause.words) != 1 or (len(clause.words[0]) < 2 and clause.words[0].isascii()):
        return False
    return clause.is_prefix or not any(searcher.doc_freq("all", stem) for stem in clause.stems)
