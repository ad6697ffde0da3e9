"""The act "draft a guide" on the admin pages of occupations."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from careers.roles.models import Role
from tests import factories
from tests.admin_pages import said

pytestmark = pytest.mark.ignore_template_errors

LIST = "/admin/occupations/occupation/"


def change(occupation):
    return reverse("admin:occupations_occupation_change", args=[occupation.pk])


def draft(occupation):
    return reverse("admin:occupations_occupation_draft", args=[occupation.pk])


class TestDrafting:
    @pytest.fixture
    def occupation(self, db):
        return factories.OccupationFactory(code="15-2051.00", title="Data Scientists", description="Study data.")

    @pytest.mark.parametrize("group", ["contributor", "editor"])
    def test_one_click_makes_the_draft_and_opens_it(self, as_group, group, occupation):
        client = as_group(group)
        assert draft(occupation) in client.get(change(occupation)).content.decode()
        answer = client.post(draft(occupation), follow=True)
        role = Role.objects.get()
        assert answer.redirect_chain[-1][0] == reverse("admin:roles_role_change", args=[role.pk])
        assert said(answer)[0].startswith("Draft created. The title was made from “Data Scientists”: check it.")
        newest = role.history.get()
        assert newest.history_user.groups.get().name == group

    def test_the_list_has_a_button_in_each_row_that_posts_with_the_form_around_it(self, as_group, occupation):
        html = as_group("contributor").get(LIST).content.decode()
        assert f'<button type="submit" formaction="{draft(occupation)}"' in html

    def test_a_look_at_the_address_makes_nothing(self, as_group, occupation):
        assert as_group("editor").get(draft(occupation)).status_code == 405
        assert not Role.objects.exists()

    def test_who_may_not_add_guides_gets_neither_button_nor_draft(self, client, occupation):
        person = factories.UserFactory(staff=True)
        client.force_login(person)
        assert client.post(draft(occupation)).status_code == 403
        person.user_permissions.add(Permission.objects.get(codename="view_occupation"))
        assert client.post(draft(occupation)).status_code == 403
        for address in (LIST, change(occupation)):
            assert draft(occupation) not in client.get(address).content.decode()
        assert not Role.objects.exists()

    def test_a_guide_of_that_title_is_named_with_a_link_and_nothing_is_made(self, as_group, occupation):
        role = factories.RoleFactory(title="Data scientist")
        client = as_group("editor")
        address = reverse("admin:roles_role_change", args=[role.pk])
        assert draft(occupation) not in client.get(change(occupation)).content.decode()
        (message,) = said(client.post(draft(occupation), follow=True))
        assert message == (
            f'There is a guide of this title already: Data scientist. <a href="{address}">Open the guide</a>'
        )
        assert Role.objects.count() == 1

    def test_markup_in_a_title_stays_text_in_the_message(self, as_group, occupation):
        factories.RoleFactory(title="<i>nasty</i>")
        nasty = factories.OccupationFactory(title="<i>nasty</i>")
        (message,) = said(as_group("editor").post(draft(nasty), follow=True))
        assert "&lt;i&gt;nasty&lt;/i&gt;" in message

    def test_a_soc_occupation_offers_no_draft_and_says_why(self, as_group):
        soc = factories.OccupationFactory(soc=True)
        client = as_group("editor")
        assert draft(soc) not in client.get(change(soc)).content.decode()
        (message,) = said(client.post(draft(soc), follow=True))
        assert "guides are drafted from O*NET's occupations" in message

    def test_an_occupation_that_is_none_is_missing(self, as_group):
        assert as_group("editor").post(f"{LIST}99999/draft/").status_code == 404
