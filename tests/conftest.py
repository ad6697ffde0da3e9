import pytest
from django.template import engines

from tests import factories


@pytest.fixture(autouse=True)
def _silent_missing_variables(request, monkeypatch):
    """The admin theme names missing variables by the hundred; where a test allows that, no place is looked up."""
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture
def superuser(db):
    return factories.UserFactory(superuser=True)


@pytest.fixture
def admin(client, superuser):
    """A client logged in as superuser."""
    client.force_login(superuser)
    return client


@pytest.fixture
def as_group(client, db):
    """as_group("editor") -> a client logged in as staff of that group alone."""

    def login(name):
        client.force_login(factories.UserFactory(staff=True, groups=[name]))
        return client

    return login
