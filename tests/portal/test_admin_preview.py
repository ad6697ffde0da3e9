"""Markdown previewed in the forms of the admin: as visitors will see it, for those who may write it, and nothing is stored."""

import pytest
from django.test import Client
from django.urls import reverse

from careers.core.admin.preview import LONGEST_TEXT
from tests import factories
from tests.cases import each
from tests.hostile import MARKUP, TEXT

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
GUIDE = "admin:roles_role_preview"


def preview(client, text, name=GUIDE, **more):
    return client.post(reverse(name), {"_preview": "text", "_fragment": "1", "text": text, **more})


@each(
    "name, text, shown",
    [
        (GUIDE, "**Ovens** and [bread](https://example.org/)", 'href="https://example.org/" rel="noopener"'),
        ("admin:roles_article_preview", "# Ovens", "<h2>Ovens</h2>"),
        ("admin:postings_posting_preview", "[bread](https://example.org/)", 'rel="nofollow ugc noopener"'),
        ("admin:postings_postingtemplate_preview", "For {team}", '<mark class="blank">{team}</mark>'),
        (GUIDE, " ", "Nothing to preview yet."),
    ],
)
def test_a_text_is_rendered_as_on_its_public_page(as_group, name, text, shown):
    answer = preview(as_group("editor"), text, name)
    assert answer.status_code == 200
    assert shown in answer.content.decode()


def test_hostile_text_is_harmless(as_group):
    page = preview(as_group("editor"), f"{TEXT} [go](javascript:alert(1))").content.decode()
    assert not any(markup in page for markup in MARKUP)
    assert 'href="javascript' not in page


def test_without_scripts_a_button_opens_a_page_with_the_text_of_its_field(as_group):
    client, role = as_group("editor"), factories.RoleFactory(draft=True)
    factories.SectionFactory(role=role)
    form = client.get(reverse("admin:roles_role_change", args=[role.pk])).content.decode()
    assert f'name="_preview" value="sections-0-body" formaction="{reverse(GUIDE)}"' in form
    page = client.post(reverse(GUIDE), {"_preview": "sections-0-body", "sections-0-body": "A *day*"})
    assert '<div class="prose-preview"><p>A <em>day</em></p>' in page.content.decode()


def test_a_text_that_is_too_long_is_not_rendered(as_group):
    answer = preview(as_group("editor"), "a" * (LONGEST_TEXT + 1))
    assert answer.status_code == 413
    assert "Shorten it to 100,000 characters" in answer.content.decode()


def test_only_writers_preview_by_post_and_with_a_token(as_group, client):
    assert as_group("contributor").get(reverse(GUIDE)).status_code == 405
    user = factories.UserFactory(staff=True)
    client.force_login(user)
    assert preview(client, "Text").status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(factories.UserFactory(staff=True, groups=["editor"]))
    assert preview(strict, "Text").status_code == 403


@each(
    "data",
    [
        {},
        {"_preview": "nothing"},
        {"_preview": "\0", "\0": "\0"},
        {"_preview": "text", "text": "\ud800".encode("utf-8", "surrogatepass")},
    ],
)
def test_odd_questions_are_answered(as_group, data):
    assert as_group("editor").post(reverse(GUIDE), data).status_code == 200
