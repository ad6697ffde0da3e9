"""What people write for a place, and where it lies."""

import json

import pytest

from careers.geo import gazetteer
from careers.geo.place_search import find_city, find_places, other_places, subdivision_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Germany", "Germany"),
        ("deutschland", "Germany"),
        ("UK", "United Kingdom"),
        ("Bavaria", "Bayern, Germany"),
        ("bayern", "Bayern, Germany"),
        ("Madrid (region)", "Madrid, Spain"),
        ("Munich", "Munich, Bayern, Germany"),
        ("  MÜNCHEN ", "Munich, Bayern, Germany"),
        ("munchen", "Munich, Bayern, Germany"),
        ("東京", "Tokyo, Japan"),
        ("Paris", "Paris, Île-de-France, France"),
        ("Paris, TX", "Paris, Texas, United States"),
        ("Paris, Texas, United States", "Paris, Texas, United States"),
        ("Cambridge", "Cambridge, England, United Kingdom"),
        ("cambridge massachusetts", "Cambridge, Massachusetts, United States"),
        ("Lyon, France", "Lyon, Auvergne-Rhône-Alpes, France"),
        ("Cologne", "Köln, Nordrhein-Westfalen, Germany"),
    ],
)
def test_a_place_is_understood(text, words):
    assert find_places(text)[0].label == words


@pytest.mark.parametrize(
    "text", ["", ",", "Zyzzyva", "Paris, Zyzzyva", "Paris, Germany", "%00", "🦉", "(region)", "x" * 200]
)
def test_what_is_no_place_is_not_understood(text):
    assert find_places(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Georgia", "country"),  # before the region of the United States
        ("Georgia, US", "region"),
        ("New York", "city"),  # large, and its country has a region of that name
        ("New York (region), United States", "region"),
        ("Ontario", "region"),  # the city lies in another country
        ("California", "region"),  # the town of that name is small
    ],
)
def test_a_name_of_several_kinds_is_taken_by_the_rule(text, kind):
    place = find_places(text)[0]
    assert ("city" if place.city else "region" if place.subdivision else "country") == kind


def test_other_places_of_the_name_are_offered_in_words_that_mean_them():
    offered = other_places("Cambridge")
    assert "Cambridge, Massachusetts, United States" in [place.search_text for place in offered]
    assert [find_places(place.search_text)[0] for place in offered] == offered


def test_a_place_that_only_goes_by_the_name_is_not_offered():
    assert "ZA" not in {place.country for place in other_places("Paris")}  # Parys


def test_a_written_place_lies_in_its_division_where_several_cities_share_a_name():
    assert subdivision_of(find_city("US", "Springfield", "US-IL")) == "US-IL"
    assert subdivision_of(find_city("US", "Springfield")) == "US-MO"


def test_a_city_of_another_country_is_no_answer():
    assert find_city("GB", "Munich") is None
    assert find_city("DE", "Kleinkleckersdorf") is None
    assert find_city("DE", "") is None


def test_what_lies_around_a_city_is_measured_along_the_globe():
    berlin, potsdam, hamburg = (find_city("DE", name) for name in ("Berlin", "Potsdam", "Hamburg"))
    assert 250 < berlin.distance(hamburg) < 260
    assert berlin.id in gazetteer.distances_within(berlin, 10)
    assert potsdam.id not in gazetteer.distances_within(berlin, 10)
    assert potsdam.id in gazetteer.distances_within(berlin, 50)


def test_what_lies_around_is_a_circle():
    berlin = find_city("DE", "Berlin")
    cities = map(gazetteer.City._make, gazetteer._connection().execute("SELECT * FROM city"))
    assert set(gazetteer.distances_within(berlin, 100)) == {city.id for city in cities if berlin.distance(city) <= 100}


def test_what_lies_around_reaches_over_the_date_line():
    here = gazetteer.City(0, "", "", "", -16.5, 179.9, 0)
    everything = set(gazetteer.distances_within(here, 300))
    there = gazetteer.City(0, "", "", "", -16.5, -179.9, 0)
    assert everything
    assert here.distance(there) < 25
    assert set(gazetteer.distances_within(there, 250)) <= everything


def test_the_file_is_made_once_and_again_when_it_was_taken_away(settings, tmp_path, monkeypatch):
    entries = {"1": _entry(1, "Aville", ["Avilla"]), "2": _entry(2, "Bville {odd}", [])}
    _package_of(tmp_path, monkeypatch, entries)
    settings.GAZETTEER_DIR = tmp_path / "made"
    assert gazetteer.cities_named("avilla")[0].name == "Aville"
    gazetteer.cities_named.cache_clear()
    next((tmp_path / "made").iterdir()).unlink()
    monkeypatch.delattr(gazetteer._local, "path")
    assert gazetteer.cities_named("bville odd")[0].id == 2
    assert len(list((tmp_path / "made").iterdir())) == 1


def test_the_file_can_be_made_before_anybody_asks(settings, tmp_path, monkeypatch):
    _package_of(tmp_path, monkeypatch, {"1": _entry(1, "Aville", [])})
    settings.GAZETTEER_DIR = tmp_path / "made"
    gazetteer.build_database()
    assert len(list((tmp_path / "made").iterdir())) == 1


def test_where_no_file_can_be_written_it_is_kept_in_memory(settings, tmp_path, monkeypatch):
    _package_of(tmp_path, monkeypatch, {"1": _entry(1, "Aville", [])})
    (tmp_path / "file").write_text("in the way")
    settings.GAZETTEER_DIR = tmp_path / "file"
    assert gazetteer.cities_named("Aville")[0].id == 1


def test_cities_are_read_whole_over_the_ends_of_portions(tmp_path, monkeypatch):
    entries = {str(number): _entry(number, f"Aville {number}", []) for number in range(1, 40)}
    _package_of(tmp_path, monkeypatch, entries)
    monkeypatch.setattr(gazetteer, "CHUNK_SIZE", 100)
    assert [entry["geonameid"] for entry in gazetteer._entries()] == list(range(1, 40))


def _entry(number, name, other_places):
    return {
        "geonameid": number, "name": name, "countrycode": "DE", "admin1code": "02", "latitude": 48.1, "longitude": 11.5,
        "population": 9000, "alternatenames": other_places,
    }  # fmt: skip


def _package_of(tmp_path, monkeypatch, entries):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / f"cities{gazetteer.MIN_POPULATION}.json").write_text(json.dumps(entries))
    monkeypatch.setattr(gazetteer, "files", lambda package: tmp_path)
    monkeypatch.setattr(gazetteer, "_in_memory", [])
    monkeypatch.setattr(gazetteer, "_local", type(gazetteer._local)())
    gazetteer.cities_named.cache_clear()


@pytest.fixture(autouse=True)
def _nothing_remembered():
    yield
    gazetteer.cities_named.cache_clear()
