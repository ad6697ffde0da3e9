"""What a posting says, its places, countries and skills with it, as plain values: kept, compared, shown and put back."""

import json
from datetime import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.formats import date_format
from django.utils.timezone import localtime

from careers.core.admin.edit_conflicts import FieldChange
from careers.core.diff import line_changes
from careers.geo.countries import country_name, place_name
from careers.postings.models import Posting, PostingPlace, RemoteCountry
from careers.roles.models import Skill

PLACE_PARTS = ("country", "subdivision", "city")


def content_fields():
    """The fields an editor fills in, in the order of the model."""
    return [field for field in Posting._meta.fields if field.editable and not field.primary_key]


def content_of(posting, places=None, countries=None, skills=None):
    """{field: value}; parts not given are those in the database."""
    content = {field.name: _plain(field.value_from_object(posting)) for field in content_fields()}
    places = posting.places.values(*PLACE_PARTS) if places is None else places
    countries = posting.remote_countries.values_list("country", flat=True) if countries is None else countries
    skills = posting.skills.values_list("pk", flat=True) if skills is None else skills
    content |= {"places": list(places), "remote_countries": sorted(countries), "skills": sorted(skills)}
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def _plain(value):
    """Amounts without the zeros one database adds and a form does not."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


def put_fields(posting, wanted):
    """The fields of the posting itself, in memory."""
    for field in content_fields():
        if field.name in wanted:
            value = wanted[field.name]
            setattr(posting, field.attname, value if field.is_relation else field.to_python(value))


def put_parts(posting, wanted, *, by, reason):
    """Places, countries and skills, in the database; rows that stay keep their history."""
    if "places" in wanted:
        _put_places(posting, wanted["places"], by, reason)
    if "remote_countries" in wanted:
        kept = set(wanted["remote_countries"])
        for row in posting.remote_countries.exclude(country__in=kept):
            _signed(row, by, reason).delete()
        for country in kept - set(posting.remote_countries.values_list("country", flat=True)):
            _save(_signed(RemoteCountry(posting=posting, country=country), by, reason))
    if "skills" in wanted:
        posting.skills.set(Skill.objects.filter(pk__in=wanted["skills"]))


def _put_places(posting, places, by, reason):
    there = {tuple(getattr(row, part) for part in PLACE_PARTS): row for row in posting.places.all()}
    wanted = [tuple(place[part] for part in PLACE_PARTS) for place in places]
    for key, row in there.items():
        if key not in wanted:
            _signed(row, by, reason).delete()
    for position, key in enumerate(wanted):
        row = there.get(key) or PostingPlace(posting=posting, **dict(zip(PLACE_PARTS, key, strict=True)))
        if row.pk is None or row.position != position:
            row.position = position
            _save(_signed(row, by, reason))


def _signed(row, by, reason):
    row._history_user, row._change_reason = by, reason
    return row


def _save(row):
    row.full_clean()
    row.save()


# -- In words


def label_of(name):
    labels = {"places": "places", "remote_countries": "countries to apply from"}
    return labels.get(name) or str(Posting._meta.get_field(name).verbose_name)


def in_words(name, value):
    if value in (None, "", []):
        return ""
    if name == "places":
        return "; ".join(place_name(**place) for place in value)
    if name == "remote_countries":
        return ", ".join(country_name(country) for country in value)
    if name == "skills":
        return ", ".join(Skill.objects.filter(pk__in=value).order_by("name").values_list("name", flat=True))
    field = Posting._meta.get_field(name)
    if field.is_relation:
        return str(field.related_model._default_manager.filter(pk=value).first() or "deleted meanwhile")
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return _moment_in_words(field, value)


def _moment_in_words(field, value):
    try:
        known = field.to_python(value)
    except ValidationError:
        return str(value)
    if isinstance(known, datetime):
        return date_format(localtime(known), "j F Y, H:i")
    return date_format(known, "j F Y") if isinstance(field, models.DateField) else str(known)


def difference(name, before, now):
    """For the page: the old and the new in words, texts line by line."""
    is_text = name in Posting.TEXT_FIELDS
    return FieldChange(
        label_of(name), in_words(name, before), in_words(name, now), line_changes(before, now) if is_text else []
    )
