"""Nobody hands out rights they do not hold, and nobody changes a person who may do more than they."""

import html
import re
from unittest import mock

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.admin_pages import filled, said

pytestmark = pytest.mark.ignore_template_errors


def change(row):
    return reverse(f"admin:auth_{row._meta.model_name}_change", args=[row.pk])


def send(client, row, **changes):
    data = filled(client, change(row))
    return client.post(change(row), {name: value for name, value in (data | changes).items() if value is not None})


@pytest.fixture
def administrator(as_group):
    return as_group("administrator")


def invited(client, *groups, **given):
    """A new user, and the answer to the form that makes them."""
    keys = [Group.objects.get(name=name).pk for name in groups]
    add = {"username": "wren", "email": "wren@example.org", "groups": keys} | given
    answer = client.post(reverse("admin:auth_user_add"), add)
    return User.objects.filter(username=add["username"]).first(), answer


def mailed_path(mail):
    return re.search(r"https://careers\.example\.org(/admin/set-password/\S+)", mail.body)[1]


def test_a_new_contributor_is_staff_and_gets_a_mail_to_set_a_password(administrator, mailoutbox):
    person, answer = invited(administrator, "contributor")
    assert answer.status_code == 302
    assert (person.is_staff, person.has_usable_password(), person.groups.get().name) == (True, False, "contributor")
    assert said(answer)[-1] == "We have emailed wren@example.org a link to set a password."
    assert mailoutbox[0].to == ["wren@example.org"]
    assert "Your username is wren." in mailoutbox[0].body


def test_the_link_sets_a_password_once(administrator, mailoutbox, client):
    invited(administrator, "editor")
    visitor = Client()
    form = visitor.get(mailed_path(mailoutbox[0]), follow=True)
    assert "unsafe" not in form["Content-Security-Policy"]
    assert "no-store" in form["Cache-Control"]
    path = form.request["PATH_INFO"]
    weak = visitor.post(path, {"new_password1": "wren", "new_password2": "wren"})
    assert "at least 12 characters" in html.unescape(weak.content.decode())
    good = {"new_password1": "seven-grey-herons", "new_password2": "seven-grey-herons"}
    assert visitor.post(path, good).url == reverse("admin:login")
    assert visitor.login(username="wren", password="seven-grey-herons")
    assert "expired or was already used" in Client().get(mailed_path(mailoutbox[0]), follow=True).content.decode()


@pytest.mark.parametrize("path", ["MQ/none", "x/none", "OTk5OTk5/a-b", "%00/a", "a" * 3000 + "/b"])
def test_a_link_that_was_never_sent_sets_nothing(client, db, path):
    answer = client.get(f"/admin/set-password/{path}/")
    assert answer.status_code == 200
    assert "expired or was already used" in answer.content.decode()


def test_a_link_expires(administrator, mailoutbox, settings):
    invited(administrator, "editor")
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert "expired" in Client().get(mailed_path(mailoutbox[0]), follow=True).content.decode()


def test_a_user_without_a_group_is_not_staff(administrator):
    assert invited(administrator)[0].is_staff is False


@pytest.mark.parametrize(
    ("given", "field"), [({"email": ""}, "email"), ({"email": "x"}, "email"), ({"username": "WREN"}, "username")]
)
def test_a_user_who_cannot_be_invited_is_not_made(administrator, mailoutbox, given, field):
    factories.UserFactory(username="Wren")
    _, answer = invited(administrator, "editor", **{"username": "somebody"} | given)
    assert field in answer.context["adminform"].form.errors
    assert (User.objects.count(), mailoutbox) == (2, [])


def test_a_mail_server_that_fails_costs_nothing(administrator):
    with mock.patch("portal.invitations.send_mail", side_effect=ConnectionRefusedError):
        person, answer = invited(administrator, "editor")
    assert person.groups.get().name == "editor"
    assert "could not send the email" in said(answer)[-1]


def test_a_link_is_sent_again(administrator, mailoutbox):
    person = factories.UserFactory(email="robin@example.org")
    send(administrator, person, auth_user_invite="1", first_name="Robin")
    assert User.objects.get(pk=person.pk).first_name == "Robin"
    assert mailoutbox[0].to == ["robin@example.org"]
    person.email = ""
    person.save()
    assert "We did not send an email" in said(send(administrator, person, auth_user_invite="1"))[-1]
    assert len(mailoutbox) == 1


def test_nobody_sends_a_link_to_a_superuser_they_may_not_change(administrator, mailoutbox):
    root = factories.UserFactory(superuser=True, email="root@example.org")
    assert administrator.post(change(root), {"username": root.username, "auth_user_invite": "1"}).status_code == 403
    assert mailoutbox == []


def test_an_administrator_makes_no_group_members_beyond_their_own_rights(administrator, mailoutbox):
    strong = Group.objects.create(name="strong")
    strong.permissions.add(Permission.objects.get(codename="delete_session"))
    person, answer = invited(administrator, "strong")
    assert person is None
    assert "groups" in answer.context["adminform"].form.errors
    assert mailoutbox == []


def test_an_administrator_makes_no_superuser(administrator):
    person = factories.UserFactory()
    send(administrator, person, is_superuser="on")
    person.refresh_from_db()
    assert not person.is_superuser


def test_nor_becomes_one(administrator):
    me = Group.objects.get(name="administrator").user_set.get()
    send(administrator, me, is_superuser="on")
    me.refresh_from_db()
    assert not me.is_superuser


@pytest.mark.parametrize("active", [True, False])
def test_a_superuser_is_read_only_to_an_administrator(administrator, active):
    root = factories.UserFactory(superuser=True, is_active=active)
    assert administrator.get(change(root)).status_code == 200
    assert administrator.post(change(root), {"username": "mine"}).status_code == 403
    password = reverse("admin:auth_user_password_change", args=[root.pk])
    assert administrator.get(password).status_code == 403
    assert administrator.post(password, {"password1": "x", "password2": "x"}).status_code == 403


def test_holding_every_permission_does_not_open_a_superuser(administrator):
    Group.objects.get(name="administrator").permissions.set(Permission.objects.all())
    root = factories.UserFactory(superuser=True)
    assert administrator.post(change(root), {"username": "mine"}).status_code == 403


def test_somebody_who_may_more_is_read_only_even_while_inactive(administrator):
    person = factories.UserFactory(is_active=False)
    person.user_permissions.add(Permission.objects.get(codename="delete_session"))
    assert administrator.post(change(person), {"username": "mine"}).status_code == 403


def test_permissions_one_does_not_hold_cannot_be_given(administrator):
    person = factories.UserFactory()
    beyond = Permission.objects.get(codename="delete_session")
    answer = send(administrator, person, user_permissions=[beyond.pk])
    assert "user_permissions" in answer.context["adminform"].errors


def test_a_group_with_more_rights_cannot_be_given_or_changed(administrator):
    strong = Group.objects.create(name="strong")
    strong.permissions.add(Permission.objects.get(codename="delete_session"))
    person = factories.UserFactory()
    assert "groups" in send(administrator, person, groups=[strong.pk]).context["adminform"].errors
    assert administrator.post(change(strong), {"name": "weak"}).status_code == 403


def test_a_group_cannot_be_given_more_than_one_holds(administrator):
    own = Group.objects.create(name="own")
    answer = send(administrator, own, permissions=[Permission.objects.get(codename="delete_session").pk])
    assert "permissions" in answer.context["adminform"].errors


def test_the_three_groups_are_not_deleted(administrator):
    own = Group.objects.create(name="own")
    editor = Group.objects.get(name="editor")
    assert administrator.get(reverse("admin:auth_group_delete", args=[editor.pk])).status_code == 403
    assert administrator.get(reverse("admin:auth_group_delete", args=[own.pk])).status_code == 200


def test_a_superuser_may_do_all_this(admin):
    person = factories.UserFactory()
    assert send(admin, person, is_superuser="on", is_staff="on").status_code == 302
    person.refresh_from_db()
    assert person.is_superuser


def test_the_list_of_people_asks_the_same_number_of_questions_for_many(administrator, django_assert_num_queries):
    address = reverse("admin:auth_user_changelist")
    administrator.get(address)
    with django_assert_num_queries(100, exact=False) as few:
        administrator.get(address)
    for _ in range(27):
        factories.UserFactory(groups=["editor"])
    with django_assert_num_queries(len(few), exact=False) as many:
        administrator.get(address)
    assert len(many) == len(few)


@pytest.mark.django_db
class TestLogin:
    @pytest.fixture(autouse=True)
    def _throttled(self, settings):
        settings.AXES_ENABLED = True
        settings.AXES_FAILURE_LIMIT = 3

    def attempt(self, client, password):
        return client.post(reverse("admin:login"), {"username": "somebody", "password": password})

    def test_after_so_many_failures_even_the_right_password_is_refused(self, client):
        person = factories.UserFactory(username="somebody", staff=True)
        person.set_password("the right one")
        person.save()
        statuses = [self.attempt(client, "wrong").status_code for _ in range(3)]
        assert statuses == [200, 200, 429]
        assert self.attempt(client, "the right one").status_code == 429
        assert client.get(reverse("admin:index")).status_code == 302

    def test_others_still_log_in(self, client):
        for _ in range(4):
            self.attempt(client, "wrong")
        person = factories.UserFactory(username="other", staff=True)
        person.set_password("the right one")
        person.save()
        answer = client.post(reverse("admin:login"), {"username": "other", "password": "the right one"})
        assert answer.status_code == 302
