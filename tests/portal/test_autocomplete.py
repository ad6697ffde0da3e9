"""What is suggested while somebody types."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from careers.occupations.models import Occupation
from tests import factories
from tests.cases import each

pytestmark = pytest.mark.django_db


@pytest.fixture
def suggested(client, own_index):
    """suggested(typed) -> [(text, kind)]"""

    def asked(typed, **query):
        answer = client.get("/search/suggest/", {"q": typed, **query})
        own_index.turn()
        return [(each["text"], each["kind"]) for each in answer.json()["suggestions"]]

    return asked


@pytest.fixture
def some(db):
    guide = factories.RoleFactory(title="Data Engineer")
    factories.AlternateTitleFactory(role=guide, title="ETL developer")
    factories.RoleSkillFactory(role=guide, skill=factories.SkillAliasFactory(name="Databases", skill__name="SQL").skill)
    factories.PostingFactory(role=guide, title="Data wanted", employer__name="Datawerk")
    factories.OccupationFactory(title="Data Scientists")
    return guide


def test_names_that_begin_so_are_suggested_kind_by_kind(suggested, some):
    found = [("Data Engineer", "Guide"), ("SQL", "Skill"), ("Datawerk", "Employer"), ("Data Scientists", "Occupation")]
    assert suggested("dat") == suggested("DÁT") == found


@pytest.mark.parametrize("typed", ["engi", "data eng", "engineer da"])
def test_any_word_may_be_the_one_that_is_typed(suggested, some, typed):
    assert suggested(typed) == [("Data Engineer", "Guide")]


def test_a_guide_is_suggested_by_another_title_which_is_named(client, own_index, some):
    answer = client.get("/search/suggest/?q=etl").json()
    suggestion = {"text": "Data Engineer", "kind": "Guide", "also": "ETL developer", "url": "/roles/data-engineer/"}
    assert answer == {"suggestions": [suggestion]}


def addresses(client, own_index, **query):
    answer = client.get("/search/suggest/", query).json()
    own_index.turn()
    return {(each["text"], each["kind"]): each["url"] for each in answer["suggestions"]}


def test_a_suggestion_opens_what_it_names(client, own_index, some):
    found = addresses(client, own_index, q="dat")
    assert found == {
        ("Data Engineer", "Guide"): "/roles/data-engineer/",
        ("SQL", "Skill"): "",  # the search shows the guides, jobs and resources of a skill
        ("Datawerk", "Employer"): "/jobs/?employer=datawerk",
        ("Data Scientists", "Occupation"): Occupation.objects.get().get_absolute_url(),
    }
    for url in filter(None, found.values()):
        assert client.get(url).status_code == 200


def test_among_jobs_a_suggestion_is_searched_for(client, own_index, some):
    assert set(addresses(client, own_index, q="dat", among="jobs").values()) == {""}


@each("typed", ["data eng salary", "salary data engineer", "how much does a data eng", "data engineer pay canada"])
def test_who_asks_for_pay_is_led_to_it(client, own_index, some, typed):
    found = addresses(client, own_index, q=typed)
    assert found == {("Data Engineer", "Pay in the guide"): "/roles/data-engineer/#pay"}


def test_what_begins_with_all_that_is_typed_comes_first(suggested):
    for title in ("Big Data Nurse", "Data Nurse of the ward", "Data Nurse"):
        factories.RoleFactory(title=title)
    assert [text for text, _ in suggested("data n")] == ["Data Nurse", "Data Nurse of the ward", "Big Data Nurse"]


def test_among_jobs_no_occupation_is_suggested(suggested, some):
    assert ("Data Scientists", "Occupation") not in suggested("data", among="jobs")
    assert ("Data Engineer", "Guide") in suggested("data", among="jobs")


def test_no_more_than_eight_are_suggested_and_each_kind_has_its_share(suggested):
    for number in range(12):
        factories.OccupationFactory(title=f"Nurse {number}")
        factories.PostingFactory(employer__name=f"Nurses & {number}")
    factories.RoleFactory(title="Nurse")
    found = suggested("nurse")
    assert len(found) == 8
    assert found[0] == ("Nurse", "Guide")
    assert {kind for _, kind in found} == {"Guide", "Employer", "Occupation"}


def test_one_text_is_suggested_once(suggested):
    factories.RoleFactory(title="Nurse")
    factories.OccupationFactory(title="nurse")
    assert suggested("nur") == [("Nurse", "Guide")]


def test_nothing_that_readers_may_not_see_is_suggested(suggested):
    factories.RoleFactory(title="Secret guide", draft=True)
    for trait in ("draft", "closed", "withdrawn", "scheduled"):
        factories.PostingFactory(employer__name=f"Secret {trait}", **{trait: True})
    factories.SkillFactory(name="Secret skill")
    factories.OccupationFactory(title="Secret work", withdrawn_in=factories.ReleaseFactory())
    assert suggested("secret") == []


@each("typed", ["", "d", " ", "\0", "*", '"', "🎸", "(((", "a" * 5000, "x " * 3000, "‮ab", "zyzzyva"])
def test_odd_or_short_input_gets_an_empty_list(suggested, some, typed):
    assert suggested(typed) == []


def test_the_number_of_queries_does_not_grow(suggested, some):
    def number():
        with CaptureQueriesContext(connection) as queries:
            suggested("data")
            return len(queries)

    suggested("data")
    few = number()
    for number_of in range(3):
        guide = factories.AlternateTitleFactory(title=f"Data {number_of}").role
        factories.RoleSkillFactory(role=guide, skill__name=f"Data skill {number_of}")
        factories.PostingFactory(employer__name=f"Data firm {number_of}")
        factories.OccupationFactory(title=f"Data people {number_of}")
    suggested("data")
    assert number() == few <= 8


def test_without_an_index_nothing_is_suggested_and_that_is_not_kept(client):
    """As inside a transaction, where it does not answer."""
    factories.RoleFactory(title="Data Engineer")
    response = client.get("/search/suggest/?q=data")
    assert response.json() == {"suggestions": []}
    assert "no-store" in response["Cache-Control"]


def test_suggestions_are_no_page_for_search_engines(client):
    assert client.get("/search/suggest/?q=data")["X-Robots-Tag"] == "noindex"


def test_only_reading_is_answered(client):
    assert client.post("/search/suggest/", {"q": "data"}).status_code == 405
