"""Text as words: the index, searches and highlights all split text here.

A word is a run of letters and digits, with + and # after a letter (C++, C#), without case, accents and special forms of
letters. Scripts without spaces (Chinese, Japanese, Thai ...) become pairs of neighbouring characters: 技術者 -> 技術 術者, so
that a phrase of pairs finds a word inside a run. The engine then folds letters such as ø and cuts English endings.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

MAX_WORD_LENGTH = 100  # characters; longer runs are no words
MAX_JOINED_PARTS = 4  # of a word with hyphens, dots ... inside
MAX_SLASHED_LENGTH = 6  # letters of a joined word with a slash: CI/CD, but not "engineering/operations"


def _combining_ranges() -> str:
    """Unicode's categories M as ranges of a character class: Python's \\w leaves them out."""
    points = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))
    marks = [point for point in points if unicodedata.category(chr(point))[0] == "M"]
    runs = ([*run] for _, run in groupby(enumerate(marks), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


MARKS = _combining_ranges()
COMBINING = re.compile(f"[{MARKS}]")
INVISIBLE = "\u00ad\u200c\u200d\u2060"  # soft hyphen and joiners, inside words
LETTER = rf"[\w{MARKS}{INVISIBLE}]"  # "_" is replaced by a space before
IS_LETTER = re.compile(LETTER)
DOT_NET = r"(?<!\w)\.[nN][eE][tT](?!\w)"
WORD = re.compile(rf"{DOT_NET}|{LETTER}+(?:(?<=[^\W\d_])[+#]+)?")
ASCII_WORD = re.compile(r"(?<![0-9a-z_])\.net(?![0-9a-z_])|[0-9a-z]+(?:(?<=[a-z])[+#]+)?")
NON_ASCII_CHUNK = re.compile(r"(?<!\S)[^\s\x80-\U0010ffff]*+[^\x00-\x7f\s]\S*")  # between spaces
JOINTS = "-‐‑'’./&"  # between the parts of one word: front-end, Node.js, O'Brien, R&D
JOINT = re.compile(rf"[{JOINTS}](?=\w)(?<=\w.)")
JOINED = re.compile(rf"{LETTER}++(?:[{JOINTS}]{LETTER}++)+")
ENGLISH_ENDING = re.compile(r"['’](?:s|t|d|m|re|ve|ll)$", re.IGNORECASE)
# Accents and vowel signs of scripts that are also written without them: Latin, Greek, Cyrillic, Hebrew, Arabic.
OPTIONAL_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    f"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f{INVISIBLE}]"
)
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003134f"
)  # Thai, Lao, Burmese, Khmer, kana, Han, Hangul (whose words carry their particles)
NO_LETTER = re.compile(rf"[^\w{MARKS}+#]|_")  # such as the stroke in a fraction
SPACELESS_LETTER = re.compile(f"[{SPACELESS}]")
SCRIPT_PART = re.compile(f"[{SPACELESS}]+|[^{SPACELESS}]+")
# Parts of words that British and American English spell differently, before one of these endings.
REGIONAL = (
    ("our", "or"), ("is", "iz"), ("ys", "yz"), ("ell", "el"), ("centre", "center"), ("theatre", "theater"), ("fibre", "fiber"),
    ("programme", "program"), ("defence", "defense"), ("licence", "license"),
)  # fmt: skip
REGIONAL_ENDING = "(?=(?:s|e|es|ed|er|ers|or|ors|ing|al|able|ation|ations|ational)?$)"
REGIONAL_CHANGES = [
    (re.compile(old + REGIONAL_ENDING), new) for pair in REGIONAL for old, new in (pair, reversed(pair))
]
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Word(NamedTuple):
    """`start` and `end` are the place in the text."""

    text: str
    start: int
    end: int


def split_words(text: str) -> list[str]:
    """'Développeur C++' -> 'developpeur', 'c++'. Letters such as ø are still as they are."""
    if text.isascii():
        return _plain_words(text)
    words, end = list[str](), 0
    for chunk in NON_ASCII_CHUNK.finditer(text):  # the others are split eight times as fast
        words += _plain_words(text[end : chunk.start()])
        words += [word.text for run in WORD.findall(chunk[0].replace("_", " ")) for word in run_words(run)]
        end = chunk.end()
    return words + _plain_words(text[end:])


def _plain_words(text: str) -> list[str]:
    lowered = text.lower()
    words = ASCII_WORD.findall(lowered)
    if ".net" in lowered:
        words = [_plain_word(word) for word in words]
    if max(map(len, words), default=0) > MAX_WORD_LENGTH:
        words = [word for word in words if len(word) <= MAX_WORD_LENGTH]
    return words


def words_from(text: str, run: re.Match[str]) -> Iterator[Word]:
    """The words of a match of WORD and of all that follows."""
    for each in WORD.finditer(text.replace("_", " "), run.start()):
        for word in run_words(each[0]):
            yield Word(word.text, each.start() + word.start, each.start() + word.end)


def run_words(run: str) -> tuple[Word, ...]:
    """The words of one match of WORD: one, except in scripts without spaces, where it may be a whole sentence."""
    return _run_words(run) if len(run) <= MAX_WORD_LENGTH else _run_words.__wrapped__(run)


@lru_cache(maxsize=20_000)
def _run_words(run: str) -> tuple[Word, ...]:
    if run.isascii():
        if len(run) > MAX_WORD_LENGTH:
            return ()
        return (Word(_plain_word(run.lower()), 0, len(run)),)
    folded = NO_LETTER.sub("", fold_letters(run))
    words = [word for part in SCRIPT_PART.finditer(folded) for word in _part_words(part[0], part.start())]
    if len(words) == 1 or len(folded) != len(run):
        return tuple(Word(word.text, 0, len(run)) for word in words)
    return tuple(words)


def _part_words(part: str, start: int) -> list[Word]:
    if len(part) == 1 or not SPACELESS_LETTER.match(part):
        return [Word(part, start, start + len(part))] if len(part) <= MAX_WORD_LENGTH else []
    return [Word(part[at : at + 2], start + at, start + at + 2) for at in range(len(part) - 1)]


def fold_letters(text: str) -> str:
    """Without case, special forms (NFKC) and optional marks."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", OPTIONAL_MARKS.sub("", decomposed))


def _plain_word(word: str) -> str:
    return "dotnet" if word == ".net" else word


# -- Other spellings of the words of a text, indexed beside them


def other_spellings(text: str) -> list[str]:
    """'Front-End, Node.js, Müller' -> 'frontend', 'nodejs', 'mueller'."""
    text = text.replace("_", " ")
    found = [joined for compound in _compounds(text) if (joined := joined_word(compound))]
    if re.search(r"\.net\b", text, re.IGNORECASE):
        found += ["dotnet", "net"]
    if not text.isascii():
        chunks = NON_ASCII_CHUNK.findall(text)
        found += [spelling for run in WORD.findall(" ".join(chunks)) if (spelling := umlaut_spelling(run))]
    return list(dict.fromkeys(found))


def _compounds(text: str) -> Iterator[str]:
    """'front-end' of 'A front-end job'. Looks at the places around hyphens and other joints only."""
    end = 0
    for joint in JOINT.finditer(text):
        if joint.start() < end:
            continue
        start = joint.start()
        while start > end and joint.start() - start <= MAX_WORD_LENGTH and IS_LETTER.match(text, start - 1):
            start -= 1
        if match := JOINED.match(text, start):
            end = match.end()
            yield match[0]


def joined_word(compound: str) -> str:
    """'Front-End' -> 'frontend'; '' for a number, a possessive, or a chain of many words."""
    words = split_words(compound)
    joined = "".join(words)
    if not 2 <= len(words) <= MAX_JOINED_PARTS or joined.isdigit() or ENGLISH_ENDING.search(compound):
        return ""
    return "" if "/" in compound and len(joined) > MAX_SLASHED_LENGTH else joined


@lru_cache(maxsize=20_000)
def umlaut_spelling(run: str) -> str:
    """'Müller' -> 'mueller'; '' for a word without ä, ö and ü."""
    if run.isascii():
        return ""
    composed = unicodedata.normalize("NFC", run)
    spelled = composed.translate(UMLAUTS)
    return "".join(split_words(spelled)) if spelled != composed else ""


def regional_spellings(word: str) -> list[str]:
    """British for American spellings and the other way round, whether or not there is such a word: 'centre' -> 'center'."""
    return [changed for pattern, new in REGIONAL_CHANGES if (changed := pattern.sub(new, word)) != word]


# -- The engine's part


class Analyzer:
    def __init__(self, analyzer: TextAnalyzer):
        self.engine = analyzer

    def analyze(self, text: str) -> list[str]:
        return self.finish(split_words(text))

    def finish(self, words: list[str] | tuple[str, ...]) -> list[str]:
        """Words that are split already."""
        return self.engine.analyze(" ".join(words)) if words else []


def word_analyzer() -> TextAnalyzer:
    """For text whose words are separated by spaces."""
    return TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.ascii_fold()).build()


def stem_analyzer() -> TextAnalyzer:
    """The same without English endings: 'machines' and 'machine' -> 'machin'."""
    builder = TextAnalyzerBuilder(Tokenizer.whitespace()).filter(Filter.ascii_fold())
    return builder.filter(Filter.stemmer("english")).build()


STEM_ANALYZER, WORD_ANALYZER = Analyzer(stem_analyzer()), Analyzer(word_analyzer())


@lru_cache(maxsize=50_000)
def stem_of(word: str) -> str:
    return "".join(STEM_ANALYZER.finish([word]))


@lru_cache(maxsize=50_000)
def fold_word(word: str) -> str:
    return "".join(WORD_ANALYZER.analyze(word))


def normalize_title(text: str) -> str:
    """Equal for all spellings of one title: 'C++-Entwickler (Köln)' -> 'c++entwicklerkoln'."""
    return "".join(WORD_ANALYZER.analyze(text))
