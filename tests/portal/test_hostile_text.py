"""Whatever people type, it stays text: on every page, for visitors and in the admin."""

import json

import pytest
from django.contrib import admin as django_admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse
from lxml import etree

from careers.postings.models import PostingTemplate
from tests import factories
from tests.addresses import admin_addresses, admin_rows, public_addresses, public_rows
from tests.hostile import MARKUP, TEXT, faults, fill_all_texts

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
LEAVES = {"logout", "delete"}  # logs out; the delete pages of rows that stay redirect and are asked below


def checked(response):
    """The faults of a page; of a feed those of what a reader would draw."""
    kind = response.get("Content-Type", "")
    if response.streaming or not kind.startswith(
        ("text/html", "application/xml", "application/rss", "application/atom")
    ):
        return []
    page = response.content.decode()
    if kind.startswith("text/html"):
        return faults(page) if page.strip() else []
    html_parts = (element.text or "" for element in etree.fromstring(response.content).iter() if is_html(element))
    return [part for text in html_parts for part in MARKUP if part in text]


def is_html(element):
    """Titles of feeds are plain text."""
    return str(element.tag).rpartition("}")[2] in ("description", "encoded", "content", "summary")


def faults_at(client, addresses):
    found = {}
    for address in addresses:
        response = client.get(address, follow=True)
        assert response.status_code < 500, address
        if wrong := checked(response):
            found[address] = wrong
    return found


def test_the_pages_for_visitors(client, settings):
    settings.LANDING_MINIMUM = 1
    rows = public_rows()
    rows["posting"].description = "x"
    assert fill_all_texts() > 60
    for row in rows.values():
        row.refresh_from_db()
    assert faults_at(client, public_addresses(**rows).values()) == {}


def test_the_feed_for_programs(client):
    factories.PostingPlaceFactory()
    fill_all_texts()
    for item in json.loads(client.get("/jobs/feed.json").content)["items"]:
        assert [part for part in MARKUP if part in item["content_html"]] == []


def test_the_pages_of_the_admin(admin):
    rows = admin_rows()
    assert fill_all_texts() > 150
    PostingTemplate.objects.update(description=f"{TEXT} {{team}}")  # so that what its author says of {team} is shown
    pages = [address for address, _, name in admin_addresses(rows) if name != "logout"]
    assert len(pages) > 150
    assert faults_at(admin, pages) == {}


def test_lists_that_are_searched_and_the_answers_to_what_is_done_with_their_rows(admin):
    rows = admin_rows()
    fill_all_texts()
    found, done = {}, 0
    for model, row in rows.items():
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        responses = [admin.get(address, {"q": TEXT}), admin.get(f"{address}add/", {"title": TEXT, "name": TEXT})]
        form = admin.get(address).context["action_form"]
        for name, _ in form.fields["action"].choices if form else ():
            responses.append(admin.post(address, {"action": name, ACTION_CHECKBOX_NAME: [row.pk]}, follow=True))
            done += 1
        found |= {response.request["PATH_INFO"]: wrong for response in responses if (wrong := checked(response))}
    assert found == {}
    assert done > 30


def test_a_placeholder_is_asked_for_in_plain_text(admin):
    """The help text of its field is made of what its author gave as an example."""
    rows = admin_rows()
    template = next(row for model, row in rows.items() if model._meta.model_name == "postingtemplate")
    template.blanks.update(example=TEXT, label=TEXT)
    page = admin.get(reverse("admin:postings_postingtemplate_build", args=[template.pk])).content.decode()
    assert faults(page) == []
    assert "For example: &lt;img src=x onerror=hostile()&gt;" in page


def test_every_model_of_the_admin_is_filled():
    assert {model._meta.label for model in django_admin.site._registry} == {model._meta.label for model in admin_rows()}


@pytest.mark.parametrize(
    "page",
    [
        "<p><img src=x onerror=hostile()></p>",
        "<p title=''><script>hostile()</script></p>",
        "<p>{{7006652}}</p>",
        '<p x-data="open(&#x27;hostile()&#x27;)">',
        '<p onclick="go()">',
    ],
)
def test_what_is_wrong_is_found(page):
    assert faults(page)
