import pycountry
import pytest
from django.core.exceptions import ValidationError

from careers.geo.countries import subdivision_name
from careers.geo.subdivisions import find_subdivision
from tests.cases import each


@each(
    "text, country, code",
    [
        ("Bavaria", "DE", "DE-BY"),
        ("bayern", "DE", "DE-BY"),
        ("DE-BY", "DE", "DE-BY"),
        (" by ", "DE", "DE-BY"),
        ("North Rhine-Westphalia", "DE", "DE-NW"),
        ("California", "US", "US-CA"),
        ("CA", "US", "US-CA"),
        ("Dubai", "AE", "AE-DU"),
        ("Surrey", "GB", "GB-SRY"),
        ("Québec", "CA", "CA-QC"),
        ("quebec", "CA", "CA-QC"),
        ("", "DE", ""),
        ("", "", ""),
    ],
)
def test_names_and_codes_of_a_country_are_understood(text, country, code):
    assert find_subdivision(text, country) == code


@each(
    "text, country, words",
    [
        ("Bavaria", "FR", "We don't know “Bavaria” in France. Type the name or code"),
        ("US-CA", "DE", "We don't know “US-CA” in Germany"),
        ("zz", "DE", "for example"),
        ("a, b (c", "DE", "for example"),
        ("Bavaria", "", "Choose the country first."),
        ("Somewhere", "AW", "has no states"),
    ],
)
def test_a_refusal_says_what_to_type(text, country, words):
    with pytest.raises(ValidationError) as refusal:
        find_subdivision(text, country)
    assert words in refusal.value.message


@pytest.mark.parametrize(
    "country", ["US", "CA", "DE", "AU", "IN", "GB", "AE", "ES", "FR", "IT", "NL", "CH", "AT", "BR", "MX"]
)
def test_every_name_that_the_portal_prints_leads_back_to_its_code(country):
    """Where two divisions have one name, the refusal lists their codes."""
    lost = []
    for division in pycountry.subdivisions.get(country_code=country):
        try:
            found = find_subdivision(subdivision_name(division.code), country)
        except ValidationError as refusal:
            found = division.code if division.code in refusal.message else ""
        if subdivision_name(found) != subdivision_name(division.code):
            lost.append((division.code, found))
    assert lost == []
