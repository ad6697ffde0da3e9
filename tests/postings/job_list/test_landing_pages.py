"""Pages of a role in a country: indexed where there are jobs enough, and the address of the list that shows the same."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.db import connection

from careers.changes.log import transaction_log
from careers.search import sync
from tests.cases import each
from tests.factories import (
    EmployerFactory,
    PostingFactory,
    PostingPlaceFactory,
    RemoteCountryFactory,
    RoleFactory,
    SkillFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SITE = "https://careers.example.org"


@pytest.fixture(params=["index", "database"])
def answering(request, settings, tmp_path):
    settings.SEARCH_DIR, settings.SEARCH_IN_TRANSACTIONS = tmp_path / "search", request.param == "index"
    sync.reset()
    yield
    sync.reset()


@pytest.fixture
def role():
    return RoleFactory(title="Data Engineer")


def post(role, number=5, country="DE", **fields):
    postings = PostingFactory.create_batch(number, role=role, **fields)
    for posting in postings:
        PostingPlaceFactory(posting=posting, country=country)
    return postings


def canonical(page):
    return re.findall(r'<link rel="canonical" href="([^"]*)"', page)


def listed(client):
    tree = ElementTree.fromstring(client.get("/sitemap-jobs-in.xml").content)
    return [node.text for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_enough_jobs_make_a_page_to_be_indexed(client, role, answering):
    post(role)
    page = client.get("/jobs/data-engineer-in-germany/").text
    assert "<title>Data Engineer jobs in Germany ·" in page
    assert "<h1><bdi>Data Engineer jobs in Germany</bdi></h1>" in page
    assert canonical(page) == [f"{SITE}/jobs/data-engineer-in-germany/"]
    assert "noindex" not in page
    assert role.get_absolute_url() in page


def test_the_title_names_the_country_as_sentences_do(client, role):
    post(role, country="US")
    page = client.get("/jobs/data-engineer-in-united-states/").text
    assert "<h1><bdi>Data Engineer jobs in the United States</bdi></h1>" in page
    assert "including remote jobs open to people in the United States" in page


def test_too_few_jobs_lead_to_the_list(client, role):
    post(role, 4)
    response = client.get("/jobs/data-engineer-in-germany/")
    assert (response.status_code, response["Location"]) == (302, "/jobs/?role=data-engineer&country=DE")
    page = client.get(response["Location"]).text
    assert "noindex" in page
    assert canonical(page) == [f"{SITE}/jobs/?role=data-engineer&amp;country=DE"]


def test_from_how_many_on_is_a_setting(client, role, settings):
    settings.LANDING_MINIMUM = 2
    post(role, 2)
    assert client.get("/jobs/data-engineer-in-germany/").status_code == 200


def test_remote_jobs_that_name_no_country_count_in_each_country_that_a_job_names(client, role, answering):
    post(role, 3)
    PostingFactory.create_batch(2, role=role, workplace="remote")
    response = client.get("/jobs/data-engineer-in-germany/")
    assert response.status_code == 200
    assert response.context["page"].paginator.count == 5
    assert listed(client) == [f"{SITE}/jobs/data-engineer-in-germany/"]


@each("trait", ["draft", "scheduled", "closed", "filled", "withdrawn"])
def test_only_live_jobs_count(client, role, trait):
    post(role, 4)
    PostingPlaceFactory(posting=PostingFactory(role=role, **{trait: True}))
    assert client.get("/jobs/data-engineer-in-germany/").status_code == 302
    assert listed(client) == []


@each(
    "slug",
    ["data-engineer", "data-engineer-in-", "in-germany", "-in-germany", "nobody-in-germany", "data-engineer-in-mordor"],
)
def test_what_names_no_role_or_no_country_is_not_found(client, role, slug):
    post(role)
    assert client.get(f"/jobs/{slug}/").status_code == 404


def test_a_role_without_a_published_guide_has_no_page(client):
    post(RoleFactory(title="Secret", draft=True))
    assert client.get("/jobs/secret-in-germany/").status_code == 404
    assert listed(client) == []


def test_an_old_name_of_the_role_leads_to_the_new_one(client, role):
    post(role)
    role.title, role.slug = "Data Builder", "data-builder"
    role.save()
    response = client.get("/jobs/data-engineer-in-germany/")
    assert (response.status_code, response["Location"]) == (301, "/jobs/data-builder-in-germany/")


def test_names_in_other_scripts_have_pages(client):
    role = RoleFactory(title="Инженер данных")
    post(role, country="CI")
    (address,) = listed(client)
    page = client.get(address.removeprefix(SITE))
    assert page.status_code == 200
    assert canonical(page.text) == [address]


def test_a_role_whose_address_begins_like_that_of_a_job_has_no_page(client):
    post(RoleFactory(title="360 Designer", slug="360-designer"))
    assert client.get("/jobs/360-designer-in-germany/").status_code == 404
    assert listed(client) == []


def test_the_same_list_under_its_filters_names_the_page_as_its_address(client, role, answering):
    post(role)
    page = client.get("/jobs/?country=DE&role=data-engineer").text
    assert canonical(page) == [f"{SITE}/jobs/data-engineer-in-germany/"]
    assert "noindex" not in page


@each("more", ["&q=job", "&workplace=onsite", "&country=FR", "&posted=7", "&near=Berlin"])
def test_any_other_filter_is_not_indexed_and_has_one_spelling(client, role, more):
    post(role)
    page, again = (
        client.get(f"/jobs/?{query}").text
        for query in (f"country=DE&role=data-engineer{more}", f"evil=1{more}&role=data-engineer&country=DE")
    )
    assert "noindex" in page
    assert "/jobs/?" in canonical(page)[0]
    if "FR" not in more:
        assert canonical(page) == canonical(again)


def test_the_second_page_is_its_own_address(client, role, settings):
    settings.POSTINGS_PER_PAGE = 3
    post(role, 7)
    page = client.get("/jobs/data-engineer-in-germany/?page=2").text
    assert canonical(page) == [f"{SITE}/jobs/data-engineer-in-germany/?page=2"]
    assert canonical(client.get("/jobs/?role=data-engineer&page=2").text) == [
        f"{SITE}/jobs/?role=data-engineer&amp;page=2"
    ]
    assert "Employers with the most jobs" not in page


def test_the_page_says_facts_of_its_own_jobs(client, role, answering):
    employer, skill = EmployerFactory(name="Quillworks"), SkillFactory(name="Falconry")
    for posting in post(role, employer=employer, pay_min=60000, pay_max=80000, pay_currency="EUR", pay_period="year"):
        posting.skills.add(skill)
    for posting in post(role, 9, country="FR"):
        posting.skills.add(SkillFactory())
    page = client.get("/jobs/data-engineer-in-germany/").text
    assert "5 open jobs" in page
    assert "median €70,000" in page
    assert re.search(
        r"Employers with the most jobs</dt> <dd><a href=\"/jobs/employers/quillworks/\"><bdi>Quillworks</bdi></a> 5</dd>",
        page,
    )
    assert re.search(r"skill=falconry\"><bdi>Falconry</bdi></a> 5</dd>", page)
    assert 'content="5 open Data Engineer jobs in Germany, at Quillworks. Pay offered: median €70,000 a year.' in page


def test_few_jobs_that_state_pay_say_nothing_about_it(client, role):
    post(role, 5)
    post(role, 4, pay_min=60000, pay_currency="EUR", pay_period="year")
    assert "Pay offered" not in client.get("/jobs/data-engineer-in-germany/").text


def test_pages_lead_to_the_same_role_elsewhere_and_to_other_roles_here(client, role, answering):
    post(role)
    post(role, country="FR")
    post(role, 4, country="US")
    post(RoleFactory(title="Welder"))
    page = client.get("/jobs/data-engineer-in-germany/").text
    assert 'href="/jobs/data-engineer-in-france/"' in page
    assert 'href="/jobs/welder-in-germany/"' in page
    assert "in-united-states" not in page
    assert 'href="/jobs/data-engineer-in-germany/"' in client.get("/jobs/?role=data-engineer").text


def test_the_trail_is_data_too_and_no_job_is(client, role):
    post(role)
    page = client.get("/jobs/data-engineer-in-germany/").text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    trail = json.loads(found)
    assert trail["@type"] == "BreadcrumbList"
    assert trail["itemListElement"][-1]["item"] == f"{SITE}/jobs/data-engineer-in-germany/"
    assert "JobPosting" not in page


def test_the_sitemap_names_the_pages_that_are_shown(client, role):
    both = post(role, 4)[0]
    RemoteCountryFactory(posting=both, country="DE")  # named twice, counts once
    assert listed(client) == []
    RemoteCountryFactory(posting=PostingFactory(role=role, workplace="remote"), country="DE")
    assert listed(client) == [f"{SITE}/jobs/data-engineer-in-germany/"]
    assert client.get("/jobs/data-engineer-in-germany/").status_code == 200


def test_the_sitemap_takes_three_queries(client, role, django_assert_num_queries):
    post(role)
    post(RoleFactory(), 6, country="FR")
    with django_assert_num_queries(3):
        client.get("/sitemap-jobs-in.xml")


def test_a_page_takes_the_same_queries_for_any_number_of_jobs(client, role, answering, django_assert_max_num_queries):
    post(role)
    client.get("/jobs/data-engineer-in-germany/")
    transaction_log(connection).reset()
    with django_assert_max_num_queries(10) as few:
        client.get("/jobs/data-engineer-in-germany/")
    most = len(few)
    post(role, 9)
    client.get("/jobs/data-engineer-in-germany/")
    transaction_log(connection).reset()
    with django_assert_max_num_queries(most):
        client.get("/jobs/data-engineer-in-germany/")
