"""Rules that compare a posting with its guide and its template."""

import re

from .finding import STYLE, Note, Rule, joined


def no_guide(subject):
    if subject.guide is None:
        yield Note("role", "Choose a role guide, so that visitors can read what the work is like.")


def unknown_skills(subject):
    """Skills of the posting that the guide does not list. Guides without any skill are skipped."""
    if subject.guide is None or not subject.guide.skills:
        return
    known = {name.casefold() for name in subject.guide.skills}
    if unknown := [name for name in subject.skills if name.casefold() not in known]:
        yield Note(
            "skills",
            f"The guide “{subject.guide.title}” does not list {joined(unknown, 5)}. Add it to the guide or remove it here.",
        )


def missing_skills(subject):
    """Skills the guide requires that the posting mentions neither among its skills nor in its text, under any name."""
    if subject.guide is None:
        return
    asked = {name.casefold() for name in subject.skills}
    absent = [
        skill_names[0]
        for skill_names in subject.guide.required
        if not any(name.casefold() in asked or mentions_skill(subject.text, name) for name in skill_names)
    ]
    if absent:
        yield Note(
            "skills",
            f"The guide “{subject.guide.title}” requires {joined(absent, 5)}; we did not find it in the skills or the text.",
        )


def mentions_skill(text, name):
    return name.casefold() in text.casefold() and bool(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    )


def template_drift(subject):
    return subject.drift_notes


RULES = [
    Rule("no_guide", "No guide", STYLE, no_guide),
    Rule("skills_unknown", "Skills that are not in the guide", STYLE, unknown_skills),
    Rule("skills_absent", "Skills the guide requires", STYLE, missing_skills),
    Rule("template_drift", "Template changed", STYLE, template_drift),
]
