"""“Import an article” in the admin: preview first, then create the draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from careers.guide_import.signed_article import load_signed_article, sign_article
from careers.occupations.models import Source
from careers.roles.models import Item, PayClaim, Role
from tests import factories
from tests.admin_pages import said

from .articles import SAMPLES, read
from .test_save import FIRST

pytestmark = [pytest.mark.ignore_template_errors, pytest.mark.django_db]


def page():
    return reverse("admin:roles_role_import_article")


def upload(text=FIRST, name="baker.md"):
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def look(client, **data):
    return client.post(page(), {"_look": "1", **data})


def make(client, response, **data):
    """Press “Create draft” on the page that was looked at."""
    form = response.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name not in ("file",)}
    return client.post(page(), {**sent, **data, "_make": "1"}, follow=True)


def test_looking_writes_nothing_and_reports_each_paragraph(as_group):
    response = look(as_group("contributor"), role="Baker", text=FIRST)
    assert not Role.objects.exists()
    assert not Source.objects.exists()
    assert "Would write to a new draft “Baker”" in response.content.decode()
    assert [line.outcome for line in response.context["report"].lines][:2] == ["title", "heading: “What you do”"]
    assert b"Create draft" in response.content


@pytest.mark.parametrize("given", [{"text": FIRST}, {"file": True}])
def test_what_was_looked_at_is_made_without_giving_it_again(as_group, given):
    client = as_group("contributor")
    given = {"file": upload()} if "file" in given else given
    response = make(client, look(client, role="Baker", publisher="Crumb", **given))
    role = Role.objects.get(title="Baker")
    assert response.redirect_chain[-1][0] == reverse("admin:roles_role_change", args=[role.pk])
    assert any("Written to a new draft “Baker”" in sentence for sentence in said(response))
    assert role.items.filter(kind="responsibility").count() == 2
    assert PayClaim.objects.filter(quoted_in__publisher="Crumb").count() == 3
    assert Item.history.first().history_user.username.startswith("user")


def test_a_word_file_can_be_uploaded(as_group):
    from .test_word import saved, ux_designer

    response = look(as_group("editor"), role="UX Designer", file=upload(saved(ux_designer()), "ux.docx"))
    assert "Read as Word" in response.content.decode()


def test_an_article_is_added_to_a_chosen_draft(as_group):
    role = factories.RoleFactory(title="Baker", draft=True)
    client = as_group("contributor")
    response = look(client, guide=role.pk, text=FIRST)
    assert b"Add to draft" in response.content
    make(client, response)
    assert role.items.exists()
    assert Role.objects.count() == 1
    again = look(client, guide=role.pk, text=FIRST)
    assert "holds all of it already" in again.content.decode()
    assert b'name="_make"' not in again.content


def test_a_published_guide_is_not_offered_and_not_changed(as_group):
    role = factories.RoleFactory(title="Baker")
    client = as_group("editor")
    assert "guide" in look(client, guide=role.pk, text=FIRST).context["form"].errors
    response = make(client, look(client, role="Baker", text=FIRST))
    assert any("so everything goes to the draft “Baker (new edition)”" in sentence for sentence in said(response))
    assert not role.items.exists()


def test_the_page_is_reached_from_the_list_and_from_a_guide(as_group):
    role = factories.RoleFactory(draft=True)
    client = as_group("contributor")
    assert page() in client.get(reverse("admin:roles_role_changelist")).content.decode()
    change = client.get(reverse("admin:roles_role_change", args=[role.pk])).content.decode()
    assert reverse("admin:roles_role_add_article", args=[role.pk]) in change
    response = client.get(reverse("admin:roles_role_add_article", args=[role.pk]), follow=True)
    assert response.context["form"]["guide"].value() == str(role.pk)
    assert str(role) in response.content.decode()


def test_without_the_right_to_add_guides_nobody_gets_in(client, db):
    reader = factories.UserFactory(staff=True)
    client.force_login(reader)
    assert client.get(page()).status_code == 403
    assert look(client, role="Baker", text=FIRST).status_code == 403
    client.logout()
    assert client.get(page()).status_code == 302


def test_a_request_from_another_site_is_refused(as_group):
    from django.test import Client

    client = as_group("editor")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(page(), {"role": "Baker", "text": FIRST, "_make": "1"}).status_code == 403
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    ("data", "field", "says"),
    [
        ({"text": FIRST}, "role", "Choose a guide or enter the title"),
        ({"role": "Baker"}, "file", "Choose a file or paste the text of the article."),
        ({"role": "Baker", "text": "   "}, "file", "Choose a file or paste the text of the article."),
        ({"role": "...", "text": FIRST}, "role", "letter or digit"),
        ({"role": "x" * 121, "text": FIRST}, "role", "120"),
        ({"role": "Baker", "text": FIRST, "year": "last"}, "year", "4 digits"),
        ({"role": "Baker", "text": FIRST, "address": "http://localhost/"}, "address", ""),
        ({"role": "Baker", "text": FIRST, "guide": "zzz"}, "guide", ""),
        ({"role": "Baker", "reading": "forged"}, "text", "changed on the way to us"),
        ({"role": "Baker", "text": "%PDF-1.4 x"}, "text", "is a PDF"),
        ({"role": "Baker\0", "text": FIRST}, "role", "Null characters"),
    ],
)
def test_odd_input_is_an_error_of_the_form(as_group, data, field, says):
    for button in ("_look", "_make"):
        response = as_group("editor").post(page(), {**data, button: "1"})
        assert response.status_code == 200
        assert says in " ".join(response.context["form"].errors[field])
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "a.txt", "empty"),
        (b"%PDF", "a.pdf", "is a PDF"),
        (b"PK\x03\x04", "a.docx", "broken or locked"),
        (b"x", "a.csv", "ends in"),
    ],
)
def test_a_wrong_file_is_an_error_of_its_field(as_group, content, name, says):
    response = look(as_group("editor"), role="Baker", file=upload(content, name))
    assert response.status_code == 200
    assert says in " ".join(response.context["form"].errors["file"])


def test_file_and_text_together_are_refused(as_group):
    response = look(as_group("editor"), role="Baker", file=upload(), text=FIRST)
    assert response.context["form"].errors["text"] == ["Choose a file or paste the text, not both."]


def test_markup_in_an_article_is_shown_as_text(as_group):
    text = (
        "# Baker\n\n## What a baker does\n\nBakes `<script>alert(1)</script>` and <img src=x onerror=alert(1)> bread."
    )
    response = look(as_group("editor"), role="Baker", text=text)
    assert b"<script>alert(1)" not in response.content
    assert b"<img src=x" not in response.content


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.iterdir()))
def test_an_article_is_carried_from_page_to_page_unchanged(name):
    article = read((SAMPLES / name).read_bytes(), name)
    assert load_signed_article(sign_article(article)) == article


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=300), role=st.text(max_size=30))
def test_whatever_is_typed_the_page_answers(as_group, text, role):
    client = as_group("editor")
    for button in ("_look", "_make"):
        assert client.post(page(), {"role": role, "text": text, button: "1"}).status_code in (200, 302)
