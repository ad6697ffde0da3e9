"""The directory in the admin: contributors write drafts, editors publish and verify, every row answers."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from careers.resources.models import Category, Resource
from tests import factories
from tests.admin_pages import asked, filled, said
from tests.cases import each

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/resources/resource/"
NASTY = "<script>alert(1)</script> [go](javascript:alert(2))"


def change(row):
    return reverse(f"admin:resources_{row._meta.model_name}_change", args=[row.pk])


def run(client, act, *resources):
    rows = {"action": act, "_selected_action": [resource.pk for resource in resources]}
    return client.post(LIST, rows, follow=True)


def press(client, resource, button, **changes):
    data = filled(client, change(resource)) | changes | {f"resources_resource_{button}": "1"}
    return client.post(change(resource), data, follow=True)


@pytest.fixture
def draft(db):
    return factories.ResourceFactory(state="draft", summary="A course.")


def test_a_contributor_writes_a_draft(as_group):
    client = as_group("contributor")
    add = reverse("admin:resources_resource_add")
    entry = {"name": "Course", "url": "https://example.org/c", "category": factories.CategoryFactory().pk}
    client.post(add, filled(client, add) | entry | {"kind": "course", "cost": "free"})
    assert Resource.objects.get().state == Resource.State.DRAFT


def test_a_contributor_does_not_change_what_readers_see(as_group):
    published = factories.ResourceFactory()
    assert as_group("contributor").post(change(published), {"name": "Taken"}).status_code == 403


@pytest.mark.parametrize("act", ["publish_rows", "archive_rows", "return_rows", "verify_rows"])
def test_the_acts_are_not_open_to_contributors(as_group, draft, act):
    run(as_group("contributor"), act, draft)
    draft.refresh_from_db()
    assert (draft.state, draft.last_verified_on) == (Resource.State.DRAFT, None)


def test_a_contributor_does_not_publish_with_a_button(as_group, draft):
    press(as_group("contributor"), draft, "publish_entry")
    draft.refresh_from_db()
    assert draft.state == Resource.State.DRAFT


def test_publishing_says_what_each_row_did(as_group, draft):
    bare = factories.ResourceFactory(state="draft", name="Bare")
    assert said(run(as_group("editor"), "publish_rows", draft, bare)) == [
        "1 resource published.",
        "Not published: Bare: Add a summary before you publish the resource.",
    ]
    draft.refresh_from_db()
    assert draft.state == Resource.State.PUBLISHED
    assert draft.history.first().history_change_reason == "Published"


def test_the_button_saves_what_was_typed_and_publishes(as_group):
    bare = factories.ResourceFactory(state="draft")
    press(as_group("editor"), bare, "publish_entry", summary="Typed now.")
    bare.refresh_from_db()
    assert (bare.state, bare.summary) == ("published", "Typed now.")


def test_verifying_notes_who_and_when_and_clears_the_broken_link(as_group):
    entry = factories.ResourceFactory(link_broken_since=timezone.localdate())
    run(as_group("editor"), "verify_rows", entry)
    entry.refresh_from_db()
    assert (entry.last_verified_on, entry.link_broken_since) == (timezone.localdate(), None)
    assert entry.last_verified_by.groups.get().name == "editor"


def test_the_filter_finds_entries_that_were_never_verified(as_group):
    unseen = factories.ResourceFactory()
    seen = factories.ResourceFactory(last_verified_on=timezone.localdate())
    client = as_group("editor")

    def found(**query):
        return set(asked(client, LIST, query).context["cl"].result_list)

    assert found(verified="never") == {unseen}
    assert found(verified="once") == {seen}
    assert found(verified="nonsense") == {unseen, seen}


def test_an_address_in_another_spelling_is_refused_and_names_the_entry(as_group, draft):
    factories.ResourceFactory(name="Known", url="https://www.example.org/known/")
    client = as_group("editor")
    data = filled(client, change(draft)) | {"url": "http://example.org/known?utm_source=x#top"}
    assert "already has this web address: Known" in str(client.post(change(draft), data).context["errors"])


@each("url", ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/", "https://a\x00b.org"])
def test_addresses_that_are_none_are_refused(as_group, draft, url):
    client = as_group("editor")
    answer = client.post(change(draft), filled(client, change(draft)) | {"url": url})
    assert "url" in answer.context["adminform"].errors


def test_categories_are_listed_as_a_tree(as_group):
    second = factories.CategoryFactory(name="B", position=2)
    first = factories.CategoryFactory(name="A", position=1)
    below = factories.CategoryFactory(name="Z", parent=first, position=9)
    rows = asked(as_group("editor"), "/admin/resources/category/").context["cl"].result_list
    assert list(rows) == [first, below, second]


def test_a_third_level_is_refused(as_group):
    below = factories.CategoryFactory(parent=factories.CategoryFactory())
    other = factories.CategoryFactory()
    client = as_group("editor")
    answer = client.post(change(other), filled(client, change(other)) | {"parent": below.pk})
    assert "only 2 levels" in str(answer.context["errors"])


def test_a_category_in_use_is_not_deleted(as_group):
    category = factories.ResourceFactory().category
    address = reverse("admin:resources_category_delete", args=[category.pk])
    as_group("editor").post(address, {"post": "yes"})
    assert Category.objects.filter(pk=category.pk).exists()


def test_markup_in_every_text_is_shown_harmlessly(as_group):
    category = factories.CategoryFactory(name=NASTY, description=NASTY)
    texts = dict.fromkeys(["name", "provider", "summary", "why", "disclosure"], NASTY)
    entry = factories.ResourceFactory(category=category, **texts)
    client = as_group("editor")
    history = entry.history.first()
    for address in (
        LIST,
        change(entry),
        change(category),
        "/admin/resources/category/",
        reverse("admin:resources_resource_history", args=[entry.pk]),
        reverse("admin:resources_resource_simple_history", args=[entry.pk, history.pk]),
        reverse("admin:resources_resource_delete", args=[entry.pk]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page, address
        assert 'href="javascript:alert' not in page, address


@each("field", ["name", "provider", "summary", "disclosure", "language"])
def test_null_bytes_are_a_form_error(as_group, draft, field):
    client = as_group("editor")
    answer = client.post(change(draft), filled(client, change(draft)) | {field: "a\x00b"})
    assert field in answer.context["adminform"].errors


def test_null_bytes_are_left_out_of_prose(as_group, draft):
    client = as_group("editor")
    client.post(change(draft), filled(client, change(draft)) | {"why": "a\x00b"})
    draft.refresh_from_db()
    assert draft.why == "ab"


def test_the_list_of_entries_goes_by_the_day_they_came(as_group):
    early, late = factories.ResourceFactory(), factories.ResourceFactory()
    for resource, year in ((early, 2024), (late, 2026)):
        Resource.objects.filter(pk=resource.pk).update(created_at=datetime(year, 3, 1, tzinfo=UTC))
    client = as_group("editor")
    assert b"created_at__year=2024" in client.get("/admin/resources/resource/").content
    page = client.get("/admin/resources/resource/", {"created_at__year": "2024"})
    assert list(page.context["cl"].result_list) == [early]
