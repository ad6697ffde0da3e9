"""Suggested searches where little is found: mistyped words corrected, or one word less."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract
from tantivy import Searcher

from .parser import PIECE, parse_piece
from .text import WORD, fold_word, run_words, stem_of

RARE_DOCUMENTS = 2  # a word that occurs in no more documents may be mistyped, also in the document
MIN_LENGTH = 4  # characters; shorter words resemble too many others
MAX_CORRECTED_WORDS = 3  # of one search
MAX_SIMILAR = 4  # words offered for one
MAX_SUGGESTIONS = 6  # searches that are counted
MAX_DROPPABLE = 6  # words that are tried without


@dataclass(frozen=True)
class SuggestedSearch:
    """`dropped` are the typed words and phrases that it does without."""

    text: str
    total: int
    dropped: tuple[str, ...] = field(default=(), compare=False)


def corrected_texts(typed: str, searcher: Searcher) -> list[str]:
    """The text with each mistyped word replaced by the likeliest similar word; then with one of the next likely ones."""
    mistyped = list(_mistyped_words(typed, searcher))
    unknown = [match for match in mistyped if not searcher.doc_freq("words", fold_word(match[0]))]
    corrections = [
        (match, similar) for match in unknown or mistyped if (similar := similar_words(fold_word(match[0]), searcher))
    ][:MAX_CORRECTED_WORDS]
    if not corrections:
        return []
    best = [(match, similar[0]) for match, similar in corrections]
    others = [
        [*best[:position], (match, word), *best[position + 1 :]]
        for position, (match, similar) in enumerate(corrections)
        for word in similar[1:]
    ]
    return [_replace_words(typed, pairs) for pairs in (best, *others)]


def droppable_pieces(typed: str) -> list[str]:
    """Words and phrases that a search may do without: not those left out anyway, such as "jobs" and "in", and never what is
    excluded, or the search would show just that."""
    found = [(match[0], clause) for match in PIECE.finditer(typed) if (clause := parse_piece(match))]
    droppable = (piece for piece, clause in found if not (clause.is_filler or clause.is_excluded))
    return list(dict.fromkeys(droppable))[:MAX_DROPPABLE]


def without_pieces(typed: str, dropped: Sequence[str]) -> str:
    return " ".join(match[0] for match in PIECE.finditer(typed) if match[0] not in dropped)


def similar_words(word: str, searcher: Searcher) -> list[str]:
    """Words of the index at edit distance 1, or 2 for words of eight characters and more; nearest first, then most common."""
    known, own = {}, searcher.doc_freq("words", word)
    for letter in {word[0], word[1]}:  # typos in the first letter are rare, except for two swapped letters
        known.update(searcher.terms_with_prefix("words", letter))
    common = [term for term, count in known.items() if count > own and len(term) >= MIN_LENGTH - 1]
    distance = 1 if len(word) < 8 else 2
    found = extract(word, common, scorer=OSA.distance, score_cutoff=distance, limit=50, processor=None)
    ranked = sorted(found, key=lambda hit: (hit[1], hit[0][0] != word[0], -known[hit[0]], hit[0]))
    by_stem = {stem_of(term): term for term, *_ in reversed(ranked) if stem_of(term) != stem_of(word)}
    return sorted(by_stem.values(), key=[term for term, *_ in ranked].index)[:MAX_SIMILAR]


def _mistyped_words(typed: str, searcher: Searcher) -> Iterator[re.Match[str]]:
    """Words that occur hardly anywhere, without excluded ones and prefixes."""
    for piece in PIECE.finditer(typed):
        if piece["minus"] or piece[0].endswith("*"):
            continue
        for match in WORD.finditer(typed, piece.start(), piece.end()):
            word = fold_word(match[0])
            is_one = len(run_words(match[0])) == 1
            if is_one and len(word) >= MIN_LENGTH and word.isalpha() and not _is_known(word, searcher):
                yield match


def _is_known(word: str, searcher: Searcher) -> bool:
    return searcher.doc_freq("all", stem_of(word)) > RARE_DOCUMENTS


def _replace_words(typed: str, pairs: Sequence[tuple[re.Match[str], str]]) -> str:
    for match, word in reversed(pairs):
        typed = typed[: match.start()] + word + typed[match.end() :]
    return typed
