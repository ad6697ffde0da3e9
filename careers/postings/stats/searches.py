"""Searches that find nothing: which words are stored, and when. Decision 0034 says why."""

import re

MIN_VISITORS = 3  # on one day, in one process; fewer leave no trace in the database
MAX_WORDS = 500  # different searches remembered a day
MAX_VISITORS = 1_000  # remembered for each of them
MAX_LENGTH = 40  # characters
MAX_NUMBER_OF_WORDS = 5
KEPT_DAYS = 90
PLAIN = re.compile(r"[^\W\d_][\w+#.&'’/ -]*")
LONG_NUMBER = re.compile(r"\d{3}")  # part of a telephone number, a date or an identifier


def plain_words(text: str) -> str:
    """The words in lower case; '' for what is too long, or could be an address or a number of a person."""
    words = " ".join(text.lower().split())
    is_short = len(words) <= MAX_LENGTH and len(words.split()) <= MAX_NUMBER_OF_WORDS
    return words if is_short and PLAIN.fullmatch(words) and not LONG_NUMBER.search(words) else ""


class SearchTally:
    """The searches of one day in one process, each with the marks of its visitors."""

    def __init__(self) -> None:
        self._visitors: dict[str, set[bytes]] = {}

    def add(self, words: str, mark: bytes) -> int:
        """The number to add to what is stored: nothing until MIN_VISITORS have asked, then all of them at once."""
        if words not in self._visitors and len(self._visitors) >= MAX_WORDS:
            return 0
        seen = self._visitors.setdefault(words, set())
        if mark in seen or len(seen) >= MAX_VISITORS:
            return 0
        seen.add(mark)
        return 0 if len(seen) < MIN_VISITORS else MIN_VISITORS if len(seen) == MIN_VISITORS else 1
