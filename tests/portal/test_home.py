import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from careers.occupations.models import Occupation
from tests import factories
from tests.occupations.published import linked, official_pay, onet_occupation, release_of, soc_occupation

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
    assert re.search(r"Shown role</bdi></a>\s*<span class=\"count\">1 job</span>", markup)


def test_roles_with_more_open_jobs_come_first(client):
    few, many = factories.RoleFactory(title="A few"), factories.RoleFactory(title="Many")
    factories.PostingFactory(role=few)
    factories.PostingFactory.create_batch(3, role=many)
    assert list(client.get("/").context["roles"]) == [many, few]


def test_the_figure_on_the_first_page_is_a_sourced_median_of_a_published_guide(client):
    factories.PayClaimFactory(median=111_111, p10=50_000, p90=190_000)
    factories.PayClaimFactory(
        role=factories.RoleFactory(draft=True),
        median=122_222,
        p10=50_000,
        p90=190_000,
        source=factories.SourceFactory(),
    )
    assert b"111,111" not in client.get("/").content
    source = factories.SourceFactory(publisher="Statistical Office")
    factories.PayClaimFactory(median=133_333, p10=50_000, p90=190_000, mean=200_000, source=source)
    markup = client.get("/").content.decode()
    assert "$133,333" in markup
    assert "Statistical Office" in markup
    assert "122,222" not in markup


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


def test_an_undated_figure_is_not_shown_as_the_newest(client):
    source = factories.SourceFactory()
    for year in (2024, None, 2025):
        factories.PayClaimFactory(source=source, p10=50_000, p90=190_000, reference_year=year)
    assert client.get("/").context["example_figure"].row.figure.reference_year == 2025


def test_the_figure_on_the_first_page_is_the_official_one_of_the_role_with_most_jobs(client):
    quiet, busy = factories.RoleFactory(title="A quiet one"), factories.RoleFactory(title="Busy one")
    factories.PostingFactory(role=busy)
    for role, code, median in ((quiet, "15-2051", 120_230), (busy, "15-1252", 135_980)):
        linked(role, f"{code}.00")
        official_pay(soc_occupation(code, f"People of {code}"), median=median, p10=60_000, p90=210_000)
    factories.PayClaimFactory(role=busy, source=factories.SourceFactory(), p10=1, p90=2_000_000, reference_year=2026)
    markup = client.get("/").content.decode()
    assert "$135,980" in markup
    assert "Figure for People of 15-1252 (15-1252)" in markup
    assert re.search(r"From the guide <a[^>]*><bdi>Busy one", markup)


def test_a_figure_of_another_occupation_never_stands_on_the_first_page(client):
    factories.PayClaimFactory(
        source=factories.SourceFactory(), p10=1, p90=2_000_000, measured_for=factories.OccupationFactory()
    )
    assert client.get("/").context["example_figure"] is None


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
