"""Marks the words of a search in a text, with the same stems and folding of accents as the index."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby
from typing import NamedTuple

from careers.core import prose

from .parser import Clause
from .schema import MAX_WORD_LENGTH, STEM_ANALYZER, WORD_ANALYZER

LEAD = 60  # characters of an extract before its first match
NEARBY = 3  # lengths of an extract whose Markdown is stripped at first
SCANNED = 1500  # characters after the first match that are searched for a better place
GAP = "…"


def _combining_ranges() -> str:
    """Unicode's categories M as ranges of a character class: Python's \\w leaves them out."""
    points = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
    marks = [point for point in points if unicodedata.category(chr(point))[0] == "M"]
    runs = ([*run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


COMBINING = re.compile(rf"[{_combining_ranges()}]")
WORD = re.compile(rf"(?:[^\W_]|{COMBINING.pattern})+[+#]*")  # the same as schema.WORD


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> tuple[str, ...]:
    return tuple(STEM_ANALYZER.analyze(word)) if len(word) <= MAX_WORD_LENGTH else ()


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    return "".join(WORD_ANALYZER.analyze(word))


# A pattern finds the places where a match can start, since analyzing every word of a text is slow. Characters outside ASCII
# may fold to any letters, so they always match.

ASCII = "".join(map(chr, range(128)))
NON_ASCII = r"[^\x00-\x7f]"
STEM_DIFFERENCE = 2  # last letters of a stem in which its word may differ: 'die' is the stem of 'dying'
PREFIX_LENGTH = 4  # letters compared


@lru_cache(maxsize=1000)
def _words_starting_with(prefixes: tuple[str, ...]) -> re.Pattern[str]:
    """The first character of each word that starts with one of these, ignoring case and accents."""
    first = "".join(sorted({prefix[0] for prefix in prefixes}))
    alternatives = "|".join(f"(?<={_letter(prefix[0])}){_followed_by(prefix[1:])}" for prefix in prefixes)
    return re.compile(rf"{_letter(first)}(?<![^\W_].)(?:(?<={NON_ASCII})|{alternatives})", re.DOTALL)


def _letter(letters: str) -> str:
    """One of these letters or any non-ASCII character. As a negated class, which compiles thirty times as fast."""
    others = "".join(character for character in ASCII if character not in letters + letters.upper())
    return f"[^{re.escape(others)}]"


def _followed_by(letters: str) -> str:
    """A look-ahead for these letters, up to the first non-ASCII character."""
    return f"(?={NON_ASCII}|{_letter(letters[0])}{_followed_by(letters[1:])})" if letters else ""


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
        prefixes = {*self.prefixes, *(stem[:-STEM_DIFFERENCE] or stem[0] for stem in stems)}
        return _words_starting_with(tuple(sorted({prefix[:PREFIX_LENGTH] for prefix in prefixes})))

    def find_matches(self, text: str, within: int | None = None) -> list[Match]:
        """The matches in order, without overlaps; with `within` only those that start so many characters after the first."""
        found: list[Match] = []
        for start in self._possible_starts.finditer(text) if self else ():
            position = start.start()
            if found and within is not None and position > found[0].start + within:
                break
            word = WORD.match(text, position)
            starts_word = not (position and COMBINING.match(text, position - 1))
            if word and starts_word and (match := self._match_at(text, word)):
                found.append(match)
        return _merge_overlaps(found)

    def _match_at(self, text: str, word: re.Match[str]) -> Match | None:
        stems = stems_of(word[0])
        for phrase in self.phrases:
            if stems[:1] == phrase[:1] and (end := _end_of_phrase(phrase, text, word)):
                return Match(word.start(), end, phrase)
        if not self.stems.isdisjoint(stems):
            return Match(word.start(), word.end(), stems[0])
        if self.prefixes and fold_word(word[0]).startswith(self.prefixes):
            return Match(word.start(), word.end(), word[0])
        return None

    def highlight(self, text: str) -> str:
        """The text as HTML with each match in <mark>; the text itself is escaped."""
        return prose.mark_ranges(text, ((match.start, match.end) for match in self.find_matches(text)))

    def extract(self, text: str, length: int = 220) -> str:
        """The part of a Markdown text with the most different matches, as HTML without Markdown syntax; '' without a match.

        Only the lines nearby are stripped, unless the match is in the address of a link there.
        """
        found = self.find_matches(text, within=SCANNED)
        if not found:
            return ""
        start = _best_start(found, length)
        begin, end = text.rfind("\n", 0, max(start - LEAD, 0)) + 1, start + NEARBY * length
        nearby = self._cut(prose.strip_markdown(text[begin:end]), length, text[:begin], text[end:])
        return nearby or self._cut(prose.strip_markdown(text), length)

    def _cut(self, text: str, length: int, before: str = "", after: str = "") -> str:
        found = self.find_matches(text, within=SCANNED)
        if not found:
            return ""
        start = max(_best_start(found, length) - LEAD, 0)
        left, right = _word_boundaries(text, start, start + length)
        lead, rest = (
            GAP * any(part.strip() for part in parts) for parts in ((before, text[:left]), (text[right:], after))
        )
        shift = left - len(lead)
        inside = [
            (match.start - shift, match.end - shift) for match in found if match.start >= left and match.end <= right
        ]
        return prose.mark_ranges(lead + text[left:right] + rest, inside)


NO_HIGHLIGHTS = Highlighter()


def _end_of_phrase(phrase: tuple[str, ...], text: str, word: re.Match[str]) -> int | None:
    """Where the phrase that starts at this word ends; None if other words follow."""
    stems: tuple[str, ...] = ()
    end = 0
    for each in WORD.finditer(text, word.start()):
        stems, end = stems + stems_of(each[0]), each.end()
        if len(stems) >= len(phrase):
            break
    return end if stems == phrase else None


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
