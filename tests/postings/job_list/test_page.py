"""The list of jobs: filters, pages, and what search engines are told about it."""

from datetime import timedelta
from urllib.parse import quote

import pytest
from django.http import QueryDict
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.postings.job_list.form import PostingFilterForm
from careers.postings.models import Posting
from tests.cases import each
from tests.factories import (
    AlternateTitleFactory,
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    RemoteCountryFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def titles(client, query=""):
    page = client.get(f"/jobs/?{query}").context["page"]
    return [posting.title for posting in page.object_list]


def option_counts(client, name, query=""):
    facets = {facet.name: facet for facet in client.get(f"/jobs/?{query}").context["facets"]}
    return {option.value: option.count for option in facets[name].options}


@each(
    ("typed", "expected"),
    [
        ("cook", ["Head chef and cook", "Night cook"]),
        ("jobs for a cook", ["Head chef and cook", "Night cook"]),
        ("cook -night", ["Head chef and cook"]),
        ('"head chef" cook', ["Head chef and cook"]),
        ('"chef head"', []),
        ("😀", []),
        ("---", []),
    ],
)
def test_the_database_reads_keywords_as_the_index_does(client, typed, expected):
    """These tests run in a transaction, inside of which the index does not answer."""
    for title in ("Head chef and cook", "Night cook", "Welder"):
        PostingFactory(title=title)
    assert sorted(titles(client, f"q={quote(typed)}")) == expected


@pytest.fixture
def three(db):
    """One posting each for a data engineer in Berlin, a nurse in Lagos, and remote work open to Germany and France."""
    engineer = PostingFactory(
        title="Data Engineer",
        role=RoleFactory(title="Data Engineer"),
        employer=EmployerFactory(name="Kiln"),
        workplace="onsite",
        employment_type="full_time",
        level="senior",
    )
    PostingPlaceFactory(posting=engineer)
    nurse = PostingFactory(
        title="Nurse", employer=EmployerFactory(name="Ward"), workplace="hybrid", employment_type="part_time"
    )
    PostingPlaceFactory(posting=nurse, country="NG", city="Lagos")
    writer = PostingFactory(title="Writer", workplace="remote", level="entry", description="Prose about ceramics.")
    for country in ("DE", "FR"):
        RemoteCountryFactory(posting=writer, country=country)
    return {posting.title: posting for posting in (engineer, nurse, writer)}


@each(
    ("query", "found"),
    [
        ("role=data-engineer", {"Data Engineer"}),
        ("country=DE", {"Data Engineer", "Writer"}),
        ("country=FR", {"Writer"}),
        ("country=NG&country=FR", {"Nurse", "Writer"}),
        ("workplace=onsite&workplace=remote", {"Data Engineer", "Writer"}),
        ("country=DE&workplace=remote", {"Writer"}),
        ("type=part_time", {"Nurse"}),
        ("level=senior&level=entry", {"Data Engineer", "Writer"}),
        ("employer=kiln&employer=ward", {"Data Engineer", "Nurse"}),
        ("employer=kiln&type=part_time", set()),
        ("q=ceramics", {"Writer"}),
        ("q=data+kiln", {"Data Engineer"}),
        ("q=lagos", {"Nurse"}),
        ("q=data+ceramics", set()),
        ("posted=7", {"Data Engineer", "Nurse", "Writer"}),
    ],
)
def test_names_repeat_for_or_and_add_up_for_and(client, three, query, found):
    assert set(titles(client, query)) == found


@each(
    "query",
    [
        "role=evil", "country=XX&country=de", "workplace=space", "type=FULL", "level=9", "employer=nobody", "skill=none",
        "posted=2", "posted=-1", "sort=evil", "q=", "q=%00", "role=%00", "employer=%00%0a", "country=%00", "role=" + "x" * 5000,
    ],
)  # fmt: skip
def test_unknown_values_are_dropped(client, three, query):
    assert len(titles(client, query)) == 3


def test_a_known_value_without_postings_leads_to_an_empty_list_not_to_all(client, three):
    RoleFactory(title="Falconer")
    response = client.get("/jobs/?role=falconer")
    assert response.status_code == 200
    assert response.context["page"].paginator.count == 0
    assert "No open job matches your search" in response.content.decode()


@each("days", [1, 7, 30])
def test_posted_counts_back_from_now(client, days):
    now = timezone.now()
    PostingFactory(title="Fresh", publish_at=now - timedelta(days=days) + timedelta(minutes=1))
    PostingFactory(title="Stale", publish_at=now - timedelta(days=days) - timedelta(minutes=1))
    assert titles(client, f"posted={days}") == ["Fresh"]


def test_two_spans_mean_the_longer(client):
    PostingFactory(title="Older", publish_at=timezone.now() - timedelta(days=5))
    assert titles(client, "posted=1&posted=7") == ["Older"]


def test_a_role_is_found_by_its_other_titles_and_a_skill_by_its_slug(client, three):
    AlternateTitleFactory(role=three["Data Engineer"].role, title="Pipeline builder")
    three["Nurse"].skills.add(SkillFactory(name="Triage"))
    assert titles(client, "q=pipeline") == ["Data Engineer"]
    assert titles(client, "skill=triage") == ["Nurse"]


def test_the_title_of_a_draft_guide_finds_nothing_and_is_not_offered(client, three):
    three["Nurse"].role = RoleFactory(title="Secretkeeper", draft=True)
    three["Nurse"].save()
    assert titles(client, "q=secretkeeper") == []
    assert "Secretkeeper" not in client.get("/jobs/").content.decode()


def test_wildcards_are_plain_characters(client, three):
    assert titles(client, "q=%25") == []
    assert titles(client, "q=_") == []


def test_a_posting_in_three_cities_appears_once_and_counts_once(client):
    posting = PostingFactory(title="Courier", workplace="remote")
    for city in ("Berlin", "Hamburg", "Köln"):
        PostingPlaceFactory(posting=posting, city=city)
    RemoteCountryFactory(posting=posting, country="DE")
    assert titles(client, "country=DE&q=courier") == ["Courier"]
    assert option_counts(client, "country") == {"DE": 1}


def test_counts_follow_the_other_filters_but_not_their_own(client, three):
    assert option_counts(client, "country") == {"DE": 2, "FR": 1, "NG": 1}
    assert option_counts(client, "country", "workplace=remote") == {"DE": 1, "FR": 1}
    assert option_counts(client, "workplace", "workplace=remote") == {"remote": 1, "hybrid": 1, "onsite": 1}
    assert option_counts(client, "role") == {"data-engineer": 1}


def test_a_chosen_option_stays_on_offer_with_zero(client, three):
    assert option_counts(client, "country", "country=NG&workplace=remote")["NG"] == 0


def test_options_come_from_live_postings_alone(client):
    PostingFactory(closed=True, level="lead", employer=EmployerFactory(name="Gone"))
    assert option_counts(client, "level") == {}
    assert option_counts(client, "employer") == {}


def test_filters_in_use_can_be_taken_away_one_by_one(client, three):
    form = client.get("/jobs/?country=DE&country=FR&role=data-engineer&q=data&page=2&evil=1").context["form"]
    assert [(chip.label, chip.value_label, chip.query) for chip in form.chips] == [
        ("Keywords", "data", "role=data-engineer&country=DE&country=FR"),
        ("Role", "Data Engineer", "q=data&country=DE&country=FR"),
        ("Country", "Germany", "q=data&role=data-engineer&country=FR"),
        ("Country", "France", "q=data&role=data-engineer&country=DE"),
    ]


@each(
    ("query", "sentence"),
    [
        ("", "Jobs"),
        ("evil=1", "Jobs"),
        (
            "role=data-engineer&country=DE&country=FR&workplace=remote&type=full_time&posted=7",
            "Data Engineer jobs in Germany or France, remote, full time, posted in the last 7 days",
        ),
        ("q=ceramics&employer=kiln&level=senior", "Jobs matching “ceramics” at Kiln, senior"),
        ("country=NL&country=US&country=ES", "Jobs in the Netherlands, the United States or Spain"),
        ("near=Philippines", "Jobs in the Philippines"),
        ("near=Rotterdam,+Netherlands", "Jobs within 25 km of Rotterdam, Zuid-Holland, Netherlands"),
    ],
)
def test_the_search_is_said_in_words(client, three, query, sentence):
    response = client.get(f"/jobs/?{query}")
    assert response.context["form"].sentence == sentence
    assert "Clear all" in response.content.decode() or not response.context["form"].is_filtered


def test_filters_without_a_field_of_their_own_survive_the_form(client, three):
    SkillFactory(name="Triage")
    page = client.get("/jobs/?skill=triage&posted=7").content.decode()
    assert 'name="skill" value="triage" checked' in page, "a chosen option stays on offer"
    assert '<option value="7" selected>' in page


# -- Pages --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def many(db):
    moment, employer = timezone.now() - timedelta(hours=1), EmployerFactory()
    return [PostingFactory(title=f"Post {n}", publish_at=moment, employer=employer) for n in range(45)]


def test_paging_shows_each_posting_once_newest_first(client, many):
    shown = [title for page in (1, 2, 3) for title in titles(client, f"page={page}")]
    assert shown == [posting.title for posting in reversed(many)]


@each(("page", "number"), [("-1", 1), ("0", 1), ("abc", 1), ("999999", 3), ("%00", 1), ("2", 2)])
def test_odd_pages_are_near_ones(client, many, page, number):
    response = client.get(f"/jobs/?page={page}")
    assert response.status_code == 200
    assert response.context["page"].number == number


def test_the_plain_list_and_its_pages_are_indexed_under_their_own_address(client, many):
    first, second = (client.get(f"/jobs/{query}").content.decode() for query in ("?evil=1", "?page=2"))
    assert '<link rel="canonical" href="https://careers.example.org/jobs/">' in first
    assert '<link rel="canonical" href="https://careers.example.org/jobs/?page=2">' in second
    assert "noindex" not in first + second


def test_filtered_lists_are_not_indexed_and_have_one_address(client, many):
    for query in ("?level=senior&q=post&evil=1", "?q=+post+&level=evil&level=senior"):
        page = client.get(f"/jobs/{query}").content.decode()
        assert '<meta name="robots" content="noindex,follow">' in page
        assert '<link rel="canonical" href="https://careers.example.org/jobs/?q=post&amp;level=senior">' in page


def test_feeds_of_the_same_search_are_announced(client, three):
    page = client.get("/jobs/?country=FR&country=DE&evil=1").content.decode()
    for ending in ("rss", "atom", "json"):
        assert f'href="/jobs/feed.{ending}?country=FR&amp;country=DE">' in page


# -- Cost and odd input -------------------------------------------------------------------------------------------------


def rich(count):
    for _ in range(count):
        posting = PostingFactory(role=RoleFactory(), workplace="remote", description="word " * 2000)
        posting.skills.add(SkillFactory())
        PostingPlaceFactory(posting=posting)
        PostingPlaceFactory(posting=posting, city="Köln")
        RemoteCountryFactory(posting=posting)


@pytest.mark.parametrize(
    "query", ["", "q=word", "role=role-x&employer=kiln&skill=s&country=DE&q=word&posted=30&workplace=remote"]
)
@pytest.mark.parametrize("count", [1, 12])
def test_the_list_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, query, count):
    RoleFactory(title="role x"), EmployerFactory(name="kiln"), SkillFactory(name="s")
    rich(count)
    with django_assert_max_num_queries(
        8
    ):  # from the database: one asks whether there are too many jobs to count, one for the footer
        client.get(f"/jobs/?{query}")


def test_the_list_never_loads_the_long_texts(client):
    rich(2)
    for posting in client.get("/jobs/").context["page"].object_list:
        assert posting.get_deferred_fields() >= set(Posting.TEXT_FIELDS)
        assert "about" in posting.employer.get_deferred_fields()


ODD = ["'\"<script>alert(1)</script>", "\0\n\r", "a" * 5000, "\ud800", "٣", "%", "\u202e", "-1e9", "1,2"]


@each("name", ["q", "role", "country", "employer", "page", "posted", "sort", "other"])
@each("value", ODD)
def test_odd_values_are_answered_and_never_echoed_raw(client, three, name, value):
    response = client.get(f"/jobs/?{name}={quote(value.encode('utf-8', 'surrogatepass'))}&{name}=DE")
    page = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in page
    assert '"<' not in page
    assert "\0" not in page
    assert len(page) < 40_000


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([*PostingFilterForm.base_fields]),
            st.text(max_size=30) | st.sampled_from(["DE", "remote", "7", "kiln", "senior"]),
        )
    )
)
def test_any_query_string_filters(three, pairs):
    query = QueryDict(mutable=True)
    for name, value in pairs:
        query.appendlist(name, value)
    form = PostingFilterForm(query)
    assert len(form.filter(Posting.objects.live())) <= 3
    assert PostingFilterForm(QueryDict(form.query())).query() == form.query()


def test_a_remote_posting_names_the_countries_to_apply_from(client, three):
    for country in ("ES", "PT"):
        RemoteCountryFactory(posting=three["Writer"], country=country)
    assert "Remote in France, Germany or 2 more countries" in client.get("/jobs/").content.decode()


def test_a_remote_posting_names_its_countries_as_sentences_do(client, three):
    RemoteCountryFactory(posting=three["Writer"], country="AE")
    assert "Remote in France, Germany or the United Arab Emirates" in client.get("/jobs/").text


def test_a_link_with_a_roles_old_address_still_filters(client):
    role = RoleFactory(slug="old-name")
    ours, other = PostingFactory(role=role), PostingFactory()
    role.slug = "new-name"
    role.save()
    page = client.get("/jobs/?role=old-name").text
    assert ours.title in page
    assert other.get_absolute_url() not in page
