"""Statistic, pay period and reference period of a pay figure, by the words beside it."""

import re
from dataclasses import dataclass

from careers.core.money import Period

PERCENT = r"\s?(?:%|percent|per cent)"
PAID = r"(?:[- ]?(?:paid|earning))?"
# In order of precedence: percentiles, then median and mean, then the ends of a range.
STATISTIC_WORDS = [
    ("p10", rf"\b10th percentile|\b(?:lowest|bottom){PAID} (?:10|ten){PERCENT}|\blowest(?:-paid)? tenth"),
    ("p90", rf"\b90th percentile|\b(?:highest|top|best){PAID} (?:10|ten){PERCENT}|\b(?:highest|best)(?:-paid)? tenth"),
    (
        "p25",
        rf"\b25th percentile|\b(?:lower|bottom|first|lowest) (?:quartile|quarter)|\b(?:lowest|bottom){PAID} 25{PERCENT}",
    ),
    (
        "p75",
        rf"\b75th percentile|\b(?:upper|top|third|highest) (?:quartile|quarter)|\b(?:highest|top){PAID} 25{PERCENT}",
    ),
    (
        "median",
        r"\bmedian|\bmid-?point|\b50th percentile"
        r"|\bhalf (?:of )?(?:all |the |them )?\w* ?(?:earn\w*|make|are paid) (?:more|less)",
    ),
    ("mean", r"\baverag\w*|\bmean\b|\bavg\b|⌀|Ø|\bmoyenne?\b|\bdurchschnitt\w*|\bpromedio\b"),
    (
        "low",
        r"\bstart(?:s|ing)? (?:at|from|on|out)|\bfrom\b|\bmin(?:imum)?\b|\blow(?:est)?(?: end)?\b|\bat least|\bover\b"
        r"|\babove\b|\bmore than|\bupwards? of|\bexceed\w*|\bbottom\b|\bas little as|\bstarting\b|\bbegin\w*|\bfloor\b|>|≥",
    ),
    (
        "high",
        r"\bup to\b|\bmax(?:imum)?\b|\bhigh(?:est)?(?: end)?\b|\bupper\b|\bas (?:much|high) as|\bunder\b|\bbelow\b"
        r"|\bless than|\btop(?:s|ping)?\b|\bpeak\w*|\bceiling|\breach(?:es|ing)?\b|<|≤",
    ),
]
STATISTICS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in STATISTIC_WORDS]
AFTER = re.compile(
    r"^\W{0,3}(?:(?:gross|net|before tax|a year|per year|annually|an hour|a month|per month|per hour)\W{0,3})?"
    r"(?:on |is the |was the |as the |at the )?"
    r"(?P<word>average|median|mean|minimum|maximum|low end|high end|upper end|lower end|tops)\b",
    re.IGNORECASE,
)
MIDDLE_HALF = re.compile(rf"\bmiddle (?:50|fifty){PERCENT}|\binterquartile|\bmiddle half", re.IGNORECASE)
PERIODS = [
    (Period.HOUR, r"hour(?:ly)?|hr|h(?=\b)"),
    (Period.DAY, r"day|daily|diem"),
    (Period.WEEK, r"week(?:ly)?|wk"),
    (Period.MONTH, r"month(?:ly)?|mo(?:nth)?|pcm|mensem"),
    (Period.YEAR, r"year(?:ly)?|annum|annual(?:ly)?|yr|anno"),
]
PER = re.compile(
    r"^[\s+]*(?:\(?(?:gross|net|before tax(?:es)?|in total|pre-tax|CTC|brutto)\)?)?[\s,(]*"
    r"(?:(?:per|a|an|each|every|/|in a|p\.)\s?(?P<unit>hour|hr|h|day|diem|week|wk|month|mo|mensem|year|yr|annum|anno)\b"
    r"|(?P<adverb>hourly|daily|weekly|monthly|pcm|yearly|annually|annual|p\.\s?a\b|pa\b|p\.\s?m\b|p\.\s?h\b))",
    re.IGNORECASE,
)
ADVERBS = {"p.a": Period.YEAR, "pa": Period.YEAR, "p.m": Period.MONTH, "p.h": Period.HOUR}
BEFORE = re.compile(
    r"\b(?:(?P<adjective>hourly|daily|weekly|monthly|yearly|annual|annually)|per (?P<unit>hour|day|week|month|year|annum)"
    r"|(?P<rate>day) rate|an? (?P<alone>hour|day|week|month|year)(?:'s|’s)?\b)",
    re.IGNORECASE,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATED = re.compile(
    r"\b(?:in|as of|for|during|since|by the end of|at the end of|until|from)\s+"
    rf"(?:(?P<month>{MONTHS}|early|mid|late|Q[1-4])[\s-]+)?(?P<year>20[0-4]\d|199\d)\b(?![-–/]\d)"
    rf"|\((?:as of )?(?:(?P<month2>{MONTHS}) )?(?P<year2>20[0-4]\d)(?:\)|[,;:]\s[^()\d]{{2,80}}\))"
    rf"|\([^()\d]{{2,80}}[,;:]\s(?:as of )?(?P<month3>{MONTHS}) (?P<year3>20[0-4]\d)\)",
    re.IGNORECASE,
)
STATISTICS_AFTER = {
    "average": "mean", "mean": "mean", "median": "median", "minimum": "low", "low end": "low", "lower end": "low",
    "maximum": "high", "high end": "high", "upper end": "high", "tops": "high",
}  # fmt: skip


@dataclass(frozen=True)
class ReferencePeriod:
    """The year or month that figures describe; empty if not stated."""

    year: int | None = None
    period: str = ""


def statistic_of(text: str) -> str:
    """The statistic named last in the words before an amount; '' if none is named."""
    found = []
    for rank, (name, pattern) in enumerate(STATISTICS):
        if matches := list(pattern.finditer(text)):
            group = 0 if rank < 4 else 1 if rank < 6 else 2
            found.append((group, -matches[-1].start(), name))
    return min(found)[2] if found else ""


def statistic_after(text: str) -> str:
    """The statistic named directly after an amount: “$50,000 on average”."""
    match = AFTER.match(text)
    return STATISTICS_AFTER[match["word"].lower()] if match else ""


def period_after(text: str) -> str:
    """The period named directly after an amount: “a year”, “/hr”, “p.a.”."""
    match = PER.match(text)
    return _period(match["unit"] or match["adverb"]) if match else ""


def period_in(text: str) -> str:
    """The last period named in a text: “hourly wage”, “per month”."""
    matches = list(BEFORE.finditer(text))
    last = matches[-1] if matches else None
    return _period(next(group for group in last.groups() if group)) if last else ""


def _period(word):
    plain = re.sub(r"\s", "", word.lower())
    if plain in ADVERBS:
        return ADVERBS[plain]
    return next((period for period, pattern in PERIODS if re.fullmatch(pattern, plain)), "")


def reference_period_in(sentence: str) -> ReferencePeriod:
    match = DATED.search(sentence)
    if not match:
        return ReferencePeriod()
    year = match["year"] or match["year2"] or match["year3"]
    month = match["month"] or match["month2"] or match["month3"] or ""
    return ReferencePeriod(int(year), f"{month} {year}" if month else "")
