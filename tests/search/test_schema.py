"""The fields of the index come from the registered kinds."""

from dataclasses import replace

import pytest

from careers.search import documents, schema


@pytest.fixture
def kinds(monkeypatch):
    monkeypatch.setattr(schema, "KINDS", dict(documents.KINDS))
    schema.fields.cache_clear()
    yield schema.KINDS
    schema.fields.cache_clear()


def test_a_new_field_needs_a_new_index(kinds):
    before = schema.schema_version()
    kinds["postings.posting"] = replace(kinds["postings.posting"], facets=("role", "shift"))
    schema.fields.cache_clear()
    assert "shift" in schema.fields().facets
    assert schema.schema_version() != before


def test_the_version_does_not_depend_on_the_order_of_registration(kinds):
    before = schema.schema_version()
    reversed_kinds = dict(reversed(kinds.items()))
    kinds.clear()
    kinds.update(reversed_kinds)
    schema.fields.cache_clear()
    assert schema.schema_version() == before
