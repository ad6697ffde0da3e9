"""Made-up words, as often as Zipf's law says."""

from functools import cache
from itertools import product

import numpy

SEED = 20_260_101
VOCABULARY = 30_000
PAIRS_FROM, PAIR_EVERY = 60, 40  # by rank: every so many entries are two words that go together
BEGINNINGS = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "z", "br", "tr"]
ENDINGS = ["a", "e", "i", "o", "u", "an", "or", "el"]
SYLLABLES = ["".join(pair) for pair in product(BEGINNINGS, ENDINGS)]


@cache
def vocabulary():
    """Entries by rank, the most frequent first."""
    chance = numpy.random.default_rng(SEED)
    words = {}
    while len(words) < VOCABULARY:
        parts = chance.integers(len(SYLLABLES), size=chance.integers(2, 5))
        words["".join(SYLLABLES[part] for part in parts)] = None
    words = list(words)
    for rank in range(PAIRS_FROM, VOCABULARY, PAIR_EVERY):
        words[rank] = f"{words[rank // 2]} {words[rank // 3]}"
    return numpy.array(words, dtype=object)


def zipf(many, exponent=1.05, shift=2.7):
    """The share of the entries up to each rank."""
    weights = 1 / (numpy.arange(many) + 1 + shift) ** exponent
    return numpy.cumsum(weights) / weights.sum()


def drawn(chance, shares, many):
    return numpy.minimum(numpy.searchsorted(shares, chance.random(many)), len(shares) - 1)
