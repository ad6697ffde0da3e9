"""Spellings that meet, meanings of words, and texts in which nothing can be searched for."""

from datetime import UTC, datetime

import pytest

from careers.search import sync
from careers.search.conditions import Terms
from careers.search.documents import Document
from careers.search.index import Index, IndexState
from careers.search.query import SearchRequest, run_search

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def index(tmp_path, monkeypatch):
    index = Index(tmp_path / "index")
    monkeypatch.setattr(sync, "current_index", lambda: index)
    return index


def put(index, *documents):
    index.write([("job", [], documents)], IndexState(1, "x"))
    index.reload()


def pks(typed, **options):
    return sorted(run_search(SearchRequest("job", typed, at=NOW, **options)).pks)


@pytest.mark.parametrize(
    "spellings",
    [
        ("frontend", "front-end", "front end", "Front‑End"),
        ("nodejs", "Node.js", "node js"),
        ("OBrien", "O'Brien", "O’Brien"),
        ("email", "e-mail"),
        ("fullstack", "full stack", "full-stack"),
        (".NET", "dotnet", "dot net"),
        ("Müller", "Mueller", "mu\u0308ller"),
        ("R&D", "r&d"),
        ("cicd", "CI/CD"),
        ("call centre", "call center"),
        ("labour", "labor"),
        ("organisation", "organization"),
        ("modelling", "modeling"),
    ],
)
def test_every_spelling_finds_every_other(index, spellings):
    put(index, *(Document(pk, f"A {spelling} thing") for pk, spelling in enumerate(spellings)))
    found = {spelling: pks(spelling) for spelling in spellings}
    assert found == {spelling: list(range(len(spellings))) for spelling in spellings}


def test_what_was_found_by_another_spelling_is_marked(index):
    put(
        index, Document(1, "Front-end, front end, frontend"), Document(2, "Node.js"), Document(3, "O'Brien Müller .NET")
    )
    marks = {
        typed: [run_search(SearchRequest("job", typed, at=NOW)).highlighter.highlight(text) for text in texts]
        for typed, texts in {
            "frontend": ["A Front-end", "the front end", "Frontend"],
            "front-end": ["Frontend"],
            "nodejs": ["Node.js"],
            "obrien mueller": ["O'Brien Müller"],
            ".net": ["C# and .NET, net pay"],
        }.items()
    }
    assert marks == {
        "frontend": ["A <mark>Front-end</mark>", "the <mark>front end</mark>", "<mark>Frontend</mark>"],
        "front-end": ["<mark>Frontend</mark>"],
        "nodejs": ["<mark>Node.js</mark>"],
        ".net": ["C# and <mark>.NET</mark>, net pay"],
        "obrien mueller": ["<mark>O&#x27;Brien</mark> <mark>Müller</mark>"],
    }


def test_a_word_is_not_split_at_short_words_of_running_english(index):
    put(index, Document(1, "Looks for ward staff"), Document(2, "Forward planner"), Document(3, "Goes a long way"))
    assert pks("forward") == [2]
    assert pks("along") == []


def test_words_inside_a_run_without_spaces_are_found_and_marked(index):
    japanese = Document(1, "当社では機械学習技術者を募集", text="Pythonの経験")
    put(index, japanese, Document(2, "นักพัฒนาซอฟต์แวร์"), Document(3, "術技者"))
    assert pks("技術者") == pks("学習技術") == pks("機械学習 python") == [1]
    assert pks("พัฒนา") == [2]
    assert pks("医") == []
    marks = run_search(SearchRequest("job", "技術者 python", at=NOW)).highlighter
    assert marks.highlight("機械学習技術者を") == "機械学習<mark>技術者</mark>を"
    assert marks.highlight("当社ではPythonの経験") == "当社では<mark>Python</mark>の経験"
    assert marks.highlight("Python技術者") == "<mark>Python</mark><mark>技術者</mark>"


@pytest.mark.parametrize("typed", ["😀", "---", '"', "***", "?! …", "_"])
def test_a_text_without_letters_and_digits_finds_nothing(index, typed):
    put(index, Document(1, "Welder", facets={"country": ["DE"]}))
    answer = run_search(SearchRequest("job", typed, facets=("country",), at=NOW))
    assert (answer.total, answer.pks, answer.facets) == (0, [], {"country": {}})
    assert pks("") == pks(" ") == [1]


@pytest.mark.parametrize("typed", ["jobs for nurses", "nurse jobs in the ward", "find a nurse position", "Jobs nurse"])
def test_words_that_say_nothing_about_a_job_need_not_occur(index, typed):
    put(index, Document(1, "Nurse", text="ward"), Document(2, "Welder", text="jobs in the yard"))
    assert pks(typed) == [1]


def test_such_words_are_searched_where_there_are_no_others(index):
    put(index, Document(1, "Nurse"), Document(2, "Welder", text="jobs in the yard"))
    assert pks("jobs") == pks("jobs in") == [2]
    assert pks('"jobs in"') == [2]


def test_a_word_may_also_be_met_by_a_condition_and_real_matches_come_first(index):
    put(index, Document(1, "Cook", facets={"country": ["DE"]}), Document(2, "Allemagne cook"), Document(3, "Cook"))
    meanings = {"allemagne": Terms("country", ("DE",))}
    answer = run_search(SearchRequest("job", "cook allemagne", at=NOW, meanings=meanings))
    assert answer.pks == [2, 1]
    assert pks("cook -allemagne", meanings=meanings) == [1, 3]


def test_without_words_that_occur_nowhere_something_is_found_and_the_words_are_named(index):
    put(index, Document(1, "Data engineer", text="Canada"), Document(2, "Nurse"), Document(3, "Data clerk"))
    suggestions = run_search(
        SearchRequest("job", "data engineer xylophone zither canada", at=NOW, suggest_below=3)
    ).suggestions
    assert [(found.text, found.total, found.dropped) for found in suggestions.shortened] == [
        ("data engineer canada", 1, ("xylophone", "zither"))
    ]


def test_where_all_words_occur_and_no_document_has_all_one_more_is_dropped(index):
    put(index, Document(1, "Nurse"), Document(2, "Nurse"), Document(3, "Welder"))
    suggestions = run_search(SearchRequest("job", "welder nurse zither", at=NOW, suggest_below=3)).suggestions
    assert [(found.text, found.dropped) for found in suggestions.shortened] == [
        ("nurse", ("zither", "welder")),
        ("welder", ("zither", "nurse")),
    ]


def test_a_word_with_a_meaning_is_dropped_last(index):
    put(index, *(Document(pk, "Nurse") for pk in range(3)), Document(9, "Welder", facets={"country": ["FR"]}))
    meanings = {"france": Terms("country", ("FR",))}
    request = SearchRequest("job", "nurse welder france", at=NOW, suggest_below=3, meanings=meanings)
    found = run_search(request).suggestions.shortened
    assert [search.dropped for search in found] == [("nurse",)]
    request = SearchRequest("job", "nurse france", at=NOW, suggest_below=3, meanings=meanings)
    assert [search.text for search in run_search(request).suggestions.shortened] == ["france", "nurse"]


def test_several_kinds_can_be_searched_at_once(index):
    index.write([(kind, [], [Document(1, "Welder")]) for kind in ("job", "guide", "other")], IndexState(1, "x"))
    index.reload()
    assert run_search(SearchRequest(("job", "guide"), "welder", at=NOW)).total == 2
