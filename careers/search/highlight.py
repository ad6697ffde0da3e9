"""Where in a text the words of a search stand, by the same endings and accents as the index finds them."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from careers.core import prose

from .schema import MAX_WORD_LENGTH, STEM_ANALYZER, WORD_ANALYZER

LEAD = 60  # characters of an extract before its first match
AROUND = 3  # lengths of an extract of Markdown, after which as much is left without its signs
SCANNED = 1500  # characters after the first match in which a better place is looked for
GAP = "…"


def _combining():
    """The characters of Unicode's categories M as ranges of a pattern: Python's \\w leaves them out."""
    points = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
    marks = [point for point in points if unicodedata.category(chr(point))[0] == "M"]
    runs = ([*run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


MARK = re.compile(rf"[{_combining()}]")
WORD = re.compile(rf"(?:[^\W_]|{MARK.pattern})+[+#]*")  # as schema.WORD


@lru_cache(maxsize=50_000)
def stems_of(word):
    return tuple(STEM_ANALYZER.analyze(word)) if len(word) <= MAX_WORD_LENGTH else ()


@lru_cache(maxsize=50_000)
def fold_word(word):
    return "".join(WORD_ANALYZER.analyze(word))


ASCII = "".join(map(chr, range(128)))
FOREIGN = r"[^\x00-\x7f]"  # may fold to any letters
TAKEN_OFF = 2  # letters of a stem in which its word may differ, as 'die' does from 'dying'
LED_BY = 4  # letters tell most words apart


@lru_cache(maxsize=1000)
def _beginning_with(beginnings):
    """Where a word may stand that begins with one of these, case and accents aside."""
    first = "".join(sorted({beginning[0] for beginning in beginnings}))
    ways = "|".join(f"(?<={_letter(beginning[0])}){_going_on(beginning[1:])}" for beginning in beginnings)
    return re.compile(rf"{_letter(first)}(?<![^\W_].)(?:(?<={FOREIGN})|{ways})", re.DOTALL)


def _letter(letters):
    """One of these, or what is not ASCII: said as what it is not, which compiles thirty times as fast."""
    others = "".join(character for character in ASCII if character not in letters + letters.upper())
    return f"[^{re.escape(others)}]"


def _going_on(letters):
    """These letters follow, up to one that is not ASCII."""
    return f"(?={FOREIGN}|{_letter(letters[0])}{_going_on(letters[1:])})" if letters else ""


@dataclass(frozen=True)
class Highlighter:
    """Finds the words, the beginnings and the phrases of a search in a text."""

    stems: frozenset[str] = frozenset()
    beginnings: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()

    @classmethod
    def of(cls, clauses):
        plain = [tuple(clause.stems) for clause in clauses if not clause.is_beginning]
        return cls(
            frozenset(stems[0] for stems in plain if len(stems) == 1),
            tuple(clause.words[0] for clause in clauses if clause.is_beginning),
            tuple(stems for stems in plain if len(stems) > 1),
        )

    def __bool__(self):
        return bool(self.stems or self.beginnings or self.phrases)

    @cached_property
    def _places(self):
        """Where a match may begin."""
        stems = self.stems.union(phrase[0] for phrase in self.phrases)
        sought = {*self.beginnings, *(stem[:-TAKEN_OFF] or stem[0] for stem in stems)}
        return _beginning_with(tuple(sorted({word[:LED_BY] for word in sought})))

    def found_in(self, text, within=None):
        """(start, end, what was asked for) of each match, from left to right; none overlaps another. With `within`, those that
        begin so many characters after the first at most."""
        found = []
        for place in self._places.finditer(text) if self else ():
            at = place.start()
            if found and within is not None and at > found[0][0] + within:
                break
            word = WORD.match(text, at)
            if word and not (at and MARK.match(text, at - 1)) and (match := self._beginning_here(text, word)):
                found.append(match)
        return _apart(found)

    def _beginning_here(self, text, word):
        stems = stems_of(word[0])
        for phrase in self.phrases:
            if stems[:1] == phrase[:1] and (end := _end_of(phrase, text, word)):
                return word.start(), end, phrase
        if not self.stems.isdisjoint(stems):
            return word.start(), word.end(), stems[0]
        if self.beginnings and fold_word(word[0]).startswith(self.beginnings):
            return word.start(), word.end(), word[0]
        return None

    def marked(self, text):
        """The text as markup, each match in <mark>. Nothing else in it is markup, whatever the text holds."""
        return prose.mark_ranges(text, ((start, end) for start, end, _ in self.found_in(text)))

    def extract(self, text, length=220):
        """The stretch of a Markdown text that holds most of what was asked for, as markup without signs; '' where nothing of
        it stands there. Only the lines around it are rid of their signs, unless it stands in an address there."""
        found = self.found_in(text, within=SCANNED)
        if not found:
            return ""
        start = _fullest(found, length)
        begin, end = text.rfind("\n", 0, max(start - LEAD, 0)) + 1, start + AROUND * length
        nearby = self._cut(prose.strip_markdown(text[begin:end]), length, text[:begin], text[end:])
        return nearby or self._cut(prose.strip_markdown(text), length)

    def _cut(self, text, length, before="", after=""):
        found = self.found_in(text, within=SCANNED)
        if not found:
            return ""
        start = max(_fullest(found, length) - LEAD, 0)
        left, right = _at_words(text, start, start + length)
        lead, rest = (
            GAP * any(part.strip() for part in parts) for parts in ((before, text[:left]), (text[right:], after))
        )
        moved = left - len(lead)
        inside = [(at - moved, end - moved) for at, end, _ in found if at >= left and end <= right]
        return prose.mark_ranges(lead + text[left:right] + rest, inside)


NO_HIGHLIGHTS = Highlighter()


def _end_of(phrase, text, word):
    """Where the phrase ends that begins with this word; None where other words follow."""
    stems, end = (), 0
    for each in WORD.finditer(text, word.start()):
        stems, end = stems + stems_of(each[0]), each.end()
        if len(stems) >= len(phrase):
            break
    return end if stems == phrase else None


def _apart(places):
    """Places that overlap become one."""
    apart = []
    for start, end, asked in sorted(places, key=lambda place: place[:2]):
        if apart and start < apart[-1][1]:
            apart[-1] = (apart[-1][0], max(end, apart[-1][1]), asked)
        else:
            apart.append((start, end, asked))
    return apart


def _fullest(found, length):
    """Where the first of the stretches begins that hold most of what was asked for."""
    return max(found, key=lambda place: (_asked_within(found, place[0], length), -place[0]))[0]


def _asked_within(found, start, length):
    return len({asked for at, end, asked in found if at >= start and end <= start + length - LEAD})


def _at_words(text, left, right):
    """The same stretch without the words that its ends would cut."""
    if left and (space := text.find(" ", left, left + LEAD)) >= 0:
        left = space + 1
    if right < len(text) and (space := text.rfind(" ", left + LEAD, right)) >= 0:
        right = space
    return left, right
