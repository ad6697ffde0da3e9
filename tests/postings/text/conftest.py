import pytest

from tests import factories


@pytest.fixture
def editor():
    return factories.UserFactory(username="eve", staff=True, groups=["editor"])


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client
