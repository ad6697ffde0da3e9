"""Applying by link, by way of an address of ours."""

import pytest

from careers.postings.stats import collector
from tests.cases import each
from tests.factories import PostingFactory
from tests.postings.stats.test_collector import BROWSER, buffer, counted  # noqa: F401

pytestmark = pytest.mark.django_db


def apply(client, posting, query="", **headers):
    return client.get(f"/jobs/{posting.pk}/apply/{query}", **{"HTTP_USER_AGENT": BROWSER, **headers})


def test_the_page_leads_through_our_address_and_says_where_to(client):
    posting = PostingFactory(apply_url="https://jobs.example.com/apply?id=3&x=1")
    text = client.get(posting.get_absolute_url()).text
    assert f'href="/jobs/{posting.pk}/apply/" rel="nofollow noopener"' in text
    assert "Opens jobs.example.com." in text


def test_a_click_is_counted_once_and_leads_to_the_postings_own_address(client, buffer):  # noqa: F811
    posting = PostingFactory(apply_url="https://jobs.example.com/apply?id=3&x=1")
    for _ in range(2):
        response = apply(client, posting)
        assert (response.status_code, response.url) == (302, "https://jobs.example.com/apply?id=3&x=1")
    buffer.write()
    assert counted() == {("apply", ""): 1}


@pytest.mark.parametrize("query", ["?url=https://evil.example.net/", "?next=//evil.example.net", "?apply_url=x"])
def test_no_query_string_leads_elsewhere(client, query):
    assert apply(client, PostingFactory(), query).url == "https://jobs.example.com/apply"


def test_the_answer_is_kept_out_of_indexes_and_caches_and_tells_the_site_alone(client):
    response = apply(client, PostingFactory())
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert "Disallow: /jobs/*/apply/" in client.get("/robots.txt").text.splitlines()


@each(
    ("trait", "status"),
    [
        ("draft", 404), ("in_review", 404), ("scheduled", 404), ("closed", 410), ("filled", 410), ("gone", 410),
        ("withdrawn", 410), ("rejected", 410),
    ],
)  # fmt: skip
def test_only_a_live_posting_leads_on(client, buffer, trait, status):  # noqa: F811
    response = apply(client, PostingFactory(**{trait: True}))
    assert response.status_code == status
    assert "jobs.example.com" not in response.text
    assert buffer.write() == 0


def test_after_the_end_the_page_says_so_instead(client):
    assert "This job has been filled." in apply(client, PostingFactory(filled=True)).text


def test_what_never_existed_is_not_found(client):
    assert client.get("/jobs/999999/apply/").status_code == 404


@pytest.mark.parametrize("url", ["", "javascript:alert(1)"])
def test_without_an_address_of_the_web_it_leads_back_to_the_page(client, url):
    posting = PostingFactory(apply_url=url, apply_email="jobs@example.com")
    assert apply(client, posting).url == f"{posting.get_absolute_url()}#apply"


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_applying_is_reading(client, method):
    assert getattr(client, method)(f"/jobs/{PostingFactory().pk}/apply/").status_code == 405


def test_a_bot_is_led_on_and_not_counted(client, buffer):  # noqa: F811
    assert apply(client, PostingFactory(), HTTP_USER_AGENT="SomeBot/1.0").status_code == 302
    assert buffer.write() == 0


def test_applying_works_when_counting_is_broken(client, monkeypatch):
    monkeypatch.setattr(collector, "is_counted", lambda *_: 1 / 0)
    assert apply(client, PostingFactory()).status_code == 302
