"""Slugs in any script: made, validated, routed, and found again after a change."""

import re
import unicodedata
from collections.abc import Set
from itertools import count
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect, QueryDict
from django.shortcuts import resolve_url

MAX_LENGTH = 100
# Accents that are left when letters have been composed, and signs that choose a picture for an emoji.
MARKS_DROPPED = re.compile("[\u0300-\u036f\u180b-\u180d\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def make_slug(text: str, fallback: str) -> str:
    """`text` as a slug of at most 100 characters, keeping letters of every script; `fallback` if none is left."""
    kept = "".join(character for character in lower_slug(text) if is_slug_character(character) or character.isspace())
    slug = unicodedata.normalize("NFC", re.sub(r"[-\s]+", "-", kept)[:MAX_LENGTH].strip("-_"))
    return slug if any(character.isalnum() for character in slug) else fallback


def lower_slug(text: str) -> str:
    """Addresses that differ only in case, or in how an accent is encoded, are one."""
    lowered = MARKS_DROPPED.sub("", unicodedata.normalize("NFKC", text).lower())
    return unicodedata.normalize("NFC", lowered)


def is_slug_character(character: str) -> bool:
    """Letters, digits, - and _, and the vowel signs of scripts such as Hindi and Thai, which are no letters by themselves."""
    return character in "-_" or character.isalnum() or unicodedata.category(character) in ("Mn", "Mc")


def validate_slug(value: str) -> None:
    if not value or not all(is_slug_character(character) for character in value):
        raise ValidationError("Use letters, digits, - and _ only, for example data-engineer.", code="invalid")


def unique_slug(instance, text: str, fallback: str, reserved: Set[str] = frozenset()) -> str:
    """A slug that none of `instance.slug_siblings()` has or had: with -2, -3 and so on where it is taken."""
    base = make_slug(text, fallback)
    begin = {"slug__startswith": base[: MAX_LENGTH - 5]}
    siblings = instance.slug_siblings().exclude(pk=instance.pk)
    taken = set(siblings.filter(**begin).values_list("slug", flat=True)) | reserved
    if (former := former_versions(instance)) is not None:
        taken.update(former.filter(**begin).values_list("slug", flat=True))
    if base not in taken:
        return base
    return next(slug for n in count(2) if (slug := f"{base[: MAX_LENGTH - 1 - len(str(n))]}-{n}") not in taken)


def former_versions(instance):
    """The history of all rows that share the slugs with this one: an old address redirects as long as its row exists, so no
    other row may take it. None for models without a history, whose old addresses do not redirect.
    """
    model = type(instance)
    if not hasattr(model, "history"):
        return None
    siblings = instance.slug_siblings().exclude(pk=instance.pk).order_by()
    return model.history.filter(id__in=siblings.values("pk")).order_by()


def is_former_address(instance) -> bool:
    """Whether the slug that this row is about to get was another's. One that a row has now, this or another, is no old one."""
    former = former_versions(instance)
    if former is None or not former.filter(slug=instance.slug).exists():
        return False
    return not instance.slug_siblings().filter(slug=instance.slug).exists()


def find_by_old_slug(model, slug: str, **parent):
    """The row that last had this slug and has another one now, for a redirect; None if there is none.

    `parent` is needed where slugs are unique within a parent only: role=role.
    """
    former = model.history.filter(slug=slug, **parent).order_by("-history_date", "-history_id").first()
    return model._default_manager.filter(pk=former.id).exclude(slug=slug).first() if former else None


def redirect_with_query(request: HttpRequest, to: Any, *, permanent: bool = True, **arguments: Any) -> HttpResponse:
    """A redirect to another address of the same page, which keeps the query string: links carry choices and campaigns in it.

    Values that the new address has itself win.
    """
    scheme, host, path, own, fragment = urlsplit(resolve_url(to, **arguments))
    query = request.GET.copy()
    for name, values in QueryDict(own).lists():
        query.setlist(name, values)
    response_class = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    return response_class(urlunsplit((scheme, host, path, query.urlencode(), fragment)))


# Unicode characters that change the text direction of what follows, even past the end of the title.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def validate_title(value: str) -> None:
    """A title has at least one letter or digit, of any script, and no invisible control characters."""
    if any(character in DIRECTION_MARKS or unicodedata.category(character) == "Cc" for character in value):
        raise ValidationError(
            "The title contains invisible characters. Type it again instead of pasting it.", code="control"
        )
    if not any(unicodedata.category(character)[0] in "LN" for character in value):
        raise ValidationError("Enter at least one letter or digit.", code="no_letters")


class SlugConverter:
    """A part of a path that holds a slug in any script. Decomposed accents are composed."""

    regex = "[^/]+"

    def to_python(self, value: str) -> str:
        """Raises ValueError, which Django takes for another address, where it holds anything else."""
        if not all(is_slug_character(character) for character in value):
            raise ValueError(value)
        return unicodedata.normalize("NFC", value)

    def to_url(self, value: str) -> str:
        return value
