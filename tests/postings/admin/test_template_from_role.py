"""The page that drafts a template from a guide, and the ways that lead there."""

import pytest
from django.urls import reverse

from careers.postings.models import PostingTemplate
from tests import factories
from tests.admin_pages import said

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/postings/postingtemplate/"
PAGE = f"{LIST}draft/"


@pytest.fixture
def role(db):
    return factories.RoleFactory(title="Baker", summary="Bakes bread.")


def page_of(role):
    return reverse("admin:postings_postingtemplate_draft", args=[role.pk])


def test_the_list_and_the_guide_lead_to_the_page(as_group, role):
    client = as_group("editor")
    assert PAGE in client.get(LIST).content.decode()
    step = reverse("admin:roles_role_new_template", args=[role.pk])
    assert step in client.get(reverse("admin:roles_role_change", args=[role.pk])).content.decode()
    assert client.get(step).url == page_of(role)


def test_the_page_begins_with_the_guide_of_its_address(as_group, role):
    client = as_group("editor")
    assert "Baker</option>" in client.get(page_of(role)).content.decode()
    assert "Baker</option>" not in client.get(PAGE).content.decode()
    assert not PostingTemplate.objects.exists()


def test_the_draft_is_made_and_opened(as_group, role):
    answer = as_group("editor").post(PAGE, {"role": role.pk}, follow=True)
    template = PostingTemplate.objects.get()
    assert answer.redirect_chain[-1][0] == reverse("admin:postings_postingtemplate_change", args=[template.pk])
    assert any("The guide lists no responsibilities" in text or "Check the draft" in text for text in said(answer))
    assert template.role == role


@pytest.mark.parametrize("value", ["", "abc", "999999", "9" * 40, "\x00"])
def test_a_guide_that_is_none_is_an_error_at_the_field(as_group, role, value):
    answer = as_group("editor").post(page_of(role), {"role": value})
    assert answer.status_code == 200
    assert answer.context["form"].errors["role"]
    assert not PostingTemplate.objects.exists()


def test_an_archived_guide_is_no_choice(as_group):
    role = factories.RoleFactory(archived=True)
    assert as_group("editor").post(PAGE, {"role": role.pk}).context["form"].errors


def test_a_guide_that_never_was_is_missing(as_group):
    assert as_group("editor").get(f"{PAGE}99999/").status_code == 404


def test_who_may_not_add_templates_gets_neither_button_nor_page(as_group, role):
    client = as_group("contributor")
    assert PAGE not in client.get(LIST).content.decode()
    step = reverse("admin:roles_role_new_template", args=[role.pk])
    assert step not in client.get(reverse("admin:roles_role_change", args=[role.pk])).content.decode()
    for address in (PAGE, page_of(role), step):
        assert client.get(address).status_code == 403
    assert client.post(PAGE, {"role": role.pk}).status_code == 403
    assert not PostingTemplate.objects.exists()
