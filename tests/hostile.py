"""Text that would run, or be seen as markup, wherever it is not escaped."""

import re

from django.apps import apps
from django.db import IntegrityError, models, transaction
from lxml import html

from careers.core.models import CurrencyField

TEXT = """<img src=x onerror=hostile()>"'><script>hostile()</script>{{1234*5678}}"""
SUM = "7006652"  # what a template would make of it
MARKUP = ("<img src=x", "<script>hostile", SUM)
# Codes, keys and addresses, which programs read: with any other text they name nothing.
CODES = {
    "slug", "country", "subdivision", "code", "soc_code", "zone", "time_zone", "language", "rule", "field", "normalised_url",
    "title_key", "token", "key", "history_type", "post_data", "get_data", "password", "logo", "ip_address",
}  # fmt: skip
PLACEHOLDER_NAMES = {"templateblank", "historicaltemplateblank"}


@transaction.atomic
def fill_all_texts(text=TEXT):
    """Puts the text into every text of every row, past all validation. Returns how many texts there were."""
    return sum(fill_row(row, text) for model in our_models() for row in model._base_manager.all())


def fill_row(row, text):
    """Where a constraint wants one of two texts to be empty, those that are stay so."""
    values = {field.name: hostile_value(field, row, text) for field in text_fields(type(row))}
    written = {name: value for name, value in values.items() if getattr(row, name)}
    for choice in (values, written):
        try:
            with transaction.atomic():
                type(row)._base_manager.filter(pk=row.pk).update(**choice)
        except IntegrityError:
            continue
        return len(choice)
    raise AssertionError(f"no text fits {row!r}")


def our_models():
    """Those of the portal with their histories, and those of Django and of the guard of logins that the admin shows."""
    for model in apps.get_models():
        if (
            model.__module__.startswith("careers.")
            or model._meta.app_label == "axes"
            or model._meta.label == "auth.User"
        ):
            yield model


def text_fields(model):
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
        is_code = isinstance(field, CurrencyField | models.SlugField | models.FileField) or field.name in CODES
        is_name = model._meta.model_name in PLACEHOLDER_NAMES and field.name == "name"
        if is_text and not (is_code or is_name or field.choices or field.primary_key):
            yield field


def hostile_value(field, row, text):
    if isinstance(field, models.JSONField):
        return inside(getattr(row, field.attname), text)
    before = "https://example.com/?" if isinstance(field, models.URLField) else ""
    after = f"{row.pk}@example.com" if isinstance(field, models.EmailField) else f"{row.pk}" if is_unique(field) else ""
    room = field.max_length and field.max_length - len(before + after)
    return f"{before}{text[:room]}{after}"


def is_unique(field):
    """Alone, or with others or in another spelling in a constraint."""
    named = [
        [*constraint.fields, *map(str, constraint.expressions)]
        for constraint in field.model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    return field.unique or any(re.search(rf"\b{field.name}\b", name) for names in named for name in names)


def inside(value, text):
    """The same JSON with the text for every string; lists of names of fields stay."""
    if isinstance(value, dict):
        return {key: inside(part, text) for key, part in value.items()}
    return text if isinstance(value, str) else value


# -- What is wrong with a page

EXPRESSION = re.compile(r"x-|hx-|@|:")  # attributes that the theme's scripts evaluate


def faults(page):
    """Markup that came from the text, and expressions of the theme that contain it."""
    found = [part for part in MARKUP if part in page]
    for element in html.document_fromstring(page).iter():
        for name, value in getattr(element, "attrib", {}).items():
            if name.startswith("on") or (EXPRESSION.match(name) and "hostile" in value):
                found.append(f"{element.tag} {name}={value[:80]}")
    return found
