"""The feeds of a search: the same postings as its list, stable, conditional and well-formed."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from careers.postings.models import Posting
from careers.search.sync import SearchUnavailableError
from tests.cases import each
from tests.factories import EmployerFactory, PostingFactory, PostingPlaceFactory, RemoteCountryFactory, RoleFactory

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ENDINGS = ["rss", "atom", "json"]
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}


def entries(response, ending):
    """(id, title of the job, address, content) of each entry."""
    return [(key, title.rpartition(" – ")[0], *rest) for key, title, *rest in raw_entries(response, ending)]


def raw_entries(response, ending):
    if ending == "json":
        items = json.loads(response.content)["items"]
        return [(item["id"], item["title"], item["url"], item["content_html"]) for item in items]
    tree = ElementTree.fromstring(response.content)
    if ending == "rss":
        return [
            tuple(item.findtext(tag) for tag in ("guid", "title", "link", "description")) for item in tree.iter("item")
        ]
    return [
        (
            entry.findtext(ATOM + "id"),
            entry.findtext(ATOM + "title"),
            entry.find(ATOM + "link").get("href"),
            entry.findtext(ATOM + "summary"),
        )
        for entry in tree.iter(ATOM + "entry")
    ]


@pytest.fixture(params=ENDINGS)
def ending(request):
    return request.param


def test_a_feed_holds_the_postings_of_the_same_search(client, ending):
    berlin, lagos = PostingFactory(title="In Berlin"), PostingFactory(title="In Lagos")
    PostingPlaceFactory(posting=berlin)
    PostingPlaceFactory(posting=lagos, country="NG", city="Lagos")
    response = client.get(f"/jobs/feed.{ending}?country=NG&country=evil&page=7")
    assert response.headers["Content-Type"].startswith(TYPES[ending])
    [(key, title, address, content)] = entries(response, ending)
    assert key == f"https://careers.example.org/jobs/{lagos.pk}/"
    assert title == "In Lagos"
    assert address == f"https://careers.example.org{lagos.get_absolute_url()}"
    assert "Lagos, Nigeria" in content
    assert "<p>The work.</p>" in content


def test_an_entry_is_titled_by_job_employer_and_place_and_its_links_lead_somewhere(client, ending):
    text = "Read [the guide](/roles/), [apply](#apply) or see https://example.com/a--b."
    posting = PostingFactory(
        title="Data Engineer", employer__name="Pebblegate Bank", workplace="remote", description=text
    )
    PostingPlaceFactory(posting=posting, city="Frankfurt")
    RemoteCountryFactory(posting=posting)
    [(_, title, address, content)] = raw_entries(client.get(f"/jobs/feed.{ending}"), ending)
    assert title == "Data Engineer – Pebblegate Bank, Frankfurt (remote in Germany)"
    assert re.findall('href="(.*?)"', content) == [
        "https://careers.example.org/roles/",
        f"{address}#apply",
        "https://example.com/a--b",
    ]


def test_a_feed_names_itself_and_its_list_without_odd_values(client, ending):
    text = client.get(f"/jobs/feed.{ending}?country=NG&evil=%22%3C").content.decode()
    assert f"https://careers.example.org/jobs/feed.{ending}?country=NG" in text
    assert "https://careers.example.org/jobs/?country=NG" in text
    assert "evil" not in text
    assert "Jobs in Nigeria" in text


def test_a_feed_holds_the_fifty_newest(client, ending):
    employer = EmployerFactory()
    for n in range(52):
        PostingFactory(title=f"Post {n}", employer=employer, publish_at=timezone.now() - timedelta(hours=n))
    titles = [title for _, title, _, _ in entries(client.get(f"/jobs/feed.{ending}"), ending)]
    assert titles == [f"Post {n}" for n in range(50)]


def test_an_edit_keeps_the_id(client, ending):
    posting = PostingFactory(title="Before")
    [before] = entries(client.get(f"/jobs/feed.{ending}"), ending)
    posting.title = "After"
    posting.save()
    [after] = entries(client.get(f"/jobs/feed.{ending}"), ending)
    assert before[0] == after[0]
    assert after[1] == "After"
    assert client.get(before[0].removeprefix("https://careers.example.org")).url == posting.get_absolute_url()


def test_a_feed_that_has_not_changed_is_not_sent_again(client, ending):
    PostingFactory()
    first = client.get(f"/jobs/feed.{ending}")
    by_tag = client.get(f"/jobs/feed.{ending}", headers={"If-None-Match": first.headers["ETag"]})
    by_day = client.get(f"/jobs/feed.{ending}", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    assert (by_tag.status_code, by_day.status_code) == (304, 304)


def test_an_empty_feed_is_valid_and_does_not_look_new(client, ending):
    first = client.get(f"/jobs/feed.{ending}")
    assert entries(first, ending) == []
    again = client.get(f"/jobs/feed.{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


@each("change", ["closes", "is_withdrawn", "is_renamed", "opens"])
def test_a_feed_that_has_changed_is_sent_to_who_knows_its_day_alone(client, ending, change):
    """Also when the clock changed it and no row did."""
    now = timezone.now()
    posting, later = PostingFactory(), PostingFactory(publish_at=now + timedelta(days=1))
    Posting.objects.update(updated_at=now - timedelta(days=2))
    Posting.objects.filter(pk=posting.pk).update(publish_at=now - timedelta(days=2))
    type(posting.employer).objects.update(updated_at=now - timedelta(days=2))
    known = client.get(f"/jobs/feed.{ending}").headers["Last-Modified"]
    if change == "closes":
        Posting.objects.filter(pk=posting.pk).update(closes_at=now - timedelta(seconds=1))
    elif change == "opens":
        Posting.objects.filter(pk=later.pk).update(publish_at=now - timedelta(seconds=1))
    elif change == "is_withdrawn":
        posting.withdrawn_at = now
        posting.save()
    else:
        posting.employer.name = "Renamed"
        posting.employer.save()
    assert client.get(f"/jobs/feed.{ending}", headers={"If-Modified-Since": known}).status_code == 200


@each("title", ["R&D", "مهندس", "数据工程师", "🦊 Keeper", "A\x0bB\x1f", "]]> <b>"])
def test_any_title_and_text_gives_a_well_formed_feed(client, ending, title):
    PostingFactory(
        title=title,
        description=f"{title} </script> ]]> \x0c & &amp;",
        employer__name=title,
        role=RoleFactory(title=title),
    )
    [(_, read, _, content)] = entries(client.get(f"/jobs/feed.{ending}?q=script"), ending)
    assert read == title.replace("\x0b", " ").replace("\x1f", " ")
    assert "</script>" not in content


def test_harmful_text_comes_out_harmless(client, ending):
    PostingFactory(
        title="<script>alert(1)</script>x", description="<script>x</script> [go](javascript:x) <img src=x onerror=x>"
    )
    [(_, _, _, content)] = entries(client.get(f"/jobs/feed.{ending}"), ending)
    assert "<script" not in content
    assert "<img" not in content
    assert 'href="javascript' not in content


def test_json_feed_has_the_parts_of_version_1_1(client):
    PostingFactory(role=RoleFactory(title="Baker"), workplace="remote")
    feed = json.loads(client.get("/jobs/feed.json").content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/jobs/feed.json")
    [item] = feed["items"]
    assert item["tags"] == ["Baker", "Remote"]
    assert item["authors"] == [{"name": Posting.objects.get().employer.name}]


@pytest.mark.parametrize("count", [1, 12])
def test_a_feed_takes_the_same_queries_for_any_number_of_rows(client, django_assert_max_num_queries, ending, count):
    for _ in range(count):
        PostingPlaceFactory(posting=PostingFactory(role=RoleFactory()))
    with django_assert_max_num_queries(6):
        client.get(f"/jobs/feed.{ending}")


@pytest.mark.django_db(transaction=True)
def test_entries_are_read_once_and_follow_each_change(client, ending, own_index, settings, django_assert_num_queries):
    settings.KEPT_PAGES_MEGABYTES = 0
    posting = PostingFactory(title="Baker", description="We bake.")
    address = f"/jobs/feed.{ending}"
    client.get(address)
    with django_assert_num_queries(2):  # the change counter, and the last change
        [(_, _, _, content)] = entries(client.get(address), ending)
    assert "We bake." in content
    Posting.objects.update(description="We fry.")
    [(_, _, _, content)] = entries(client.get(address), ending)
    assert "We fry." in content
    posting.delete()
    assert entries(client.get(address), ending) == []


def test_a_feed_finds_words_as_the_list_does_newest_first(client, ending, own_index):
    first = PostingFactory(title="Keeper of machines", publish_at=timezone.now() - timedelta(days=3))
    second = PostingFactory(title="Other", description="With a machine.", publish_at=timezone.now() - timedelta(days=2))
    PostingFactory(title="Gardener", description="Among trees.")
    titles = [title for _, title, *_ in entries(client.get(f"/jobs/feed.{ending}?q=machines"), ending)]
    assert titles == [second.title, first.title]


def test_a_feed_comes_from_the_database_without_the_index(client, ending, monkeypatch):
    def unavailable(question):
        raise SearchUnavailableError("gone")

    posting = PostingFactory(title="Keeper of machines")
    PostingFactory(title="Gardener")
    monkeypatch.setattr("careers.search.query.run_search", unavailable)
    found = entries(client.get(f"/jobs/feed.{ending}?q=machines"), ending)
    assert [title for _, title, *_ in found] == [posting.title]
