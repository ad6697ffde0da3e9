"""Makes a template from a posting: details of this one opening become placeholders, the rest stays as text."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from careers.core.models import set_history_reason
from careers.core.pasted_text import clean_characters
from careers.postings.dates import own_day
from careers.postings.models import Employer, Posting, PostingTemplate, TemplateBlank
from careers.postings.placeholders import PLACEHOLDER, invalid_placeholders, own_placeholder_names
from careers.postings.text.drift import DriftState, field_base, posting_drift, template_versions
from careers.postings.text.render import as_markdown

from .versions import save_template

DATE_FORMATS = ("j F Y", "F j, Y", "j M Y", "Y-m-d", "d.m.Y")
SHORTEST = 3  # characters; shorter spellings occur in texts with other meanings
LABELS_AND_EXAMPLES = {
    "contact": ("Where to apply", "jobs@example.com"),
    "reference": ("Reference number", "A-2041"),
    "opening_day": ("Opening day", "1 March 2027"),
}


@transaction.atomic
def template_from_posting(posting: Posting, *, name: str, employer: Employer | None = None, by) -> PostingTemplate:
    """A template of this employer, or a house template. Raises ValidationError, also if the name is taken."""
    if not posting.role_id:
        raise ValidationError("Choose a role guide for this posting first. Every template belongs to one.")
    template = PostingTemplate(role=posting.role, employer=employer, name=name.strip())
    for field in posting.TERM_FIELDS:
        setattr(template, field, getattr(posting, field))
    spellings = spellings_of(posting)
    in_markdown = {as_markdown(name, spelling): name for spelling, name in spellings.items()}
    unchanged = texts_as_built(posting)
    title_spellings = {spelling: name for spelling, name in spellings.items() if name != "title"}
    template.title = replace_with_placeholders(posting.title, title_spellings)
    for field in posting.TEXT_FIELDS:
        text = getattr(posting, field)
        setattr(template, field, unchanged.get(field) or replace_with_placeholders(text, in_markdown | spellings))
    template.full_clean()
    set_history_reason(template, f"Made from posting no. {posting.pk}")
    save_template(template, by=by, placeholders=declared_placeholders(template, posting))
    template.skills.set(posting.skills.all())
    return template


def texts_as_built(posting):
    """{field: template text with its placeholders} of the fields that are unchanged since the posting was built."""
    versions = template_versions([posting])
    built = {
        field: versions.get((posting.template_id, field_base(posting, field).version)) for field in posting.TEXT_FIELDS
    }
    return {
        drift.field: getattr(built[drift.field], drift.field)
        for drift in posting_drift(posting, versions)
        if drift.state == DriftState.AS_BUILT
    }


def spellings_of(posting):
    """{words specific to this opening: name of the placeholder that replaces them}"""
    spellings = {posting.employer.name: "employer", posting.title: "title"}
    for place in posting.places.all():
        spellings |= {str(place): "place", place.city: "place"}
    if posting.pay and posting.pay_currency and posting.pay_period:
        spellings |= {str(posting.pay): "pay", posting.pay.range_text: "pay"}
    if posting.closes_on:
        spellings |= {date_format(posting.closes_on, date_style): "closing_day" for date_style in DATE_FORMATS}
    if posting.publish_at:
        spellings |= {
            date_format(own_day(posting, posting.publish_at), date_style): "opening_day" for date_style in DATE_FORMATS
        }
    spellings |= {posting.apply_url: "contact", posting.apply_email: "contact", posting.source_ref or "": "reference"}
    stored = {clean_characters(spelling): name for spelling, name in spellings.items()}
    return {spelling: name for spelling, name in stored.items() if len(spelling) >= SHORTEST}


def replace_with_placeholders(text, spellings):
    """Longest spellings first. Placeholders already in the text stay; all other braces become parentheses."""
    for piece in invalid_placeholders(text):
        text = text.replace(piece, f"({piece[1:-1]})")
    words = sorted(spellings, key=len, reverse=True)
    pattern = "|".join([PLACEHOLDER.pattern, *(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), r"[{}]"])

    def replaced(match):
        if PLACEHOLDER.fullmatch(match[0]):
            return match[0]
        return f"{{{spellings[match[0]]}}}" if match[0] in spellings else {"{": "(", "}": ")"}[match[0]]

    return re.sub(pattern, replaced, text)


def declared_placeholders(template, posting) -> list[TemplateBlank]:
    """With label and example from the posting's own template, or else from LABELS_AND_EXAMPLES."""
    declared = {row.name: row for row in posting.template.blanks.all()} if posting.template else {}
    placeholders = []
    for name in own_placeholder_names(template):
        label, example = LABELS_AND_EXAMPLES.get(name, ("", ""))
        if known := declared.get(name):
            label, example = known.label, known.example
        placeholders.append(TemplateBlank(name=name, label=label, example=example))
    return placeholders
