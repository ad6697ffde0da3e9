"""A search as a value: one spelling whatever the address, and readable after years of keeping it."""

import json

import pytest
from django.http import QueryDict

from careers.postings.job_list import stored_search
from careers.postings.job_list.form import PostingFilterForm
from tests.factories import RoleFactory

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def search(query):
    return PostingFilterForm(QueryDict(query)).search


def test_two_addresses_of_one_search_are_one_value():
    RoleFactory(title="Data Engineer", slug="data-engineer")
    one = search("workplace=remote&role=data-engineer&country=DE&country=evil&page=3")
    other = search("country=DE&role=data-engineer&role=nobody&workplace=remote")
    assert one == other
    assert {one, other} == {one}
    assert one.query == "role=data-engineer&country=DE&workplace=remote"
    assert one.sentence == "Data Engineer jobs in Germany, remote"


def test_its_address_is_that_of_the_list_with_the_page():
    assert search("").canonical_path() == "/jobs/"
    assert search("").canonical_path(2) == "/jobs/?page=2"
    assert search("q=data+lake&country=DE").canonical_path(2) == "/jobs/?q=data+lake&country=DE&page=2"


def test_a_kept_search_comes_back_as_it_was():
    kept = json.loads(json.dumps(search("q=lake&country=DE&country=FR&sort=newest").to_json()))
    assert PostingFilterForm.from_json(kept).search == search("q=lake&country=DE&country=FR&sort=newest")


def test_a_search_kept_under_the_old_name_of_a_filter_still_runs(monkeypatch):
    kept = {"version": 1, "pairs": [["q", "lake"], ["land", "DE"]]}
    assert PostingFilterForm.from_json(kept).search == search("q=lake")
    monkeypatch.setattr(stored_search, "VERSION", 2)
    renamed = {"land": "country"}
    monkeypatch.setitem(
        stored_search.UPGRADES, 1, lambda pairs: [(renamed.get(name, name), value) for name, value in pairs]
    )
    assert PostingFilterForm.from_json(kept).search == search("q=lake&country=DE")
    assert search("q=lake").to_json()["version"] == 2


def test_a_search_of_a_newer_portal_is_refused_by_name():
    with pytest.raises(ValueError, match=r"version 9 .* reads up to 1"):
        PostingFilterForm.from_json({"version": 9, "pairs": []})
