"""Rules for leftovers in a text: unfilled placeholders of other systems, tags of other sites, broken characters."""

import re
from itertools import pairwise

from .finding import CORPUS, Note, Rule, quoted

PLACEHOLDER_WORDS = (
    r"company|employer|job|role|city|town|location|team|department|manager|hiring manager|recruiter|name|date|salary|pay|amount"
    r"|number|title|position|industry|product|link|url|email|x+"
)
PLACEHOLDER = re.compile(
    rf"\[(?:(?:your|the|our|enter|add|insert) [^\]\n]{{1,40}}|(?:{PLACEHOLDER_WORDS})(?: [^\]\n]{{1,30}})?)\](?!\()"
    r"|\{\{[^}\n]{1,60}\}\}|\$\{[^}\n]{1,60}\}|<(?:insert|your|enter|add|company|name|title|location|link)\b[^>\n]{0,60}>"
    r"|%[A-Z_]{3,30}%|_{4,}|\[\s?\]",
    re.IGNORECASE,
)
BROKEN = re.compile(
    r"â€[^\s]?|Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•˜™š›œžŸ]|Â[\u00a0-¿]|ï»¿|\ufffd|&(?:nbsp|amp|lt|gt|quot|rsquo|ndash|#\d{2,4});"
)
NETWORK_TAG = re.compile(r"#LI[-_]?\w+", re.IGNORECASE)
HEADING = re.compile(r"#|(?:\*\*|__)[^*_]{2,61}(?:\*\*|__):?$")
SET_AS_HEADING = re.compile(r"#{1,6}(?=\s|$)(?!\s*#LI)")  # network tags have their own rule
LONGEST_HEADING = 60
LABEL_ALONE = re.compile(
    r"^\W*(?:headquarters|location|salary|pay|start date|reports to|department|contract|hours|url|website)\s*:\W*$",
    re.IGNORECASE,
)
INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def pattern_check(pattern, sentence):
    """A check that reports each field whose plain text matches the pattern."""

    def check(subject):
        for field, text in subject.fields.items():
            if found := [match[0] for match in pattern.finditer(text)]:
                yield Note(field, f"{quoted(found)}: {sentence}")

    return check


def empty_headings(subject):
    """Headings and labels without any text below them."""
    for field in subject.texts:
        lines = [line for name, line in subject.lines if name == field]
        for line, following in pairwise([*lines, ""]):
            if is_empty_heading(line, following):
                yield Note(
                    field,
                    f"{quoted([line[:60]])}: there is no text below this heading. Add text or remove the heading.",
                )


def is_empty_heading(line, following):
    if LABEL_ALONE.match(line):
        return not following or bool(LABEL_ALONE.match(following)) or bool(HEADING.match(following))
    if not SET_AS_HEADING.match(line) or len(line) > LONGEST_HEADING:  # a long line is a sentence, not a heading
        return False
    level = len(line) - len(line.lstrip("#"))
    below = len(following) - len(following.lstrip("#")) if HEADING.match(following) and following.startswith("#") else 7
    return not line.strip("# ") or not following or below <= level


def invisible_characters(subject):
    for field in dict.fromkeys(name for name, _ in subject.lines):
        if any(INVISIBLE.search(line) for name, line in subject.lines if name == field):
            yield Note(field, "The text contains invisible characters from pasting. Type the passage again.")


RULES = [
    Rule(
        "placeholder",
        "Placeholder not replaced",
        CORPUS,
        pattern_check(PLACEHOLDER, "replace this placeholder with the real text."),
    ),
    Rule(
        "broken_letters",
        "Broken letters",
        CORPUS,
        pattern_check(BROKEN, "some letters are damaged. Paste the text again."),
    ),
    Rule(
        "network_tag",
        "Tags of another site",
        CORPUS,
        pattern_check(NETWORK_TAG, "remove tags from another site: they have no effect here."),
    ),
    Rule("empty_heading", "Heading without text", CORPUS, empty_headings),
    Rule("invisible_characters", "Invisible characters", CORPUS, invisible_characters),
]
