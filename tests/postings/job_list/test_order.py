"""Jobs by distance, the headings before those that match less, and searches in one step; by the index and by the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from careers.changes.log import transaction_log
from careers.postings.job_list import newest_matches, results
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.links import quick_links
from careers.search import sync
from tests.cases import each
from tests.factories import PostingFactory, PostingPlaceFactory, RemoteCountryFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WAYS = {"index": results.find_in_index, "database": results.find_in_database}


@pytest.fixture(params=WAYS)
def found(request, own_index):
    """found(query) -> the listing, by the index and by the database."""

    def ask(query):
        listed = WAYS[request.param](PostingFilterForm(QueryDict(query)), timezone.now())
        transaction_log(connection).reset()
        return listed

    return ask


def job(title, *cities, age=1, remote=(), country="DE", **fields):
    posting = PostingFactory(title=title, publish_at=timezone.now() - timedelta(days=age), closes_on=None, **fields)
    for city in cities:
        PostingPlaceFactory(posting=posting, country=country, city=city, subdivision="")
    for code in remote:
        RemoteCountryFactory(posting=posting, country=code)
    return posting


@pytest.fixture
def around_berlin(db):
    job("Leipzig", "Leipzig")
    job("Remote, new", workplace="remote", remote=["DE"])
    job("Remote, old", workplace="remote", remote=["DE"], age=9)
    job("Potsdam, old", "Potsdam", age=9)
    job("Potsdam, new", "Potsdam", age=2)
    job("Berlin", "Berlin", age=20)
    job("Both", "Eberswalde", "Potsdam", age=5)
    job("Office in Eberswalde", "Eberswalde", workplace="remote", remote=["FR"], age=3)


IN_ORDER = [
    "Berlin", "Potsdam, new", "Both", "Potsdam, old", "Office in Eberswalde", "Remote, new", "Remote, old",
]  # fmt: skip


def groups(listed):
    return [(group.heading, [card.title for card in group.cards]) for group in listed.groups]


def test_the_closest_come_first_then_remote_jobs_under_a_heading(found, around_berlin):
    listed = found("near=Berlin&within=50&sort=closest")
    assert groups(listed) == [("", IN_ORDER[:5]), ("Other remote jobs", IN_ORDER[5:])]
    by_title = {card.title: listed.distances.get(card.pk) for card in listed.page.object_list}
    assert by_title["Berlin"] == "In Berlin"
    assert by_title["Both"] == by_title["Potsdam, new"] == "27 km away"
    assert by_title["Office in Eberswalde"] == "44 km away"
    assert by_title["Remote, new"] is None


def test_pages_by_distance_have_no_gap_and_name_each_group(found, settings, around_berlin):
    settings.POSTINGS_PER_PAGE = 2
    pages = [groups(found(f"near=Berlin&within=50&sort=closest&page={number}")) for number in range(1, 5)]
    assert [title for page in pages for _, titles in page for title in titles] == IN_ORDER
    others = "Other remote jobs"
    assert [[heading for heading, _ in page] for page in pages] == [[""], [""], ["", others], [others]]


def test_other_orders_show_distances_too_and_one_group(found, around_berlin):
    listed = found("near=Berlin&within=50&sort=newest")
    assert [heading for heading, _ in groups(listed)] == [""]
    assert set(listed.distances.values()) == {"In Berlin", "27 km away", "44 km away"}


@each("query", ["sort=closest", "near=Germany&sort=closest", "near=zyzzyva&sort=closest", "near=Bavaria&sort=closest"])
def test_without_a_city_nothing_is_close(query):
    form = PostingFilterForm(QueryDict(query))
    assert form.order == "newest"
    assert "sort" not in form.query()


def test_the_order_is_offered_around_a_city_and_kept_by_its_link(found, around_berlin):
    links = {link.words: link for link in found("near=Berlin&sort=closest").sort_links}
    assert links["closest"].is_chosen
    assert links["closest"].query == "near=Berlin&sort=closest"
    assert "closest" not in {link.words for link in found("near=Germany").sort_links}
    form = PostingFilterForm(QueryDict("near=Berlin&sort=closest"))
    assert form.chips[0].query == ""


def test_a_city_where_no_job_is_has_no_order(found, around_berlin):
    listed = found("near=Lisbon&within=10&sort=closest&remote=no")
    assert (groups(listed), listed.page.paginator.count) == ([], 0)


def test_while_too_many_jobs_are_listed_without_an_index_the_newest_come_first(
    around_berlin, client, monkeypatch, settings
):
    def unavailable():
        raise sync.SearchUnavailableError("gone")

    settings.KEPT_PAGES_MEGABYTES = 0
    monkeypatch.setattr("careers.search.query.sync.current_index", unavailable)
    monkeypatch.setattr(newest_matches, "MAX_COUNTED", 3)
    page = client.get("/jobs/?near=Berlin&within=50&sort=closest&remote=no")
    assert [card.title for card in page.context["page"].object_list] == [
        "Potsdam, new",
        "Both",
        "Potsdam, old",
        "Berlin",
    ]
    assert "27 km away" in page.text


def test_by_pay_a_heading_stands_where_the_currency_ends(found):
    for title, amount, currency in (("Low", 1000, "EUR"), ("High", 2000, "EUR"), ("Dollars", 9000, "USD")):
        PostingFactory(title=title, pay_min=amount, pay_currency=currency, pay_period="year")
    PostingFactory(title="Silent")
    others = ("Pay not stated, or not in EUR", ["Silent", "Dollars"])
    assert groups(found("sort=pay&currency=EUR")) == [("", ["High", "Low"]), others]
    assert groups(found("sort=pay&currency=JPY"))[0][0] == "Pay not stated, or not in JPY"
    assert [heading for heading, _ in groups(found("sort=pay&currency=EUR&pay=1"))] == [""]


def test_best_matches_end_where_words_are_only_in_the_text(own_index, settings):
    """The database knows no best matches."""
    job("Night cook", age=9)
    job("Driver", description="Brings the cook and the night shift home.", age=1)
    job("Baker", description="Cook. Cook. Cook. Night. Night.", age=1)
    job("Cook", description="Work at night.", age=1)

    def ask(query):
        listed = results.find_in_index(PostingFilterForm(QueryDict(query)), timezone.now())
        transaction_log(connection).reset()
        return groups(listed)

    best, others = ask("q=night+cook")
    assert best == ("", ["Night cook"])
    assert others[0] == "Other matches: keywords found only in the job’s text"
    assert sorted(others[1]) == ["Baker", "Cook", "Driver"]
    assert len(ask("q=night+cook&sort=newest")) == 1
    settings.POSTINGS_PER_PAGE = 1
    pages = [ask(f"q=night+cook&page={number}") for number in range(1, 5)]
    assert [heading for [(heading, _)] in pages] == ["", others[0], others[0], others[0]]
    assert sorted(title for [(_, [title])] in pages) == ["Baker", "Cook", "Driver", "Night cook"]


def test_a_place_by_another_name_and_a_word_half_typed_are_best_matches(own_index):
    job("Welder", "Köln")
    for query in ("q=cologne", "q=weld*", "q=wel"):
        [(heading, _)] = groups(results.find_in_index(PostingFilterForm(QueryDict(query)), timezone.now()))
        transaction_log(connection).reset()
        assert heading == ""


def test_remote_and_amounts_are_one_step_away_until_they_are_chosen(found):
    for amount in (50_000, 80_000):
        PostingFactory(pay_min=amount, pay_currency="EUR", pay_period="year", workplace="remote", level="senior")

    def quick(query):
        form, listed = PostingFilterForm(QueryDict(query)), found(query)
        return [(link.words, link.query) for link in quick_links(form, listed.facets)]

    assert quick("level=senior") == [
        ("Remote", "workplace=remote&level=senior"),
        ("€50,000+", "level=senior&pay=50000&currency=EUR"),
        ("€80,000+", "level=senior&pay=80000&currency=EUR"),
    ]
    assert quick("workplace=remote&pay=50000&currency=EUR") == []
    for _, query in quick("level=senior"):
        assert found(query).page.object_list


def test_the_number_of_filters_in_the_panel_leaves_out_what_stands_above_it():
    assert PostingFilterForm(QueryDict("q=x&near=Berlin&within=50&sort=newest")).panel_count == 0
    query = "near=Berlin&remote=no&posted=7&workplace=remote&workplace=hybrid&pay=1000&currency=EUR"
    assert PostingFilterForm(QueryDict(query)).panel_count == 5
