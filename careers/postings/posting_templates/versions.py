"""Saving a template: its blanks are looked through, each change of its text is a version, and locked fields are followed."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from careers.postings.models import PostingTemplate, TemplateBlank, TemplateVersion
from careers.postings.placeholders import template_faults

from .sync import follow_template


@transaction.atomic
def save_template(
    template, *, by, blanks: Iterable[TemplateBlank] | None = None, required: Mapping[str, bool] | None = None
):
    """Save; when what a version keeps differs from the newest one, keep it as the next.

    `blanks` are the blanks it declares from now on; without them those kept stay. A form that saves their rows by itself
    says as `required` which blanks those are, and whether each has to be filled. Raises ValidationError naming the field
    where the text has a brace without its partner or a blank nobody declared.
    """
    if template.pk:
        PostingTemplate.objects.select_for_update().filter(pk=template.pk).first()
    blanks = list(blanks) if blanks is not None else None
    refuse_faults(template, required if required is not None else required_blanks(template, blanks))
    newest = template.versions.first() if template.pk else None
    kept = {field: getattr(template, field) for field in TemplateVersion.KEPT}
    changed = newest is None or any(getattr(newest, field) != content for field, content in kept.items())
    template.version = (newest.number if newest else 0) + changed
    template._history_user = by
    template.save()
    if blanks is not None:
        declare(template, blanks, by=by)
    if changed:
        TemplateVersion.objects.create(template=template, number=template.version, made_by=by, **kept)
        template.following = follow_template(template, by=by)
    return template


def required_blanks(template, blanks=None):
    """{name: whether it has to be filled} of the blanks given, or else of those kept."""
    if blanks is None:
        blanks = template.blanks.all() if template.pk else []
    return {blank.name: blank.is_required for blank in blanks}


def refuse_faults(template, required):
    faults = {}
    for field, sentence in template_faults(template, required):
        faults.setdefault(field, []).append(sentence)
    if faults:
        raise ValidationError(faults)


def declare(template, blanks, *, by):
    """These blanks and no others."""
    names = [blank.name for blank in blanks]
    for blank in template.blanks.exclude(name__in=names):
        blank._history_user = by
        blank.delete()
    kept = set(template.blanks.values_list("name", flat=True))
    for position, blank in enumerate(blanks):
        if blank.name not in kept:
            blank.template, blank.position, blank._history_user = template, position, by
            blank.full_clean()
            blank.save()
