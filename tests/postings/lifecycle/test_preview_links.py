"""The link by which people without a login read a posting before it opens: what it opens, and when it is dead."""

import time
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from lxml import html

from careers.postings import lifecycle
from careers.postings.lifecycle.preview_links import preview_url, signer
from tests.admin_pages import complete, said
from tests.cases import each

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
TITLE = "Lighthouse keeper"


def link(posting):
    return preview_url(posting).removeprefix("https://careers.example.org")


def signed_ago(monkeypatch, posting, days):
    then = time.time() - days * 86_400
    with monkeypatch.context() as past:
        past.setattr(time, "time", lambda: then)
        return link(posting)


@pytest.mark.parametrize("trait", ["draft", "in_review", "scheduled"])
def test_it_opens_what_readers_do_not_see_yet(client, trait):
    response = client.get(link(complete(title=TITLE, **{trait: True})))
    assert response.status_code == 200
    assert f"<h1><bdi>{TITLE}</bdi></h1>" in response.text
    assert "<strong>Preview.</strong>" in response.text


def test_no_search_engine_cache_or_other_site_learns_of_it(client):
    response = client.get(link(complete(draft=True)))
    assert '<meta name="robots" content="noindex">' in response.text
    assert response["X-Robots-Tag"] == "noindex"
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "application/ld+json" not in response.text


def test_it_shows_what_readers_will_see(client):
    """The same template and the same sanitising: but for the mark, the article is the public one."""
    posting = complete(draft=True, description="<script>alert(1)</script> **Work** [x](javascript:alert(1))")
    shared = client.get(link(posting)).text
    lifecycle.publish(posting, by=None)
    public = client.get(posting.get_absolute_url()).text
    texts = [html.tostring(html.fromstring(page).find_class("posting-text")[0]) for page in (shared, public)]
    assert texts[0] == texts[1]
    assert b"<strong>Work</strong>" in texts[0]
    assert b"<script" not in texts[0]


@each("trait", ["live", "closed", "filled", "withdrawn", "rejected"])
def test_it_is_dead_once_the_posting_was_read_or_given_up(client, trait):
    response = client.get(link(complete(title=TITLE, **({} if trait == "live" else {trait: True}))))
    assert response.status_code == 404
    assert TITLE not in response.text


def test_it_dies_on_publishing(client):
    posting = complete(draft=True)
    address = link(posting)
    lifecycle.publish(posting, by=None)
    assert client.get(address).status_code == 404


@each("token", ["nonsense", "1", "1:a:b", "{pk}", "{pk}:1tAAAA:forged", "x" * 3000, "%00"])
def test_a_wrong_token_is_not_found_and_learns_no_title(client, token):
    posting = complete(title=TITLE, draft=True)
    response = client.get(f"/jobs/preview/{token.format(pk=posting.pk)}/")
    assert response.status_code == 404
    assert TITLE not in response.text


def test_a_token_opens_its_own_posting_alone(client):
    first, second = complete(draft=True), complete(draft=True)
    forged = str(second.pk) + signer.sign(first.pk).removeprefix(str(first.pk))
    assert client.get(reverse("postings:preview", args=[forged])).status_code == 404


@pytest.mark.parametrize(("days", "status"), [(2.9, 200), (3.1, 404)])
def test_it_works_for_the_days_set(client, settings, monkeypatch, days, status):
    settings.PREVIEW_LINK_DAYS = 3
    response = client.get(signed_ago(monkeypatch, complete(title=TITLE, draft=True), days))
    assert response.status_code == status
    assert (TITLE in response.text) is (status == 200)


def make_link(client, posting, method="post"):
    return getattr(client, method)(reverse("admin:postings_posting_preview_link", args=[posting.pk]))


def test_a_button_in_the_admin_makes_it_and_says_how_long_it_works(as_group, client):
    posting = complete(title=TITLE, draft=True)
    [message] = said(make_link(as_group("contributor"), posting))
    address = html.fromstring(message).get("href") or html.fromstring(message).find("a").get("href")
    last = timezone.now() + timedelta(days=7)
    assert last.strftime("%-d %b %Y") in message
    client.logout()
    assert TITLE in client.get(address.removeprefix("https://careers.example.org")).text


def test_nothing_is_made_by_a_look(as_group):
    assert make_link(as_group("editor"), complete(draft=True), "get").status_code == 405


@pytest.mark.parametrize(("group", "trait", "status"), [("editor", "live", 403), ("contributor", "scheduled", 403)])
def test_no_link_to_what_is_out_or_not_theirs_to_change(as_group, group, trait, status):
    posting = complete(**({} if trait == "live" else {trait: True}))
    assert make_link(as_group(group), posting).status_code == status
    assert make_link(as_group(group), type(posting)(pk=999_999)).status_code == 404
