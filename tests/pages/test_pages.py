"""Texts about the site, and the footer that links to them."""

from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from careers.files.content_files import Report
from careers.pages.models import Page
from careers.pages.starter import load_pages
from portal.urls import urlpatterns
from tests.admin_pages import filled
from tests.factories import PageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def make(title="Imprint", **values):
    return PageFactory(title=title, text="Written *by us*.", **values)


def footer(client):
    page = client.get("/roles/").text
    return page[page.index("<footer") :]


def test_a_published_page_is_read_and_linked_in_the_footer(client):
    make(summary="Who runs this site.")
    page = client.get("/imprint/").text
    assert "<h1><bdi>Imprint</bdi></h1>" in page
    assert "Written <em>by us</em>." in page
    assert '<meta name="description" content="Who runs this site.">' in page
    assert '<a href="/imprint/"><bdi>Imprint</bdi></a>' in footer(client)


def test_nobody_but_staff_sees_an_unpublished_page(client, as_group):
    make(is_published=False)
    assert client.get("/imprint/").status_code == 404
    assert "/imprint/" not in footer(client)
    preview = as_group("editor").get("/imprint/")
    assert "noindex" in preview.text
    assert "no-store" in preview["Cache-Control"]


def test_an_old_address_leads_to_the_new_one(client):
    page = make()
    page.slug = "legal-notice"
    page.save()
    response = client.get("/imprint/")
    assert (response.status_code, response["Location"]) == (301, "/legal-notice/")


@pytest.mark.django_db(transaction=True)
def test_the_footer_is_read_once_and_follows_each_change(client):
    page = make()
    client.get("/sources/")
    with CaptureQueriesContext(connection) as queries:
        client.get("/roles/")
    assert not any("pages_page" in query["sql"] for query in queries)
    page.title = "Legal notice"
    page.save()
    assert "<bdi>Legal notice</bdi>" in footer(client)
    Page.objects.all().delete()
    assert "Legal notice" not in footer(client)


def test_no_page_takes_the_address_of_another_part():
    first_parts = {str(pattern.pattern).strip("^").split("/")[0].split(".")[0] for pattern in urlpatterns}
    plain = {part for part in first_parts if part.isidentifier()}
    assert plain <= Page.slug_reserved | {"robots", "sitemap"}
    assert make("Jobs").slug != "jobs"


def test_contributors_write_pages_and_editors_publish_them(as_group):
    draft, public = make("Draft", is_published=False), make("Public")
    for group, may_publish in (("contributor", False), ("editor", True)):
        client = as_group(group)
        address = reverse("admin:pages_page_change", args=[draft.pk])
        client.post(address, filled(client, address) | {"text": f"By a {group}", "is_published": "on"})
        draft.refresh_from_db()
        assert (draft.text, draft.is_published) == (f"By a {group}", may_publish)
        address = reverse("admin:pages_page_change", args=[public.pk])
        assert client.post(address, {"title": "Taken", "text": "x"}).status_code == (200 if may_publish else 403)


def test_the_starter_pages_are_published(client):
    load_pages(Path("starter"), Report())
    for name in ("about", "contact", "privacy", "accessibility"):
        assert client.get(reverse("page", args=[name])).status_code == 200
