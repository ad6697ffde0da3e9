"""A template made of a posting: what belongs to this one opening becomes a blank, and the rest is its text."""

import re

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.formats import date_format

from careers.core.placeholders import BLANK
from careers.postings.models import PostingTemplate, TemplateBlank
from careers.postings.placeholders import KNOWN_BLANKS, blanks_in, nameless_braces, template_texts
from careers.postings.text.drift import Drift, drift_of, versions_for

from .versions import save_template

DAYS = ("j F Y", "F j, Y", "j M Y", "Y-m-d", "d.m.Y")
SHORTEST = 3  # characters: shorter words stand in a text for other things as well
DECLARED = {
    "contact": ("Where to apply", "jobs@example.com"),
    "reference": ("Reference number", "A-2041"),
    "opening_day": ("Opening day", "1 March 2027"),
}


@transaction.atomic
def template_from(posting, *, name, employer=None, by):
    """A template of the employer, or of the house. Raises ValidationError, also where the owner has one of this name."""
    if not posting.role_id:
        raise ValidationError("A template belongs to a guide: name the guide of this posting first.")
    template = PostingTemplate(role=posting.role, employer=employer, name=name.strip())
    for field in posting.TERM_FIELDS:
        setattr(template, field, getattr(posting, field))
    spellings = spellings_of(posting)
    unchanged = texts_as_built(posting)
    title_spellings = {spelling: blank for spelling, blank in spellings.items() if blank != "title"}
    template.title = with_blanks(posting.title, title_spellings)
    for field in posting.TEXT_FIELDS:
        setattr(template, field, unchanged.get(field) or with_blanks(getattr(posting, field), spellings))
    template.full_clean()
    template._change_reason = f"Made of the posting no. {posting.pk}"
    save_template(template, by=by, blanks=blanks_for(template, posting))
    template.skills.set(posting.skills.all())
    return template


def texts_as_built(posting):
    """{field: text with its blanks} of those that are as the posting's own template wrote them."""
    versions = versions_for([posting])
    built = versions.get((posting.template_id, posting.template_version))
    drifts = drift_of(posting, versions) if not posting.text_bases else []
    return {drift.field: getattr(built, drift.field) for drift in drifts if drift.state == Drift.AS_BUILT and built}


def spellings_of(posting):
    """{words that belong to this opening: the blank in their place}"""
    spellings = {posting.employer.name: "employer", posting.title: "title"}
    for place in posting.places.all():
        spellings |= {str(place): "place", place.city: "place"}
    if posting.pay and posting.pay_currency and posting.pay_period:
        spellings |= {str(posting.pay): "pay", posting.pay.range_text: "pay"}
    if posting.closes_on:
        spellings |= {date_format(posting.closes_on, form): "closing_day" for form in DAYS}
    if posting.publish_at:
        spellings |= {date_format(posting.publish_at, form): "opening_day" for form in DAYS}
    spellings |= {posting.apply_url: "contact", posting.apply_email: "contact", posting.source_ref or "": "reference"}
    return {spelling: blank for spelling, blank in spellings.items() if len(spelling) >= SHORTEST}


def with_blanks(text, spellings):
    """The longest words first; blanks that stand in the text already stay, braces around anything else do not."""
    for piece in nameless_braces(text):
        text = text.replace(piece, f"({piece[1:-1]})")
    words = sorted(spellings, key=len, reverse=True)
    pattern = "|".join([BLANK.pattern, *(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), r"[{}]"])

    def replaced(match):
        if BLANK.fullmatch(match[0]):
            return match[0]
        return f"{{{spellings[match[0]]}}}" if match[0] in spellings else {"{": "(", "}": ")"}[match[0]]

    return re.sub(pattern, replaced, text)


def blanks_for(template, posting):
    """Declared as the posting's own template declares them; the rest by what is known of them."""
    declared = {blank.name: blank for blank in posting.template.blanks.all()} if posting.template else {}
    blanks = []
    for name in blanks_in(*template_texts(template)):
        if name in KNOWN_BLANKS:
            continue
        label, example = DECLARED.get(name, ("", ""))
        if known := declared.get(name):
            label, example = known.label, known.example
        blanks.append(TemplateBlank(name=name, label=label, example=example))
    return blanks
