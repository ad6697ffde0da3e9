from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.template import engines

from careers.changes.kept import PAGES
from tests import factories

# The same examples in every run, and none of them timed: a slow machine is no fault of the code.
hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.register_profile("search", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("suite")


@pytest.fixture(autouse=True)
def _silent_missing_variables(request, monkeypatch):
    """The admin theme names missing variables by the hundred; where a test allows that, no place is looked up."""
    if request.node.get_closest_marker("ignore_template_errors"):
        monkeypatch.setattr(engines["django"].engine, "string_if_invalid", "")


@pytest.fixture(autouse=True)
def _no_pages_of_other_tests():
    """Each test has its own database, in which the same numbers stand for other content."""
    PAGES.clear()


@pytest.fixture(scope="session")
def shared_data():
    """The folder with the real files of O*NET and BLS, which stands beside the project where it is worked on."""
    folder = Path(settings.BASE_DIR).parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("the real data files are not here: ../shared/data")
    return folder


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
