from xml.etree import ElementTree

import pytest
from django.contrib.staticfiles import finders
from django.db import DatabaseError, connection
from PIL import Image

from careers.roles.models import Role
from tests import factories
from tests.factories import ArticleFactory, EmployerFactory, PostingFactory, ResourceFactory, RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client, section):
    tree = ElementTree.fromstring(client.get(f"/sitemap-{section}.xml").content)
    return [node.text for node in tree.iter(f"{SITEMAP}loc")]


def test_the_manifest_names_the_site_and_its_icons(client, settings):
    settings.SITE_NAME = "Harbour Jobs"
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    manifest = response.json()
    assert (manifest["name"], manifest["start_url"]) == ("Harbour Jobs", "/")
    for icon in manifest["icons"]:
        with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
    page = client.get("/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert 'media="(prefers-color-scheme: dark)"' in page
    assert client.get("/favicon.ico").url == "/static/icons/32.png"


def test_robots_keeps_crawlers_out_of_the_admin_and_names_the_sitemap(client):
    lines = client.get("/robots.txt").text.splitlines()
    assert "Disallow: /admin/" in lines
    assert "Sitemap: https://careers.example.org/sitemap.xml" in lines


def test_the_sitemap_index_names_every_section(client):
    PostingFactory()
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = [node.text for node in tree.iter(f"{SITEMAP}loc")]
    assert "https://careers.example.org/sitemap-jobs.xml" in sections
    assert all(client.get("/" + section.split("/")[-1]).status_code == 200 for section in sections)


def test_the_sitemap_index_leaves_out_what_is_empty(client):
    RoleFactory()
    PostingFactory(draft=True)
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    sections = {node.text.split("/")[-1] for node in tree.iter(f"{SITEMAP}loc")}
    assert sections == {"sitemap-pages.xml", "sitemap-guides.xml"}


def test_only_live_postings_are_in_the_sitemap(client):
    live = PostingFactory()
    for trait in ("draft", "in_review", "scheduled", "closed", "filled", "withdrawn", "rejected"):
        PostingFactory(**{trait: True})
    assert addresses(client, "jobs") == [f"https://careers.example.org{live.get_absolute_url()}"]


def test_only_published_guides_with_their_articles_are_in_the_sitemap(client):
    shown = ArticleFactory()
    ArticleFactory(role__draft=True)
    RoleFactory(archived=True)
    assert addresses(client, "guides") == [f"https://careers.example.org{shown.role.get_absolute_url()}"]
    assert addresses(client, "articles") == [f"https://careers.example.org{shown.get_absolute_url()}"]


def test_only_occupations_of_the_current_release_are_in_the_sitemap(client):
    listed = factories.OccupationFactory()
    factories.OccupationFactory(withdrawn_in=factories.ReleaseFactory())
    factories.OccupationFactory(soc=True)
    assert addresses(client, "occupations") == [f"https://careers.example.org{listed.get_absolute_url()}"]


def test_the_sitemap_of_occupations_asks_the_database_the_same_however_many(client, django_assert_num_queries):
    release = factories.ReleaseFactory()
    factories.OccupationFactory.create_batch(12, release=release)
    with django_assert_num_queries(2):
        assert client.get("/sitemap-occupations.xml").text.count("<url>") == 12


def test_an_employer_without_live_postings_is_not_in_the_sitemap(client):
    busy = PostingFactory().employer
    PostingFactory(closed=True)
    EmployerFactory()
    assert addresses(client, "employers") == [f"https://careers.example.org{busy.get_absolute_url()}"]


def test_only_published_resources_are_in_the_sitemap(client):
    shown = ResourceFactory()
    ResourceFactory(state="draft")
    assert addresses(client, "resources") == [f"https://careers.example.org{shown.get_absolute_url()}"]


def test_the_sitemap_of_jobs_asks_the_database_the_same_however_many(client, django_assert_num_queries):
    PostingFactory.create_batch(12)
    with django_assert_num_queries(2):
        assert client.get("/sitemap-jobs.xml").text.count("<url>") == 12


def test_an_empty_site_has_a_sitemap(client):
    assert Role.objects.count() == 0
    assert client.get("/sitemap.xml").status_code == 200
    assert addresses(client, "jobs") == []


def test_the_health_check_says_ok(client, settings, tmp_path):
    settings.SEARCH_DIR = tmp_path
    response = client.get("/healthz")
    assert response.json() == {"status": "ok", "database": "ok", "search": "missing"}
    assert "no-store" in response["Cache-Control"]


def test_the_health_check_says_when_the_database_does_not_answer(client, monkeypatch):
    def broken(*args, **kwargs):
        raise DatabaseError("gone")

    monkeypatch.setattr(connection, "cursor", broken)
    response = client.get("/healthz")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"


def test_the_health_check_answers_without_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/healthz").status_code == 200
    assert client.get("/robots.txt").status_code == 301


@pytest.mark.parametrize(
    "address", ["/media/../portal/settings.py", "/media/logos/../../portal.sqlite3", "/media/other.txt"]
)
def test_only_logos_are_served_from_the_media_folder(client, address):
    assert client.get(address).status_code == 404
