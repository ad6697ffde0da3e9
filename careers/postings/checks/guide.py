"""The posting against its guide and its template."""

import re

from .finding import STYLE, Note, Rule, joined


def no_guide(reading):
    if reading.guide is None:
        yield Note("role", "No guide is named: readers find no way from the posting to what the work is like.")


def unknown_skills(reading):
    """Where the guide lists skills at all."""
    if reading.guide is None or not reading.guide.skills:
        return
    known = {name.casefold() for name in reading.guide.skills}
    if unknown := [name for name in reading.skills if name.casefold() not in known]:
        yield Note(
            "skills",
            f"The guide “{reading.guide.title}” does not know {joined(unknown, 5)}: add it there, or take it out.",
        )


def absent_skills(reading):
    """What the guide requires and neither the skills nor the text of the posting name, by any of its names."""
    if reading.guide is None:
        return
    asked = {name.casefold() for name in reading.skills}
    absent = [
        spelled[0]
        for spelled in reading.guide.required
        if not any(name.casefold() in asked or names_skill(reading.text, name) for name in spelled)
    ]
    if absent:
        yield Note(
            "skills",
            f"The guide “{reading.guide.title}” requires {joined(absent, 5)}; the posting does not ask for it.",
        )


def names_skill(text, name):
    return name.casefold() in text.casefold() and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    )


def drifted(reading):
    for drift in reading.drifts:
        yield Note(drift.field, drift.words)


RULES = [
    Rule("no_guide", "No guide", STYLE, no_guide),
    Rule("skills_unknown", "Skills the guide does not know", STYLE, unknown_skills),
    Rule("skills_absent", "Skills the guide requires", STYLE, absent_skills),
    Rule("template_drift", "Template moved on", STYLE, drifted),
]
