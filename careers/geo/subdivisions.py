"""The state, province or region that a text names within a country."""

from functools import lru_cache

import pycountry
from django.core.exceptions import ValidationError

from careers.core.text import fold_text

from .countries import country_name, subdivision_name
from .place_names import area_codes, place_key
from .place_search import find_places


def find_subdivision(text: str, country: str) -> str:
    """The ISO 3166-2 code for a code ("DE-BY", "by") or a name ("Bavaria", "Bayern"). Raises ValidationError."""
    text = text.strip()
    if not text:
        return ""
    if not country:
        raise ValidationError("Choose the country first.", code="subdivision")
    known = codes_in(country)
    code = text.upper()
    found = {other for other in (code, f"{country}-{code}") if other in known}
    found = found or {place.subdivision for place in _regions(text, country)} & known
    found = found or {code for code in known if fold_text(text) in _names(code)}
    found = found or set(area_codes().get(place_key(text), ())) & known
    if len(found) == 1:
        return found.pop()
    raise ValidationError(_refusal(text, country, found or known, is_ambiguous=bool(found)), code="subdivision")


@lru_cache(maxsize=300)
def codes_in(country: str) -> frozenset[str]:
    return frozenset(division.code for division in pycountry.subdivisions.get(country_code=country) or ())


def _regions(text, country):
    places = find_places(f"{text.replace(',', ' ')}, {country_name(country)}")
    return [place for place in places if place.country == country and place.subdivision and not place.city]


def _names(code):
    return {fold_text(pycountry.subdivisions.get(code=code).name), fold_text(subdivision_name(code))}


def _refusal(text, country, codes, *, is_ambiguous):
    if not codes:
        return f"{country_name(country)} has no states that we know. Leave this empty."
    if is_ambiguous:
        return f"“{text}” may mean {' or '.join(sorted(codes))}. Type the code."
    example = min(codes)
    return (
        f"We don't know “{text}” in {country_name(country)}. "
        f"Type the name or code of a state or province, for example {subdivision_name(example)} or {example}."
    )
