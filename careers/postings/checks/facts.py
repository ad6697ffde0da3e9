"""Rules for words of the text that contradict the posting's fields: closing day, employer, place and other facts.

Pay has rules of its own in pay.py.
"""

import re

from django.utils.formats import date_format

from .dates import days_in
from .finding import GOOGLE, STYLE, Note, Rule, quoted

# The rules that tell of a text and fields that disagree. Editors are told of them after each act.
CONTRADICTIONS = ("pay_against_text", "closing_day_against_text", "facts_against_text")
# Words before a day that make it the last day to apply. No number may stand between: it would be another day.
INTRODUCES_CLOSING = re.compile(
    r"\b(?:(?:appl(?:y|ications?|ying)|send|submit|hand in)\b[^.!?;\d]{0,40}\b(?:by|before|until|till|up to)"
    r"|deadline|closing da(?:y|te)"
    r"|(?:applications?|vacancy|posting|position|job) closes?|open (?:until|till))\b[^.!?;\d]{0,25}$",
    re.IGNORECASE,
)
LOOKED_AT_BEFORE = 120
NAMES = {
    "title": "the title is", "employer": "the employer is", "place": "the place is", "workplace": "the workplace is",
    "employment_type": "the employment type is", "experience": "the experience asked for is",
}  # fmt: skip


def closing_day_against_text(subject):
    """Days in the text that were the closing day once, or that the text itself calls the last day, and are not."""
    day = subject.closes_on
    is_now = f"the closing day is {date_format(day)}" if day else "there is no closing day"
    for field, text in subject.plain_texts.items():
        found = [
            written.written
            for written in days_in(text)
            if not written.may_mean(day) and (was_closing_day(written, subject) or is_called_closing_day(written, text))
        ]
        if found:
            yield Note(field, f"The text says {quoted(found)}; {is_now}.")


def was_closing_day(written, subject):
    return any(written.may_mean(former) for former in subject.former.closing_days)


def is_called_closing_day(written, text):
    return INTRODUCES_CLOSING.search(text[max(0, written.start - LOOKED_AT_BEFORE) : written.start]) is not None


def facts_against_text(subject):
    """Former employers and places, and words the portal filled in that no longer hold."""
    for field, text in subject.fields.items():
        for name, sentence in NAMES.items():
            rest = without_words(text, present_words(subject, name))
            words = (find_word(rest, word) for word in former_words(subject, field, name))
            found = list(dict.fromkeys(filter(None, words)))
            if found := [word for word in found if not any(word != other and word in other for other in found)]:
                present = subject.facts.get(name, "")
                yield Note(
                    field, f"The text says {quoted(found)}; {sentence} {f'“{present}”' if present else 'not stated'}."
                )


def former_words(subject, field, name):
    filled = subject.former.values.get(field, {}).get(name)
    known = {"employer": subject.former.employers, "place": subject.former.places}.get(name, ())
    return [*([filled] if filled else []), *sorted(known)]


def present_words(subject, name):
    """As they may stand in the text, longest first: “New York” is no mention of a former place “York”."""
    places = [word for place in subject.places for word in (str(place), place.city)] if name == "place" else []
    return sorted({subject.facts.get(name, ""), *places} - {""}, key=len, reverse=True)


def without_words(text, words):
    for word in words:
        text = re.sub(in_any_case(word), " ", text)
    return text


def find_word(text, word):
    """As the text writes it; '' if it does not."""
    match = re.search(rf"(?<!\w){in_any_case(word)}(?!\w)", text)
    return match[0] if match else ""


def in_any_case(word):
    """A pattern: several words may be written in any case, a single one also in capitals, as “apple” is no “Apple”."""
    return rf"(?i:{re.escape(word)})" if " " in word else rf"(?:{re.escape(word)}|{re.escape(word.upper())})"


RULES = [
    Rule("closing_day_against_text", "Closing day against text", GOOGLE, closing_day_against_text),
    Rule("facts_against_text", "Text against fields", STYLE, facts_against_text),
]
