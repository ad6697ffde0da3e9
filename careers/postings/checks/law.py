"""What the law of the places a posting reaches asks it to hold. Hints with their source, never legal advice."""

import re
from dataclasses import dataclass

from careers.core.money import Pay

from .finding import STYLE, Note, Rule, joined
from .phrases import Phrases
from .places import codes_of
from .tables import Law, table

NOT_ADVICE = "A hint, no legal advice."
BENEFIT_WORDS = re.compile(
    r"\b(?:benefits?|insurance|401\s?\(?k\)?|paid time off|pto|vacation|holidays?|pension|parental leave|medical|dental)\b",
    re.IGNORECASE,
)
CLOSING_WORDS = re.compile(
    r"\b(?:apply by|deadline|applications? (?:close|are accepted|will be accepted)|closing da(?:y|te)"
    r"|rolling basis|ongoing basis)\b",
    re.IGNORECASE,
)
PARTS = {
    "from": "since when it is in force", "until": "until when it is in force", "employers": "from which size on",
    "closing_day": "the closing day", "asks": "what exactly it asks for", "spread": "how wide a range may be",
    "citation": "the number of the section", "remote": "whether remote work counts",
}  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """A law and whether the posting reaches it by remote work alone."""

    law: Law
    is_remote: bool = False


def reached(reading):
    """The laws in force on the day of the check at the posting's places, and those that remote work from there reaches."""
    laws = [law for law in table("pay_law.toml") if law.is_in_force(reading.on)] if reading.on else []
    reaches = [Reach(law) for law in laws if any(is_at(law, place) for place in reading.places)]
    if reading.is_remote:
        here = {reach.law for reach in reaches}
        reaches += [Reach(law, True) for law in laws if law not in here and reaches_remotely(law, reading)]
    return reaches


def is_at(law, place):
    if law.cities:
        is_city = place.city.casefold() in {name.casefold() for name in law.cities}
        return is_city and place.country == law.place[:2] and place.subdivision in ("", law.place)
    return law.place in codes_of(place)


def reaches_remotely(law, reading):
    """Remote work in a country may be done in each of its states; in a country itself its own law holds."""
    if law.place in reading.remote_countries:
        return law.remote != "no"
    return law.remote == "anywhere" and law.place[:2] in reading.remote_countries


def asking(reading, what):
    return [reach for reach in reached(reading) if what in reach.law.asks]


def told(reaches, field, sentence):
    """One note for all the laws that ask the same thing."""
    return Note(field, f"{opening(reaches)} {sentence} {NOT_ADVICE}{doubts(reaches)}", sources(reaches), is_law=True)


def opening(reaches):
    names = joined(reach.law.name for reach in reaches)
    away = " for remote work that may be done there" if all(reach.is_remote for reach in reaches) else ""
    return f"Law of {names}{away}:"


def doubts(reaches):
    """What nobody has confirmed, without the numbers of sections, which the source carries."""
    parts = {
        f"{PARTS[part]} ({reach.law.name})" for reach in reaches for part in reach.law.unconfirmed if part != "citation"
    }
    return f" Not confirmed by us: {joined(sorted(parts), 4)}." if parts else ""


def sources(reaches):
    return "; ".join(
        f"{reach.law.name}: {reach.law.source}, in force from {reach.law.begins:%-d %B %Y}, employers {reach.law.employers}"
        + (", not confirmed by us" if reach.law.unconfirmed else "")
        for reach in reaches
    )


def pay_not_stated(reading):
    if reading.pay:
        return
    for before, sentence in (
        (False, "a posting states the pay or its range; this one states none."),
        (True, "applicants learn the pay or its range before the interview; stating it here settles that."),
    ):
        if reaches := [reach for reach in asking(reading, "range") if reach.law.before_interview == before]:
            yield told(reaches, "pay_min", sentence)


def no_pay(reading):
    """Where a law asks for it, that law speaks."""
    if not reading.pay and not asking(reading, "range"):
        yield Note("pay_min", "No pay is stated: readers who search by pay pass it over.")


def open_end(reading):
    pay = reading.pay
    if pay and (pay.low is None or pay.high is None) and (reaches := asking(reading, "both_ends")):
        field = "pay_max" if pay.high is None else "pay_min"
        yield told(reaches, field, f"both ends of the range are stated; “{pay.range_text}” leaves one open.")


def spread(reading):
    pay = reading.pay
    for reach in reached(reading):
        most = reach.law.most_spread
        if most and pay.low and pay.high and pay.currency == reach.law.spread_currency:
            yearly: Pay = pay.per_year
            if yearly.high - yearly.low > most:
                yield told(
                    [reach], "pay_max", f"the ends of the range are at most {most:,} {pay.currency} a year apart."
                )


def benefits_not_named(reading):
    if not BENEFIT_WORDS.search(reading.text) and (reaches := asking(reading, "benefits")):
        yield told(reaches, "benefits", "a posting names the benefits; this one names none.")


def closing_day_not_named(reading):
    is_said = reading.closes_on or CLOSING_WORDS.search(reading.text)
    if not is_said and (reaches := asking(reading, "closing_day")):
        yield told(
            reaches, "closes_on", "a posting says until when applications are taken; this one has no closing day."
        )


def pay_history(reading):
    """The phrases are those of the class of that name, which speaks everywhere; this adds the law of the place."""
    classes = [words for words in table("phrases.toml") if words.rule == "pay_history"]
    reaches = asking(reading, "no_pay_history")
    for words in classes if reaches else []:
        phrases = Phrases(words.phrases, words.unless)
        for field, text in reading.plain_texts.items():
            if phrases.hits(text):
                yield told(reaches, field, "applicants are not asked what they earned before.")


RULES = [
    Rule("law_pay", "Pay that law asks for", "Table of laws", pay_not_stated),
    Rule("no_pay", "No pay", STYLE, no_pay),
    Rule("law_open_end", "Open end where law wants both", "Table of laws", open_end),
    Rule("law_spread", "Range wider than law allows", "Table of laws", spread),
    Rule("law_benefits", "Benefits that law asks for", "Table of laws", benefits_not_named),
    Rule("law_closing_day", "Closing day that law asks for", "Table of laws", closing_day_not_named),
    Rule("law_pay_history", "Pay history that law bars", "Table of laws", pay_history),
]
