"""Searches that find little: other spellings, fewer words, fewer filters."""

from datetime import UTC, datetime

import pytest

from careers.search import spelling, sync
from careers.search.conditions import Terms
from careers.search.documents import Document
from careers.search.index import Index, IndexState
from careers.search.query import SearchRequest, run_search
from careers.search.spelling import SuggestedSearch, droppable_pieces, without_pieces

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def index(tmp_path, monkeypatch):
    index = Index(tmp_path / "index")
    monkeypatch.setattr(sync, "current_index", lambda: index)
    titles = ["Python developer"] * 5 + ["Senior python engineer"] * 4 + ["Welder of pipes"] * 3 + ["Machinist"]
    documents = [
        Document(pk, title, facets={"level": ["senior" if "Senior" in title else "junior"]})
        for pk, title in enumerate(titles, 1)
    ]
    index.write([("job", [], documents)], IndexState(1, "x"))
    index.reload()
    return index


def help_of(typed, **chosen):
    conditions = {name: Terms(name, (value,)) for name, value in chosen.items()}
    return run_search(SearchRequest("job", typed, conditions, at=NOW, suggest_below=3)).suggestions


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("pyhton", "python"),
        ("pythn developer", "python developer"),
        ("ypthon", "python"),
        ("Senior  PYTHOM", "Senior  python"),
        ('"pyton developer"', '"python developer"'),
        ("pyton -welder", "python -welder"),
        ("pyton devloper", "python developer"),
        ("wleder", "welder"),
        ("macinist", "machinist"),
        ("pips", "pipes"),  # the shortest that is looked at
        ("devlopre", "developer"),  # two slips in eight letters
    ],
)
def test_a_mistyped_word_offers_the_whole_search_with_that_word(index, typed, meant):
    assert help_of(typed).corrected[0].text == meant


def test_a_spelling_counts_what_it_finds_with_the_same_filters(index):
    assert help_of("pyton").corrected == [SuggestedSearch("python", 9)]
    assert help_of("pyton", level="senior").corrected == [SuggestedSearch("python", 4)]


@pytest.mark.parametrize(
    "typed", ["", "xyz", "zzzzzzzz", "c++", "wldr9", "develpr", "pyth0n", "-pyhton", "pyhton*", "welder of pipes"]
)
def test_nothing_is_offered_where_nothing_is_near_or_nothing_is_mistyped(index, typed):
    assert help_of(typed).corrected == []


def test_a_spelling_that_finds_nothing_is_not_offered(index):
    assert help_of("pyton welder").corrected == []


def test_a_search_with_enough_hits_asks_for_no_help(index, monkeypatch):
    monkeypatch.setattr(spelling, "similar_words", lambda *_: pytest.fail("looked for near words"))
    assert help_of("python").corrected == []


def test_help_is_looked_for_below_the_number_asked_for_and_not_at_it(index, monkeypatch):
    monkeypatch.setattr(spelling, "similar_words", lambda *_: pytest.fail("looked for near words"))
    assert run_search(SearchRequest("job", "machinist", at=NOW, suggest_below=1)).suggestions.corrected == []


def test_a_slip_that_stands_in_few_documents_leads_to_commoner_words_the_commonest_first(index):
    titles = ["Biker"] * 5 + ["Baker"] * 4 + ["Bker"] * 2 + ["Machinest of tubes"]
    index.write([("job", [], [Document(pk, title) for pk, title in enumerate(titles, 50)])], IndexState(2, "x"))
    index.reload()
    assert [rewording.text for rewording in help_of("bker").corrected] == ["biker", "baker"]
    assert help_of("machinist tubes").corrected == []  # the near word is no commoner


def offered(index, typed, *titles):
    """The texts offered for what is typed, where these titles stand in the index as well."""
    index.write([("job", [], [Document(pk, title) for pk, title in enumerate(titles, 50)])], IndexState(2, "x"))
    index.reload()
    return spelling.corrected_texts(typed, index.searcher)


def test_a_word_in_two_documents_may_be_mistyped_and_one_in_three_is_a_word(index):
    assert offered(index, "boker", *["Biker"] * 5, *["Boker"] * 2) == ["biker"]
    assert offered(index, "boker", *["Biker"] * 5, *["Boker"] * 3) == []


def test_a_word_of_four_letters_may_stand_for_one_of_three_and_a_shorter_one_for_none(index):
    assert offered(index, "gaas", "Gas fitter") == ["gas"]
    assert offered(index, "gzs", "Gas fitter") == []


def test_the_nearest_comes_first_then_the_same_first_letter_then_the_commonest_then_the_alphabet(index):
    assert offered(index, "crapenter", "Carpenter", *["Crapentry"] * 5) == ["carpenter", "crapentry"]
    titles = ["Bakt", "Baker", *["Akr"] * 3, *["Bar"] * 2]
    assert offered(index, "bakr", *titles) == ["bar", "baker", "bakt", "akr"]


def test_of_one_word_four_are_offered_of_a_search_three_words_are_corrected_and_six_searches_counted(index):
    titles = ["Bakera Bakerb Bakerc Bakerd Bakere", *["Bakerf"] * 2, "Turnera Turnerb Turnerc Turnerd", "Miller Weaver"]
    assert offered(index, "bakerz", *titles) == ["bakerf", "bakera", "bakerb", "bakerc"]
    assert offered(index, "bakerz turnerz milller weavr", *titles)[0] == "bakerf turnera miller weavr"
    assert len(offered(index, "bakerz turnerz", " ".join(titles))) == 7
    assert len(help_of("bakerz turnerz").corrected) == 6


def test_where_nothing_is_found_each_filter_says_what_is_there_without_it(index):
    assert help_of("welder", level="senior").without == {"level": 3, "words": 4}
    assert help_of("welder senior").without == {}


def test_where_nothing_is_found_each_word_says_what_is_there_without_it(index):
    assert help_of("welder senior").shortened == [SuggestedSearch("senior", 4), SuggestedSearch("welder", 3)]
    assert help_of("welder senior xyz").shortened == help_of("welder senior").shortened
    assert help_of("welder xyz").shortened == [SuggestedSearch("welder", 3)]
    assert help_of("xyz").shortened == help_of("xyz zyx").shortened == []


def test_where_something_is_found_nothing_is_to_be_left_away(index):
    answered = help_of("machinist")
    assert (answered.without, answered.shortened) == ({}, [])


def test_shorter_searches_keep_phrases_and_exclusions():
    typed = 'cook jobs for "head chef" -intern'
    assert droppable_pieces(typed) == ["cook", '"head chef"']
    assert without_pieces(typed, ["cook"]) == 'jobs for "head chef" -intern'
