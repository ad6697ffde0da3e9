"""Pay in the search of jobs: a year, in one currency, by the upper end of what is stated."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from careers.changes.log import transaction_log
from careers.postings.job_list import results
from careers.postings.job_list.form import PostingFilterForm
from careers.postings.job_list.pay_filter import pay_band, step_at_most
from tests.cases import each
from tests.factories import PostingFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]

WAYS = {"index": results.find_in_index, "database": results.find_in_database}


@pytest.fixture(params=WAYS)
def found(request, own_index):
    """found(query) -> the listing, by the index and by the database."""

    def ask(query=""):
        listed = WAYS[request.param](PostingFilterForm(QueryDict(query)), timezone.now())
        transaction_log(connection).reset()
        return listed

    return ask


def titles(listed):
    return [posting.title for posting in listed.page.object_list]


def paid(title, low, high, currency="EUR", period="year", **options):
    return PostingFactory(title=title, pay_min=low, pay_max=high, pay_currency=currency, pay_period=period, **options)


@pytest.fixture
def jobs(db):
    paid("Range", 50_000, 70_000)
    paid("Floor", 60_000, None)
    paid("Ceiling", None, 40_000)
    paid("Hourly", 20, 30, period="hour")  # 62,400 a year
    paid("Dollars", 90_000, 120_000, "USD")
    PostingFactory(title="Silent")


@each(
    ("query", "expected"),
    [
        ("pay=60000&currency=EUR", {"Range", "Floor", "Hourly"}),
        ("pay=60,000&currency=EUR", {"Range", "Floor", "Hourly"}),
        ("pay=60k&currency=EUR", {"Range", "Floor", "Hourly"}),
        ("pay=62400&currency=EUR", {"Range", "Hourly"}),
        ("pay=62401&currency=EUR", {"Range"}),
        ("pay=40000&currency=EUR", {"Range", "Floor", "Ceiling", "Hourly"}),
        ("pay=60000&pay=40000&currency=EUR", {"Range", "Floor", "Ceiling", "Hourly"}),
        ("pay=60000&currency=USD", {"Dollars"}),
        ("pay=60000", {"Dollars"}),
        ("pay=70000&pay=unstated&currency=EUR", {"Range", "Silent"}),
        ("pay=unstated", {"Silent"}),
        ("pay=evil&pay=-5&pay=0&currency=evil", {"Range", "Floor", "Ceiling", "Hourly", "Dollars", "Silent"}),
        ("currency=EUR", {"Range", "Floor", "Ceiling", "Hourly", "Dollars", "Silent"}),
    ],
)
def test_a_job_is_found_when_its_pay_a_year_reaches_the_amount_in_that_currency(found, jobs, query, expected):
    assert set(titles(found(query))) == expected


def options(listed):
    [facet] = [facet for facet in listed.facets if facet.name == "pay"]
    return {option.label: option.count for option in facet.options}


def test_each_amount_says_how_many_jobs_reach_it(found, jobs):
    assert options(found()) == {"€40,000 or more": 4, "€60,000 or more": 3, "Pay not stated": 1}


def test_counts_of_pay_ignore_the_pay_chosen_and_heed_the_other_filters(found):
    paid("Junior", 30_000, 30_000, level="junior")
    paid("Senior", 80_000, 80_000, level="senior")
    assert options(found("pay=80000&currency=EUR")) == {"€30,000 or more": 2, "€80,000 or more": 1}
    assert options(found("level=junior")) == {"€30,000 or more": 1}


def test_an_amount_of_the_readers_own_is_offered_with_its_count(found, jobs):
    assert options(found("pay=62400&currency=EUR"))["€62,400 or more"] == 2


def test_amounts_are_offered_in_the_currency_of_most_jobs_unless_one_is_named(found, jobs):
    def shown(query):
        [facet] = [facet for facet in found(query).facets if facet.name == "pay"]
        return facet.currency, dict(facet.currencies)

    assert shown("") == ("EUR", {"EUR": 4, "USD": 1})
    assert shown("currency=USD") == ("USD", {"EUR": 4, "USD": 1})
    assert shown("currency=JPY") == ("JPY", {"JPY": 0, "EUR": 4, "USD": 1})


def test_by_pay_the_currency_comes_first_highest_first_and_the_others_newest_first(found, jobs):
    assert titles(found("sort=pay&currency=EUR")) == ["Range", "Hourly", "Floor", "Ceiling", "Silent", "Dollars"]


def test_pages_by_pay_pass_from_the_currency_to_the_others_without_a_gap(found, settings, jobs):
    everything = titles(found("sort=pay&currency=EUR"))
    settings.POSTINGS_PER_PAGE = 3
    paged = [title for page in (1, 2) for title in titles(found(f"sort=pay&currency=EUR&page={page}"))]
    settings.POSTINGS_PER_PAGE = 5
    assert paged == everything
    assert [t for page in (1, 2) for t in titles(found(f"sort=pay&currency=EUR&page={page}"))] == everything


@each(
    ("query", "spelt", "sentence"),
    [
        ("pay=60000", "pay=60000&currency=USD", "Jobs, pay of $60,000 or more a year"),
        ("currency=EUR&pay=60000&pay=70000", "pay=60000&currency=EUR", "Jobs, pay of €60,000 or more a year"),
        (
            "pay=unstated&pay=60000&currency=EUR",
            "pay=60000&pay=unstated&currency=EUR",
            "Jobs, pay of €60,000 or more a year or not stated",
        ),
        ("pay=unstated&currency=EUR", "pay=unstated", "Jobs, pay not stated"),
        ("currency=EUR", "", "Jobs"),
        ("sort=pay&currency=EUR", "currency=EUR&sort=pay", "Jobs"),
        ("sort=newest", "", "Jobs"),
        ("sort=relevance", "", "Jobs"),
        ("q=cook&sort=newest&sort=pay", "q=cook&sort=newest", "Jobs matching “cook”"),
        ("q=cook&sort=relevance", "q=cook", "Jobs matching “cook”"),
    ],
)
def test_one_search_has_one_spelling(query, spelt, sentence):
    form = PostingFilterForm(QueryDict(query))
    assert form.query() == spelt
    assert form.sentence == sentence
    assert PostingFilterForm(QueryDict(form.query())).query() == spelt


def test_an_order_is_no_filter(client, jobs):
    page = client.get("/jobs/?sort=pay&currency=EUR")
    assert not page.context["form"].is_filtered
    assert page.context["form"].chips == []


def test_orders_are_offered_as_links_that_keep_the_filters(found, jobs):
    assert [
        (link.words, link.query, link.is_chosen) for link in found("level=senior&pay=1&currency=EUR").sort_links
    ] == [
        ("newest", "level=senior&pay=1&currency=EUR", True),
        ("pay in EUR", "level=senior&pay=1&currency=EUR&sort=pay", False),
    ]
    assert [(link.words, link.query) for link in found("q=range&sort=pay&currency=EUR").sort_links] == [
        ("best match", "q=range"),
        ("newest", "q=range&sort=newest"),
        ("pay in EUR", "q=range&currency=EUR&sort=pay"),
    ]


@each(("amount", "step"), [(0, 1), (1, 1), (9, 8), (14, 10), (15, 15), (84_000, 80_000), (10**9, 10**9)])
def test_steps_are_round_in_any_currency(amount, step):
    assert step_at_most(amount) == step


def test_pay_that_is_not_stated_has_a_band_of_its_own():
    assert pay_band(None, None, "", "") == "unstated"
