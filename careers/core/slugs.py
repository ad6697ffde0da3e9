"""Slugs in any script, and the address part that carries them."""

import unicodedata
from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import slugify

MAX_LENGTH = 100


def make_slug(text, fallback):
    """`text` as a slug of at most 100 characters; letters of every script stay, `fallback` if none is left."""
    slug = slugify(unicodedata.normalize("NFKC", text), allow_unicode=True)[:MAX_LENGTH].strip("-_")
    return unicodedata.normalize("NFC", slug) or fallback


def unique_slug(instance, text, fallback, reserved=frozenset()):
    """A slug none of the instance's siblings has: the plain one, else with -2, -3 and so on."""
    base = make_slug(text, fallback)
    rows = instance.slug_siblings().exclude(pk=instance.pk)
    taken = set(rows.filter(slug__startswith=base[: MAX_LENGTH - 5]).values_list("slug", flat=True)) | reserved
    if base not in taken:
        return base
    return next(slug for n in count(2) if (slug := f"{base[: MAX_LENGTH - 1 - len(str(n))]}-{n}") not in taken)


# Marks that turn the direction of the text around them, across the end of a title too.
DIRECTION_MARKS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def validate_title(value):
    """A title needs at least one letter or digit, of any script, and holds nothing that is not to be seen."""
    if any(character in DIRECTION_MARKS or unicodedata.category(character) == "Cc" for character in value):
        raise ValidationError("Take out the invisible control characters; write the title anew.", code="control")
    if not any(unicodedata.category(character)[0] in "LN" for character in value):
        raise ValidationError("Write at least one letter or digit.", code="no_letters")


class SlugConverter:
    """A path part holding a slug in any script. Decomposed accents reach the same page as composed ones."""

    regex = r"[-\w\u0300-\u036f]+"

    def to_python(self, value):
        return unicodedata.normalize("NFC", value)

    def to_url(self, value):
        return value
