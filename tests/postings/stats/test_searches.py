"""Searches without a result: their words are stored once several visitors used them, and nothing of the visitors is."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.postings.models import DailyCount, UnansweredSearch
from careers.postings.stats import collector, searches
from careers.postings.stats.searches import KEPT_DAYS, MAX_WORDS, SearchTally, plain_words
from portal.admin_site.site_statistics import site_statistics
from tests import factories
from tests.cases import each

from .test_collector import BROWSER, buffer  # noqa: F401

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

DAY = date(2026, 3, 5)


def search(client, words, visitor, page="postings:list", **more):
    return client.get(reverse(page), {"q": words, **more}, HTTP_USER_AGENT=f"{BROWSER} {visitor}")


def stored():
    return dict(UnansweredSearch.objects.values_list("words", "number"))


@each("page", ["postings:list", "search"])
def test_words_are_stored_once_three_visitors_found_nothing(client, buffer, page):  # noqa: F811
    for visitor in ("a", "a", "b"):
        search(client, "Zither  Tuner", visitor, page)
    buffer.write()
    assert stored() == {}
    search(client, "zither tuner", "c", page)
    search(client, "zither tuner", "d", page)
    buffer.write()
    assert stored() == {"zither tuner": 4}
    search(client, "zither tuner", "e", page)
    buffer.write()
    assert stored() == {"zither tuner": 5}
    UnansweredSearch.objects.all().delete()
    buffer.reset()


def test_a_search_that_finds_something_or_has_filters_is_not_stored(client, buffer):  # noqa: F811
    factories.PostingFactory(title="Baker")
    for visitor in "abcd":
        search(client, "baker", visitor)
        search(client, "zither", visitor, country="DE")
        search(client, "", visitor)
    buffer.write()
    assert stored() == {}


@each("headers", [{"HTTP_DNT": "1"}, {"HTTP_SEC_GPC": "1"}])
def test_who_asks_not_to_be_counted_is_not(client, buffer, headers):  # noqa: F811
    for visitor in "abcd":
        client.get(reverse("postings:list"), {"q": "zither"}, HTTP_USER_AGENT=f"{BROWSER} {visitor}", **headers)
    buffer.write()
    assert stored() == {}


@each(
    "typed, words",
    [
        ("Zither  Tuner", "zither tuner"),
        ("C++", "c++"),
        ("c# developer", "c# developer"),
        ("Krankenpfleger/in", "krankenpfleger/in"),
        ("anna@example.com", ""),
        ("call 0171 1234567", ""),
        ("born 1980", ""),
        ("https://example.com", ""),
        ("a very long question about many different jobs", ""),
        ("x" * 41, ""),
        ('"exact phrase"', ""),
        ("", ""),
        ("7", ""),
    ],
)
def test_only_plain_words_are_counted(typed, words):
    assert plain_words(typed) == words


def test_nothing_is_remembered_without_end():
    tally = SearchTally()
    for number in range(MAX_WORDS + 50):
        for mark in (b"a", b"b", b"c"):
            tally.add(f"word {number}", mark)
    assert len(tally._visitors) == MAX_WORDS
    assert tally.add("word 0", b"d") == 1
    assert [tally.add("a new word", mark) for mark in (b"a", b"b", b"c")] == [0, 0, 0]


def test_a_new_day_forgets_who_searched(buffer):  # noqa: F811
    for number, day in enumerate((DAY, DAY, DAY + timedelta(days=1))):
        buffer.add_search("zither", day, ("10.0.0.1", f"browser {number}"))
    buffer.write()
    assert stored() == {}


def test_old_words_are_deleted_when_new_ones_are_written():
    for age in (KEPT_DAYS, KEPT_DAYS + 1):
        UnansweredSearch.objects.create(words="old", day=DAY - timedelta(days=age), number=3)
    collector.save_searches({("new", DAY): 3})
    days = set(UnansweredSearch.objects.values_list("words", "day"))
    assert days == {("new", DAY), ("old", DAY - timedelta(days=KEPT_DAYS))}


def test_if_the_searches_cannot_be_written_the_counts_wait_too(buffer, monkeypatch):  # noqa: F811
    posting = factories.PostingFactory()
    buffer.add(DailyCount.Kind.VIEW, posting.pk, DAY, "")
    for number in range(searches.MIN_VISITORS):
        buffer.add_search("zither", DAY, ("10.0.0.1", f"browser {number}"))
    with monkeypatch.context() as broken:
        broken.setattr(collector, "save_searches", lambda _: 1 / 0)
        assert buffer.write() == 0
    assert not DailyCount.objects.exists()
    assert buffer.write() == 1
    assert (DailyCount.objects.get().number, stored()) == (1, {"zither": 3})


@pytest.mark.ignore_template_errors
def test_the_first_page_lists_the_searches_of_the_most_visitors(as_group):
    today = timezone.localdate()
    for words, number, ago in (("zither", 3, 0), ("zither", 4, 2), ("c++ & co", 5, 1), ("old", 90, 31)):
        UnansweredSearch.objects.create(words=words, day=today - timedelta(days=ago), number=number)
    found = site_statistics().unanswered
    assert [(search.words, search.visitors) for search in found] == [("zither", 7), ("c++ & co", 5)]
    assert found[1].url == f"{reverse('search')}?q=c%2B%2B+%26+co"
    assert "Searches without a result" in as_group("editor").get(reverse("admin:index")).text
