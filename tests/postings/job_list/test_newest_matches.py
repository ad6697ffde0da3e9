"""The list of a board with many jobs while the search index cannot answer."""

from datetime import timedelta
from itertools import count

import pytest
from django.http import QueryDict
from django.utils import timezone

from careers.postings.job_list import newest_matches, results
from careers.postings.job_list.form import PostingFilterForm
from careers.search import sync
from tests.cases import each
from tests.factories import PostingFactory, PostingPlaceFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _no_index(settings, monkeypatch):
    """The index is unavailable, four jobs are too many to count, and two are looked through by a query."""

    def unavailable():
        raise sync.SearchUnavailableError("gone")

    monkeypatch.setattr("careers.search.query.sync.current_index", unavailable)
    monkeypatch.setattr(newest_matches, "MAX_COUNTED", 3)
    monkeypatch.setattr(newest_matches, "WINDOW", 2)
    settings.KEPT_PAGES_MEGABYTES = 0


@pytest.fixture
def jobs():
    """Seven live jobs, the oldest first; three of them opened in the same moment."""
    at = timezone.now()
    ages = [9, 8, 7, 7, 7, 2, 1]
    return [
        PostingFactory(
            title=f"Job {number}",
            publish_at=at - timedelta(days=age),
            level="senior" if number % 2 else "junior",
            description="Bake bread." if number in (0, 4, 6) else "Cook.",
        )
        for number, age in enumerate(ages)
    ]


def titles(client, query=""):
    return [posting.title for posting in client.get(f"/jobs/?{query}").context["page"].object_list]


def test_all_matches_come_newest_first(client, jobs):
    assert titles(client) == [f"Job {number}" for number in (6, 5, 4, 3, 2, 1, 0)]
    assert titles(client, "q=bread") == ["Job 6", "Job 4", "Job 0"]
    assert titles(client, "level=senior") == ["Job 5", "Job 3", "Job 1"]
    assert titles(client, "q=bread&level=senior") == []


def test_it_finds_what_the_complete_list_finds(jobs):
    for query in ("", "q=bread", "level=senior", "posted=7"):
        form, at = PostingFilterForm(QueryDict(query)), timezone.now()
        complete = results.find_in_database(form, at).page
        assert [card.pk for card in results.find_newest(form, at).page.object_list] == [
            card.pk for card in complete.object_list
        ]


def test_filters_stay_without_counts(client, jobs):
    role = RoleFactory(title="Baker")
    page = client.get(f"/jobs/?role={role.slug}&level=senior&pay=unstated")
    chosen = {
        (facet.name, option.value)
        for facet in page.context["facets"]
        for option in facet.options
        if option.is_chosen and option.count is None
    }
    assert chosen == {("role", "baker"), ("level", "senior"), ("pay", "unstated")}
    assert 'name="level" value="junior"' in page.text
    assert 'class="count"' not in page.text
    assert "For a few minutes, jobs are listed newest first and filters have no counts" in page.text


@each("query", ["", "q=cook", "sort=pay", "sort=relevance&q=cook", "sort=pay&q=cook&currency=USD"])
def test_the_order_said_to_be_current_is_that_of_the_list(client, jobs, monkeypatch, query):
    page = client.get(f"/jobs/?{query}")
    assert [link.words for link in page.context["results"].sort_links if link.is_chosen] == ["newest"]
    assert page.text.count('aria-current="true">newest</a>') == 1
    assert "listed newest first" in page.text
    with monkeypatch.context() as few:
        few.setattr(newest_matches, "MAX_COUNTED", 99)  # the database counts and sorts all
        counted = client.get(f"/jobs/?{query}").context["results"]
    current = "pay in USD" if "sort=pay" in query else "newest"
    assert (counted.notice, [link.words for link in counted.sort_links if link.is_chosen]) == ("", [current])


def test_a_search_for_words_ends_in_time_and_says_so(client, jobs, monkeypatch):
    ticks = count()
    monkeypatch.setattr(newest_matches, "monotonic", lambda: next(ticks) * newest_matches.MAX_SECONDS)
    page = client.get("/jobs/?q=bread")
    assert [posting.title for posting in page.context["page"].object_list] == ["Job 6"]
    assert "We looked for your words in the newest 2 jobs only." in page.text
    assert len(titles(client, "level=junior")) == 4


def test_a_list_ends_after_so_many_and_says_so(client, jobs, monkeypatch, settings):
    monkeypatch.setattr(newest_matches, "MAX_FOUND", 5)
    settings.POSTINGS_PER_PAGE = 2
    page = client.get("/jobs/?page=99")
    assert [posting.title for posting in page.context["page"].object_list] == ["Job 2"]
    assert "These are the newest 5 jobs that match." in page.text


def test_landing_pages_lead_to_the_list(client, jobs):
    role = RoleFactory(title="Baker")
    for posting in jobs:
        posting.role = role
        posting.save()
        PostingPlaceFactory(posting=posting, country="DE")
    response = client.get("/jobs/baker-in-germany/")
    assert (response.status_code, response["Location"]) == (302, "/jobs/?role=baker&country=DE")
