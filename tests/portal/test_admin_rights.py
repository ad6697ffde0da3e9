"""Every page of the admin asks for a right, those of packages and our own alike."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from careers.pages.models import Page
from tests import factories
from tests.addresses import admin_addresses, admin_rows
from tests.admin_pages import said, undrawn
from tests.cases import each
from tests.hostile import fill_all_texts

pytestmark = [pytest.mark.django_db, pytest.mark.postgres, pytest.mark.ignore_template_errors]
REFUSED = (403, 404, 405)
SECRET = "Zwillbrock"  # in every text of every row
# For everybody who may log in. The first page and the search show to each what they may see.
FOR_ALL_STAFF = {
    "index",
    "login",
    "logout",
    "password_change",
    "password_change_done",
    "jsi18n",
    "search",
    "set_password",
    "subdivisions",
}


@pytest.fixture
def pages():
    rows = admin_rows()
    fill_all_texts(SECRET)
    Page.objects.update(is_published=False)  # the footer names public ones to everybody
    return [page for page in admin_addresses(rows) if page[2] != "logout"]


def is_told(response):
    texts = [response.content.decode(), response.get("Location", ""), *said(response)]
    return any(SECRET.lower() in text.lower() for text in texts)


def test_staff_without_rights_open_nothing_and_are_told_nothing(client, pages):
    client.force_login(factories.UserFactory(staff=True))
    for address, model, name in pages:
        for response in (client.get(address), client.post(address, {"post": "yes"})):
            assert not is_told(response), address
            if model:
                assert response.status_code in REFUSED or is_unnamed(name, response), (address, response.status_code)
            elif name not in FOR_ALL_STAFF:
                assert response.status_code in (301, 302, 308, *REFUSED), (address, response.status_code)


def is_unnamed(name, response):
    """Django's redirect from the address of a row to its form, which asks."""
    return not name and response.status_code == 302 and response.url.endswith("/change/")


@each("group", ["contributor", "editor", "administrator"])
def test_a_group_opens_the_pages_of_the_models_it_may_see(client, group):
    rows = admin_rows()
    user = factories.UserFactory(staff=True, groups=[group])
    client.force_login(user)
    with undrawn():
        for address, model, name in admin_addresses(rows):
            if model is None:
                continue
            status = client.get(address).status_code
            assert status < 500, address
            if not user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}") and name:
                assert status in REFUSED, (address, status)


def test_whoever_sees_one_model_sees_no_other(client, pages):
    user = factories.UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_cannedreply"))
    client.force_login(user)
    opened = {model._meta.model_name for address, model, _ in pages if model and client.get(address).status_code == 200}
    assert opened == {"cannedreply"}


@each("right", ["add", "change", "delete"])
def test_one_right_of_another_kind_opens_no_export_and_no_statistics(client, right):
    posting = factories.PostingFactory()
    user = factories.UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename=f"{right}_employer"))
    client.force_login(user)
    export = reverse("admin:postings_posting_export")
    statistics = reverse("admin:postings_posting_statistics_csv", args=[posting.pk])
    asked = [client.get(export), client.post(export, {"format": "0", "resource": ""}), client.get(statistics)]
    assert [response.status_code for response in asked] == [403, 403, 403]


def test_the_address_of_a_draft_is_told_to_those_who_may_see_it(client, as_group):
    from django.contrib.contenttypes.models import ContentType

    role = factories.RoleFactory(draft=True)
    address = reverse("admin:view_on_site", args=[ContentType.objects.get_for_model(role).pk, role.pk])
    assert as_group("contributor").get(address).url.endswith(role.get_absolute_url())
    client.force_login(factories.UserFactory(staff=True))
    assert client.get(address).status_code == 403
    for number in ("abc", "9" * 30, "999999"):
        assert client.get(f"/admin/r/{number}/1/").status_code == 404


class TestDeleting:
    def login(self, client, *codes):
        user = factories.UserFactory(staff=True)
        user.user_permissions.set(Permission.objects.filter(codename__in=codes))
        client.force_login(user)

    def test_the_page_is_for_those_who_may_see_the_row(self, client):
        employer = factories.EmployerFactory(name=SECRET)
        address = reverse("admin:postings_employer_delete", args=[employer.pk])
        self.login(client, "delete_employer")
        assert client.get(address).status_code == 403
        self.login(client, "delete_employer", "view_employer")
        assert client.get(address).status_code == 200

    def test_what_stands_in_the_way_is_named_to_those_who_may_see_it(self, client):
        posting = factories.PostingFactory(title=SECRET)
        address = reverse("admin:postings_employer_delete", args=[posting.employer_id])
        self.login(client, "delete_employer", "view_employer")
        assert SECRET not in client.get(address).content.decode()
        self.login(client, "delete_employer", "view_employer", "delete_posting")
        assert SECRET not in client.get(address).content.decode()
        self.login(client, "delete_employer", "view_employer", "delete_posting", "view_posting")
        assert SECRET in client.get(address).content.decode()

    def test_a_published_posting_is_not_named_in_a_refusal(self, client):
        posting = factories.PostingFactory(title=SECRET)
        self.login(client)
        response = client.get(reverse("admin:postings_posting_delete", args=[posting.pk]))
        assert response.status_code == 403
        assert not is_told(response)


def test_a_group_without_rights_is_as_good_as_none(client, pages):
    user = factories.UserFactory(staff=True)
    user.groups.add(Group.objects.get(name="Bakers"))
    client.force_login(user)
    models = [(address, model) for address, model, name in pages if model and name]
    assert {client.get(address).status_code for address, _ in models} <= set(REFUSED)
