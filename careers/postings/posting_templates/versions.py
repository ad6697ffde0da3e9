"""Saving a template: checks its placeholders, stores each change of the text as a version, updates locked fields."""

from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction

from careers.core.models import set_history_user
from careers.postings.models import PostingTemplate, TemplateBlank, TemplateVersion
from careers.postings.placeholders import template_errors

from .sync import sync_locked_fields


@transaction.atomic
def save_template(
    template: PostingTemplate,
    *,
    by,
    placeholders: Iterable[TemplateBlank] | None = None,
    required: Mapping[str, bool] | None = None,
) -> PostingTemplate:
    """Saves the template, and a new version if its text differs from the newest one. Raises ValidationError by field.

    ``placeholders`` replace the declared ones; None keeps them. A form that saves their rows itself passes ``required``
    instead: each placeholder with whether it must be filled in. When a version is made, ``template.sync_result`` tells what
    became of the locked fields of its postings.
    """
    if template.pk:
        PostingTemplate.objects.select_for_update().filter(pk=template.pk).first()
    placeholders = list(placeholders) if placeholders is not None else None
    _validate(template, required if required is not None else required_placeholders(template, placeholders))
    newest = template.versions.first() if template.pk else None
    content = {field: getattr(template, field) for field in TemplateVersion.KEPT}
    is_changed = newest is None or any(getattr(newest, field) != value for field, value in content.items())
    template.version = (newest.number if newest else 0) + is_changed
    set_history_user(template, by)
    template.save()
    if placeholders is not None:
        _declare(template, placeholders, by=by)
    if is_changed:
        TemplateVersion.objects.create(template=template, number=template.version, made_by=by, **content)
        template.sync_result = sync_locked_fields(template, by=by)  # type: ignore[attr-defined]  # for whoever called
    return template


def required_placeholders(
    template: PostingTemplate, placeholders: Iterable[TemplateBlank] | None = None
) -> dict[str, bool]:
    """Each declared placeholder (default: those in the database) with whether it must be filled in."""
    if placeholders is None:
        placeholders = template.blanks.all() if template.pk else []
    return {placeholder.name: placeholder.is_required for placeholder in placeholders}


def _validate(template, required):
    errors = {}
    for field, message in template_errors(template, required):
        errors.setdefault(field, []).append(message)
    if errors:
        raise ValidationError(errors)


def _declare(template, placeholders, *, by):
    """Makes these the template's only declared placeholders; rows of the same name stay as they are."""
    names = [placeholder.name for placeholder in placeholders]
    for placeholder in template.blanks.exclude(name__in=names):
        set_history_user(placeholder, by)
        placeholder.delete()
    kept = set(template.blanks.values_list("name", flat=True))
    for position, placeholder in enumerate(placeholders):
        if placeholder.name not in kept:
            placeholder.template, placeholder.position = template, position
            set_history_user(placeholder, by)
            placeholder.full_clean()
            placeholder.save()
