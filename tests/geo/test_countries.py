import pytest
from django.core.exceptions import ValidationError

from careers.geo.countries import WITH_ARTICLE, country_names, country_with_article, place_name, validate_subdivision
from tests.factories import PayClaimFactory


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("DE", "", "Berlin"), "Berlin, Germany"),
        (("DE", "DE-BE", "Berlin"), "Berlin, Germany"),
        (("US", "US-TX", "Austin"), "Austin, Texas, United States"),
        (("AE", "AE-DU", ""), "Dubai, United Arab Emirates"),
        (("", "", ""), ""),
        (("SG", "", "Singapore"), "Singapore"),
    ],
)
def test_a_place_is_written_from_small_to_large_without_repeats(parts, text):
    assert place_name(*parts) == text


def test_namibia_is_a_country_and_not_missing():
    assert country_names()["NA"] == "Namibia"


@pytest.mark.parametrize("code", ["DU", "AE-XX", "Dubai", "ae-du"])
def test_an_unknown_subdivision_is_refused_with_examples(code):
    with pytest.raises(ValidationError, match="AE-DU"):
        validate_subdivision(code)


@pytest.mark.django_db
def test_a_subdivision_belongs_to_its_country():
    claim = PayClaimFactory.build(country="DE", subdivision="AE-DU")
    with pytest.raises(ValidationError, match="Choose a state or province in this country"):
        claim.full_clean(exclude=["role"])


def test_some_countries_have_an_article_within_a_sentence():
    assert [country_with_article(code) for code in ("DE", "NL", "GB")] == [
        "Germany",
        "the Netherlands",
        "the United Kingdom",
    ]
    assert country_names().keys() >= WITH_ARTICLE
