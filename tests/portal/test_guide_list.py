"""The list of guides: what each row shows, its filters, orders and pages, and what becomes of values it does not offer."""

import re

import pytest
from django.urls import get_resolver, reverse

from careers.core.models import Slugged
from careers.roles.models import Role
from portal.guide_list import page as list_page
from tests import factories
from tests.cases import each
from tests.markup import text_of
from tests.occupations.published import linked, official_outlook, official_pay, soc_occupation

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
TITLE = re.compile(r'card-title"><a [^>]*><bdi>(.+?)</bdi>')


def guide(title, number, pay=None, growth=None, openings=None, education="", currency="USD", **fields):
    """A published guide with official figures of an occupation of its own."""
    role = factories.RoleFactory(title=title, **fields)
    occupation = soc_occupation(f"15-{number}")
    linked(role, f"15-{number}.00")
    if pay:
        official_pay(occupation, median=pay, currency=currency)
    if growth is not None:
        official_outlook(occupation, growth_percent=growth, annual_openings=openings, entry_education=education)
    return role


@pytest.fixture
def guides():
    """Baker earns most, Clerk grows most, Diver has no figures, Actor is in between."""
    actor = guide("Actor", 1001, 60_000, "3.5", 4_000, "Some college, no degree")
    baker = guide("Baker", 1002, 90_000, "-2.0", 30_000, "Bachelor's degree")
    clerk = guide("Clerk", 1003, 45_000, "9.0", 150_000, "High school diploma or equivalent")
    diver = factories.RoleFactory(title="Diver")
    factories.PostingFactory.create_batch(2, role=diver)
    factories.PostingFactory(role=baker)
    actor.industries.add(factories.IndustryFactory(name="Arts"))
    return actor, baker, clerk, diver


def found(client, query, name="roles:index"):
    response = client.get(f"{reverse(name)}?{query}")
    assert response.status_code == 200
    return [row.role.title[0] for row in response.context["page"].object_list]


@each(
    ("query", "titles"),
    [
        ("", "ABCD"),
        ("sort=pay", "BACD"),
        ("sort=growth", "CABD"),
        ("sort=openings", "CBAD"),
        ("sort=education", "CABD"),
        ("sort=jobs", "DBAC"),
        ("pay=60000", "AB"),
        ("pay=60001", "B"),
        ("pay=60k&pay=unstated", "ABD"),
        ("growth=much-faster-than-average", "C"),
        ("growth=about-as-fast-as-average&growth=decline", "AB"),
        ("growth=none", "D"),
        ("education=bachelors-degree", "B"),
        ("education=none", "D"),
        ("openings=0", "A"),
        ("openings=20000&openings=100000", "BC"),
        ("industry=arts", "A"),
        ("jobs=open", "BD"),
        ("jobs=open&growth=decline", "B"),
        ("jobs=open&growth=much-faster-than-average", ""),
        ("q=baker", "B"),
    ],
)
@pytest.mark.parametrize("name", ["roles:index", "roles:explore"])
def test_guides_are_filtered_and_sorted_by_their_figures(client, guides, name, query, titles):
    assert "".join(found(client, query, name)) == titles


@each(
    ("query", "labels"),
    [
        ("growth=rapid", ["Expected growth"]),
        ("growth=rapid&growth=decline", ["Expected growth"]),
        ("pay=lots&sort=fame", ["Official yearly pay", "Sort by"]),
        ("pay=-5", ["Official yearly pay"]),
        ("currency=EUR", ["Currency"]),
        ("pay=&growth=&sort=", []),
        ("utm_source=mail", []),
    ],
)
def test_a_value_that_is_not_offered_is_ignored_and_the_page_says_so(client, guides, query, labels):
    response = client.get(f"/roles/?{query}")
    assert response.context["form"].ignored == labels
    assert ("We ignored a filter value that does not exist: " + ", ".join(labels) in text_of(response)) is bool(labels)


def test_a_row_shows_pay_with_place_and_year_growth_in_words_and_open_jobs(client, guides):
    shown = text_of(client.get("/roles/"))
    assert "$90,000 a year Median, United States, 2025 1 open job" in shown
    assert "Growth: decline, −2% Bachelor's degree" in shown
    assert "No official pay figure 2 open jobs" in shown


def test_each_option_says_how_many_guides_it_leads_to(client, guides):
    facets = client.get("/roles/?jobs=open").context["facets"]
    offered = {facet.name: {option.value: option.count for option in facet.options} for facet in facets}
    assert offered["growth"] == {"decline": 1, "none": 1}
    assert offered["jobs"] == {"open": 2}
    assert offered["pay"] == {"80000": 1, "unstated": 1}
    growth = next(facet for facet in client.get("/roles/?growth=decline").context["facets"] if facet.name == "growth")
    assert [(option.label, option.count, option.is_chosen) for option in growth.options] == [
        ("Much faster than average", 1, False),
        ("About as fast as average", 1, False),
        ("Decline", 1, True),
        ("No official figure", 1, False),
    ]
    for name, options in offered.items():
        for value, count in options.items():
            assert len(found(client, f"{name}={value}" + ("&jobs=open" if name != "jobs" else ""))) == count, (
                name,
                value,
            )


def test_pay_is_compared_in_one_currency(client, guides):
    guide("Elder", 1005, 10, currency="EUR")
    assert found(client, "sort=pay")[:3] == ["B", "A", "C"]
    assert found(client, "sort=pay&currency=EUR")[0] == "E"
    assert found(client, "pay=5&currency=EUR") == ["E"]
    assert "E" not in found(client, "pay=5")


def test_hourly_pay_is_compared_by_the_year(client):
    role = guide("Flutist", 1006)
    official_pay(soc_occupation("15-1007"), median=30, period="hour")
    linked(role, "15-1007.00")
    assert found(client, "pay=62400") == ["F"]
    assert found(client, "pay=62401") == []


def test_a_long_list_has_pages_and_each_letter_leads_to_its_page(client, monkeypatch):
    monkeypatch.setattr(list_page, "PER_PAGE", 3)
    for title in ("Actor", "Agent", "Baker", "Boxer", "Clerk"):
        factories.RoleFactory(title=title)
    first, second = client.get("/roles/"), client.get("/roles/?page=2")
    assert re.findall(r'href="([^"]*#letter-\d)"', first.text) == ["#letter-1", "#letter-2", "/roles/?page=2#letter-3"]
    assert TITLE.findall(first.text) == ["Actor", "Agent", "Baker"]
    assert TITLE.findall(second.text) == ["Boxer", "Clerk"]
    assert 'id="letter-3"' in second.text
    assert '<link rel="canonical" href="https://careers.example.org/roles/?page=2">' in second.text


def test_the_list_and_the_chart_keep_each_other_s_filters(client, guides):
    assert 'href="/roles/explore/?jobs=open&amp;sort=pay"' in client.get("/roles/?sort=pay&jobs=open&growth=x").text
    assert 'href="/roles/?growth=decline"' in client.get("/roles/explore/?growth=decline").text


def test_nothing_found_says_how_to_go_on(client, guides):
    assert "No guide matches your filters" in text_of(client.get("/roles/?q=zzz"))
    Role.objects.all().delete()
    assert "No guides yet" in text_of(client.get("/roles/explore/"))


def test_the_list_asks_the_same_few_questions_whatever_the_guides_hold(client, guides, django_assert_num_queries):
    for address in ("/roles/", "/roles/explore/?sort=pay&growth=none"):
        with django_assert_num_queries(7):
            client.get(address)
    for number in range(1010, 1016):
        factories.PostingFactory(role=guide(f"Guide {number}", number, 70_000, "1.0", 9_000))
    for address in ("/roles/", "/roles/explore/?sort=pay&growth=none"):
        with django_assert_num_queries(7):
            client.get(address)


def test_no_guide_takes_the_address_of_another_page():
    fixed = {
        str(pattern.pattern).strip("/") for pattern in get_resolver().url_patterns if str(pattern.pattern) == "roles/"
    }
    assert fixed == {"roles"}
    resolver = next(pattern for pattern in get_resolver().url_patterns if str(pattern.pattern) == "roles/")
    plain = {str(pattern.pattern).strip("/") for pattern in resolver.url_patterns if "<" not in str(pattern.pattern)}
    assert issubclass(Role, Slugged)
    assert plain - {""} == Role.slug_reserved
    assert factories.RoleFactory(title="Explore").slug == "explore-2"
