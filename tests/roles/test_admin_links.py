"""A guide's occupations in its form: links as rows, suggestions with one click, under the rights of the guide."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from careers.roles.occupation_suggestions import link_suggested
from tests import factories
from tests.admin_pages import asked, filled, form_data, said
from tests.cases import each

pytestmark = pytest.mark.ignore_template_errors


def change(role):
    return reverse("admin:roles_role_change", args=[role.pk])


@pytest.fixture
def role(db):
    return factories.RoleFactory(draft=True, title="Data Scientist")


@pytest.fixture
def occupation(db):
    return factories.OccupationFactory(code="15-2051.00", title="Data Scientists")


def press_link(client, role, occupation, **changes):
    page = client.get(change(role))
    return client.post(change(role), form_data(page) | {"_link": occupation.pk, **changes}, follow=True)


def new_link(role, occupation, **values):
    row = {"occupation": occupation.pk, "relation": "close", "weight": "1", "reason": "", "position": "0", **values}
    data = {f"occupation_links-0-{name}": value for name, value in row.items()}
    return data | {"occupation_links-TOTAL_FORMS": "1", "occupation_links-0-role": role.pk}


class TestRows:
    def test_an_editor_links_an_occupation_with_relation_weight_and_reason(self, as_group, role, occupation):
        client = as_group("contributor")
        row = new_link(role, occupation, relation="broader", weight="0.6", reason="A part of it.")
        client.post(change(role), filled(client, change(role)) | row)
        link = role.occupation_links.get()
        assert (link.relation, str(link.weight), link.reason) == ("broader", "0.60", "A part of it.")
        assert link.history.get().history_user.groups.get().name == "contributor"

    @each("weight", ["0", "1.01", "-1", "abc", ""])
    def test_a_weight_that_is_no_share_is_an_error_at_the_row(self, as_group, role, occupation, weight):
        client = as_group("editor")
        answer = client.post(change(role), filled(client, change(role)) | new_link(role, occupation, weight=weight))
        assert answer.status_code == 200
        assert "weight" in str(answer.context["errors"]).lower() or "number" in str(answer.context["errors"]).lower()
        assert not role.occupation_links.exists()

    def test_an_occupation_twice_is_an_error(self, as_group, role, occupation):
        client = as_group("editor")
        rows = new_link(role, occupation)
        rows |= {name.replace("-0-", "-1-"): value for name, value in rows.items() if "-0-" in name}
        answer = client.post(change(role), filled(client, change(role)) | rows | {"occupation_links-TOTAL_FORMS": "2"})
        assert "duplicate" in str(answer.context["errors"])

    @pytest.mark.parametrize("pk", ["999999", "abc", "9" * 40])
    def test_an_occupation_that_is_none_is_an_error(self, as_group, role, occupation, pk):
        client = as_group("editor")
        row = new_link(role, occupation) | {"occupation_links-0-occupation": pk}
        answer = client.post(change(role), filled(client, change(role)) | row)
        assert answer.status_code == 200
        assert "valid choice" in str(answer.context["errors"])

    def test_the_heaviest_stands_first(self, as_group, role):
        for weight in ("0.2", "0.9", "0.5"):
            factories.OccupationLinkFactory(role=role, weight=weight)
        formset = next(
            wrapped.formset
            for wrapped in asked(as_group("editor"), change(role)).context["inline_admin_formsets"]
            if wrapped.formset.prefix == "occupation_links"
        )
        assert [str(form.instance.weight) for form in formset.initial_forms] == ["0.90", "0.50", "0.20"]

    def test_the_history_of_the_guide_tells_of_its_links(self, as_group, role, occupation):
        factories.OccupationLinkFactory(role=role, occupation=occupation)
        page = as_group("editor").get(reverse("admin:roles_role_history", args=[role.pk])).content.decode()
        assert "Data Scientists (15-2051.00)" in page

    @pytest.mark.parametrize("status", ["published", "archived"])
    def test_a_link_of_a_guide_that_is_out_is_changed_by_editors_alone(self, as_group, status):
        link = factories.OccupationLinkFactory(role=factories.RoleFactory(status=status))
        address = reverse("admin:roles_occupationlink_change", args=[link.pk])
        assert b'name="_save"' not in as_group("contributor").get(address).content
        client = as_group("editor")
        assert client.post(address, filled(client, address) | {"weight": "0.3"}).status_code == 302


class TestSuggestions:
    def test_each_is_shown_with_its_reason(self, as_group, role, occupation):
        page = as_group("contributor").get(change(role)).content.decode()
        assert "O*NET describes it as “Data Scientists”." in page
        assert f'name="_link" value="{occupation.pk}"' in page

    def test_one_click_links_it_with_its_reason_and_saves_what_was_typed(self, as_group, role, occupation):
        client = as_group("contributor")
        answer = press_link(client, role, occupation, summary="Typed.")
        link = role.occupation_links.get()
        role.refresh_from_db()
        assert (link.occupation, link.relation, link.reason) == (
            occupation, "exact", "O*NET describes it as “Data Scientists”.",
        )  # fmt: skip
        assert role.summary == "Typed."
        assert answer.redirect_chain[-1][0] == f"{change(role)}#occupation_links"
        assert "1 role linked to the occupation." in said(answer)
        version = link.history.get()
        assert version.history_change_reason == "Suggested: O*NET describes it as “Data Scientists”."
        assert version.history_user.groups.get().name == "contributor"

    def test_the_next_one_stands_after_the_others(self, role, occupation):
        factories.OccupationLinkFactory(role=role, position=4)
        assert link_suggested(role, occupation.pk, by=None).position == 5

    def test_what_is_not_suggested_is_not_linked_by_hand_made_requests(self, as_group, role):
        other = factories.OccupationFactory()
        answer = press_link(as_group("editor"), role, other)
        assert any("nothing suggests it any more" in text for text in said(answer))
        assert not role.occupation_links.exists()

    def test_a_second_click_links_nothing_twice(self, as_group, role, occupation):
        client = as_group("editor")
        press_link(client, role, occupation)
        answer = press_link(client, role, occupation)
        assert any("linked already" in text for text in said(answer))
        assert role.occupation_links.count() == 1

    @each("value", ["abc", "", "9" * 40, "-1", "\x00"])
    def test_a_number_that_is_none_links_nothing(self, as_group, role, occupation, value):
        client = as_group("editor")
        answer = client.post(change(role), filled(client, change(role)) | {"_link": value})
        assert answer.status_code == 302
        assert not role.occupation_links.exists()

    def test_a_form_with_errors_links_nothing(self, as_group, role, occupation):
        answer = press_link(as_group("editor"), role, occupation, title="")
        assert answer.status_code == 200
        assert not role.occupation_links.exists()

    def test_of_a_title_under_very_many_occupations_the_best_ten_are_shown(self, as_group, role):
        for number in range(43):
            listed = factories.OccupationFactory(title=f"Occupation {number}")
            factories.OccupationTitleFactory(occupation=listed, title="Data Scientist")
        page = as_group("editor").get(change(role))
        assert len(page.context["suggestions"]) == 10
        assert "33 more occupations may fit" in page.content.decode()

    def test_readers_of_a_published_guide_see_no_button_and_link_nothing(self, as_group, occupation):
        role = factories.RoleFactory(title="Data Scientist")
        client = as_group("contributor")
        page = client.get(change(role)).content.decode()
        assert "O*NET describes it as" in page
        assert 'name="_link"' not in page
        assert client.post(change(role), {"_link": occupation.pk}).status_code == 403
        assert not role.occupation_links.exists()

    def test_who_may_change_guides_but_not_add_links_links_nothing(self, client, role, occupation):
        person = factories.UserFactory(staff=True)
        person.user_permissions.set(Permission.objects.filter(codename__in=["view_role", "change_role"]))
        client.force_login(person)
        assert 'name="_link"' not in client.get(change(role)).content.decode()
        press_link(client, role, occupation)
        assert not role.occupation_links.exists()
