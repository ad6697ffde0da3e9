"""Placeholders in template texts: finding them, filling them in, and checking a template's use of them.

A placeholder is a name in braces, such as {employer}. Case, spaces and hyphens are normalised: {Closing day} is
{closing_day}. Editors read "blank" for it; so do the model TemplateBlank and the field Posting.blank_values.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from careers.core.prose import PLACEHOLDER as PLACEHOLDER

KNOWN_PLACEHOLDERS = {
    "title": "the posting's title",
    "employer": "the employer's name",
    "place": "the places, joined by “or”",
    "workplace": "on site, hybrid or remote",
    "pay": "the pay as visitors see it; without pay, we remove its sentence",
    "closing_day": "the last day to apply; without one, we remove its sentence",
    "employment_type": "full time, part time and so on",
    "experience": "the experience asked for, such as 2 years; without any, we remove its sentence",
}

# A sentence that uses one of these is left out when the posting has no value for it.
OPTIONAL_PLACEHOLDERS = frozenset({"pay", "closing_day", "experience"})


@lru_cache(maxsize=1024)
def placeholder_name(word: str) -> str:
    return re.sub(r"[\s-]+", "_", word.strip()).lower()


def placeholders_in(*texts: str | None) -> list[str]:
    """Distinct placeholder names, in order of first appearance."""
    matches = (match for text in texts for match in PLACEHOLDER.finditer(text or ""))
    return list(dict.fromkeys(placeholder_name(match[1]) for match in matches))


def fill_placeholders(text: str | None, values: Mapping[str, str]) -> str:
    """The text with known values filled in; placeholders without a value stay."""
    return PLACEHOLDER.sub(lambda match: values.get(placeholder_name(match[1])) or match[0], text or "")


def without_empty_sentences(text: str | None, values: Mapping[str, str]) -> str:
    """The text without the sentences that use an optional placeholder for which there is no value."""
    empty = {name for name in OPTIONAL_PLACEHOLDERS if not values.get(name)}
    lines = []
    for line in (text or "").splitlines():
        if not empty.intersection(placeholders_in(line)):
            lines.append(line)
            continue
        sentences = re.split(r"(?<=[.!?])\s+", line)
        kept = [sentence for sentence in sentences if not empty.intersection(placeholders_in(sentence))]
        if any(has_letters_or_digits(sentence) for sentence in kept):
            lines.append(" ".join(kept))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def has_letters_or_digits(text: str) -> bool:
    return any(character.isalnum() for character in text)


def unpaired_braces(text: str | None) -> list[str]:
    """The pieces of the text around each brace without a partner, shortened for an error message."""
    text, pieces, opened = text or "", [], None
    for index, character in enumerate(text):
        if character == "{":
            if opened is not None:
                pieces.append(text[opened : opened + 20])
            opened = index
        elif character == "}":
            if opened is None:
                pieces.append(text[max(0, index - 19) : index + 1])
            opened = None
    return pieces if opened is None else [*pieces, text[opened : opened + 20]]


def invalid_placeholders(text: str | None) -> list[str]:
    """Braces around something that is not a valid name, such as {2} or {}."""
    return [piece for piece in re.findall(r"\{[^{}]*\}", text or "") if not PLACEHOLDER.fullmatch(piece)]


def template_texts(template) -> list[str]:
    return [template.title, *(getattr(template, field) for field in template.TEXT_FIELDS)]


def own_placeholder_names(template) -> list[str]:
    """The placeholders the template uses besides the known ones: they are asked for when a posting is built."""
    return [name for name in placeholders_in(*template_texts(template)) if name not in KNOWN_PLACEHOLDERS]


def template_errors(template, required: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """(field, message) for each brace or placeholder that keeps the template from being saved.

    ``required`` maps each declared placeholder to whether it must be filled in.
    """
    for field in ("title", *template.TEXT_FIELDS):
        text = getattr(template, field)
        for piece in unpaired_braces(text):
            yield field, f"A brace is missing in “{piece.strip()}”. Write placeholders like {{team}}."
        for piece in invalid_placeholders(text):
            yield (
                field,
                f"“{piece[:40]}” is not a placeholder. Use only letters, digits and spaces, for example {{team}}.",
            )
        for name in placeholders_in(text):
            if name in KNOWN_PLACEHOLDERS:
                continue
            if name not in required:
                yield field, f"“{{{name}}}” is unknown. Add it under “Placeholders”, or correct its name."
            elif field in template.locked and not required[name]:
                yield (
                    field,
                    f"The field is locked, so “{{{name}}}” cannot be filled in later. Make this placeholder required.",
                )


def format_placeholders(names: Iterable[str]) -> str:
    """'{team}, {product}'"""
    return ", ".join(f"{{{name}}}" for name in names)
