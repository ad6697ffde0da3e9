"""Marks the words of a search in a text, split and folded as the index does it (text.py)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import NamedTuple

from careers.core import prose

from .parser import Clause
from .text import (
    COMBINING,
    DOT_NET,
    JOINED,
    JOINTS,
    SPACELESS_LETTER,
    WORD,
    Word,
    fold_word,
    joined_word,
    run_words,
    stem_of,
    umlaut_spelling,
    words_from,
)

LEAD = 60  # characters of an extract before its first match
SCANNED = 1500  # characters after the first match that are searched for a better place
GAP = "…"


# A pattern finds the places where a match can start, since analyzing every word of a text is slow. Characters outside ASCII
# may fold to any letters, so they always match.

ASCII = "".join(map(chr, range(128)))
NON_ASCII = r"[^\x00-\x7f]"
STEM_DIFFERENCE = 2  # last letters of a stem in which its word may differ: 'die' is the stem of 'dying'
PREFIX_LENGTH = 4  # letters compared
FAR_LETTERS = "\u0e00-\U0003134f"  # all scripts without spaces, in one range: behind them a word may start
INSIDE_WORD = re.compile(rf"(?![{FAR_LETTERS}])(?:[^\W_]|{COMBINING.pattern})")
JOINT = "[-'./&]?"  # those of JOINTS in ASCII


@lru_cache(maxsize=1000)
def _words_starting_with(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """The first character of each word that starts with one of these, ignoring case and accents."""
    first = "".join(sorted({prefix[0] for prefix in prefixes}))
    alternatives = "|".join(f"(?<={_letter(prefix[0])}){_followed_by(prefix[1:])}" for prefix in prefixes)
    start = rf"{_letter(first)}(?<![0-9A-Za-z].)(?:(?<={NON_ASCII})|{alternatives})"
    return re.compile(rf"{start}|{DOT_NET}" if "dotn" in prefixes else start, re.DOTALL)


def _letter(letters: str) -> str:
    """One of these letters or any non-ASCII character. As a negated class, which compiles thirty times as fast."""
    others = "".join(character for character in ASCII if character not in letters + letters.upper())
    return f"[^{re.escape(others)}]"


def _followed_by(letters: str) -> str:
    """A look-ahead for these letters, up to the first non-ASCII character; there may be a joint between two: o'br."""
    return f"(?={NON_ASCII}|{JOINT}{_letter(letters[0])}{_followed_by(letters[1:])})" if letters else ""


class Match(NamedTuple):
    start: int
    end: int
    term: str | tuple[str, ...]  # the stem, phrase or word that was found


@dataclass(frozen=True)
class Highlighter:
    """Finds the words, prefixes and phrases of a search in a text."""

    stems: frozenset[str] = frozenset()
    prefixes: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def from_clauses(cls, clauses: Iterable[Clause]) -> "Highlighter":
        clauses = list(clauses)
        stems = [tuple(clause.stems) for clause in clauses if not clause.is_prefix]
        return cls(
            frozenset(words[0] for words in stems if len(words) == 1),
            tuple(clause.words[0] for clause in clauses if clause.is_prefix),
            tuple(words for words in stems if len(words) > 1),
        )

    def __bool__(self) -> bool:
        return bool(self.stems or self.prefixes or self.phrases)

    @cached_property
    def _possible_starts(self) -> re.Pattern[str]:
        stems = self.stems.union(phrase[0] for phrase in self.phrases)
        if any(SPACELESS_LETTER.match(word) for word in (*stems, *self.prefixes)):
            return WORD
        prefixes = {*self.prefixes, *(stem[:-STEM_DIFFERENCE] or stem[0] for stem in stems)}
        return _words_starting_with(tuple(sorted({prefix[:PREFIX_LENGTH] for prefix in prefixes})))

    def find_matches(self, text: str, within: int | None = None) -> list[Match]:
        """The matches in order, without overlaps; with `within` only those that start so many characters after the first."""
        text, found = text.replace("_", " "), list[Match]()
        for start in self._possible_starts.finditer(text) if self else ():
            position = start.start()
            if found and within is not None and position > found[0].start + within:
                break
            run = WORD.match(text, position)
            starts_word = not (position and INSIDE_WORD.match(text, position - 1))
            if run and starts_word:
                found += self._matches_in(text, run)
        return _merge_overlaps(found)

    def _matches_in(self, text: str, run: re.Match[str]) -> Iterator[Match]:
        """The matches that start in this run: one word, or several in a script without spaces."""
        for number, word in enumerate(run_words(run[0])):
            if match := self._match_at(text, run, number, word):
                yield match
        if other := self._match_of_other_spelling(text, run):
            yield other

    def _match_at(self, text: str, run: re.Match[str], number: int, word: Word) -> Match | None:
        start, end, stem = run.start() + word.start, run.start() + word.end, stem_of(word.text)
        for phrase in self.phrases:
            if phrase[0] == stem and (phrase_end := _end_of_phrase(phrase, text, run, number)):
                return Match(start, phrase_end, phrase)
        if stem in self.stems:
            return Match(start, end, stem)
        if self.prefixes and fold_word(word.text).startswith(self.prefixes):
            return Match(start, end, word.text)
        return None

    def _match_of_other_spelling(self, text: str, run: re.Match[str]) -> Match | None:
        """'nodejs' in 'Node.js', 'mueller' in 'Müller'."""
        if (spelling := umlaut_spelling(run[0])) and stem_of(spelling) in self.stems:
            return Match(run.start(), run.end(), stem_of(spelling))
        if text[run.end() : run.end() + 1] in JOINTS and (joined := JOINED.match(text, run.start())):
            stem = stem_of(joined_word(joined[0]))
            if stem in self.stems or (stem and self.prefixes and stem.startswith(self.prefixes)):
                return Match(run.start(), joined.end(), stem)
        return None

    def highlight(self, text: str) -> str:
        """The text as HTML with each match in <mark>; the text itself is escaped."""
        return prose.mark_ranges(text, ((match.start, match.end) for match in self.find_matches(text)))

    def extract(self, text: str, length: int = 220) -> str:
        """The part of a plain text with the most different matches, as HTML; '' without a match."""
        found = self.find_matches(text, within=SCANNED)
        if not found:
            return ""
        start = max(_best_start(found, length) - LEAD, 0)
        left, right = _word_boundaries(text, start, start + length)
        lead, rest = (GAP if part.strip() else "" for part in (text[:left], text[right:]))
        shift = left - len(lead)
        inside = [
            (match.start - shift, match.end - shift) for match in found if match.start >= left and match.end <= right
        ]
        return prose.mark_ranges(lead + text[left:right] + rest, inside)


NO_HIGHLIGHTS = Highlighter()


def _end_of_phrase(phrase: tuple[str, ...], text: str, run: re.Match[str], number: int) -> int | None:
    """Where the phrase ends that starts at word `number` of this run; None if other words follow."""
    words = islice(words_from(text, run), number, number + len(phrase))
    end = count = 0
    for expected, word in zip(phrase, words, strict=False):
        if stem_of(word.text) != expected:
            return None
        end, count = word.end, count + 1
    return end if count == len(phrase) else None


def _merge_overlaps(matches: list[Match]) -> list[Match]:
    merged: list[Match] = []
    for match in sorted(matches, key=lambda match: match[:2]):
        if merged and match.start < merged[-1].end:
            merged[-1] = Match(merged[-1].start, max(match.end, merged[-1].end), match.term)
        else:
            merged.append(match)
    return merged


def _best_start(matches: list[Match], length: int) -> int:
    """The start of the first stretch of this length with the most different terms."""
    return max(matches, key=lambda match: (_count_terms(matches, match.start, length), -match.start)).start


def _count_terms(matches: list[Match], start: int, length: int) -> int:
    end = start + length - LEAD
    return len({match.term for match in matches if match.start >= start and match.end <= end})


def _word_boundaries(text: str, left: int, right: int) -> tuple[int, int]:
    """The same stretch without words cut at its ends."""
    if left and (space := text.find(" ", left, left + LEAD)) >= 0:
        left = space + 1
    if right < len(text) and (space := text.rfind(" ", left + LEAD, right)) >= 0:
        right = space
    return left, right
