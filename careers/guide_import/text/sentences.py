"""Sentence boundaries. A full stop after “U.S.” or “e.g.”, or within “41.21”, is not one."""

import re

ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|approx|ca|vs|etc|inc|ltd|co|corp|dr|mr|mrs|ms|st|no|nos|p\.a|p\.m|a\.m|avg|est|dept|gov|univ"
    r"|rs|kr|fr|sfr|dhs|min|max|incl|excl|resp|fig|sr|jr|u\.s|u\.k|ph\.d|b\.sc|m\.sc|tsd|mio))\.$",
    re.IGNORECASE,
)
LONGEST_ABBREVIATION = 12  # characters, with the one before it
END = re.compile(r"(?<![.!?…])[.!?…]++[\"”’')\]]*+\s+(?=[\"“‘'(\[]?[A-Z0-9À-Þ$£€•✓])")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """[(start, end)] of each sentence."""
    spans, start = [], 0
    for match in END.finditer(text):
        before = text[max(start, match.start() - LONGEST_ABBREVIATION) : match.start() + 1]
        if ABBREVIATION.search(before) and not re.search(r"\betc\.$", before):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def split_sentences(text: str) -> list[str]:
    return [text[start:end].strip() for start, end in sentence_spans(text)]
