import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from careers.core.forms import FilterForm, LenientMultipleChoiceField, QueryField
from careers.core.pagination import get_page


class Form(FilterForm):
    q = QueryField()
    kind = LenientMultipleChoiceField(choices=[("a", "A"), ("b", "B")])


def criteria(query):
    return Form(QueryDict(query)).criteria


def test_known_values_are_kept_once_and_unknown_ones_dropped():
    assert criteria("kind=b&kind=evil&kind=b&kind=a")["kind"] == ["b", "a"]


@pytest.mark.parametrize("page", ["-1", "0", "abc", "", "1e3", "٣", "9" * 40, "%00"])
def test_a_page_that_is_no_number_counts_as_the_first(page):
    assert criteria(f"page={page}")["page"] == 1


def test_a_query_is_trimmed_cleaned_and_cut():
    assert criteria("q=%20data%00%20%0a science%20")["q"] == "data science"
    assert len(criteria("q=" + "x" * 5000)["q"]) == 200


@given(st.dictionaries(st.sampled_from(["q", "kind", "page", "other"]), st.text(max_size=50)))
def test_any_query_string_gives_criteria(values):
    query = QueryDict(mutable=True)
    query.update(values)
    assert set(Form(query).criteria) == {"q", "kind", "page"}


@pytest.mark.parametrize(("number", "shown"), [(1, 1), (3, 3), (999_999, 3), (-5, 1)])
def test_a_page_past_the_end_is_the_last_one(number, shown):
    assert get_page(range(25), number, 10).number == shown
