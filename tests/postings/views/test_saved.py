"""Saved jobs: shown by number, said what became of them, a save counted without knowing whose."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cases import each
from tests.factories import PostingFactory
from tests.postings.stats.test_collector import BROWSER, buffer, counted  # noqa: F401

pytestmark = pytest.mark.django_db


def saved(client, *postings):
    return client.get("/jobs/saved/", {"id": [posting.pk for posting in postings]})


def test_saved_jobs_stand_in_the_order_they_are_named(client):
    first, second = PostingFactory(title="Baker"), PostingFactory(title="Cook")
    text = saved(client, second, first).text
    assert text.index("Cook") < text.index("Baker")


@each(
    ("trait", "words"),
    [
        ("closed", "This job is closed."),
        ("filled", "This job has been filled."),
        ("withdrawn", "This job was withdrawn."),
        ("rejected", "This job was withdrawn."),
        ("gone", "This job closed and its page has been removed."),
        ("draft", "We can’t find this job."),
        ("scheduled", "We can’t find this job."),
    ],
)
def test_what_is_no_longer_open_says_so(client, trait, words):
    assert words in saved(client, PostingFactory(**{trait: True})).text


@each("trait", ["withdrawn", "gone", "rejected", "draft", "in_review", "scheduled"])
def test_what_readers_do_not_see_has_no_link_and_tells_no_title(client, trait):
    posting = PostingFactory(title="Glass Blower", **{trait: True})
    text = saved(client, posting).text
    assert "Glass Blower" not in text
    assert posting.get_absolute_url() not in text
    assert f'data-saved-title="{posting.pk}"' in text  # the reader's own browser knows the title


def test_a_job_that_closes_soon_says_when_and_the_page_says_so_once(client):
    soon = PostingFactory(closes_on=timezone.localdate() + timedelta(days=3))
    text = saved(client, soon, PostingFactory()).text
    assert text.count("One of these jobs closes within 7 days.") == 1
    assert text.count("11:59pm UTC") == 1


@each("query", ["", "?id=", "?id=x&id=-1&id=%00", "?id=" + "9" * 40, "?id=²"])
def test_odd_numbers_are_dropped(client, query):
    response = client.get(f"/jobs/saved/{query}")
    assert response.status_code == 200
    assert "data-saved-start" in response.text


def test_the_page_asks_the_database_the_same_however_many(client, django_assert_num_queries):
    postings = PostingFactory.create_batch(5)
    with django_assert_num_queries(4):
        saved(client, *postings)


def test_at_most_a_hundred_are_looked_up(client):
    posting = PostingFactory()
    numbers = [*range(posting.pk + 1, posting.pk + 101), posting.pk]
    assert posting.title not in client.get("/jobs/saved/", {"id": numbers}).text


def test_the_list_is_kept_out_of_indexes_and_caches(client):
    response = client.get("/jobs/saved/")
    assert '<meta name="robots" content="noindex">' in response.text
    assert "no-store" in response["Cache-Control"]


# -- Counting a save


def test_a_save_is_counted_once_a_day(client, buffer):  # noqa: F811
    posting = PostingFactory()
    for _ in range(2):
        assert client.post(f"/jobs/{posting.pk}/save/", HTTP_USER_AGENT=BROWSER).status_code == 204
    buffer.write()
    assert counted() == {("save", ""): 1}


def test_a_save_needs_the_token_that_the_script_asks_for(buffer):  # noqa: F811
    client, posting = Client(enforce_csrf_checks=True), PostingFactory()
    assert client.post(f"/jobs/{posting.pk}/save/").status_code == 403
    token = client.get("/jobs/saved/token/").json()["token"]
    assert client.post(f"/jobs/{posting.pk}/save/", HTTP_X_CSRFTOKEN=token).status_code == 204


def test_reading_a_posting_sets_no_cookie(client):
    assert not client.get(PostingFactory().get_absolute_url()).cookies


def test_only_a_live_posting_is_saved_and_only_by_post(client, buffer):  # noqa: F811
    assert client.post(f"/jobs/{PostingFactory(closed=True).pk}/save/").status_code == 404
    assert client.get(f"/jobs/{PostingFactory().pk}/save/").status_code == 405
