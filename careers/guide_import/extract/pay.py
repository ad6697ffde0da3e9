"""Pay figures in sentences, list points and table cells, each with its doubts. Unclear amounts are reported, not guessed."""

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from careers.core.money import Period, amount_text
from careers.geo.countries import place_name
from careers.guide_import.text.blocks import MAX_ANALYSED_LENGTH
from careers.guide_import.text.role_names import is_same_role

from .amounts import Amount, amounts_in
from .citations import NamedSource, sentences_with_sources, source_in, unnamed_source_in
from .currencies import find_currency
from .measures import MIDDLE_HALF, period_after, period_in, reference_period_in, statistic_after, statistic_of
from .people import other_earners_in, other_people_behind, people_in, qualified_people_in, without_asides, without_years
from .places import Place, place_of_heading, place_of_label, places_in

MAX_AMOUNTS = 30  # in a sentence; no real one has more
TOO_LONG = "too long a paragraph to be looked into for figures"
PAY_WORDS = re.compile(
    r"\b(?:salar(?:y|ies)|earn(?:s|ed|ing|ings)?|pay|pays|paid|wages?|compensation|remuneration|income|take[- ]home|stipend"
    r"|per annum|p\.a\.|day rate|hourly|CTC|LPA|makes? (?:between|around|about|roughly|over|up to|an average)"
    r"|(?:a|per) (?:year|month|hour)|annually)\b|\bma(?:kes?|de) [$£€₹]",
    re.IGNORECASE,
)
NO_PAY = re.compile(
    r"\b(?:bonus(?:es)?|budgets?|revenue|turnover|tuition|fees?|course|courses|costs?|costing|grants?|funding|loans?|debt|sign-on"
    r"|relocation|stock|equity|RSUs?|shares|invest\w*|401|overtime premium|allowance|fines?|tools? worth|market (?:is|was)"
    r"|licen[cs]e|exam|membership|subscription|raises? of|save[sd]?|projects? worth|portfolio of|sales of|savings)\b",
    re.IGNORECASE,
)
PAY_STRONG = re.compile(r"\b(?:salar(?:y|ies)|wages?|earn\w*|paid|pays?|median|average)\b", re.IGNORECASE)
CLAUSE = re.compile(r";|\||\b(?:while|whereas|but|versus|vs\.?|compared (?:to|with)|in contrast)\b|\n")
LABEL = re.compile(r"^(?P<label>[^:|]{2,70}?)\s*(?::|\s[–—-]\s|\s\|)\s*(?=\S)")
PREPOSITION_BEFORE_PLACE = re.compile(
    r"^[^.;]{0,40}?\b(?:in|for|across|throughout|within)\s+(?:the\s+)?$", re.IGNORECASE
)
PEOPLE_AFTER = re.compile(
    r"^\W*(?:(?:per|a|an) \w+\W*|annually\W*)?(?:(?:for|with|among|after|at|if|as|once)\b(?P<who>(?:(?!\band\b)[^,;])*)"
    r"|(?<=\()(?P<inside>[^(),;]{2,60})\))",
    re.IGNORECASE,
)
STATISTIC_LABEL = re.compile(
    r"^\W*(?:(?:the|estimated|national|base|typical|total|annual|yearly|monthly|hourly|weekly|daily|gross|net|average|mean|median|low"
    r"|high|lowest|highest|minimum|maximum|min|max|range|salary|salaries|pay|wages?|earnings|income|compensation|rate|figure|amount"
    r"|per|year|month|hour|week|day|a|an|of|in|and|or|to|usual|overall|percentile|\d{1,2}th|20\d\d|role|full|time|entry|end)\W*)+$",
    re.IGNORECASE,
)
NATIONWIDE = re.compile(r"\b(?:nationwide|nationally|national|country-?wide|rest of the country)\b", re.IGNORECASE)
SIX_FIGURES = re.compile(r"\b(?:six|five|seven)[- ]figures?\b", re.IGNORECASE)
HIGH_VALUE_SIGNS = {"$", "£", "€", "EUR", "USD", "GBP", "CHF", "US$", "A$", "C$", "AUD", "CAD"}
STATISTIC_FIELDS = ("mean", "median", "p10", "p25", "p75", "p90", "low", "high")


@dataclass(frozen=True)
class PayContext:
    """The headings and labels above a text, and what they say of every figure below them."""

    heading: str = ""
    role: str = ""
    is_pay: bool = False
    place: Place = field(default_factory=Place)
    statistic: str = ""
    period: str = ""
    population: str = ""
    sign: str = ""
    source: NamedSource | None = None
    unnamed_source: str = ""

    def under(self, text: str) -> "PayContext":
        """This context completed by a heading, an introduction or a label below it."""
        return replace(
            self,
            place=place_of_heading(text) or self.place,
            statistic=statistic_of(text) if statistic_of(text) in ("mean", "median") else self.statistic,
            period=period_in(text) or self.period,
            population=("" if place_of_label(text) else people_in(text) or other_earners_in(f"{text}:", self.role))
            or self.population,
            source=source_in(text, self.role) or self.source,
            unnamed_source=unnamed_source_in(text) or self.unnamed_source,
        )


@dataclass
class PayFigures:
    """One figure for a guide. `doubts` tell an editor what to check."""

    place: Place
    currency: str
    period: str
    where: str = ""
    population: str = ""
    heading: str = ""
    reference_period: str = ""
    reference_year: int | None = None
    source: NamedSource | None = None
    amounts: dict[str, Decimal] = field(default_factory=dict)
    doubts: list[str] = field(default_factory=list)
    period_assumed: bool = False

    def __str__(self):
        figures = ", ".join(f"{name} {amount_text(amount, self.currency)}" for name, amount in self.amounts.items())
        place = place_name(self.place.country, self.place.subdivision, self.place.city) or "no place"
        about = [
            place,
            self.population,
            f"{figures} {Period(self.period).a_period}",
            self.reference_period or self.reference_year,
        ]
        return ", ".join(
            str(part) for part in [*about, f"source {self.source}" if self.source else "unsourced"] if part
        )

    def take_source(self, source: NamedSource) -> None:
        """A source named further down also says which country was counted, where the text does not."""
        self.source = source
        if not self.place and source.country:
            self.place = Place(source.country)
            self.doubts = [
                doubt for doubt in self.doubts if not (self.currency == "USD" and "without a place" in doubt)
            ]

    @property
    def key(self):
        """Equal for repetitions of a figure."""
        amounts = tuple(sorted((name, amount) for name, amount in self.amounts.items()))
        place = (self.place.country, self.place.subdivision, self.place.city)
        return (*place, self.currency, str(self.period), self.population.casefold(), amounts)

    def accepts(self, values: dict[str, Decimal]) -> bool:
        """Whether the amounts are new to this figure and consistent with its own."""
        if "low" in values and values["low"] == values.get("high"):
            return False
        return not any(name in self.amounts for name in values) and are_consistent({**self.amounts, **values})

    def complete(self, other: "PayFigures", values: dict[str, Decimal]) -> None:
        self.amounts |= values
        self.doubts += [doubt for doubt in other.doubts if doubt not in self.doubts]
        self.reference_year = self.reference_year or other.reference_year
        self.reference_period = self.reference_period or other.reference_period
        self.period_assumed = self.period_assumed and other.period_assumed


def are_consistent(amounts):
    percentiles = [amounts[name] for name in ("p10", "p25", "median", "p75", "p90") if name in amounts]
    middles = [[amounts[name] for name in ("low", middle, "high") if name in amounts] for middle in ("mean", "median")]
    return all(ends == sorted(ends) for ends in [percentiles, *middles])


def pay_in(
    text: str, context: PayContext, where: str = "", claims: list[PayFigures] | None = None
) -> tuple[list[PayFigures], list[str]]:
    """(figures, doubts) of a paragraph, a point or a cell. Adds to `claims`, the figures of the cells before it, if given."""
    claims, doubts, place = [] if claims is None else claims, [], None
    if len(text) > MAX_ANALYSED_LENGTH:
        return claims, [TOO_LONG] if context.is_pay else []
    context = _with_label(text, context)
    for sentence, source in sentences_with_sources(text, context.role, context.source):
        context = replace(context, source=source)
        if phrase := SIX_FIGURES.search(sentence):
            doubts.append(f"“{phrase[0]}” is a phrase, not a figure: it stays in the prose")
        amounts = amounts_in(sentence, bare=context.is_pay and bool(context.sign or context.place.country))
        if not amounts or not (context.is_pay or claims or PAY_WORDS.search(sentence)):
            continue
        if len(amounts) > MAX_AMOUNTS:
            doubts.append(f"{len(amounts)} amounts in one sentence: none is taken for pay")
            continue
        reader = PaySentence(sentence, amounts, context, place, claims, where)
        reader.read()
        doubts += reader.doubts
        place = reader.place or place
    return claims, doubts


def _with_label(text, context):
    """The context completed by a label before the first figure: a place (“Canada: …”) or people (“Ward sister: …”)."""
    match = LABEL.match(text)
    if not match or len(match["label"].split()) > 9 or amounts_in(match["label"], bare=True):
        return context
    label = match["label"].strip(" *•-–")
    if place_of_label(label) or places_in(label) or STATISTIC_LABEL.match(label) or not context.is_pay:
        return context.under(label) if place_of_label(label) else context
    if (
        statistic_of(label).startswith("p")
        or source_in(label, context.role)
        or is_same_role(label, context.role)
        or PAY_WORDS.search(label)
    ):
        return context
    return replace(context, population=label)


class PaySentence:
    """Reads the amounts of one sentence in order, each by the words between it and its neighbours."""

    def __init__(self, sentence, amounts, context, place, claims, where):
        self.sentence, self.amounts, self.context = sentence, amounts, context
        self.claims, self.where, self.doubts = claims, where, []
        self.mentions = places_in(sentence)
        self.used_places, self.people_until = set(), 0
        self.place = None
        self.earlier_place = place
        self.statistic = self.period = ""
        self.source = context.source
        self.unnamed_source = unnamed_source_in(sentence) or context.unnamed_source
        self.reference = reference_period_in(sentence)

    def read(self) -> None:
        for index, amount in enumerate(self.amounts):
            before, after = self._windows(index)
            reason = NO_PAY.search(f"{before[-60:]} {after[:25]}")
            if reason and not PAY_STRONG.search(before[-30:]):
                self.doubts.append(f"{self._as_written(amount)} is not taken for pay: “{reason[0]}”")
                continue
            self._read_amount(amount, before, after)

    def _as_written(self, amount):
        return self.sentence[amount.start : amount.end].strip()

    def _windows(self, index):
        """The words before and after an amount, up to its neighbours and within its clause."""
        amount = self.amounts[index]
        left = self.amounts[index - 1].end if index else 0
        right = self.amounts[index + 1].start if index + 1 < len(self.amounts) else len(self.sentence)
        for match in CLAUSE.finditer(self.sentence, left, amount.start):
            left = match.end()
        if match := CLAUSE.search(self.sentence, amount.end, right):
            right = match.start()
        return self.sentence[left : amount.start], self.sentence[amount.end : right]

    def _read_amount(self, amount: Amount, before: str, after: str) -> None:
        place = self._place(amount, before, after)
        currency, doubt = find_currency(amount.sign or self.context.sign, place.country)
        if not currency:
            self.doubts.append(f"{self._as_written(amount)} is not a figure: {doubt or 'no currency is named'}")
            return
        period, doubts = self._period(amount, before, after)
        if not period:
            self.doubts.append(
                f"{self._as_written(amount)} is not a figure: the text does not say per hour, day or month"
            )
            return
        values, more = self._values(amount, before, after, is_parallel=period != self.period or place != self.place)
        figures = PayFigures(place, currency, period, self.where, self._population(amount, before, after, place))
        figures.source = (source_in(before, self.context.role) if self.period else None) or self.source
        figures.reference_year, figures.reference_period = self.reference.year, self.reference.period
        figures.period_assumed = not self.stated_period
        figures.doubts = [entry for entry in [doubt, *doubts, *more] if entry]
        if place.region:
            figures.doubts.append(f"“{place.region}” is not a country: kept without a place")
        self._add(figures, values)
        self.place, self.period = place, period

    # -- Place

    def _place(self, amount, before, after):
        in_before = [
            entry
            for entry in self._mentions_between(amount.start - len(before), amount.start)
            if entry not in self.used_places
        ]
        behind = [
            entry
            for entry in self._mentions_between(amount.end, amount.end + len(after))
            if PREPOSITION_BEFORE_PLACE.match(self.sentence[amount.end : entry.start])
            or re.match(r"^\s*\(?$", self.sentence[amount.end : entry.start])
        ]
        if in_before:
            place = in_before[-1].place
            if behind and behind[0].place.country == place.country and behind[0].place.subdivision:
                place = behind[0].place.within(place)
            return place
        if behind:
            self.used_places.add(behind[0])
            return behind[0].place
        place = self.place or self._only_place(amount) or self.earlier_place or self.context.place
        if not place and self.source:
            place = Place(self.source.country)
        return Place(place.country) if NATIONWIDE.search(before) else place

    def _mentions_between(self, start, end):
        return [mention for mention in self.mentions if start <= mention.start and mention.end <= end]

    def _only_place(self, amount):
        """The place of a sentence that names exactly one. A state named between two amounts is that of the second: the first
        is its country's, as in “… was $30,000, with Texas leading at $35,000”."""
        if len(self.mentions) != 1:
            return None
        mention = self.mentions[0]
        is_between = amount.end <= mention.start < self.amounts[-1].start
        if not is_between:
            return mention.place
        return Place(mention.place.country) if mention.place.subdivision else None

    # -- Period

    def _period(self, amount, before, after):
        """(period, doubts); no period for an amount too low to be a year's."""
        beside = (Period.YEAR if amount.per_year else "") or period_after(after) or period_in(before)
        self.stated_period = beside or self.period or period_in(self.sentence) or self.context.period
        if self.stated_period:
            return self.stated_period, []
        if amount.low < 1000:
            return "", []
        if amount.low < 12000 and amount.sign in HIGH_VALUE_SIGNS:
            return Period.YEAR, ["no period is given: assumed to be per year, but the amount would fit a month"]
        return Period.YEAR, []

    # -- Statistic and people

    def _values(self, amount, before, after, *, is_parallel):
        """({statistic: amount}, doubts)"""
        statistic = statistic_of(without_years(before))
        if amount.high is not None:
            if amount.low > amount.high:
                return {"low": amount.high, "high": amount.low}, ["the range was written from high to low"]
            names = ("p25", "p75") if MIDDLE_HALF.search(before) else ("low", "high")
            self.statistic = ""
            return dict(zip(names, (amount.low, amount.high), strict=True)), []
        stated_after = statistic_after(after)
        if stated_after and statistic in ("", "low", "high"):
            statistic = stated_after
        if not statistic and re.search(r"\bto\s*(?:\babout|\baround)?\s*$", before) and self.statistic == "low":
            statistic = "high"
        if is_parallel:
            statistic = statistic or self.statistic
        statistic = statistic or self.context.statistic
        self.statistic = statistic
        if not statistic:
            ends = {"low": amount.low} if amount.open_end else {"low": amount.low, "high": amount.low}
            return ends, [] if amount.open_end else ["a single amount of no named statistic: kept as a range of one"]
        return {statistic: amount.low}, []

    def _population(self, amount, before, after, place):
        behind = PEOPLE_AFTER.match(after)
        who = people_in(behind[behind.lastgroup]) if behind else ""
        start = max(0, self.people_until - (amount.start - len(before)))
        if who:
            self.people_until = amount.end + behind.end()
        ahead, role = without_asides(before[start:]), self.context.role
        if statistic_of(before).startswith("p"):
            return self.context.population
        found = qualified_people_in(ahead, role) or other_earners_in(ahead, role) or people_in(ahead) or who
        found = found or other_people_behind(after, role)
        found = found or self.context.population
        region = f"in {place.region}" if place.region else ""
        return " ".join(part for part in (found[:1].upper() + found[1:], region) if part)[:200]

    # -- Combining

    def _add(self, figures, values):
        """Amounts for the same people, place and period are one figure; percentiles complete the figure before them."""
        for claim in reversed(self.claims):
            same = (claim.place, claim.currency, claim.period) == (figures.place, figures.currency, figures.period)
            percentiles = any(name.startswith("p") for name in values) and claim is self.claims[-1]
            people = claim.population == figures.population
            source = claim.source == figures.source or percentiles
            if same and source and people and claim.accepts(values):
                claim.complete(figures, values)
                return
        figures.amounts = values
        figures.heading = heading_of(figures, self.context, self.unnamed_source)
        self.claims.append(figures)


def heading_of(claim, context, unnamed_source):
    """The heading above a figure, if it is misleading: “Average salary” above a range."""
    if unnamed_source and claim.source is None:
        return unnamed_source[:200]
    heading, amounts = context.heading, claim.amounts
    if not heading:
        return ""
    years = {int(year) for year in re.findall(r"\b20[0-4]\d\b", heading)}
    says = statistic_of(heading)
    differs = (
        (years and claim.reference_year not in years)
        or (says == "mean" and "mean" not in amounts)
        or (says == "median" and "median" not in amounts)
        or (period_in(heading) and period_in(heading) != claim.period)
    )
    return heading[:200] if differs else ""
