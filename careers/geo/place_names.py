"""What countries, groups of countries and subdivisions are called: {name as `place_key` writes it: codes}."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

import pycountry
from babel import Locale, localedata
from babel.languages import get_official_languages

from careers.core.text import fold_text

from .countries import DIVISIONS, KOSOVO, country_groups, country_names, country_population, subdivision_name

# Languages besides English in which the names of countries are known. A country goes by its name in a language of its own.
LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "is", "it", "ja", "ka", "ko", "lt",
    "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
STATES_BY_CODE = ("AU", "CA", "US")  # countries whose states people write as a bare code: TX, BC, NSW
DOT_OF_INITIAL = re.compile(r"(?<=\b[^\W\d_])\.")  # U.S.A., D.C.
REGION_WORD = re.compile(
    r"^(?:county (?:of )?|co |state of |province of |region of )| (?:county|state|province|region|oblast|prefecture)$"
)
COUNTRY_OR_CITY_WORD = re.compile(r"^(?:the |republic of |kingdom of |commonwealth of |city of |greater )")

Codes = dict[str, tuple[str, ...]]


def load_names() -> None:
    """Make the tables now, so that no request waits for them."""
    for table in (own_country_names, foreign_country_names, subdivision_names, area_codes):
        table()


def place_key(text: str) -> str:
    """'Washington, D.C.' -> 'washington dc'"""
    return fold_text(DOT_OF_INITIAL.sub("", text))


def bare_key(key: str) -> str:
    """Without words for the kind of area: 'co cork' -> 'cork', 'republic of ireland' -> 'ireland'."""
    return COUNTRY_OR_CITY_WORD.sub("", REGION_WORD.sub("", key))


@lru_cache(maxsize=1)
def own_country_names() -> Codes:
    """English names, names in official languages, ISO codes and other common names of countries and groups; largest first."""
    names = {code: {code, *_names_in("en", code)} for code in country_names()}
    for country in pycountry.countries:
        names[country.alpha_2] |= {country.alpha_3, country.name, country.name.split(",")[0]}
        names[country.alpha_2] |= {getattr(country, name, "") for name in ("official_name", "common_name")}
    for code in names:
        for language in set(_languages_of(code)) & set(LANGUAGES):
            names[code].update(_names_in(language, code))
    for code, group in country_groups().items():
        names[code] = set(group.names)
    return _invert(names, country_population)


@lru_cache(maxsize=1)
def foreign_country_names() -> Codes:
    """Names of countries in languages of others: 'Allemagne', 'Salvador' for El Salvador."""
    names = {code: {name for language in LANGUAGES for name in _names_in(language, code)} for code in country_names()}
    return _invert(names, country_population)


@lru_cache(maxsize=1)
def subdivision_names() -> Codes:
    """ISO's names and those of `subdivision_name`, first levels before others, and codes: US-TX, TX."""
    names: dict[str, set[str]] = {}
    for subdivision in pycountry.subdivisions:
        code = subdivision.code
        names[code] = {subdivision_name(code), code, *_variants(subdivision.name)}
        if code[:2] in STATES_BY_CODE:
            names[code].add(code[3:])
    return _invert(names, _is_first_level)


@lru_cache(maxsize=1)
def area_codes() -> Codes:
    """Codes that a text behind a city may stand for, besides names: abbreviations of any country ('Paris, TX')."""
    names: dict[str, set[str]] = {}
    for subdivision in pycountry.subdivisions:
        names[subdivision.code] = {subdivision.code[3:]}
    for code, known in DIVISIONS["area_names"].items():
        names[code].update(known)
    return _invert(names, _is_first_level, has_extra_names=False)


def _languages_of(code: str) -> Iterable[str]:
    return () if code == KOSOVO else get_official_languages(code, de_facto=True)


def _names_in(language: str, code: str) -> list[str]:
    name = _territories(language).get(code)
    return [name] if name else []


@cache
def _territories(language: str) -> dict[str, str]:
    """Babel would keep a megabyte of each language in memory: what it did not hold before is forgotten."""
    loaded = getattr(localedata, "_cache", {})
    before = set(loaded)
    names = {code: name for code, name in Locale.parse(language).territories.items() if code in country_names()}
    for name in set(loaded) - before:
        del loaded[name]
    return names


def _variants(name: str) -> set[str]:
    """'Madrid, Comunidad de' -> 'Madrid'; 'Catalunya [Cataluña]' -> both names; also the name as it is."""
    outer = re.sub(r"\s*[\[(].*", "", name)
    inner = re.sub(r" [A-Z]{2}-[A-Z]{3}$", "", (re.findall(r"\[([^\]]*)", name) or [""])[0])
    return {name, outer, outer.split(",")[0], inner}


def _is_first_level(code: str) -> int:
    subdivision = pycountry.subdivisions.get(code=code)
    return int(subdivision is not None and not subdivision.parent_code)


def _invert(names: dict[str, set[str]], size, has_extra_names: bool = True) -> Codes:
    """{key: codes, those with the highest `size` first} of {code: names}."""
    codes: dict[str, set[str]] = {}
    for code, known in names.items():
        extra = DIVISIONS["extra_names"].get(code, ()) if has_extra_names else ()
        for name in (*known, *extra):
            codes.setdefault(place_key(name), set()).add(code)
    codes.pop("", None)
    return {key: tuple(sorted(found, key=lambda code: (-size(code), code))) for key, found in codes.items()}
