"""Places as people and the portal itself write them."""

import sqlite3

import pycountry
import pytest
from babel import localedata
from hypothesis import given
from hypothesis import strategies as st

from careers.core.text import fold_text
from careers.geo import gazetteer, place_names, place_search
from careers.geo.countries import (
    country_facts,
    country_groups,
    country_name,
    country_names,
    place_name,
    subdivision_and_parents,
    subdivision_name,
)
from careers.geo.place_search import (
    PlaceMatch,
    city_of_region,
    find_city,
    find_places,
    other_places,
    subdivision_of,
)
from tests.cases import each

GREAT = 200_000


def first(text):
    found = find_places(text)
    return found[0] if found else None


def kind(place):
    return "city" if place.city else "region" if place.subdivision else "country"


def meaning(text):
    place = first(text)
    return place and f"{kind(place)} {place.subdivision or place.country}"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Washington, D.C.", "city US-DC"),
        ("Washington DC", "city US-DC"),
        ("U.K.", "country GB"),
        ("U.S.A.", "country US"),
        ("u.s.", "country US"),
        ("Surrey, UK", "region GB-SRY"),
        ("Kent, England", "region GB-KEN"),
        ("Leeds, West Yorkshire, UK", "city GB-ENG"),
        ("Leeds, West Yorkshire", "city GB-ENG"),
        ("Cork, Co. Cork, Ireland", "city IE-M"),
        ("Co. Cork", "region IE-CO"),
        ("County Cork, Ireland", "region IE-CO"),
        ("Germany, Berlin", "city DE-BE"),
        ("UK, England, Leeds", "city GB-ENG"),
        ("Россия", "country RU"),
        ("日本", "country JP"),
        ("Deutschland", "country DE"),
        ("Allemagne", "country DE"),
        ("Republic of Ireland", "country IE"),
        ("Kingdom of Spain", "country ES"),
        ("Federal Republic of Germany", "country DE"),
        ("Ivory Coast", "country CI"),
        ("Kosovo", "country XK"),
        ("EU", "country EU"),
        ("European Union", "country EU"),
        ("Europe", "country europe"),
        ("Berlin, EU", "city DE-BE"),
        ("IN", "country IN"),
        ("in", "country IN"),
        ("eu", "country EU"),
        ("TX", "region US-TX"),
        ("NSW", "region AU-NSW"),
        ("US-TX", "region US-TX"),
        ("Korea", "country KR"),
        ("New York State", "region US-NY"),
        ("Washington State", "region US-WA"),
        ("Greater Manchester", "city GB-ENG"),
        ("Limburg", "region NL-LI"),
        ("Maharashtra", "region IN-MH"),
        ("Latin America", "country latin-america"),
        ("Flanders", "region BE-VLG"),
        ("Vlaanderen", "region BE-VLG"),
        ("Wallonia", "region BE-WAL"),
        ("Comunidad Valenciana", "region ES-VC"),
        ("Prague", "city CZ"),
        ("Rāmnagar, Bihar, India", "city IN-BR"),
    ],
)
def test_a_written_place_is_understood(text, meant):
    assert meaning(text) == meant


def test_bare_codes_of_countries_mean_the_country():
    meant = {code: (first(code), first(code.lower())) for code in country_names()}
    assert {code: pair for code, pair in meant.items() if pair != (PlaceMatch(code), PlaceMatch(code))} == {}


def great_cities():
    rows = gazetteer._select("SELECT * FROM city WHERE population >= ?", (GREAT,))
    return [gazetteer.City(*row) for row in rows]


def people(place):
    """Those of a country; those known of a region; those of a city."""
    if place.city:
        return place.city.population
    if place.subdivision:
        cities = gazetteer._select("SELECT * FROM city WHERE country = ?", (place.country,))
        return sum(
            city.population for city in map(gazetteer.City._make, cities) if subdivision_of(city) == place.subdivision
        )
    return country_facts()[place.country]["population"]


def test_a_great_city_comes_before_smaller_foreign_places_of_its_name():
    """The first meaning is a city of the name, a place of the same country, or one with more people."""
    wrong = []
    for city in great_cities():
        meant = first(city.name)
        is_city = meant.city and fold_text(meant.city.name) == fold_text(city.name)
        if not is_city and meant.country != city.country and people(meant) < city.population:
            wrong.append((city.name, city.country, meant))
    assert wrong == []


def test_a_great_city_is_meant_or_offered():
    """The largest of a name in a country; not those whose country has the same name, since that contains them."""
    missing = []
    for city in great_cities():
        found = find_places(city.name)
        if city.id != (largest := find_city(city.country, city.name)).id and largest.population >= city.population:
            continue
        if not any(place.city and place.city.id == city.id for place in found):
            missing.append((city.name, city.country))
    assert missing == []


@pytest.mark.parametrize(
    ("name", "code", "other"),
    [
        ("Manchester", "GB-ENG", "Manchester, Jamaica"),
        ("Portland", "US-OR", "Portland, Jamaica"),
        ("Münster", "DE-NW", "Munster, Ireland"),
        ("Norfolk", "US-VA", "Norfolk, United Kingdom"),
        ("Charlotte", "US-NC", "Charlotte, St. Vincent"),
        ("Saint Paul", "US-MN", "Saint Paul"),
        ("Salvador", "", "El Salvador"),
    ],
)
def test_the_smaller_places_are_offered(name, code, other):
    assert first(name).city
    assert first(name).subdivision == code
    offered = [place.search_text.replace(" (region)", "") for place in other_places(name)]
    assert any(text.startswith(other) for text in offered), offered


def test_a_region_with_more_people_than_the_city_stays_first():
    assert meaning("Victoria") == "region AU-VIC"


# -- What the portal prints reads back


def is_region_or_city_of_its_name(place, code):
    """A region and a city of its name inside the country are written the same."""
    if place is None or place.country != code[:2]:
        return False
    if place.city:
        return place.city in gazetteer.cities_named(subdivision_name(code), code[:2])
    return place.subdivision in subdivision_and_parents(code) or (
        fold_text(subdivision_name(place.subdivision)) == fold_text(subdivision_name(code))
    )


def test_each_printed_country_and_group_reads_back():
    wrong = [code for code in country_names() if first(country_name(code)) != PlaceMatch(code)]
    wrong += [code for code in country_groups() if first(PlaceMatch(code).label) != PlaceMatch(code)]
    assert wrong == []


def test_each_printed_subdivision_reads_back():
    wrong = []
    for subdivision in pycountry.subdivisions:
        text = place_name(subdivision.country_code, subdivision.code)
        place = first(text)
        is_country = place and place.label.replace(",", "") == text.replace(",", "")  # Luxembourg; Hong Kong
        if not is_country and not is_region_or_city_of_its_name(place, subdivision.code):
            wrong.append((subdivision.code, text, place and place.label))
    assert wrong == []


CITIES = st.integers(min_value=0, max_value=60_000).map(
    lambda row: gazetteer.City(*gazetteer._select("SELECT * FROM city ORDER BY id LIMIT 1 OFFSET ?", (row,))[0])
)


@given(CITIES)
def test_each_printed_city_reads_back_to_the_city_that_jobs_there_are_found_by(city):
    for subdivision in {"", subdivision_of(city)}:
        place = first(place_name(city.country, subdivision, city.name))
        if place == PlaceMatch(city.country):
            assert fold_text(city.name) in fold_text(country_name(city.country))  # Singapore
            continue
        assert (place.city or city_of_region(place)) == find_city(city.country, city.name, subdivision)


@given(CITIES)
def test_each_offered_search_text_reads_back(city):
    for place in [*find_places(city.name)[:1], *other_places(city.name)]:
        assert first(place.search_text) is not None
    assert all(first(place.search_text) == place for place in other_places(city.name))


# -- Written places that contradict the gazetteer


@pytest.mark.parametrize(
    ("country", "city", "subdivision"),
    [("US", "Houston", "US-AK"), ("US", "Denver", "US-PA"), ("DE", "München", "DE-HH"), ("FR", "Lyon", "FR-BRE")],
)
def test_a_division_that_contradicts_the_city_leaves_no_city(country, city, subdivision):
    assert find_city(country, city)
    assert find_city(country, city, subdivision) is None


@each(
    "text, meant",
    [
        ("Boulder, Connecticut, United States", "region US-CT"),
        ("Boulder, Connecticut", "region US-CT"),
        ("Houston, Georgia, United States", "region US-GA"),
        ("Lyon, Bretagne, France", "region FR-BRE"),
        ("München, Hamburg, Germany", "region DE-HH"),
        ("Unknown Village, Kansas, United States", "region US-KS"),
        ("Unknown Village, United States", None),
        ("Unknown Village, Mexico", None),
        ("Unknown Village, Georgia", None),
    ],
)
def test_a_place_whose_city_is_not_in_its_division_is_the_division(text, meant):
    assert meaning(text) == meant


@given(CITIES, st.sampled_from([division.code for division in pycountry.subdivisions.get(country_code="US")]))
def test_a_printed_place_of_a_posting_is_always_understood(city, subdivision):
    country = subdivision[:2]
    place = first(place_name(country, subdivision, city.name))
    assert place
    assert place.country == country
    assert find_city(country, city.name, subdivision) in (place.city, city_of_region(place))


def test_the_codes_of_divisions_are_those_of_iso():
    codes = {subdivision.code for subdivision in pycountry.subdivisions}
    rows = gazetteer._select("SELECT DISTINCT country, admin1 FROM city", ())
    found = {subdivision_of(gazetteer.City(0, "", country, admin1, 0, 0, 0)) for country, admin1 in rows if admin1}
    assert found - codes == {""}
    capitals = {
        "Raipur": "IN-CG",
        "Dehradun": "IN-UK",
        "Cork": "IE-M",
        "Kampala": "UG-C",
        "München": "DE-BY",
        "Perth": "AU-WA",
    }
    assert {name: subdivision_of(find_city(code[:2], name)) for name, code in capitals.items()} == capitals


def test_a_city_is_taken_inside_its_written_division():
    newport = find_city("GB", "Newport", "GB-IOW")
    assert (subdivision_of(newport), newport.population < 100_000) == ("GB-ENG", True)
    assert subdivision_of(find_city("FR", "Paris", "FR-75C")) == "FR-IDF"
    assert subdivision_of(find_city("BE", "Namur", "BE-WNA")) == "BE-WAL"
    assert find_city("BG", "Sofia", "BG-22").population > 1_000_000  # where divisions are not known, none contradicts


# -- Names


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("BE-WNA", "Namur"),
        ("BE-WAL", "Wallonia"),
        ("BE-BRU", "Brussels"),
        ("ES-VC", "Comunitat Valenciana"),
        ("ES-MD", "Madrid"),
        ("BG-23", "Sofia"),
        ("BG-22", "Sofia City"),
        ("GB-EDH", "Edinburgh"),
        ("IN-MH", "Maharashtra"),
        ("YE-BA", "Al Bayda"),
        ("LV-RIX", "Rīga"),
        ("GB-NMD", "Newry, Mourne and Down"),
        ("GB-WLS", "Wales"),
        ("PH-07", "Central Visayas"),
        ("RU-TA", "Tatarstan"),
        ("SE-AB", "Stockholm"),
        ("SE-M", "Skåne"),
        ("SE-N", "Halland"),
        ("CN-BJ", "Beijing"),
        ("CN-GD", "Guangdong"),
        ("CN-NM", "Inner Mongolia"),
        ("KR-11", "Seoul"),
        ("KR-26", "Busan"),
        ("KR-41", "Gyeonggi"),
        ("KR-49", "Jeju"),
        ("TH-10", "Bangkok"),
        ("SA-01", "Riyadh"),
        ("EG-C", "Cairo"),
        ("CO-DC", "Bogotá"),
        ("FR-973", "Guyane"),
    ],
)
def test_divisions_are_named_as_people_write_them(code, name):
    assert subdivision_name(code) == name


def test_no_name_of_a_division_is_bracketed_or_turned_round():
    names = [subdivision_name(subdivision.code) for subdivision in pycountry.subdivisions]
    odd = [name for name in names if set("[](") & set(name) or name != name.strip() or not name]
    assert odd == []


def test_kosovo_is_a_country_with_a_name():
    assert place_name("XK", "", "Pristina") == "Pristina, Kosovo"
    assert meaning("Pristina, Kosovo") == "city XK"


def test_a_long_text_is_no_place_and_is_not_looked_up(monkeypatch):
    monkeypatch.setattr(place_search, "_candidates", lambda *_: pytest.fail("looked up"))
    assert find_places("a," * 90) == find_places("a " * 90) == ()


# -- Memory


def test_the_names_of_countries_leave_no_languages_in_memory():
    for names in (place_names.own_country_names, place_names.foreign_country_names, place_names._territories):
        names.cache_clear()
    before = set(localedata._cache)
    assert place_names.own_country_names()["россия"] == ("RU",)
    assert place_names.foreign_country_names()["allemagne"] == ("DE",)
    assert set(localedata._cache) <= before


# -- A damaged file


def test_a_damaged_gazetteer_is_built_again(settings, tmp_path, monkeypatch):
    settings.GAZETTEER_DIR = tmp_path / "made"
    monkeypatch.setattr(gazetteer, "_local", type(gazetteer._local)())
    monkeypatch.setattr(gazetteer, "_entries", lambda: iter([ENTRY]))
    gazetteer.cities_named.cache_clear()
    assert gazetteer.cities_named("Aville")
    file = next((tmp_path / "made").iterdir())
    for damage in (b"", b"x" * 5000, file.read_bytes()[:1000]):
        file.write_bytes(damage)
        gazetteer.cities_named.cache_clear()
        monkeypatch.setattr(gazetteer, "_local", type(gazetteer._local)())
        assert gazetteer.cities_named("Aville")[0].name == "Aville"
        assert sqlite3.connect(file).execute("SELECT COUNT(*) FROM city").fetchone() == (1,)


ENTRY = {
    "geonameid": 1, "name": "Aville", "countrycode": "DE", "admin1code": "02", "latitude": 48.1, "longitude": 11.5,
    "population": 9000, "alternatenames": [],
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nothing_remembered():
    yield
    gazetteer.cities_named.cache_clear()
