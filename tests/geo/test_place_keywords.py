"""Keywords that name a place, besides whatever else they mean."""

import pytest

from careers.geo.place_search import place_named


@pytest.mark.parametrize(
    ("word", "code"), [("cologne", "DE-NW"), ("deutschland", ""), ("uk", ""), ("bavaria", "DE-BY")]
)
def test_a_keyword_may_name_a_place(word, code):
    assert place_named(word).subdivision == code


@pytest.mark.parametrize(
    "word",
    [
        "it",
        "us",
        "and",
        "data",
        "nurse",
        "engineer",
        "remote",
        "sales",
        "part",
        "rest",
        "central",
        "city",
        "lion",
        "spoken",
        "google",
        "java",
        "scania",
        "red sea",
        "",
    ],
)
def test_most_keywords_name_none(word):
    assert place_named(word) is None
