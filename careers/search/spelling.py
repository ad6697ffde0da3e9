"""Other words for a search that finds little: mistyped ones as they may have been meant, or one word less."""

from dataclasses import dataclass

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from .highlight import WORD, fold_word, stems_of
from .parser import PIECE

RARE_DOCUMENTS = 2  # a word that stands in so few documents may be a slip, of a writer's too
MIN_LENGTH = 4  # characters; shorter words are near too many others
MAX_CORRECTED_WORDS = 3  # words of one search that are corrected
MAX_SIMILAR = 4  # near words of one
MAX_SUGGESTIONS = 6  # rewordings that are counted


@dataclass(frozen=True)
class SuggestedSearch:
    text: str
    total: int


def corrected_texts(typed, searcher) -> list[str]:
    """The whole of what was typed, each mistyped word replaced by the likeliest near one; then with one of the next likely."""
    slips = [
        (match, near) for match in _mistyped(typed, searcher) if (near := similar_words(fold_word(match[0]), searcher))
    ]
    if not slips:
        return []
    best = [(match, near[0]) for match, near in slips[:MAX_CORRECTED_WORDS]]
    others = [
        [*best[:place], (match, word), *best[place + 1 :]]
        for place, (match, near) in enumerate(slips[:MAX_CORRECTED_WORDS])
        for word in near[1:]
    ]
    return [_replaced(typed, pairs) for pairs in (best, *others)]


def shortened_texts(typed) -> list[str]:
    """What was typed without one of its words or phrases, where there are several."""
    pieces = [match[0] for match in PIECE.finditer(typed) if WORD.search(match[0])]
    if len(pieces) < 2:
        return []
    return [" ".join(pieces[:place] + pieces[place + 1 :]) for place in range(len(pieces))]


def similar_words(word, searcher) -> list[str]:
    """Words of the index within one slip of this one, two from eight characters on; nearest first, then the commonest."""
    known, own = {}, searcher.doc_freq("words", word)
    for letter in {word[0], word[1]}:  # slips in the first letter are rare, but for two letters changed round
        known.update(searcher.terms_with_prefix("words", letter))
    common = [term for term, count in known.items() if count > own and len(term) >= MIN_LENGTH - 1]
    slips = 1 if len(word) < 8 else 2
    found = extract(word, common, scorer=OSA.distance, score_cutoff=slips, limit=50, processor=None)
    ranked = sorted(found, key=lambda near: (near[1], near[0][0] != word[0], -known[near[0]], near[0]))
    by_stem = {stems_of(term): term for term, *_ in reversed(ranked) if stems_of(term) != stems_of(word)}
    return sorted(by_stem.values(), key=[term for term, *_ in ranked].index)[:MAX_SIMILAR]


def _mistyped(typed, searcher):
    """Words that stand hardly anywhere; excluded ones and beginnings are no slips."""
    for piece in PIECE.finditer(typed):
        if piece["minus"] or piece[0].endswith("*"):
            continue
        for match in WORD.finditer(typed, piece.start(), piece.end()):
            word = fold_word(match[0])
            if len(word) >= MIN_LENGTH and word.isalpha() and not _is_known(word, searcher):
                yield match


def _is_known(word, searcher):
    return any(searcher.doc_freq("all", stem) > RARE_DOCUMENTS for stem in stems_of(word))


def _replaced(typed, pairs):
    for match, word in reversed(pairs):
        typed = typed[: match.start()] + word + typed[match.end() :]
    return typed
