"""Whose failed logins are counted: the address of the connection, or the one our own proxy noted."""

import pytest
from django.test import RequestFactory

from careers.core.client_address import client_address


def asked(**headers):
    return RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", **headers)


def test_without_a_proxy_nobody_chooses_an_address(settings):
    settings.BEHIND_PROXY = False
    assert client_address(asked(HTTP_X_FORWARDED_FOR="203.0.113.9")) == "192.0.2.1"


@pytest.mark.parametrize("noted", ["203.0.113.9", "10.0.0.1, 203.0.113.9", "made up,203.0.113.9 "])
def test_behind_a_proxy_the_last_address_it_noted_counts(settings, noted):
    settings.BEHIND_PROXY = True
    assert client_address(asked(HTTP_X_FORWARDED_FOR=noted)) == "203.0.113.9"


@pytest.mark.parametrize("headers", [{}, {"HTTP_X_FORWARDED_FOR": ""}])
def test_where_the_proxy_noted_none_the_connection_counts(settings, headers):
    settings.BEHIND_PROXY = True
    assert client_address(asked(**headers)) == "192.0.2.1"


@pytest.mark.parametrize(
    ("noted", "address"),
    [
        ("1.2.3.4:5678", "1.2.3.4"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:DB8:0::1", "2001:db8::1"),
        ("fe80::1%eth0", "fe80::1"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("unknown", "192.0.2.1"),
        ("203.0.113.9, unknown", "192.0.2.1"),
        ("203.0.113.9,", "192.0.2.1"),
        ("_hidden", "192.0.2.1"),
        ("1.2.3.4.5", "192.0.2.1"),
        ("1.2.3.4:99:1", "192.0.2.1"),
        ("x" * 5000, "192.0.2.1"),
    ],
)
def test_what_is_noted_is_an_address_or_does_not_count(settings, noted, address):
    settings.BEHIND_PROXY = True
    assert client_address(asked(HTTP_X_FORWARDED_FOR=noted)) == address


def test_a_server_on_a_socket_names_no_address():
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == ""


@pytest.mark.django_db
@pytest.mark.postgres
@pytest.mark.ignore_template_errors
@pytest.mark.parametrize("noted", ["unknown", "1.2.3.4:5678", "x" * 300, ""])
def test_a_login_from_an_odd_address_fails_as_any_other(client, settings, noted):
    settings.BEHIND_PROXY = settings.AXES_ENABLED = True
    given = {"username": "somebody", "password": "wrong"}
    assert client.post("/admin/login/", given, headers={"x-forwarded-for": noted}).status_code == 200
