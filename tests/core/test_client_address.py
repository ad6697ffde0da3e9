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
