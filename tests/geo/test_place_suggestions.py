"""Places suggested while somebody types."""

import pytest

from careers.geo.place_search import find_places
from careers.geo.place_suggestions import MAX_SUGGESTIONS, suggest_places
from tests.cases import each


def texts(typed):
    return [suggestion.text for suggestion in suggest_places(typed)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ber", "Berlin, Germany"),
        ("BERL", "Berlin, Germany"),
        ("ger", "Germany"),
        ("united k", "United Kingdom"),
        ("muenc", "Munich, Bayern, Germany"),
        ("münc", "Munich, Bayern, Germany"),
        ("uk", "United Kingdom"),
        ("bavar", "Bayern, Germany"),
        ("paris, t", "Paris, Texas, United States"),
        ("european u", "European Union"),
        ("東京", "Tokyo, Japan"),
    ],
)
def test_what_is_meant_most_likely_comes_first(typed, first):
    assert texts(typed)[0] == first


@each("typed", ["be", "san", "new", "la", "cambridge", "münster", "geor", "york", "st", "ontario", "valencia"])
def test_each_text_is_taken_for_the_place_it_names(typed):
    """The search takes each for one place, and no two for the same."""
    places = [find_places(text)[0] for text in texts(typed)]
    assert len(places) == len(set(places)) > 1
    assert len(places) <= MAX_SUGGESTIONS


def test_the_name_that_was_typed_is_said_where_it_is_another_one():
    [munich] = suggest_places("muenchen")[:1]
    assert (munich.text, munich.kind, munich.also) == ("Munich, Bayern, Germany", "City", "Muenchen")
    assert suggest_places("berlin")[0].also == ""


@each("typed", ["", "b", "  ", ",", ", germany", "%", "_", "zyzzyva", "x" * 81, "\0", "🦉", "'; --", "berlin, zyzzyva"])
def test_what_is_no_beginning_of_a_place_gets_no_suggestions(typed):
    assert suggest_places(typed) == ()


@pytest.mark.django_db
def test_the_address_answers_as_that_of_other_suggestions(client, django_assert_num_queries):
    response = client.get("/search/places/?q=berl")
    assert response.json()["suggestions"][0] == {"text": "Berlin, Germany", "kind": "City", "also": ""}
    assert response["X-Robots-Tag"] == "noindex"
    assert client.get("/search/places/").json() == {"suggestions": []}
    assert client.post("/search/places/").status_code == 405
    with django_assert_num_queries(0):  # the gazetteer is no table of the database
        client.get("/search/places/?q=pots")
