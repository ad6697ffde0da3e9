import re
from datetime import datetime
from decimal import Decimal
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from careers.occupations.models import Occupation, OfficialOutlook
from careers.occupations.models import OfficialPay as PayFigure
from careers.page_cache.expiry import next_expiry
from careers.postings.role_counts import with_live_counts
from careers.roles.figures.summary import OfficialPay
from careers.roles.models import Role
from portal.weekly_guide import drawn, guide_of_the_week
from tests import factories
from tests.cases import each
from tests.markup import words_of
from tests.occupations.published import (
    linked,
    official_outlook,
    official_pay,
    onet_occupation,
    release_of,
    soc_occupation,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def filled_portal(rows):
    for _ in range(rows):
        role = factories.RoleFactory()
        code = f"13-{role.pk:04d}"
        linked(role, f"{code}.00")
        official_pay(soc_occupation(code), median=90_000, p10=50_000, p90=190_000)
        factories.PayClaimFactory(
            role=role, source=factories.SourceFactory(), p10=50_000, p90=190_000, reference_year=2025
        )
        factories.PostingPlaceFactory(posting=factories.PostingFactory(role=role))
        factories.ResourceFactory()


def test_the_first_page_opens_on_an_empty_portal(client):
    response = client.get("/")
    assert response.status_code == 200
    assert b"No guides yet" in response.content
    assert b"No resources yet" in response.content


def test_the_first_page_shows_what_readers_may_open(client):
    role, draft = factories.RoleFactory(title="Shown role"), factories.RoleFactory(title="Hidden role", draft=True)
    factories.PostingFactory(title="Open posting", role=role)
    factories.PostingFactory(title="Closed posting", closed=True, role=draft)
    factories.ResourceFactory(name="Good course")
    factories.ResourceFactory(name="Draft course", state="draft")
    markup = client.get("/").content.decode()
    assert "Shown role" in markup
    assert "Open posting" in markup
    assert "Good course" in markup
    assert "Hidden role" not in markup
    assert "Closed posting" not in markup
    assert "Draft course" not in markup
    assert f'<a class="go" href="/jobs/?role={role.slug}">1 open job in this field</a>' in markup


def test_the_first_page_asks_the_same_few_questions_whatever_it_holds(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    filled_portal(2)
    with django_assert_max_num_queries(17) as few:
        client.get("/")
    filled_portal(8)
    with django_assert_num_queries(len(few)):
        client.get("/")


def test_a_missing_page_is_answered_in_the_site_s_own_frame(client):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "Page not found" in response.content.decode()
    assert 'content="noindex"' in response.content.decode()


@pytest.mark.parametrize("name", ["400", "500"])
def test_the_pages_for_broken_requests_need_nothing(name):
    assert f"Error {name}" in render_to_string(f"{name}.html")


@pytest.mark.parametrize("name", ["403", "410", "429"])
def test_the_pages_for_refusals_need_only_the_frame(rf, name):
    request = rf.get("/")
    request.user, request.resolver_match = None, None
    assert f"Error {name}" in render_to_string(f"{name}.html", {"SITE_NAME": "S", "SITE_URL": ""}, request=request)


def test_every_page_names_the_site_links_to_its_parts_and_lets_readers_skip(client):
    markup = unescape(client.get(reverse("roles:index")).content.decode())
    assert '<html lang="en">' in markup
    assert 'href="#content"' in markup
    assert f'href="{reverse("postings:list")}"' in markup
    assert '<link rel="canonical" href="https://careers.example.org/roles/">' in markup
    assert "<title>Role guides from A to Z · " in markup


def test_what_was_never_verified_comes_last(client):
    factories.ResourceFactory(name="A never looked at")
    factories.ResourceFactory(name="B long ago", last_verified_on="2024-01-01")
    factories.ResourceFactory(name="C of late", last_verified_on="2026-01-01")
    names = [resource.name for resource in client.get("/").context["resources"]]
    assert names == ["C of late", "B long ago", "A never looked at"]


def test_official_figures_count_once_among_the_sourced_ones(client):
    for _ in range(2):
        role = factories.RoleFactory()
        factories.OccupationLinkFactory(
            role=role, occupation=Occupation.objects.onet().first() or onet_occupation("15-2051.00")
        )
        factories.PayClaimFactory(role=role)
    occupation = soc_occupation("15-2051")
    for year in (2024, 2025):
        release = release_of(year)
        release.is_current = year == 2025
        release.save()
        official_pay(occupation, release=release, median=year)
        official_pay(occupation, release=release, median=9, period="hour")
    response = client.get("/")
    assert (response.context["sourced_count"], response.context["figure_count"]) == (1, 3)


# -- Search


def test_keywords_and_location_are_searched_among_the_jobs(client):
    markup = client.get("/").content.decode()
    form = re.search(r'<form class="job-search".*?</form>', markup, re.DOTALL)[0]
    assert 'action="/jobs/" method="get"' in form
    assert [*re.findall(r'<input[^>]* name="(\w+)"', form)] == ["q", "near"]
    assert '<form class="site-search searchbox"' in markup


# -- Fields of work


def in_field(code, jobs=0, **role):
    guide = factories.RoleFactory(**role)
    factories.OccupationLinkFactory(role=guide, occupation=onet_occupation(code))
    factories.PostingFactory.create_batch(jobs, role=guide)
    return guide


def test_guides_are_browsed_by_the_field_of_their_heaviest_occupation(client):
    nurse = in_field("29-1141.00", jobs=1, title="Nurse")
    in_field("15-1252.00", title="Developer")
    busy = in_field("15-1254.00", jobs=2, title="Web developer")
    factories.OccupationLinkFactory(role=nurse, occupation=Occupation.objects.get(code="15-1252.00"), weight="0.2")
    factories.RoleFactory(title="Free spirit")
    in_field("15-1253.00", title="Secret", draft=True)
    fields = [(field.name, [str(guide) for guide in field.guides]) for field in client.get("/").context["fields"]]
    assert fields == [
        ("Computer and Mathematical", ["Web developer", "Developer"]),
        ("Healthcare Practitioners and Technical", ["Nurse"]),
        ("Other fields", ["Free spirit"]),
    ]
    markup = client.get("/").content.decode()
    address = re.search(r'href="([^"]*)">2 open jobs in this field', markup)[1]
    assert address == f"/jobs/?role={busy.slug}"
    assert client.get(address).context["page"].paginator.count == 2


def test_many_guides_of_a_field_are_folded(client):
    for number in range(10):
        in_field(f"15-12{number:02}.00")
    [field] = client.get("/").context["fields"]
    assert (len(field.first), len(field.rest)) == (8, 2)
    assert "<summary>2 more guides</summary>" in client.get("/").content.decode()


# -- The guide of the week


@pytest.fixture
def weekly_guides():
    """Three guides with official pay, by title; and some that are never guide of the week."""
    guides = []
    for number, title in enumerate(["Zoo keeper", "baker", "Actor"]):
        guides.append(factories.RoleFactory(title=title))
        linked(guides[-1], f"15-205{number}.00")
        official_pay(
            soc_occupation(f"15-205{number}", f"People {number}"), median=90_000 + number, p10=50_000, p90=190_000
        )
    factories.PayClaimFactory(median=111_111, source=factories.SourceFactory())
    draft = factories.RoleFactory(draft=True)
    linked(draft, "15-2060.00")
    official_pay(soc_occupation("15-2060"), median=1)
    return {guide.title: guide for guide in guides}


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


@each(
    ("day", "title"),
    [
        ("2026-11-30", "baker"),  # Monday of week 49: 49 % 3 = 1
        ("2026-12-06", "baker"),
        ("2026-12-07", "Zoo keeper"),
        ("2026-12-14", "Actor"),
    ],
)
def test_guides_with_official_pay_take_turns_by_week(weekly_guides, day, title):
    assert guide_of_the_week(with_live_counts(Role.objects.published()), noon(day)).role.title == title


def test_a_kept_page_ends_before_the_week_does(weekly_guides):
    """In the site's time zone: Sunday's page must be gone on Monday."""
    zone = timezone.get_current_timezone()
    sunday = datetime(2026, 12, 6, 23, 59, tzinfo=zone)
    guides = with_live_counts(Role.objects.published())
    assert next_expiry(sunday) == datetime(2026, 12, 7, tzinfo=zone)
    assert guide_of_the_week(guides, sunday).role != guide_of_the_week(guides, next_expiry(sunday)).role


def test_its_pay_is_drawn_and_every_number_has_its_words(client, weekly_guides, monkeypatch):
    monkeypatch.setattr(
        "portal.views.home.guide_of_the_week", lambda guides: guide_of_the_week(guides, noon("2026-12-07"))
    )
    factories.PostingFactory(role=weekly_guides["Zoo keeper"])
    official_outlook(Occupation.objects.get(code="15-2050"), growth_percent="33.5")
    markup = client.get("/").content.decode()
    words = words_of(markup)
    assert "Guide of the week Zoo keeper" in words
    assert "Typical pay: $90,000 a year (median, United States, 2025)" in words
    assert "$50,000 to $190,000, median $90,000" in words
    assert "Growth: much faster than average (+33.5%, 2024 to 2034)" in words
    sources = [figures.objects.get(occupation__code="15-2050").source for figures in (PayFigure, OfficialOutlook)]
    assert all(source.title in words for source in sources)
    assert "Figures for People 0 (15-2050)." in words
    assert "Read the guide 1 open job" in words
    assert 'class="bar-whole"' in markup


def test_without_official_pay_there_is_no_guide_of_the_week(client):
    factories.PayClaimFactory(median=111_111, source=factories.SourceFactory())
    response = client.get("/")
    assert response.context["weekly"] is None
    assert b"111,111" not in response.content
    assert b"Guide of the week" not in response.content


def test_hourly_pay_is_drawn_by_the_year(weekly_guides):
    pay = official_pay(soc_occupation("15-2070"), median=Decimal(50), p10=Decimal(40), p90=Decimal(60), period="hour")
    row = drawn(OfficialPay(pay)).rows[0]
    assert row.text == "$83,200 to $124,800, median $104,000"
