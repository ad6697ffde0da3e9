"""Fills changed facts into a posting's text again. See docs/decisions/0033.

A fact is the value of a known placeholder: pay, closing day, place, employer and the others of KNOWN_PLACEHOLDERS. A text field
remembers the template version and the values it was filled with (drift.Base), so the portal knows which words it wrote.
Whoever changes a fact calls refill() before saving the posting, or refill_posting() of posting_templates/sync.py.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.core.exceptions import ValidationError

from careers.core.prose import is_blank
from careers.postings.models import Posting, TemplateVersion
from careers.postings.placeholders import (
    KNOWN_PLACEHOLDERS,
    OPTIONAL_PLACEHOLDERS,
    format_placeholders,
    placeholders_in,
)

from .drift import Base, VersionsByKey, field_base, template_versions
from .merge import merge
from .render import as_markdown, current_values, render_text, render_title

Values = Mapping[str, str]


def refill(posting: Posting, at: datetime | None = None, versions: VersionsByKey | None = None) -> list[str]:
    """Fills changed facts into title and texts, without saving. Returns the fields whose words or remembered values changed.

    The posting then still counts as built from the same template versions. Where a text was edited by hand at the place of
    a fact, that fact stays as it is, and the checks report it. ``versions`` comes from template_versions().
    """
    if not (posting.template_id and posting.blank_values):
        return []
    versions = template_versions([posting]) if versions is None else versions
    changed = refill_title(posting, versions)
    now, bases = current_values(posting), {}
    for field in posting.TEXT_FIELDS:
        base = bases[field] = field_base(posting, field)
        if version := versions.get((posting.template_id, base.version)):
            text, values = refill_text(posting, field, version, base.values, now, at)
            bases[field] = Base(base.version, values)
            if text != getattr(posting, field) or has_moved(getattr(version, field), base.values, values):
                setattr(posting, field, text)
                changed.append(field)
    remember_bases(posting, bases, Base(posting.template_version, now))
    return changed


def refill_text(
    posting: Posting, field: str, version: TemplateVersion, then: Values, now: Values, at: datetime | None
) -> tuple[str, Values]:
    """The field's text with the present facts, and the values it was filled with.

    One fact after the other, so that one edited by hand does not hold up the rest. Facts this text does not use count as
    filled in.
    """
    mine, template_text = getattr(posting, field), getattr(version, field)
    used = placeholders_in(template_text)
    for name in KNOWN_PLACEHOLDERS:
        old, new = then.get(name, ""), now.get(name, "")
        if old == new or (name in used and not new and not may_be_left_out(name, old)):
            continue
        values = {**then, name: new} if new else {key: value for key, value in then.items() if key != name}
        if name in used:
            before, after = render_text(template_text, then), render_text(template_text, values)
            merged = merge(before, after, mine, whole=[as_markdown(name, old) or f"{{{name}}}", as_markdown(name, new)])
            if merged.conflicts or not is_publishable(posting, {field: merged.text}, at):
                continue
            mine = merged.text
        then = values
    return mine, then


def may_be_left_out(name: str, value: str) -> bool:
    """Whether a text can do without this fact. A placeholder that a copied posting got back waits for its value."""
    return name in OPTIONAL_PLACEHOLDERS and not placeholders_in(value)


def has_moved(template_text: str, then: Values, values: Values) -> bool:
    return any(then.get(name) != values.get(name) for name in placeholders_in(template_text))


def refill_title(posting: Posting, versions: VersionsByKey) -> list[str]:
    """Only a title that is word for word the template's follows its facts. Where the new one is too long it stays."""
    base = field_base(posting, "title")
    version = versions.get((posting.template_id, base.version))
    if version is None or posting.title != render_title(version.title, base.values):
        return []
    title, old = render_title(version.title, current_values(posting)), posting.title
    posting.title = title
    try:
        posting.clean_fields(exclude={field.name for field in posting._meta.fields if field.name != "title"})
    except ValidationError:
        posting.title = old
    return ["title"] if posting.title != old else []


def remember_bases(posting: Posting, bases: Mapping[str, Base], usual: Base) -> None:
    """Keeps ``usual`` for the posting, and on its own each field's base that differs from it."""
    bases = {name: field_base(posting, name) for name in posting.TEXT_FIELDS} | dict(bases)
    posting.template_version, posting.blank_values = usual.version, dict(usual.values)
    posting.text_bases = {name: asdict(base) for name, base in bases.items() if base != usual}


# -- What readers may be shown


def is_publishable(posting: Posting, texts: Mapping[str, str], at: datetime | None) -> bool:
    try:
        require_publishable_texts(posting, texts, at)
    except ValidationError:
        return False
    return True


def require_publishable_texts(posting: Posting, texts: Mapping[str, str], at: datetime | None) -> None:
    """A live or scheduled posting must not get unfilled placeholders or lose its description. Raises ValidationError."""
    if posting.state(at) not in Posting.State.LIVE_OR_SCHEDULED:
        return
    if names := placeholders_in(*texts.values()):
        raise ValidationError(f"Visitors see it, but we have no text for {format_placeholders(names)}.")
    if is_blank(texts.get("description", posting.description)):
        raise ValidationError("Visitors see it, and its description would be empty.")
