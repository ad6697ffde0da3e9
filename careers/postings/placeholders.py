"""Blanks in the text of a template: what they are called, how they are filled, what is wrong with them.

A blank is a word in braces: {employer}. Case, spaces and hyphens do not matter: {Closing day} is {closing_day}.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from careers.core.placeholders import BLANK

KNOWN_BLANKS = {
    "title": "the posting's title",
    "employer": "the employer's name",
    "place": "the places, joined by “or”",
    "workplace": "on site, hybrid or remote",
    "pay": "the pay as readers see it; without pay, its sentence is left out",
    "closing_day": "the last day to apply; without one, its sentence is left out",
    "employment_type": "full time, part time and so on",
    "experience": "the experience asked for, such as 2 years; without any, its sentence is left out",
}

# A posting may do without these: the sentence that speaks of one is left out when there is nothing to say.
OPTIONAL_BLANKS = frozenset({"pay", "closing_day", "experience"})


@lru_cache(maxsize=1024)
def blank_name(word):
    return re.sub(r"[\s-]+", "_", word.strip()).lower()


def blanks_in(*texts):
    """The names of the blanks, each once, in the order in which they come."""
    return list(dict.fromkeys(blank_name(match[1]) for text in texts for match in BLANK.finditer(text or "")))


def filled_in(text, values: Mapping[str, str]):
    """The text with each blank that has a value filled in; other blanks stay as they are."""
    return BLANK.sub(lambda match: values.get(blank_name(match[1])) or match[0], text or "")


def without_unsaid(text, values: Mapping[str, str]):
    """The text without the sentences that speak of pay, closing day or experience where none is given."""
    unsaid = {name for name in OPTIONAL_BLANKS if not values.get(name)}
    lines = []
    for line in (text or "").splitlines():
        if not unsaid.intersection(blanks_in(line)):
            lines.append(line)
            continue
        sentences = re.split(r"(?<=[.!?])\s+", line)
        said = [sentence for sentence in sentences if not unsaid.intersection(blanks_in(sentence))]
        if any(says_something(sentence) for sentence in said):
            lines.append(" ".join(said))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def says_something(text):
    return any(character.isalnum() for character in text)


def lone_braces(text):
    """The pieces of the text where a brace has no partner, shortened for a message."""
    pieces, opened = [], None
    for index, character in enumerate(text or ""):
        if character == "{":
            if opened is not None:
                pieces.append(text[opened : opened + 20])
            opened = index
        elif character == "}":
            if opened is None:
                pieces.append(text[max(0, index - 19) : index + 1])
            opened = None
    return pieces if opened is None else [*pieces, text[opened : opened + 20]]


def nameless_braces(text):
    """Braces around something that cannot be the name of a blank, such as {2} or {}."""
    return [piece for piece in re.findall(r"\{[^{}]*\}", text or "") if not BLANK.fullmatch(piece)]


def template_texts(template):
    return [template.title, *(getattr(template, field) for field in template.TEXT_FIELDS)]


def template_faults(template, required: Mapping[str, bool]):
    """(field, sentence) of each brace and blank with which the template cannot be kept.

    `required` are the blanks declared, each with whether it has to be filled.
    """
    for field in ("title", *template.TEXT_FIELDS):
        text = getattr(template, field)
        for piece in lone_braces(text):
            yield field, f"A brace without its partner: “{piece.strip()}”. A blank looks like {{team}}."
        for piece in nameless_braces(text):
            yield field, f"“{piece[:40]}” is no blank: its name is letters, digits and spaces, such as {{team}}."
        own = [name for name in blanks_in(text) if name not in KNOWN_BLANKS]
        for name in own:
            if name not in required:
                yield field, f"“{{{name}}}” is unknown: declare it among the blanks of this template, or correct it."
            elif field in template.locked and not required[name]:
                yield (
                    field,
                    f"The field is locked, so “{{{name}}}” cannot be filled in later: make this blank required.",
                )


def spelled_out(names):
    """'{team}, {product}'"""
    return ", ".join(f"{{{name}}}" for name in names)
