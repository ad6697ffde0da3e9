"""A posting's editable content as plain values, with places, countries and skills: to store, compare, show and apply."""

import json
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.formats import date_format

from careers.core.diff import FieldChange, diff_lines
from careers.core.models import set_history_note
from careers.core.time_zones import format_in_zone
from careers.geo.countries import country_name, place_name
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.roles.models import Skill

PLACE_FIELDS = ("country", "subdivision", "city")


def content_fields() -> list[models.Field]:
    """The editable fields, in the order of the model."""
    return [field for field in Posting._meta.fields if field.editable and not field.primary_key]


def posting_content(posting: Posting, places=None, countries=None, skills=None) -> dict:
    """{field: JSON value}; places, countries and skills default to those in the database."""
    content = {field.name: _plain(field.value_from_object(posting)) for field in content_fields()}
    places = posting.places.values(*PLACE_FIELDS) if places is None else places
    countries = posting.remote_countries.values_list("country", flat=True) if countries is None else countries
    skills = posting.skills.values_list("pk", flat=True) if skills is None else skills
    content |= {"places": list(places), "remote_countries": sorted(countries), "skills": sorted(skills)}
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def _plain(value):
    """Decimals without trailing zeros: databases add them, forms do not."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def apply_fields(posting: Posting, wanted: dict) -> None:
    """Sets the posting's own fields, without saving."""
    for field in content_fields():
        if field.name in wanted:
            value = wanted[field.name]
            setattr(posting, field.attname, value if field.is_relation else field.to_python(value))


def apply_related_rows(posting: Posting, wanted: dict, *, by, reason: str) -> None:
    """Saves places, countries and skills. Rows that stay are not recreated, so they keep their history."""
    if "places" in wanted:
        _apply_places(posting, wanted["places"], by, reason)
    if "remote_countries" in wanted:
        kept = set(wanted["remote_countries"])
        for row in posting.remote_countries.exclude(country__in=kept):
            _with_author(row, by, reason).delete()
        for country in kept - set(posting.remote_countries.values_list("country", flat=True)):
            _save(_with_author(RemoteCountry(posting=posting, country=country), by, reason))
    if "skills" in wanted:
        posting.skills.set(Skill.objects.filter(pk__in=wanted["skills"]))


def _apply_places(posting, places, by, reason):
    current = {tuple(getattr(row, field) for field in PLACE_FIELDS): row for row in posting.places.all()}
    wanted = [tuple(place[field] for field in PLACE_FIELDS) for place in places]
    for key, row in current.items():
        if key not in wanted:
            _with_author(row, by, reason).delete()
    for position, key in enumerate(wanted):
        row = current.get(key) or PostingPlace(posting=posting, **dict(zip(PLACE_FIELDS, key, strict=True)))
        if row.pk is None or row.position != position:
            row.position = position
            _save(_with_author(row, by, reason))


def _with_author(row, by, reason):
    set_history_note(row, by=by, reason=reason)
    return row


def _save(row):
    row.full_clean()
    row.save()


# -- For display


def field_label(name: str) -> str:
    labels = {"places": "places", "remote_countries": "countries to apply from"}
    if name in labels:
        return labels[name]
    field: Any = Posting._meta.get_field(name)
    return str(field.verbose_name)


def display_value(name: str, value, time_zone: str) -> str:
    """Moments in `time_zone`, that of the posting."""
    if value in (None, "", []):
        return ""
    if name == "places":
        return "; ".join(place_name(**place) for place in value)
    if name == "remote_countries":
        return ", ".join(country_name(country) for country in value)
    if name == "skills":
        return ", ".join(Skill.objects.filter(pk__in=value).order_by("name").values_list("name", flat=True))
    field: Any = Posting._meta.get_field(name)
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or "since deleted")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _display_typed_value(field, value, time_zone)


def _display_typed_value(field, value, time_zone):
    """Dates and times are stored as ISO strings."""
    try:
        typed = field.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(typed, datetime):
        return format_in_zone(typed, time_zone)
    return date_format(typed) if isinstance(field, models.DateField) else str(typed)


def field_change(name: str, before, now, time_zone: str = "UTC") -> FieldChange:
    """Both values for display; text fields also line by line."""
    lines = diff_lines(before, now) if name in Posting.TEXT_FIELDS else []
    old, new = (display_value(name, value, time_zone) for value in (before, now))
    return FieldChange(field_label(name), old, new, lines)
