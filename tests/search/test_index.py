"""The engine alone: documents in, hits and counts out."""

from datetime import UTC, datetime, timedelta

import pytest

from careers.search import index as index_module
from careers.search import query, sync
from careers.search.conditions import Not, Or, Range, Terms, to_microseconds
from careers.search.documents import NEVER, Document
from careers.search.index import EMPTY_STATE, Index, IndexState, Snapshot
from careers.search.query import SearchRequest, run_search

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
STAND = IndexState(7, "abc")


@pytest.fixture
def index(tmp_path, monkeypatch):
    index = Index(tmp_path / "index")
    monkeypatch.setattr(sync, "current_index", lambda: index)
    return index


def put(index, *documents, kind="job", stand=STAND):
    index.write([(kind, [document.pk for document in documents], documents)], stand)
    index.reload()


def pks(typed="", **options):
    return run_search(SearchRequest("job", typed, at=NOW, **options)).pks


def test_words_match_whatever_their_ending_accent_or_case(index):
    put(index, Document(1, "Machines for a Développeur"), Document(2, "Nothing of the kind"))
    assert pks("machine") == pks("DEVELOPPEURS") == pks("développeur machine") == [1]


def test_every_word_must_stand_somewhere(index):
    put(index, Document(1, "Data engineer", text="Berlin"), Document(2, "Data analyst", text="Paris"))
    assert pks("data berlin") == [1]


def test_a_phrase_stands_together_and_within_one_part(index):
    put(
        index,
        Document(1, "Data engineer"),
        Document(2, "Engineer", text="of data"),
        Document(3, "Big data", ("engineer",)),
    )
    assert pks('"data engineer"') == [1]


def test_excluded_words_take_documents_away(index):
    put(index, Document(1, "Data engineer"), Document(2, "Data engineer, intern"))
    assert pks("engineer -intern") == [1]
    assert pks("-intern") == [1]


def test_a_word_that_stands_nowhere_is_taken_as_a_beginning(index):
    put(index, Document(1, "Machine operator"), Document(2, "Java developer"), Document(3, "JavaScript developer"))
    assert pks("machi") == [1]
    assert pks("java") == [2]
    assert sorted(pks("java*")) == [2, 3]
    assert pks("m") == pks('"machi opera"') == []  # too short, and two words
    assert pks("ma") == [1]


def test_a_beginning_stands_for_fifty_words(index):
    put(index, *(Document(pk, f"Machine{pk}") for pk in range(1, 53)))
    assert run_search(SearchRequest("job", "machine*", at=NOW)).total == 50


def test_a_page_has_twenty_rows_and_a_facet_fifty_values_unless_asked_otherwise(index):
    put(index, *(Document(pk, "Welder", facets={"skill": [f"skill-{pk}"]}) for pk in range(1, 53)))
    found = run_search(SearchRequest("job", "weldr", facets=("skill",), at=NOW))
    assert found.suggestions == query.Suggestions()
    found = run_search(SearchRequest("job", facets=("skill",), at=NOW))
    assert (len(found.pks), found.offset, len(found.facets["skill"])) == (20, 0, 50)


def test_words_decide_the_order_unless_another_is_asked_for_or_they_are_all_excluded(index):
    filler = "one two three four five six seven eight nine ten"
    put(
        index,
        Document(1, "Welder", numbers={"newest": 1, "pay_order": 2}),
        Document(2, "Baker", text=f"{filler} welder", numbers={"newest": 2, "pay_order": 1}),
        Document(3, "Cook", text=f"{filler} welder", numbers={"newest": 3, "pay_order": 3}),
    )
    assert pks("welder")[0] == 1
    assert pks("welder", filters={"all": Range("newest", 1, None)})[0] == 1
    assert pks("welder", sort="pay_order") == [3, 1, 2]
    assert pks("-nurse") == pks() == [3, 2, 1]


def test_the_title_weighs_more_than_names_and_these_more_than_the_text(index):
    filler = "one two three four five six seven eight nine ten"
    put(
        index,
        Document(1, "Something else", text=f"{filler} welder"),
        Document(2, "Something else", ("Welder",), filler),
        Document(3, "Welder", text=filler),
    )
    assert pks("welder") == [3, 2, 1]


def test_documents_show_between_their_moments_to_the_microsecond(index):
    now, tick = to_microseconds(NOW), 1
    put(
        index,
        Document(1, "Opens now", opens=now),
        Document(2, "Opens later", opens=now + tick),
        Document(3, "Closes now", closes=now),
        Document(4, "Closes later", closes=now + tick),
    )
    assert sorted(pks()) == [1, 4]


def test_where_no_moment_is_named_it_is_now(index):
    put(
        index,
        Document(1, "Open"),
        Document(2, "Closed long ago", closes=1),
        Document(3, "Opens one day", opens=NEVER - 1),
    )
    assert run_search(SearchRequest("job")).pks == [1]


def test_a_moment_keeps_its_microseconds():
    assert to_microseconds(NOW + timedelta(microseconds=1)) == to_microseconds(NOW) + 1


def test_values_of_one_filter_mean_or_and_filters_add_up(index):
    put(
        index,
        Document(1, "a", facets={"country": ["DE"], "level": ["senior"]}),
        Document(2, "b", facets={"country": ["FR"], "level": ["junior"]}),
        Document(3, "c", facets={"country": ["NG"], "level": ["senior"]}),
    )
    in_europe = Terms("country", ("DE", "FR"))
    assert sorted(pks(filters={"country": in_europe})) == [1, 2]
    assert pks(filters={"country": in_europe, "level": Terms("level", ("senior",))}) == [1]
    assert pks(filters={"country": Or((in_europe, Terms("level", ("senior",)))), "x": Not(in_europe)}) == [3]


def test_counts_of_a_facet_ignore_its_own_filter_and_heed_the_others(index):
    put(
        index,
        Document(1, "a", facets={"country": ["DE", "FR"], "level": ["senior"]}),
        Document(2, "b", facets={"country": ["FR"], "level": ["junior"]}),
        Document(3, "c", facets={"country": ["DE"], "level": ["junior"]}),
    )
    answer = run_search(
        SearchRequest("job", filters={"country": Terms("country", ("DE",))}, facets=("country", "level"), at=NOW)
    )
    assert answer.facets == {"country": {"DE": 2, "FR": 2}, "level": {"senior": 1, "junior": 1}}


def test_a_document_with_a_value_twice_counts_once(index):
    put(index, Document(1, "a", facets={"country": ["DE", "DE"]}))
    assert run_search(SearchRequest("job", facets=("country",), at=NOW)).facets == {"country": {"DE": 1}}


def test_a_chosen_value_is_counted_however_rare(index):
    rows = [Document(pk, "a", facets={"skill": [f"common-{pk % 3}"]}) for pk in range(1, 10)]
    put(index, *rows, Document(99, "a", facets={"skill": ["rare"]}))
    question = SearchRequest(
        "job", filters={"skill": Terms("skill", ("rare",))}, facets=("skill",), facet_size=3, at=NOW
    )
    assert run_search(question).facets["skill"]["rare"] == 1


def test_the_counts_kept_of_all_are_not_those_of_another_question(index):
    put(
        index,
        Document(1, "Welder", facets={"country": ["DE"], "level": ["senior"]}),
        Document(2, "Baker", facets={"country": ["FR"], "level": ["junior"]}),
    )

    def counted(typed="", facets=("country",), **options):
        return run_search(SearchRequest("job", typed, facets=facets, at=NOW, **options)).facets

    every = {"country": {"DE": 1, "FR": 1}}
    assert counted() == every
    assert counted("welder") == {"country": {"DE": 1}}
    assert counted(filters={"level": Terms("level", ("junior",))}) == {"country": {"FR": 1}}
    assert counted(facets=("level",)) == {"level": {"senior": 1, "junior": 1}}
    assert len(counted(facet_size=1)["country"]) == 1
    assert counted(facet_size=1, complete_facets=("country",)) == every
    assert counted() == every


def test_the_counts_of_all_follow_each_write_opening_and_closing(index):
    def counted(at):
        return run_search(SearchRequest("job", facets=("country",), at=at)).facets["country"]

    tick = timedelta(microseconds=1)
    facets = {"facets": {"country": ["DE"]}}
    put(index, Document(1, "Welder", opens=to_microseconds(NOW), **facets))
    put(
        index, Document(2, "Baker", opens=to_microseconds(NOW + tick), closes=to_microseconds(NOW + 3 * tick), **facets)
    )
    found = [counted(NOW + number * tick).get("DE", 0) for number in (-1, 0, 1, 2, 3, 4, 2, 0, -1)]
    assert found == [0, 1, 2, 2, 1, 1, 2, 1, 0]
    put(index, Document(3, "Cook", **facets))
    assert counted(NOW) == {"DE": 2}


def test_the_counts_of_all_are_worked_out_once(index, monkeypatch):
    put(index, Document(1, "Welder", facets={"country": ["DE"]}))
    question = SearchRequest("job", facets=("country",), at=NOW)
    first = run_search(question).facets
    monkeypatch.setattr(query._Search, "_count_values", lambda *arguments: pytest.fail("counted again"))
    assert run_search(question).facets == first == {"country": {"DE": 1}}


def test_counts_are_exact_however_the_documents_are_spread_over_segments(index):
    """`common` is among the best filled of all, and among none of the best filled twenty of the second segment."""
    put(index, *(Document(pk, "a", facets={"skill": ["common"]}) for pk in range(1, 5)))
    rows = [Document(100 + pk, "a", facets={"skill": [f"other-{pk // 2}"]}) for pk in range(80)]
    put(index, *rows, Document(300, "a", facets={"skill": ["common"]}))
    assert index.searcher.num_segments > 1
    assert run_search(SearchRequest("job", facets=("skill",), facet_size=2, at=NOW)).facets["skill"]["common"] == 5


def test_without_words_the_newest_comes_first_and_pages_follow_on_each_other(index):
    put(index, *(Document(pk, "a", numbers={"newest": pk}) for pk in range(1, 8)))
    assert pks(limit=3) == [7, 6, 5]
    assert pks(limit=3, offset=3) == [4, 3, 2]
    assert pks(limit=3, offset=6) == pks(limit=3, offset=7) == [1]
    assert pks(limit=3, offset=9) == [1]


def test_past_the_end_the_last_page_is_given_and_where_it_begins(index):
    put(index, *(Document(pk, "a", numbers={"newest": pk}) for pk in range(1, 7)))
    answer = run_search(SearchRequest("job", limit=3, offset=10**9, at=NOW))
    assert (answer.pks, answer.offset) == ([3, 2, 1], 3)
    assert run_search(SearchRequest("job", limit=1, offset=9, at=NOW)).offset == 5
    assert run_search(SearchRequest("none", limit=3, offset=9, at=NOW)).offset == 0


def test_any_depth_is_paged_in_one_order(index):
    put(index, *(Document(pk, "a", numbers={"newest": pk}) for pk in range(1, 11_001)))
    assert pks(limit=2, offset=10_500) == [500, 499]
    assert pks("a", limit=11_000, offset=10_500) == pks("a", limit=11_000)[10_500:]


def test_what_leads_comes_first_in_the_order_asked_for_and_all_else_newest_first(index):
    put(
        index,
        Document(1, "a", facets={"currency": ["EUR"]}, numbers={"newest": 1, "pay_order": 90}),
        Document(2, "a", facets={"currency": ["USD"]}, numbers={"newest": 2, "pay_order": 99}),
        Document(3, "a", facets={"currency": ["EUR"]}, numbers={"newest": 3, "pay_order": 50}),
        Document(4, "a", numbers={"newest": 4}),
    )
    question = {"sort": "pay_order", "leading": (Terms("currency", ("EUR",)),)}
    assert pks(**question) == [1, 3, 4, 2]
    assert run_search(SearchRequest("job", **question, at=NOW)).total == 4
    assert [pks(**question, limit=1, offset=place)[0] for place in range(4)] == [1, 3, 4, 2]
    assert pks(**question, limit=3, offset=1) == [3, 4, 2]
    assert pks(**question, limit=2, offset=1) == [3, 4]


def test_equally_relevant_documents_come_by_the_number_that_settles_it(index):
    put(
        index,
        *(
            Document(pk, "Welder", numbers={"posted": 1_700_000_000_000_000 + pk % 3 * 86_400_000_000})
            for pk in (1, 2, 3)
        ),
    )
    assert pks("welder", tie_breaker="posted") == [2, 1, 3]


def test_all_values_of_a_facet_are_counted_on_request(index):
    put(index, *(Document(pk, "a", facets={"band": [f"EUR:{pk}"]}) for pk in range(1, 30)))
    counted = [
        len(
            run_search(SearchRequest("job", facets=("band",), facet_size=5, complete_facets=whole, at=NOW)).facets[
                "band"
            ]
        )
        for whole in ((), ("band",))
    ]
    assert counted == [5, 29]


def test_a_range_of_a_number(index):
    put(index, *(Document(pk, "a", numbers={"pay_high": pk * 10, "newest": pk}) for pk in (1, 2, 3)))
    assert pks(filters={"pay": Range("pay_high", 20, None)}) == [3, 2]


def test_of_a_long_text_the_beginning_is_searched(index, monkeypatch):
    monkeypatch.setattr(index_module, "MAX_TEXT_LENGTH", 12)
    put(index, Document(1, "A title longer than that", ("And a longer name",), "welder baker turner"))
    assert [pks(typed) for typed in ("welder", "baker", "turner", "that", "name")] == [[1], [1], [], [1], [1]]


def test_kinds_do_not_mix(index):
    put(index, Document(1, "Welder"))
    put(index, Document(2, "Welder", facets={"skill": ["a", "b"]}), kind="guide")
    assert pks("welder") == [1]
    counted = [run_search(SearchRequest(kind, facets=("skill",), at=NOW)).facets["skill"] for kind in ("job", "guide")]
    assert counted == [{}, {"a": 1, "b": 1}]
    assert len(run_search(SearchRequest("guide", facets=("skill",), facet_size=1, at=NOW)).facets["skill"]) == 1


def test_a_document_written_again_replaces_the_old_one(index):
    put(index, Document(1, "Welder"))
    put(index, Document(1, "Turner"))
    assert (pks("welder"), pks("turner")) == ([], [1])


def test_none_for_the_rows_takes_out_all_of_a_kind(index):
    put(index, Document(1, "Welder"), Document(2, "Welder"))
    index.write([("job", None, ()), ("job", [], [Document(3, "Welder")])], STAND)
    index.reload()
    assert pks("welder") == [3]


def test_the_stand_moves_with_the_documents(index):
    assert index.state == EMPTY_STATE
    put(index, Document(1, "Welder"), stand=IndexState(12, "abc"))
    assert Index(index.folder).state == IndexState(12, "abc")


@pytest.mark.parametrize(
    "typed",
    ['"', '"" ""', "((((", "a" * 5000, "x " * 2000, "AND OR NOT", "title:[* TO *]", "\u202eabc", "😀", "\0", "-", "*", "a*" * 9,
     "(a+)+$", "\\", "/.*/", "'; DROP TABLE", "<script>"],
)  # fmt: skip
def test_hostile_questions_get_an_answer(index, typed):
    put(index, Document(1, "Welder"))
    assert run_search(SearchRequest("job", typed, facets=("country",), at=NOW)).total in (0, 1)


def test_a_damaged_index_is_unavailable_and_not_a_fault(index, monkeypatch):
    class Damaged:
        def __getattr__(self, name):
            raise ValueError("corrupt")

    put(index, Document(1, "Welder"))
    index.snapshot = Snapshot(Damaged(), {}, {})
    with pytest.raises(query.sync.SearchUnavailableError):
        pks("welder")


def test_counts_that_cannot_be_read_make_it_unavailable_once_they_are_looked_at(index, monkeypatch):
    put(index, Document(1, "Welder", facets={"country": ["DE"]}))
    monkeypatch.setattr(query._Search, "_count_values", raising(OSError("gone")))
    answer = run_search(SearchRequest("job", "welder", facets=("country",), at=NOW))
    assert answer.pks == [1]
    with pytest.raises(query.sync.SearchUnavailableError, match="gone"):
        answer.facets  # noqa: B018


def raising(error):
    def fail(*arguments):
        raise error

    return fail
