"""What the history of a guide shows, and what reverting may and may not do."""

import pytest
from django.urls import reverse

from careers.core.admin.history import related_changes
from careers.roles.admin.roles import RoleAdmin
from careers.roles.models import Role, Section
from tests import factories
from tests.admin_pages import asked, filled, said

pytestmark = pytest.mark.ignore_template_errors


def version_page(row, version):
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_simple_history", args=[row.pk, version.pk])


def revert(client, row, version):
    address = version_page(row, version)
    form = asked(client, address).context["adminform"].form
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    return client.post(address, data)


@pytest.fixture
def section(db):
    """A section of a draft, written and then changed."""
    section = factories.SectionFactory(role=factories.RoleFactory(draft=True), body="First text.")
    section.body = "Second text."
    section.save()
    return section


def test_a_section_is_reverted_to_an_older_text(as_group, section):
    assert revert(as_group("editor"), section, section.history.last()).status_code == 302
    section.refresh_from_db()
    assert section.body == "First text."
    newest = section.history.first()
    assert newest.history_change_reason.startswith("Restored the version from ")
    assert newest.history_user.groups.get().name == "editor"


def test_the_history_page_shows_what_changed(as_group, section):
    page = as_group("editor").get(reverse("admin:roles_section_history", args=[section.pk])).content.decode()
    assert "First text." in page
    assert "Second text." in page


def test_the_history_of_a_guide_shows_its_parts_and_leads_to_their_versions(as_group, section):
    page = as_group("contributor").get(reverse("admin:roles_role_history", args=[section.role_id]))
    changed, added = page.context["related_changes"]
    assert (changed.action, changed.fields, changed.name) == ("Changed", "body", "What it is")
    assert (added.action, added.fields) == ("Added", "")
    assert changed.url == version_page(section, section.history.first())
    assert changed.url in page.content.decode()


def test_deleted_parts_stay_in_the_history_of_their_guide(section):
    role, pk = section.role_id, section.pk
    section.delete()
    newest = related_changes(RoleAdmin.history_related, "role", role)[0]
    assert (newest.action, newest.kind) == ("Deleted", "section")
    assert f"/section/{pk}/history/" in newest.url


def test_a_deleted_section_is_brought_back_by_an_editor(as_group, section):
    role = section.role
    version = section.history.first()
    section.delete()
    section.pk = version.id
    assert revert(as_group("editor"), section, version).status_code == 302
    assert role.sections.get().body == "Second text."


def test_a_deleted_section_of_a_published_guide_is_not_brought_back_by_a_contributor(as_group, section):
    Role.objects.update(status=Role.Status.PUBLISHED)
    version = section.history.first()
    section.delete()
    section.pk = version.id
    answer = as_group("contributor").post(version_page(section, version), {"kind": "overview", "body": "Second text."})
    assert answer.status_code == 403
    assert not Section.objects.exists()


@pytest.mark.parametrize("group", ["contributor", "editor"])
def test_a_part_of_a_deleted_guide_can_be_read_but_not_brought_back(as_group, section, group):
    version = section.history.first()
    section.role.delete()
    section.pk = version.id
    client = as_group(group)
    assert client.get(version_page(section, version)).status_code == 200
    assert client.get(reverse("admin:roles_section_history", args=[section.pk])).status_code == 200
    assert client.post(version_page(section, version), {"kind": "overview", "body": "Text."}).status_code == 403


def test_the_history_asks_the_same_number_of_questions_for_many_parts(section, django_assert_num_queries):
    for _ in range(20):
        factories.ItemFactory(role=section.role)
    with django_assert_num_queries(2 * len(RoleAdmin.history_related)):
        assert len(related_changes(RoleAdmin.history_related, "role", section.role_id)) == 22


def test_reverting_a_guide_keeps_its_status_and_review(as_group):
    role = factories.RoleFactory(draft=True, summary="Old words.")
    role.status, role.summary = Role.Status.PUBLISHED, "New words."
    role.save()
    revert(as_group("editor"), role, role.history.last())
    role.refresh_from_db()
    assert (role.summary, role.status) == ("Old words.", Role.Status.PUBLISHED)


def test_a_contributor_cannot_publish_by_reverting_to_a_published_version(as_group):
    role = factories.RoleFactory()
    published = role.history.first()
    role.status = Role.Status.DRAFT
    role.save()
    revert(as_group("contributor"), role, published)
    role.refresh_from_db()
    assert role.status == Role.Status.DRAFT


def test_a_contributor_cannot_change_a_published_guide_by_reverting_to_its_draft(as_group):
    role = factories.RoleFactory(draft=True, summary="Old words.")
    role.status, role.summary = Role.Status.PUBLISHED, "New words."
    role.save()
    draft = role.history.last()
    client = as_group("contributor")
    assert "Restore this version</" not in client.get(version_page(role, draft)).content.decode()
    assert client.post(version_page(role, draft), {"title": role.title, "summary": "Old words."}).status_code == 403
    role.refresh_from_db()
    assert role.summary == "New words."


def test_a_contributor_cannot_revert_a_section_of_a_published_guide(as_group, section):
    Role.objects.update(status=Role.Status.PUBLISHED)
    oldest = section.history.last()
    answer = as_group("contributor").post(version_page(section, oldest), {"kind": "overview", "body": "First text."})
    assert answer.status_code == 403
    assert Section.objects.get().body == "Second text."


def test_a_version_that_never_was_is_not_found(as_group, section):
    address = reverse("admin:roles_section_simple_history", args=[section.pk, 999999])
    client = as_group("editor")
    assert client.get(address).status_code == 404
    assert client.post(address, {}).status_code == 404


def test_an_article_may_not_be_added_to_a_published_guide_by_a_contributor(as_group):
    published, draft = factories.RoleFactory(), factories.RoleFactory(draft=True)
    client = as_group("contributor")
    add = reverse("admin:roles_article_add")
    article = filled(client, add) | {"title": "Advice", "kind": "other", "body": "Text."}
    assert client.post(add, article | {"role": published.pk}).status_code == 200
    assert client.post(add, article | {"role": draft.pk}).status_code == 302
    assert not published.articles.exists()
    assert draft.articles.exists()


def test_saying_what_was_done_after_a_revert(as_group, section):
    answer = revert(as_group("editor"), section, section.history.last())
    assert "changed successfully" in said(answer)[0]
