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
        ("Merseyside", "GB", "GB-ENG"),
        ("Muscat", "OM", "OM-MA"),
        ("Nairobi", "KE", "KE-30"),
        ("Bratislava", "SK", "SK-BL"),
        ("Shanghai", "CN", "CN-SH"),
        ("Beijing Shi", "CN", "CN-BJ"),
        ("guangdong", "CN", "CN-GD"),
        ("Hong Kong", "CN", "CN-HK"),
        ("Seoul", "KR", "KR-11"),
        ("Seoul-teukbyeolsi", "KR", "KR-11"),
        ("Gyeonggi-do", "KR", "KR-41"),
        ("Jakarta", "ID", "ID-JK"),
        ("Bangkok", "TH", "TH-10"),
        ("Krung Thep Maha Nakhon", "TH", "TH-10"),
        ("Riyadh", "SA", "SA-01"),
        ("Tel Aviv", "IL", "IL-TA"),
        ("Hanoi", "VN", "VN-HN"),
        ("Hà Nội", "VN", "VN-HN"),
        ("Da Nang", "VN", "VN-DN"),
        ("Kuala Lumpur", "MY", "MY-14"),
        ("Attica", "GR", "GR-I"),
        ("Bucharest", "RO", "RO-B"),
        ("Lisbon", "PT", "PT-11"),
        ("Lisboa", "PT", "PT-11"),
        ("Rome", "IT", "IT-RM"),
        ("Belgrade", "RS", "RS-00"),
        ("Zagreb", "HR", "HR-21"),
        ("Masovia", "PL", "PL-14"),
        ("Helsinki", "FI", "FI-18"),
        ("Stockholm", "SE", "SE-AB"),
        ("Cairo", "EG", "EG-C"),
        ("Mexico City", "MX", "MX-CMX"),
        ("CDMX", "MX", "MX-CMX"),
        ("Bogota", "CO", "CO-DC"),
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
    "country",
    [
        "US",
        "CA",
        "DE",
        "AU",
        "IN",
        "GB",
        "AE",
        "ES",
        "FR",
        "IT",
        "NL",
        "CH",
        "AT",
        "BR",
        "MX",
        "CN",
        "KR",
        "ID",
        "TH",
        "SA",
        "IL",
        "VN",
        "MY",
        "GR",
        "RO",
        "PT",
        "RS",
        "HR",
        "PL",
        "FI",
        "SE",
        "EG",
        "CO",
    ],
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
