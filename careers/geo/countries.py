"""Countries (ISO 3166-1), their subdivisions (ISO 3166-2) and the names of places."""

import re
from functools import lru_cache

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError

# Common English names where ISO 3166-2 has a transliteration.
ENGLISH_NAMES = {"AE-DU": "Dubai", "AE-AZ": "Abu Dhabi", "AE-SH": "Sharjah"}
WITH_ARTICLE = {
    "AE", "AX", "BQ", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "HM", "IM", "IO", "KM", "KY", "MH",
    "MP", "MV", "NL", "PH", "PN", "PS", "SB", "TC", "TF", "UM", "US", "VC", "VG", "VI",
}  # fmt: skip


@lru_cache(maxsize=1)
def country_names(locale: str = "en") -> dict[str, str]:
    """{alpha-2 code: name in the locale}, sorted by name."""
    territories = Locale.parse(locale).territories
    names = {country.alpha_2: territories.get(country.alpha_2, country.name) for country in pycountry.countries}
    return dict(sorted(names.items(), key=lambda pair: pair[1]))


def country_choices() -> list[tuple[str, str]]:
    return list(country_names().items())


def country_name(code: str) -> str:
    return country_names().get(code, code)


def country_with_article(code: str) -> str:
    """The name within a sentence: 'Germany', 'the Netherlands'."""
    return f"the {country_name(code)}" if code in WITH_ARTICLE else country_name(code)


@lru_cache(maxsize=4096)
def subdivision_name(code: str) -> str:
    """'AE-DU' -> 'Dubai'; 'ES-MD' -> 'Madrid', in ISO 'Madrid, Comunidad de'; an unknown code is returned as it is."""
    subdivision = pycountry.subdivisions.get(code=code)
    return ENGLISH_NAMES.get(code) or (re.split(r", | \[", subdivision.name)[0] if subdivision else code)


def parent_subdivision(code: str) -> str:
    """'FR-75C' (Paris) -> 'FR-IDF'; '' for a subdivision of the first level."""
    subdivision = pycountry.subdivisions.get(code=code)
    return (subdivision and subdivision.parent_code) or ""


def validate_subdivision(code: str) -> None:
    subdivision = pycountry.subdivisions.get(code=code)
    if subdivision is None or subdivision.code != code:
        raise ValidationError(f"“{code}” is no ISO 3166-2 code. Examples: US-CA, DE-BE, AE-DU.", code="subdivision")


def place_name(country: str, subdivision: str = "", city: str = "") -> str:
    """'Austin, Texas, United States'; 'Dubai, United Arab Emirates'. Equal names are not repeated."""
    parts = [city, subdivision_name(subdivision) if subdivision else "", country_name(country) if country else ""]
    return ", ".join(part for index, part in enumerate(parts) if part and part not in parts[:index])
