"""What guides and entries share: once readers see it, editors alone change it."""

import pytest
from django.urls import reverse

from tests import factories
from tests.admin_pages import form_data
from tests.cases import each

pytestmark = pytest.mark.ignore_template_errors


def source_of(role, factory):
    return factory(role=role, source=factories.SourceFactory()).source


def industry_of(role):
    industry = factories.IndustryFactory()
    role.industries.add(industry)
    return industry


USED_BY = {
    "pay": lambda role: source_of(role, factories.PayClaimFactory),
    "outlook": lambda role: source_of(role, factories.OutlookClaimFactory),
    "item": lambda role: source_of(role, factories.ItemFactory),
    "skill": lambda role: factories.RoleSkillFactory(role=role).skill,
    "industry": industry_of,
}


def saved(client, row):
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    page = client.get(address)
    assert page.status_code == 200
    data = form_data(page) if b'name="_save"' in page.content else {"name": "Taken", "title": "Taken"}
    return client.post(address, data).status_code == 302


@each("use", USED_BY)
@each("status", ["published", "archived"])
def test_what_a_guide_that_is_out_uses_is_changed_by_editors_alone(as_group, use, status):
    row = USED_BY[use](factories.RoleFactory(status=status))
    assert not saved(as_group("contributor"), row)
    assert saved(as_group("editor"), row)


@each("use", USED_BY)
@each("status", ["draft", "in_review"])
def test_what_drafts_alone_use_is_open_to_contributors(as_group, use, status):
    assert saved(as_group("contributor"), USED_BY[use](factories.RoleFactory(status=status)))


def test_a_shelf_with_entries_readers_see_is_changed_by_editors_alone(as_group):
    shelf = factories.CategoryFactory(parent=factories.CategoryFactory())
    entry = factories.ResourceFactory(category=shelf, state="draft")
    assert saved(as_group("contributor"), shelf)
    entry.state = "published"
    entry.save()
    for category in (shelf, shelf.parent):
        assert not saved(as_group("contributor"), category)
        assert saved(as_group("editor"), category)
