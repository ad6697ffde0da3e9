"""Sources named beside a figure: “according to the Bureau of Labor Statistics”, “Source: Glassdoor, 2023”."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from careers.guide_import.text.sentences import sentence_spans

# {name of the publisher's source: how articles write it}
PUBLISHERS = {
    "U.S. Bureau of Labor Statistics": r"(?:U\.?S\.? |United States )?Bureau of Labou?r Statistics|\bBLS\b",
    "U.S. Department of Labor": r"(?:U\.?S\.? |United States |US )?Department of Labor",
    "CareerOneStop": r"Career ?One ?Stop",
    "O*NET OnLine": r"O\*?\\?\*?NET(?: ?On[Ll]ine)?",
    "Glassdoor": r"Glassdoor(?:\.com)?",
    "PayScale": r"Pay[Ss]cale(?:\.com)?",
    "Indeed": r"\bIndeed(?:\.com)?\b",
    "LinkedIn": r"Linked[Ii]n(?: Salary)?",
    "Salary.com": r"Salary\.com",
    "ZipRecruiter": r"Zip[Rr]ecruiter",
    "Levels.fyi": r"[Ll]evels\.fyi",
    "Talent.com": r"(?i:\b(?:[a-z]{2}\.)?talent\.com)",
    "Built In": r"\bBuilt ?In\b",
    "Robert Half": r"Robert Half",
    "Hays": r"\bHays\b",
    "Stack Overflow": r"Stack ?Overflow",
    "Office for National Statistics": r"Office for National Statistics|\bONS\b",
    "National Careers Service": r"National Careers Service",
    "NHS": r"\bNHS(?: Employers| Careers)?\b",
    "Statistics Canada": r"Statistics Canada|StatCan",
    "Job Bank": r"Job Bank(?: Canada)?|Canada(?:'s|’s) Job Bank",
    "Australian Bureau of Statistics": r"Australian Bureau of Statistics|\bABS\b",
    "Seek": r"\bSEEK\b|\bSeek(?:\.com\.au)\b",
    "Destatis": r"Destatis|Federal Statistical Office(?: of Germany)?|Statistisches Bundesamt",
    "StepStone": r"Step[Ss]tone",
    "INSEE": r"\bINSEE\b|\bInsee\b",
    "APEC": r"\bAPEC\b",
    "Eurostat": r"Eurostat",
    "OECD": r"\bOECD\b",
    "World Economic Forum": r"World Economic Forum|\bWEF\b",
    "Adzuna": r"Adzuna",
    "Reed": r"\bReed(?:\.co\.uk)\b|\bReed\b(?='s| |’s)",
    "Totaljobs": r"[Tt]otal[Jj]obs",
    "Comparably": r"Comparably",
    "SalaryExpert": r"Salary ?Expert",
    "ERI": r"Economic Research Institute|\bERI\b",
}
# Publishers whose figures describe one country.
COUNTRY_OF_PUBLISHER = {
    **dict.fromkeys(("U.S. Bureau of Labor Statistics", "U.S. Department of Labor", "CareerOneStop"), "US"),
    **dict.fromkeys(("Office for National Statistics", "National Careers Service"), "GB"),
    **dict.fromkeys(("Statistics Canada", "Job Bank"), "CA"),
    "O*NET OnLine": "US",
    "Australian Bureau of Statistics": "AU",
    "Destatis": "DE",
    "INSEE": "FR",
}
CITED_AFTER = re.compile(
    r"(?:according to|\bper|source[sd]?\b[^.]*|\b(?:by|from|via|of|on|and|citing|says?|reckons|estimates)"
    r"|reports?|data|figures|statistics|[(\[/,|–—-])"
    r"[\s:–—-]*(?:the |a |its )*(?:(?:\w+\s)?\d{4}\s)?$",
    re.IGNORECASE,
)
KNOWN_PUBLISHERS = [(re.compile(pattern), name) for name, pattern in PUBLISHERS.items()]
NAME = r"(?:[A-ZÀ-Þ][\w&.'’*+-]*|\d{4}|(?:[a-z0-9-]{1,40}\.){1,4}(?:com|fyi|de|uk|fr|in|org|net|gov))"
NAMES = rf"{NAME}(?:(?:,? (?:of|for|and|&|the|de|des|du|für|on) | )(?:the )?{NAME}){{0,7}}"
CITING = re.compile(
    r"(?i:\baccording to|\bas per|\breported by|\b(?:data|figures?|statistics|stats|numbers|estimates?"
    r"|research|surveys?|stud(?:y|ies)|reports?)"
    r" (?:collected |compiled |published |provided )?(?:from|by|at|of)|\bpublished by"
    r"|\bbased on(?: data (?:from|by))?|\bper"
    r"|\bsourced from|\bciting|\bcompiled by|\bsources?\s*[:–—-]|\bdata\s*:|\bvia)"
    rf"\s+(?i:the |a |an |its |their |both )*(?P<name>{NAMES})"
)
SOURCE_LINE = re.compile(
    r"^\W*(?:data |salary |figure |information )?(?:sources?|data|statistics|figures)\s*(?:of data|used)?\s*[:–—]\s*"
    r"(?P<names>.+)$",
    re.IGNORECASE,
)
# “Data sourced from …”, “This data was pulled from …”, “All figures come from …”
DATA_SOURCE_SENTENCE = re.compile(
    r"^\W*(?i:(?:\w+ ){0,3}(?:data|figures|information|numbers|estimates|statistics|salaries|wages) (?:\w+ ){0,3}(?:from|by)"
    rf" (?:the )?)(?P<names>{NAME}.*)$"
)
SERVICE_OF = re.compile(r",\s(?:an?|the) [^,]{3,60}")  # “CareerOneStop, a service of the U.S. Department of Labor”
# Names that stand for the source named before: “The Bureau projects …”, “This report …”
REFERS_BACK = re.compile(
    r"\b(?:the|this|that|its|their)\s(?:same\s)?(?:bureau|department|agency|office|institute|association|report|study|survey"
    r"|site|website|organi[sz]ation)\b",
    re.IGNORECASE,
)
VERBS = (
    r"reports?|reported|estimates?|estimated|says|states?|puts|lists?|listed|shows?|projects?|projected"
    r"|predicts?|forecasts?"
    r"|expects?|anticipates?|found|finds|gives|gave|places|quotes|records?|recorded|suggests?|counts?"
)
REPORTS = rf"(?:[’']s?)?(?: \([^()]*\))?(?: \w+)? (?:{VERBS}|data|figures|survey)\b"
REPORTING = re.compile(
    rf"(?<![\w&.-])(?P<name>[A-Z][\w&.-]+(?: (?:of |for |and |& )?(?:the )?[A-Z][\w&.-]+){{1,6}})(?: \([^()]*\))? (?:{VERBS})\b"
)
IN_BRACKETS = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,80})[)\]]")
UNNAMED_SOURCE = re.compile(
    r"\b(?:an?|one|some|several|many|various|multiple|recent|industry|numerous|different|most)\b(?: \w+){0,3}? "
    r"(?:reports?|stud(?:y|ies)|surveys?|research|estimates|sources|experts|analysts|projections"
    r"|statistics|websites|data"
    r"|job boards)\b",
    re.IGNORECASE,
)
RELIES_ON = re.compile(r"according|based|suggest|show|estimate|project|predict|say|per\b|report", re.IGNORECASE)
YEAR = re.compile(r"\b(?:19[89]\d|20[0-4]\d)\b")
TITLE_WORDS = re.compile(
    r"\b(?:report|survey|guide|handbook|study|review|index|outlook|census|statistics)\b", re.IGNORECASE
)
NOT_A_PUBLISHER = re.compile(
    r"^(?:the|this|these|it|they|your|our|we|you|i|his|her|average|median|mean|experience|location|skills?"
    r"|january|february"
    r"|march|april|may|june|july|august|september|october|november|december|year|month|hour|week|annum"
    r"|average|\d{4}|role|education|top|it|bureau|department|agency|office|institute|association|report|study|survey)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NamedSource:
    publisher: str
    title: str = ""
    year: str = ""

    def __str__(self):
        return ", ".join(part for part in (self.publisher, self.title, self.year) if part)

    @property
    def country(self) -> str:
        """The country whose figures the source publishes; '' if that is open."""
        found = {COUNTRY_OF_PUBLISHER.get(name, "") for name in self.publisher.split(" and ")}
        return found.pop() if len(found) == 1 else ""


def source_in(sentence: str, role: str = "") -> NamedSource | None:
    """The source a sentence names. The name of the role itself is not taken for a source."""
    for pattern, publisher in KNOWN_PUBLISHERS:
        match = pattern.search(sentence)
        if match and _is_cited(sentence, match):
            return NamedSource(publisher, title_of(sentence, match), year_of(sentence, match.start(), match.end()))
    if match := CITING.search(sentence):
        return _of_name(match["name"], sentence, match.start("name"))
    if (match := REPORTING.search(sentence)) and not shares_word(match["name"], role):
        return _of_name(match["name"], sentence, match.start("name"))
    for match in IN_BRACKETS.finditer(sentence):
        if YEAR.search(match["inside"]) and (found := _of_brackets(match["inside"], sentence, match.start("inside"))):
            return found
    return None


def shares_word(name, role):
    return bool(
        {word.lower().rstrip("s") for word in name.split()} & {word.lower().rstrip("s") for word in role.split()}
    )


def unnamed_source_in(sentence: str) -> str:
    """'a recent report', if a sentence relies on a source without naming it; '' otherwise."""
    match = UNNAMED_SOURCE.search(sentence)
    return match[0] if match and RELIES_ON.search(sentence) else ""


def source_line(text: str) -> NamedSource | None:
    """The source of a line that only names one: “Source: PayScale (2023)”. None for other lines."""
    if len(text) > 300:
        return None
    if len(text) <= 160 and len(sentence_spans(text)) == 2 and not re.search(r"[$£€]\s?\d", text):
        start, end = sentence_spans(text)[1]  # “All figures per year. Source: …”
        if SOURCE_LINE.match(text[start:end]):
            text = text[start:end]
    match = SOURCE_LINE.match(text) or (None if re.search(r"\d{5,}|[$£€%]", text) else DATA_SOURCE_SENTENCE.match(text))
    if not match or len(text) > 160:
        return None
    names = SERVICE_OF.sub("", match["names"])
    year = YEAR.search(names)
    found = sorted((known.start(), name) for pattern, name in KNOWN_PUBLISHERS if (known := pattern.search(names)))
    if len(found) > 1:
        return NamedSource(" and ".join(name for _, name in found), "", year[0] if year else "")
    return source_in(f"Source: {names}") or _of_name(names.strip(" ."), text, match.start("names"))


def sentences_with_sources(
    text: str, role: str, default: NamedSource | None
) -> Iterator[tuple[str, NamedSource | None]]:
    """(sentence, source) of a paragraph. A sentence that only names a source gives it to all others, and “The Bureau …” means
    the source named before."""
    sentences = [text[start:end] for start, end in sentence_spans(text)]
    given = next((source for sentence in sentences if (source := source_line(sentence))), default)
    last = None
    for sentence in sentences:
        own = source_in(sentence, role)
        last = own or (None if unnamed_source_in(sentence) else last)
        yield sentence, own or (last if REFERS_BACK.search(sentence) else None) or given


def _is_cited(sentence, match):
    """Whether a known name is cited as a source, and not named as an employer or a job site."""
    before, after = sentence[max(0, match.start() - 80) : match.start()], sentence[match.end() : match.end() + 80]
    if not before.strip(" \t(•*-“"):
        return bool(
            re.match(REPORTS, after) or re.match(r"[’']s? |\s*[:(]|\s*$", after)
        )  # not “Indeed, nurses earn more”
    return bool(CITED_AFTER.search(before) or re.match(REPORTS, after) or re.match(r"[’']s? ", after))


def title_of(sentence, match):
    """The report named after the publisher: “Glassdoor's 2023 Salary Report” -> “Salary Report”."""
    after = re.match(rf"[’']s? (?:\d{{4}} )?(?P<title>{NAMES})", sentence[match.end() :])
    if after and TITLE_WORDS.search(after["title"]):
        return after["title"].strip(" .")
    return ""


def year_of(sentence, start, end):
    """A year next to the publisher's name or in brackets after it."""
    near = re.match(r"(?:\.com)?[’']?s?\W{0,3}(?:\w+[ ,]+){0,3}?((?:19|20)\d\d)\b", sentence[end : end + 40])
    before = re.search(r"(?<!by )\b((?:19|20)\d\d)[,;:]?\s(?:\w+\s){0,4}$", sentence[max(0, start - 30) : start])
    found = near or before
    return found[1] if found and YEAR.fullmatch(found[1]) else ""


def _of_brackets(inside, sentence, start):
    name = re.sub(r"^(?:source|data|from)\s*:?\s*", "", inside, flags=re.IGNORECASE)
    name = re.sub(r"^((?:\w+ )?(?:19|20)\d\d)[,;:]\s+(.+)$", r"\2, \1", name)  # “May 2022, Union of Pilots”
    match = re.match(rf"(?P<name>{NAMES})", name)
    if not match or (
        not re.fullmatch(r"[\s,;:–-]*(?:\w+ )?(?:19|20)\d\d\W*", name[match.end() :]) and not YEAR.search(match["name"])
    ):
        return None
    return _of_name(match["name"], sentence, start)


def _of_name(name, sentence, start):
    plain = re.sub(r"(?:[’']s)?\s*(?:\b(?:19|20)\d\d\b).*$", "", name)
    plain = re.sub(r"^(?:the|a) ", "", plain, flags=re.IGNORECASE).strip(" .,;:'’")
    publisher, _, title = re.sub(r"[’']s ", "\0", plain, count=1).partition("\0")
    words = publisher.split()
    if (
        not words
        or all(NOT_A_PUBLISHER.match(word) for word in words)
        or not (publisher[0].isupper() or re.fullmatch(r"[\w.-]+\.\w+", publisher))
        or len(publisher) < 3
    ):
        return None
    if NOT_A_PUBLISHER.match(words[0]) and len(words) < 3:
        return None
    year = YEAR.search(name) or YEAR.search(sentence[start : start + len(name) + 25])
    return NamedSource(publisher, title, year[0] if year else "")
