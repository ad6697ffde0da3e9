"""Figures about growth and openings in a text. Yearly rates and ranges are not growth over a period and are not extracted."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import islice

from careers.geo.countries import place_name
from careers.guide_import.text.blocks import MAX_ANALYSED_LENGTH
from careers.guide_import.text.role_names import replace_role_names

from .amounts import NUMBER, value_of
from .citations import NamedSource, sentences_with_sources, source_in, unnamed_source_in
from .people import LISTED, WORD, other_people, without_asides
from .places import place_of_heading, places_in

PERCENT = re.compile(
    r"(?P<sign>[-−–+]\s?)?(?<![\w.,])(?P<low>\d{1,3}(?:[.,]\d{1,2})?)\s?(?:%|per ?cent\b|pct\b|percentage points)?"
    r"(?:\s?(?:–|-|to|and)\s?(?P<high>\d{1,3}(?:[.,]\d{1,2})?))?\s?(?P<unit>%|per ?cent\b|pct\b)",
    re.IGNORECASE,
)
GROWS = re.compile(
    r"\b(?:gr[eo]w\w*|growth|increas\w+|ris(?:e|es|ing)|expan\w+|declin\w+|decreas\w+|shrink\w*|fall\w*|drop\w*|project\w+|faster|slower"
    r"|expected|forecast\w*|predict\w*|outlook|change|surge\w*|climb\w*|gain\w*|contract(?:ing|ion)?|up by|reduc\w+)\b",
    re.IGNORECASE,
)
SHRINKS = re.compile(
    r"\b(?:declin\w+|decreas\w+|shrink\w*|fall(?:s|ing)?|fell|drop\w*|contract(?:s|ing|ion)|reduc\w+|los[es]\w*|down by)\b",
    re.IGNORECASE,
)
WORK = re.compile(
    r"\b(?:employment|jobs?|demand|openings|positions?|roles?|occupations?|profession\w*|careers?|hiring|workforce|vacancies"
    r"|opportunities|need for|labou?r|field|outlook|numbers? of|headcount|employ\w*|projected growth|workers|professionals"
    r"|technicians)\b",
    re.IGNORECASE,
)
NOT_WORK = re.compile(
    r"\b(?:market (?:size|value|worth|is (?:worth|valued|expected|projected))|revenues?|sales|spending|salar(?:y|ies)|wages?"
    r"|pay|earnings|CAGR|profits?|prices?|costs?|productivity|efficiency|bonus\w*|interest|tax(?:es)?|churn|conversion|accuracy"
    r"|score|discount)\b",
    re.IGNORECASE,
)
YEARLY = re.compile(
    r"^\W{0,3}(?:growth )?(?:per year|a year|annually|each year|every year|per annum|p\.a\.|year[- ](?:on|over)[- ]year|yearly)"
    r"|^\W{0,3}(?:compound )?annual growth|^\W{0,3}CAGR",
    re.IGNORECASE,
)
YEARLY_BEFORE = re.compile(
    r"\b(?:annual(?: growth)? rate|annual growth|CAGR|year-on-year|per year by)\b[^.;]{0,25}$", re.IGNORECASE
)
COMPARISON = re.compile(
    r"\b(?:average|all occupations|other occupations|national rate|overall|all jobs|compared (?:to|with)|than the|economy)\b"
    r"[^.;,]{0,40}$",
    re.IGNORECASE,
)
COMPARED_AFTER = re.compile(
    r"^\W{0,3}(?:\w+ ){0,3}?(?:average|national rate)"
    r"|^\W{0,3}(?:\w+ ){0,4}?(?:for|across|of|in) (?:all|other) (?:occupations|jobs|professions|workers)",
    re.IGNORECASE,
)
SHARE = re.compile(r"^\s?of\s", re.IGNORECASE)
SPAN = re.compile(
    r"\b(?P<base>(?:19|20)\d\d)\s?(?:–|-|—|/|to|and|through|until|till|bis)\s?(?P<target>(?:20)?\d\d)\b"
    r"(?![,.]\d|\s?(?:%|percent))",
    re.IGNORECASE,
)
TARGET = re.compile(
    r"\b(?:by|through|until|till|up to|before)\s+(?:the (?:end|year) (?:of )?)?(?P<target>20[1-9]\d)\b", re.IGNORECASE
)
VAGUE = re.compile(
    r"\b(?:over|in|during|within|for) the (?:next|coming) (?:\w+ )?(?:decade|years?)\b|\bin the (?:coming|next) \w+\b",
    re.IGNORECASE,
)
JOBS = (
    r"(?:job |new |role |annual |net |yearly |career |total |additional |projected |average ){0,6}"
    r"(?:openings|vacancies|positions|jobs|posts|opportunities)"
)
OPENINGS = re.compile(rf"(?<![\w.,$£€])(?P<number>{NUMBER})(?P<scale>\s?(?:k|thousand|million))?\s+(?:{JOBS})\b", re.I)
OPENINGS_LABEL = re.compile(
    rf"\b{JOBS}\b[^:\d]{{0,40}}:\s*(?:about |around |approximately )?(?P<number>{NUMBER})(?!\s?(?:%|per ?cent|\d))",
    re.I,
)
EACH_YEAR = re.compile(r"\b(?:each|every|a|per) year\b|\bannual(?:ly)?\b|\byearly\b|\bper annum\b", re.IGNORECASE)
WHO = re.compile(
    r"\b(?:employment (?:of|for|among|in)|jobs? (?:for|as)|demand for|openings for|need for|number of|growth for|outlook for"
    rf"|growth (?:in|of))\s+(?P<who>{LISTED}|[^.,;:()]{{3,80}}?)(?:\s*\([^()]{{0,80}}\))?"
    r"(?:\s+(?:jobs?|positions?|roles?|employment))?\s+"
    r"(?:(?:is|are|was|were|will|should|has|have|to|that|by|in|at|over|between|from|grow\w*)\b)",
    re.IGNORECASE,
)
# Those who grow: “Food processing workers are projected to grow …”
SUBJECT = re.compile(
    rf"(?:^|,\s|\bthat\s)(?P<who>{LISTED}|(?:{WORD} ){{0,7}}?{WORD})(?:\s*\([^()]{{0,80}}\))?\s+(?:will|should"
    r"|(?:is|are) (?:\w+ )?(?:project|expect|forecast|predict|anticipat|estimat|set|likely|due)\w* to)\b",
    re.IGNORECASE,
)
FUTURE = re.compile(
    r"\b(?:will|project\w*|expect\w*|forecast\w*|predict\w*|anticipat\w+|set to|likely|outlook|estimated to|should|by 20\d\d"
    r"|(?:next|coming) (?:\w+ )?(?:years?|decade))\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:increased|rose|grew|expanded|fell|declined|decreased|dropped|shrank|gained|lost|climbed|was up|were up"
    r"|ha(?:s|ve|d) (?:grown|risen|increased|fallen|declined|been (?:growing|rising|falling)))\b"
    r"|\b(?:over|in|during) the (?:past|last) ",
    re.IGNORECASE,
)
# “new jobs for” before the people who are counted
NOT_COUNTED = re.compile(
    r"^(?:(?:the|these|qualified|skilled|new|more|jobs? (?:for|as)|(?:openings|demand) for|employment of)\s+)+",
    re.IGNORECASE,
)
# Subjects that say what grows, and not whose: “Employment is projected to grow …”
WORK_ALONE = re.compile(
    r"\b(?:employment|jobs?|demand|openings|positions?|hiring|vacancies|opportunities|needs?|outlook|numbers?|headcount|growth)\b",
    re.IGNORECASE,
)
MAX_NAME = 180  # characters of those who were counted
MAX_RATES = 20  # in a sentence; no real one has more
OCCUPATION_CODE = re.compile(r"\b\d{2}-\d{4}(?:\.\d{2})?\b")


@dataclass(frozen=True)
class OutlookContext:
    """The headings and labels above a text, and the country, years and source that they name."""

    heading: str = ""
    role: str = ""
    is_outlook: bool = False
    country: str = ""
    span: tuple[int | None, int | None] = (None, None)
    source: NamedSource | None = None
    unnamed_source: str = ""

    def under(self, text: str) -> "OutlookContext":
        """This context completed by a heading or label below it."""
        place = place_of_heading(text)
        span = years_in(text)
        return replace(
            self,
            country=place.country if place else self.country,
            span=span if span[0] else self.span,
            source=source_in(text, self.role) or self.source,
            unnamed_source=unnamed_source_in(text) or self.unnamed_source,
        )


@dataclass
class OutlookFigures:
    """Growth over a period in percent, or openings per year, or both. `doubts` tell an editor what to check."""

    country: str
    where: str = ""
    growth: Decimal | None = None
    openings: int | None = None
    base_year: int | None = None
    target_year: int | None = None
    population: str = ""
    heading: str = ""
    source: NamedSource | None = None
    doubts: list[str] = field(default_factory=list)

    def __str__(self):
        growth = f"growth {self.growth:+f}%" if self.growth is not None else ""
        openings = f"{self.openings:,} openings a year" if self.openings is not None else ""
        years = "–".join(str(year) for year in (self.base_year, self.target_year) if year)
        about = [place_name(self.country) or "no place", self.population, growth, openings, years]
        return ", ".join(part for part in [*about, f"source {self.source}" if self.source else "unsourced"] if part)

    def take_source(self, source: NamedSource) -> None:
        """A source named further down also says which country was counted, where the text does not."""
        self.source, self.country = source, self.country or source.country

    @property
    def key(self):
        return (self.country, self.growth, self.openings, self.base_year, self.target_year, self.population.casefold())


def outlook_in(text: str, context: OutlookContext, where: str = "") -> tuple[list[OutlookFigures], list[str]]:
    """(figures, doubts) of a paragraph or a point."""
    claims, doubts = [], []
    if len(text) > MAX_ANALYSED_LENGTH:
        return claims, doubts
    for sentence, source in sentences_with_sources(text, context.role, context.source):
        context = replace(context, source=source)
        added, growth_doubts = growth_in(sentence, context)
        openings, openings_doubts = openings_in(sentence, context)
        doubts += [*growth_doubts, *openings_doubts]
        if openings is not None:
            added = add_openings(added, openings, claims, sentence, context)
        for claim in added:
            claim.where = where
        claims += added
    return claims, doubts


def growth_in(sentence: str, context: OutlookContext) -> tuple[list[OutlookFigures], list[str]]:
    matches = list(islice(PERCENT.finditer(sentence), MAX_RATES))
    found = [(match, reason_against(match, sentence, context)) for match in matches]
    doubts = [f"{match[0].strip()} is not a figure: {reason}" for match, reason in found if reason and reason != "-"]
    return [figures_of_match(match, sentence, context) for match, reason in found if not reason], doubts


def reason_against(match: re.Match, sentence: str, context: OutlookContext) -> str:
    """Why a percentage is not growth of employment, '-' if that is not worth reporting; '' if it is."""
    before, after = sentence[: match.start()], sentence[match.end() :]
    clause = replace_role_names(clause_of(sentence, match), (context.role,))
    names_work = context.is_outlook or WORK.search(replace_role_names(sentence, (context.role,)))
    about_work = names_work and not NOT_WORK.search(clause)
    if not about_work or not (GROWS.search(sentence) or context.is_outlook) or SHARE.match(after):
        return "-"
    if YEARLY.match(after) or YEARLY_BEFORE.search(before):
        return "a rate per year, not over a period"
    if match["high"] or re.match(r"\W*(?:or|and) (?:more|higher|less|lower|above|over)\b", after):
        return "a range, not a rate"
    if COMPARISON.search(before[-60:]) or COMPARED_AFTER.match(after):
        return "-"
    if PAST.search(clause) and not FUTURE.search(clause):
        return "a change in the past, not a projection"
    places = [mention.place for mention in places_in(sentence)]
    if places and all(place.subdivision or place.city for place in places):
        return "a rate of one state or city; outlook figures are those of countries"
    return ""


def clause_of(sentence, match):
    start = max(
        (found.end() for found in re.finditer(r"[;,]\s|\band\b|\bwhile\b", sentence[: match.start()])), default=0
    )
    return (
        sentence[start : match.end()]
        if re.search(r"[a-z]{4}", sentence[start : match.start()])
        else sentence[: match.end()]
    )


def figures_of_match(match: re.Match, sentence: str, context: OutlookContext) -> OutlookFigures:
    growth = value_of(match["low"]).normalize()
    before = sentence[: match.start()]
    clause = re.split(r"[;,]|\b(?:while|but|whereas)\b", before)[-1]
    if (match["sign"] or "").strip() in ("-", "−") or SHRINKS.search(clause):
        growth = -growth
    base, target = years_in(sentence)
    if not (base or target):
        base, target = context.span
    claim = OutlookFigures(country_of(sentence, context), growth=growth, base_year=base, target_year=target)
    claim.population = counted_occupation(sentence, context.role)
    claim.source = context.source
    claim.heading = heading_of(sentence, context, claim)
    if not (base or target):
        vague = VAGUE.search(sentence)
        claim.doubts.append(f"no years are named{f': “{vague[0]}”' if vague else ''}")
    if claim.growth and abs(claim.growth) > 300:
        claim.doubts.append("the rate is unusually high")
    return claim


def years_in(sentence: str) -> tuple[int | None, int | None]:
    """(base, target): both of “2024-34” and “between 2024 and 2034”, only the target of “by 2031”."""
    for match in SPAN.finditer(sentence):
        base, target = int(match["base"]), match["target"]
        target = int(target) if len(target) == 4 else base // 100 * 100 + int(target)
        if 0 < target - base <= 30:
            return base, target
    match = TARGET.search(sentence)
    return None, int(match["target"]) if match else None


def country_of(sentence: str, context: OutlookContext) -> str:
    countries = {mention.place.country for mention in places_in(sentence) if mention.place.country}
    if len(countries) == 1:
        return countries.pop()
    return context.country or (context.source.country if context.source else "")


def counted_occupation(sentence: str, role: str) -> str:
    """The occupation that was counted, if it differs from the role, with its code if the sentence gives one."""
    plain, code = without_asides(sentence), OCCUPATION_CODE.search(sentence)
    match = WHO.search(plain)
    if not match and (match := SUBJECT.search(plain)) and WORK_ALONE.search(match["who"]):
        match = None
    who = other_people(NOT_COUNTED.sub("", match["who"].strip()), role) if match else ""
    who = (who[:1].upper() + who[1:])[:MAX_NAME]
    return f"{who} ({code[0]})" if who and code else who or (code[0] if code else "")


def heading_of(sentence, context, claim):
    """The name the text gives a figure, if it is misleading: “Projected openings” above a growth rate."""
    label = re.match(r"^[^:\d]{3,80}:", sentence)
    for words in (label[0].rstrip(":") if label else "", context.heading):
        is_growth = claim.growth is not None and not re.search(r"\bgr[eo]w", words, re.IGNORECASE)
        if is_growth and re.search(r"\b(?:openings|vacancies|jobs available)\b", words, re.IGNORECASE):
            return words.strip(" *•-")[:200]
    unnamed_source = unnamed_source_in(sentence) or context.unnamed_source
    return unnamed_source[:200] if unnamed_source and claim.source is None else ""


def openings_in(sentence: str, context: OutlookContext) -> tuple[int | None, list[str]]:
    """(openings per year or None, doubts)"""
    sentence = replace_role_names(sentence, (context.role,))
    match = OPENINGS.search(sentence) or OPENINGS_LABEL.search(sentence)
    if not match or (
        not context.is_outlook and not re.search(r"\b(?:openings|vacancies|new jobs|jobs)\b", sentence, re.I)
    ):
        return None, []
    groups = match.groupdict()
    number = value_of(groups["number"], (groups.get("scale") or "").strip())
    if number % 1 or number < 20 or (1900 <= number <= 2100 and len(groups["number"]) == 4):
        return None, []
    if not EACH_YEAR.search(sentence):
        return None, [f"{match[0].strip()}: not said to be openings in a year"]
    return int(number), []


def add_openings(added, openings, claims, sentence, context):
    """Openings join the growth rate beside them; without one they become a figure of their own."""
    for claim in [*added, *reversed(claims)][:1]:
        if claim.openings is None and country_of(sentence, context) in ("", claim.country):
            claim.openings = openings
            return added
    base, target = years_in(sentence)
    alone = OutlookFigures(country_of(sentence, context), openings=openings, base_year=base, target_year=target)
    alone.population = counted_occupation(sentence, context.role)
    alone.source = context.source
    return [*added, alone]
