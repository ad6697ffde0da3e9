"""Countries (ISO 3166-1), their subdivisions (ISO 3166-2) and how a place is written."""

import re
from functools import lru_cache

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError

# Where ISO 3166-2 writes a transliteration, the name people know.
ENGLISH_NAMES = {"AE-DU": "Dubai", "AE-AZ": "Abu Dhabi", "AE-SH": "Sharjah"}
WITH_ARTICLE = {
    "AE", "AX", "BQ", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "HM", "IM", "IO", "KM", "KY", "MH",
    "MP", "MV", "NL", "PH", "PN", "PS", "SB", "TC", "TF", "UM", "US", "VC", "VG", "VI",
}  # fmt: skip


@lru_cache(maxsize=1)
def country_names(locale="en"):
    """{alpha-2 code: name in the locale}, sorted by name."""
    territories = Locale.parse(locale).territories
    names = {country.alpha_2: territories.get(country.alpha_2, country.name) for country in pycountry.countries}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def country_choices():
    return list(country_names().items())


def country_name(code):
    return country_names().get(code, code)


def country_with_article(code):
    """Its name as it stands within a sentence: 'Germany', 'the Netherlands'."""
    return f"the {country_name(code)}" if code in WITH_ARTICLE else country_name(code)


@lru_cache(maxsize=4096)
def subdivision_name(code):
    """'AE-DU' -> 'Dubai'; 'ES-MD' -> 'Madrid', in ISO 'Madrid, Comunidad de'; an unknown code comes back as it is."""
    subdivision = pycountry.subdivisions.get(code=code)
    return ENGLISH_NAMES.get(code) or (re.split(r", | \[", subdivision.name)[0] if subdivision else code)


@lru_cache(maxsize=4096)
def parent_subdivision(code):
    """'FR-75C' (Paris) -> 'FR-IDF'; '' for one of the first level."""
    subdivision = pycountry.subdivisions.get(code=code)
    return (subdivision and subdivision.parent_code) or ""


def validate_subdivision(code):
    subdivision = pycountry.subdivisions.get(code=code)
    if subdivision is None or subdivision.code != code:
        raise ValidationError(f"“{code}” is no ISO 3166-2 code. Examples: US-CA, DE-BE, AE-DU.", code="subdivision")


@lru_cache(maxsize=4096)
def place_name(country, subdivision="", city=""):
    """'Berlin, Germany'; 'Austin, Texas, United States'; 'Dubai, United Arab Emirates'. A part is not said twice."""
    parts = [city, subdivision_name(subdivision) if subdivision else "", country_name(country) if country else ""]
    return ", ".join(part for index, part in enumerate(parts) if part and part not in parts[:index])
