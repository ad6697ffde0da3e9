"""Two people edit one row: the second is told what the first did, and nothing is written over unawares."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from careers.postings import lifecycle
from careers.postings.models import Posting
from tests import factories
from tests.admin_pages import complete, form_data, said, undrawn

pytestmark = [pytest.mark.postgres, pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def me(as_group):
    return as_group("editor")


@pytest.fixture
def other():
    client = Client()
    client.force_login(factories.UserFactory(username="eve", staff=True, groups=["editor"]))
    return client


@pytest.fixture
def posting():
    return complete(draft=True, title="Baker", description="Bread.\n\nCake.")


def change(row):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def opened(client, row):
    """What the browser would send back of the form, with the version it was opened with."""
    with undrawn():
        page = client.get(change(row))
    return form_data(page) | {"_opened_version": page.context["opened_version"]}


def test_the_form_carries_the_version_it_was_opened_with(me, posting):
    page = me.get(change(posting))
    (version,) = re.findall(r'name="_opened_version" value="([\d-]+)"', page.text)
    assert version == page.context["opened_version"]


def field(row, name):
    return getattr(type(row).objects.get(pk=row.pk), name)


def test_the_second_to_save_is_told_who_saved_and_what(me, other, posting):
    mine, theirs = opened(me, posting), opened(other, posting)
    other.post(change(posting), theirs | {"title": "Pastry cook", "description": "Bread.\n\nCakes and pies."})
    page = me.post(change(posting), mine | {"title": "Confectioner"})
    assert page.status_code == 200
    assert (field(posting, "title"), field(posting, "description")) == ("Pastry cook", "Bread.\n\nCakes and pies.")
    text = page.text
    assert "eve saved this on" in text
    assert "<del>Baker</del>" in text
    assert "<ins>Pastry cook</ins>" in text
    assert "<del>Cake.</del>" in text
    assert "<ins>Cakes and pies.</ins>" in text
    assert 'value="Confectioner"' in text, "what was typed is kept"
    assert "We have not saved your changes yet" in text


def test_mine_is_saved_over_it_only_on_purpose_and_the_history_says_so(me, other, posting):
    mine, theirs = opened(me, posting), opened(other, posting)
    other.post(change(posting), theirs | {"title": "Pastry cook"})
    page = me.post(change(posting), mine | {"title": "Confectioner"})
    (seen,) = re.findall(r'name="_over" value="([\d-]+)"', page.text)
    me.post(change(posting), mine | {"title": "Confectioner", "_over": seen})
    assert field(posting, "title") == "Confectioner"
    assert posting.history.first().history_change_reason == "Overwrote a change made since, after seeing it"


def test_a_third_save_is_not_covered_by_what_was_seen_of_the_second(me, other, posting):
    mine = opened(me, posting)
    other.post(change(posting), opened(other, posting) | {"title": "Pastry cook"})
    with undrawn():
        seen = me.post(change(posting), mine | {"title": "Confectioner"}).context["edit_conflict"].version
        other.post(change(posting), opened(other, posting) | {"title": "Pie maker"})
        page = me.post(change(posting), mine | {"title": "Confectioner", "_over": seen})
    assert (page.status_code, field(posting, "title")) == (200, "Pie maker")


def test_a_place_added_meanwhile_is_named_and_not_lost(me, other, posting):
    mine, theirs = opened(me, posting), opened(other, posting)
    added = {"places-TOTAL_FORMS": 2, "places-1-country": "FR", "places-1-city": "Lyon", "places-1-position": 1}
    other.post(change(posting), theirs | added | {"places-1-posting": posting.pk})
    assert posting.places.count() == 2
    page = me.post(change(posting), mine | {"places-0-city": "Bonn"})
    assert "Added: posting place “Lyon, France”" in page.text
    assert [place.city for place in posting.places.all()] == ["Berlin", "Lyon"]


def test_the_place_that_both_added_is_there_once(me, other, posting):
    added = {"places-TOTAL_FORMS": 2, "places-1-country": "FR", "places-1-city": "Nice", "places-1-position": 1}
    mine, theirs = opened(me, posting) | added, opened(other, posting) | added
    other.post(change(posting), theirs)
    with undrawn():
        seen = me.post(change(posting), mine | {"title": "Confectioner"}).context["edit_conflict"].version
    assert me.post(change(posting), mine | {"title": "Confectioner", "_over": seen}).status_code == 302
    assert field(posting, "title") == "Confectioner"
    assert [place.city for place in posting.places.all()] == ["Berlin", "Nice"]


def test_a_part_changed_on_a_page_of_its_own_is_noticed(as_group):
    me = as_group("editor")
    item = factories.ItemFactory(role=factories.RoleFactory(draft=True))
    mine = opened(me, item.role)
    item.lead = "Kneading"
    item.save()
    page = me.post(change(item.role), mine)
    assert "Kneading" in page.text
    assert "We have not saved your changes yet" in page.text


def test_an_act_carried_out_meanwhile_is_noticed(me, posting):
    mine = opened(me, posting)
    lifecycle.publish(posting, by=None)
    page = me.post(change(posting), mine | {"title": "Confectioner"})
    assert "<ins>Published</ins>" in page.text
    assert field(posting, "title") == "Baker"


def test_a_claim_is_no_change_of_what_the_form_shows(me):
    posting = complete(in_review=True)
    mine = opened(me, posting)
    me.post(reverse("admin:postings_posting_claim", args=[posting.pk, "claim"]))
    assert me.post(change(posting), mine | {"title": "Confectioner"}).status_code == 302


def test_who_saves_alone_is_not_bothered(me, posting):
    for title in ("Confectioner", "Pie maker"):
        assert me.post(change(posting), opened(me, posting) | {"title": title}).status_code == 302
        assert field(posting, "title") == title


def test_publishing_with_the_form_is_held_back_too(me, other, posting):
    mine = opened(me, posting)
    other.post(change(posting), opened(other, posting) | {"title": "Pastry cook"})
    with undrawn():
        page = me.post(change(posting), mine | {"_act": "publish"})
    assert (page.status_code, said(page)) == (200, [])
    assert Posting.objects.get().state() == Posting.State.DRAFT


def test_an_odd_version_is_no_server_error(me, posting):
    data = opened(me, posting)
    for version in ("x", "1", "1-2-3-4-5", "\0", "9" * 40):
        with undrawn():
            answer = me.post(change(posting), data | {"_opened_version": version})
        assert answer.status_code in (200, 302)


@pytest.mark.parametrize(
    "factory", [factories.PostingTemplateFactory, factories.EmployerFactory, factories.SkillFactory]
)
def test_everything_editors_write_is_compared(me, other, factory):
    row = factory()
    mine = opened(me, row)
    other.post(change(row), opened(other, row) | {"name": "Theirs"})
    with undrawn():
        page = me.post(change(row), mine | {"name": "Mine"})
    assert field(row, "name") == "Theirs"
    assert "Theirs" in [told.now for told in page.context["edit_conflict"].fields]
