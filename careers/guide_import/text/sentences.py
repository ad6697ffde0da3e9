"""Where sentences end. A full stop after “U.S.”, “e.g.” or in “41.21” ends none."""

import re

ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|e\.g|i\.e|approx|ca|vs|etc|inc|ltd|co|corp|dr|mr|mrs|ms|st|no|nos|p\.a|p\.m|a\.m|avg|est|dept|gov|univ"
    r"|rs|kr|fr|sfr|dhs|min|max|incl|excl|resp|fig|sr|jr|u\.s|u\.k|ph\.d|b\.sc|m\.sc|tsd|mio))\.$",
    re.IGNORECASE,
)
END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9À-Þ$£€•✓])")


def sentences_of(text):
    """[(start, end)] of the sentences of a text."""
    spans, start = [], 0
    for match in END.finditer(text):
        before = text[start : match.start() + 1]
        if ABBREVIATION.search(before) and not re.search(r"\betc\.$", before):
            continue
        spans.append((start, match.end()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def sentence_list(text):
    return [text[start:end].strip() for start, end in sentences_of(text)]
