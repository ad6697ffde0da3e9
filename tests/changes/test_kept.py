"""Values are made once for each state of the public content."""

import pytest

from careers.changes.kept import keep
from tests import factories


@pytest.fixture
def made():
    """A function to keep that returns how often it was called."""
    calls = []

    def make():
        calls.append(1)
        return len(calls)

    return make


@pytest.mark.django_db(transaction=True)
def test_a_value_is_kept_until_public_content_changes(made):
    factories.IndustryFactory()
    assert [keep("rows", made), keep("rows", made)] == [1, 1]
    assert keep("others", lambda: "other") == "other"
    factories.IndustryFactory()
    assert [keep("rows", made), keep("rows", made)] == [2, 2]


@pytest.mark.django_db
def test_nothing_is_kept_inside_a_transaction(made):
    assert [keep("rows", made), keep("rows", made)] == [1, 2]
