"""Jobs in or around a place, remote ones by the stated rule: the index, the database and a plain reckoning agree."""

import random

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from careers.changes.log import transaction_log
from careers.geo import gazetteer
from careers.geo.place_search import find_city
from careers.postings.job_list import results
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.models import Posting
from careers.search import sync
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, PostingPlaceFactory, RemoteCountryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def index(settings, tmp_path):
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", True
    sync.reset()
    yield
    sync.reset()


def form_of(query):
    return PostingFilterForm(QueryDict(query))


def found(query):
    """By the index, after seeing that the database says the same."""
    form, at = form_of(query), timezone.now()
    ours, truth = results.find_in_index(form, at), results.find_in_database(form, at)
    transaction_log(connection).reset()
    titles = [posting.title for posting in ours.page.object_list]
    assert titles == [posting.title for posting in truth.page.object_list]
    assert ours.facets == truth.facets
    return sorted(titles)


def job(title, *places, remote=(), **fields):
    posting = PostingFactory(title=title, **fields)
    for country, city, *division in places:
        PostingPlaceFactory(posting=posting, country=country, city=city, subdivision="".join(division))
    for country in remote:
        RemoteCountryFactory(posting=posting, country=country)
    return posting


@pytest.fixture
def jobs():
    job("Berlin", ("DE", "Berlin", "DE-BE"))
    job("Potsdam", ("DE", "potsdam"))
    job("Munich", ("DE", "München"))
    job("Bavaria", ("DE", "", "DE-BY"))
    job("Salzburg", ("AT", "Salzburg"))
    job("Both", ("DE", "Berlin"), ("AT", "Wien"), ("DE", "Munich"))
    job("Hamlet", ("DE", "Kleinkleckersdorf"))


@each(
    ("query", "titles"),
    [
        ("near=Germany", ["Bavaria", "Berlin", "Both", "Hamlet", "Munich", "Potsdam"]),
        ("near=Bavaria", ["Bavaria", "Both", "Munich"]),
        ("near=Berlin&within=10", ["Berlin", "Both"]),
        ("near=Berlin&within=50", ["Berlin", "Both", "Potsdam"]),
        ("near=munich", ["Both", "Munich"]),
        ("near=Rosenheim&within=100", ["Both", "Munich", "Salzburg"]),  # over the border
        ("near=Vienna", ["Both"]),
        ("near=Paris", []),
        ("near=Berlin&country=AT", ["Both"]),
    ],
)
def test_a_place_is_searched(jobs, query, titles):
    assert found(query) == titles


def test_a_job_in_several_cities_counts_once(jobs):
    form = form_of("near=Germany")
    assert results.find_in_index(form, timezone.now()).page.paginator.count == 6


def test_a_city_nobody_knows_is_found_by_its_words_and_country_alone(jobs):
    assert found("q=kleinkleckersdorf") == ["Hamlet"]
    assert "Hamlet" not in found("near=Berlin&within=100")


@pytest.fixture
def remote_jobs():
    job("Here", ("DE", "Berlin"))
    job("From Germany", workplace="remote", remote=["DE"])
    job("From France", workplace="remote", remote=["FR"])
    job("From anywhere", workplace="remote")
    job("Office in Munich", ("DE", "Munich"), workplace="remote")
    job("Office in Berlin", ("DE", "Berlin"), workplace="remote", remote=["FR"])
    job("Nowhere stated")


@pytest.mark.parametrize("near", ["Berlin", "Berlin (region)", "Germany"])
def test_remote_jobs_count_where_they_name_the_country_or_none(remote_jobs, near):
    expected = ["From Germany", "From anywhere", "Here", "Office in Berlin", "Office in Munich"]
    assert found(f"near={near}") == expected


@pytest.mark.parametrize("near", ["Berlin", "Berlin (region)", "Germany"])
def test_remote_jobs_can_be_left_out(remote_jobs, near):
    assert found(f"near={near}&remote=no") == ["Here"]


@each(("country", "near"), [("DE", "Germany"), ("FR", "France"), ("NG", "NG"), ("BE", "Belgium")])
def test_a_country_is_the_same_as_a_filter_and_as_a_location(remote_jobs, country, near):
    assert found(f"country={country}") == found(f"near={near}")
    assert "From anywhere" in found(f"country={country}")


def test_a_group_of_countries_is_searched_as_one(remote_jobs):
    job("Lagos", ("NG", "Lagos"))
    job("From Nigeria", workplace="remote", remote=["NG"])
    inside = ["From France", "From Germany", "From anywhere", "Here", "Office in Berlin", "Office in Munich"]
    assert found("near=EU") == found("near=European Union") == inside
    assert "Jobs in the European Union" in form_of("near=EU").sentence


def test_each_country_counts_the_jobs_it_leads_to(remote_jobs):
    for query in ("", "country=DE", "country=DE&country=NG", "country=BE", "level=senior&country=DE"):
        found(query)  # counts as the database does
        facets = results.find_in_index(form_of(query), timezone.now()).facets
        counts = {option.value: option.count for facet in facets if facet.name == "country" for option in facet.options}
        rest = query.replace("country=DE", "").replace("country=NG", "").replace("country=BE", "").strip("&")
        assert counts == {code: len(found(f"{rest}&country={code}")) for code in counts}
        transaction_log(connection).reset()


def test_the_page_says_that_a_country_includes_jobs_open_to_all(client, remote_jobs):
    assert "Includes remote jobs that do not name a country" in client.get("/jobs/?country=DE").text


def test_a_place_whose_division_contradicts_the_city_lies_in_its_division_alone():
    job("Fish", ("US", "Houston", "US-AK"))
    job("Oil", ("US", "Houston", "US-TX"))
    job("Ferry", ("GB", "Newport", "GB-IOW"))
    assert found("near=Houston&remote=no") == ["Oil"]
    assert found("near=Texas&remote=no") == ["Oil"]
    assert found("near=Alaska&remote=no") == found("near=Houston, Alaska, United States&remote=no") == ["Fish"]
    assert found("near=Wales&remote=no") == found("near=Newport, Wales&remote=no") == []
    assert found("near=England&remote=no") == ["Ferry"]


def test_a_region_holds_the_city_of_its_name_where_no_division_is_written():
    job("Honey", ("YE", "Marib"))
    job("Dates", ("YE", "Sanaa"))
    assert found("near=Marib, Yemen&remote=no") == ["Honey"]


def test_keywords_find_a_place_by_its_name_in_another_language(jobs):
    def titles(words):
        listed = results.find_in_index(form_of(f"q={words}"), timezone.now())
        transaction_log(connection).reset()
        return sorted(posting.title for posting in listed.page.object_list)

    assert titles("munich") == titles("münchen") == ["Both", "Munich"]
    assert titles("bavaria") == ["Bavaria", "Both", "Munich"]
    assert "Berlin" in titles("deutschland")
    assert titles("österreich") == ["Both", "Salzburg"]


def test_without_a_place_nothing_is_left_out(remote_jobs):
    assert len(found("remote=no&within=10")) == 7
    assert not form_of("remote=no&within=10").is_filtered


def test_a_moved_job_is_found_where_it_is_now():
    place = PostingPlaceFactory(posting=PostingFactory(title="Post"), country="DE", city="Berlin")
    assert found("near=Berlin") == ["Post"]
    place.city = "Hamburg"
    place.save()
    assert found("near=Berlin") == []
    assert found("near=Hamburg") == ["Post"]


CITIES = [
    ("DE", "Berlin"),
    ("DE", "Potsdam"),
    ("DE", "Leipzig"),
    ("DE", "Halle"),
    ("PL", "Szczecin"),
    ("DE", "Zyzzyva"),
]


@pytest.mark.parametrize("seed", range(3))
def test_the_circle_is_that_of_a_plain_reckoning(seed):
    luck = random.Random(seed)
    # Fewer employers than a facet offers: which of equally filled ones are offered is left open.
    employers = EmployerFactory.create_batch(5)
    for number in range(30):
        fields = {"workplace": luck.choice(["", "onsite", "remote"]), "employer": luck.choice(employers)}
        job(
            f"Post {number}",
            *luck.sample(CITIES, k=luck.randrange(3)),
            remote=luck.sample(["DE", "PL"], k=luck.randrange(2)),
            **fields,
        )
    for query, name, km in [("Berlin", "Berlin", 25), ("Berlin", "Berlin", 100), ("Leipzig", "Leipzig", 50)]:
        for remote in ("", "no"):
            centre = find_city("DE", name)
            truth = [posting.title for posting in Posting.objects.all() if _is_near(posting, centre, km, remote)]
            assert found(f"near={query}&within={km}&remote={remote}")[:20] == sorted(truth)[:20]


def _is_near(posting, centre, km, remote):
    places = list(posting.places.all())
    countries = {place.country for place in places} | {row.country for row in posting.remote_countries.all()}
    cities = [find_city(place.country, place.city) for place in places]
    if any(city and centre.distance(city) <= km for city in cities) and not (remote and posting.workplace == "remote"):
        return True
    return not remote and posting.workplace == "remote" and ("DE" in countries or not countries)


# -- The page


def test_the_page_says_the_place_in_words_and_keeps_it_in_one_filter(client, jobs):
    page = client.get("/jobs/?near=Berlin&within=50&remote=no").text
    assert "Jobs within 50 km of Berlin, Germany, remote jobs excluded" in page
    assert "Location: <bdi>within 50 km of Berlin, Germany</bdi>" in page
    assert "Distance: " not in page
    form = form_of("near=Berlin&within=50&remote=no&q=x")
    assert form.chips[0].query == "q=x"


def test_an_unknown_place_is_said_and_left_out(client, jobs):
    page = client.get("/jobs/?near=<b>Zyzzyva</b>&within=10").text
    assert "We don’t know a place called “<bdi>&lt;b&gt;Zyzzyva&lt;/b&gt;</bdi>”, so we ignored it." in page
    assert "7 jobs" in page


def test_other_places_of_the_name_are_offered_with_the_rest_of_the_search(client):
    page = client.get("/jobs/?near=Cambridge&within=50&workplace=onsite").text
    assert "Showing <bdi>Cambridge, England, United Kingdom</bdi>" in page
    query = "near=Cambridge%2C+Massachusetts%2C+United+States&amp;within=50&amp;workplace=onsite"
    assert f'/jobs/?{query}"' in page


def test_the_rule_for_remote_jobs_is_said(client, jobs):
    assert "Includes remote jobs open to people in Germany" in client.get("/jobs/?near=Berlin").text
    assert "remote jobs excluded" in client.get("/jobs/?near=Berlin&remote=no").text


def test_nothing_found_offers_the_nearest_wider_radius_with_its_count(client, jobs):
    page = client.get("/jobs/?near=Potsdam&within=10&q=berlin").text
    assert "2 jobs within 50 km of <bdi>Potsdam, Brandenburg, Germany</bdi>" in page
    assert "within=50" in page


def test_nothing_found_far_around_offers_no_radius(client, jobs):
    assert " km of <bdi>" not in client.get("/jobs/?near=Lisbon&within=10").text.split("result-line")[1]


@each(
    "near", ["%00", "'\"<", "x" * 5000, ",,,,", "(region)", "\u202eBerlin", "🦉, 🦉", "%25", "[", "Paris, Paris, Paris"]
)
def test_odd_places_are_pages_too(client, near):
    assert client.get("/jobs/", {"near": near, "within": ["abc", "-1"], "remote": "maybe"}).status_code == 200


def test_a_feed_takes_the_same_place(client, jobs):
    titles = [entry["title"] for entry in client.get("/jobs/feed.json?near=Berlin&within=50").json()["items"]]
    assert sorted(title.split(" – ")[0] for title in titles) == ["Berlin", "Both", "Potsdam"]


def test_a_place_takes_no_more_queries_than_none(
    client, jobs, django_assert_num_queries, django_assert_max_num_queries
):
    client.get("/jobs/")
    sync.reset()  # forgets the rows of cards and facets
    with django_assert_max_num_queries(8) as plain:
        client.get("/jobs/?country=DE")
    most = len(plain)
    for query in ("near=Berlin&within=100", "near=Germany", "near=Lisbon&within=10"):
        sync.reset()
        with django_assert_max_num_queries(most):
            client.get(f"/jobs/?{query}")


def test_the_radius_of_a_country_means_nothing():
    assert form_of("near=Germany&within=10").query() == "near=Germany"
    assert form_of("near=Berlin&within=25").query() == "near=Berlin"
    assert form_of("near=Berlin&within=50&within=10").query() == "near=Berlin&within=10"
    assert gazetteer.distances_within(find_city("DE", "Berlin"), 25)
