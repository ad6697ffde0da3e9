"""Marks in a text agree with what the index finds, and are the only markup there is."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.core.prose import strip_markdown
from careers.search.highlight import Highlighter
from careers.search.parser import Clause, parse_clauses
from careers.search.text import WORD_ANALYZER


def marks(typed):
    return Highlighter.from_clauses([clause for clause in parse_clauses(typed) if not clause.is_excluded])


@pytest.mark.parametrize(
    ("typed", "text", "marked"),
    [
        ("engineers", "An engineer of engines", "An <mark>engineer</mark> of <mark>engines</mark>"),
        ("developpeur", "Développeurs, DÉVELOPPEUR", "<mark>Développeurs</mark>, <mark>DÉVELOPPEUR</mark>"),
        ("de\u0301veloppeur", "De\u0301veloppeur", "<mark>De\u0301veloppeur</mark>"),
        ("java", "Java and JavaScript", "<mark>Java</mark> and JavaScript"),
        ("java*", "Java and JavaScript", "<mark>Java</mark> and <mark>JavaScript</mark>"),
        ("c++", "C, C++ and C#", "C, <mark>C++</mark> and C#"),
        ('"data engineer"', "Data engineers, engineer of data", "<mark>Data engineers</mark>, engineer of data"),
        ('data "big data engineer"', "A big data engineer", "A <mark>big data engineer</mark>"),
        ('big data "big data lake"', "big data lakes", "<mark>big data lakes</mark>"),
        ("back-end", "Back-end, back end, end", "<mark>Back-end</mark>, <mark>back end</mark>, end"),
        ("cook -chef", "Cook or chef", "<mark>Cook</mark> or chef"),
        ("ve data", "naïve, жdata, ve", "naïve, жdata, <mark>ve</mark>"),
        ("elan", "Élan, élan, relan", "<mark>Élan</mark>, <mark>élan</mark>, relan"),
        ("data", "x\u0301data metadata Data", "x\u0301data metadata <mark>Data</mark>"),
        ('"data engineer"', "data of data engineers", "data of <mark>data engineers</mark>"),
        ("cook", "", ""),
        ("", "Cook", "Cook"),
        ("amp lt", "R&D <b> amp", "R&amp;D &lt;b&gt; <mark>amp</mark>"),
        ("مهندس", "مهندس برمجيات", "<mark>مهندس</mark> برمجيات"),
        ("strasse", "Straße, STRASSE, Straßen", "<mark>Straße</mark>, <mark>STRASSE</mark>, Straßen"),
        ("aether", "Æther, ÆTHER, Ether", "<mark>Æther</mark>, <mark>ÆTHER</mark>, Ether"),
        ("eng*", "Éngineer, Engine, e_ng", "<mark>Éngineer</mark>, <mark>Engine</mark>, e_ng"),
    ],
)
def test_what_was_asked_for_is_marked(typed, text, marked):
    assert marks(typed).highlight(text) == marked


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("die", "dying"),
        ("tie", "tying"),
        ("sky", "skies"),
        ("happy", "happiness"),
        ("hope", "hoping"),
        ("sensible", "sensibilities"),
        ("probable", "probably"),
        ("organise", "organising"),
        ("organization", "organizers"),
        ("relate", "relational"),
        ("gentle", "gently"),
        ("activate", "activities"),
        ("as", "as"),
        ("c", "C"),
    ],
)
def test_words_of_one_stem_mark_each_other(one, other):
    assert marks(one).highlight(other) == f"<mark>{other}</mark>"
    assert marks(other).highlight(one) == f"<mark>{one}</mark>"


HOSTILE = st.lists(
    st.sampled_from(
        [
            "<mark>",
            "</mark>",
            "<script>alert(1)</script>",
            "&lt;",
            "&",
            '"',
            "'",
            "cook",
            "Cooks",
            " ",
            "e\u0301",
            "\u202e",
            "🍳",
            "<!--",
            "]]>",
        ]
    )
    | st.text(max_size=8)
).map("".join)
TYPED = (
    st.lists(st.sampled_from(["cook", '"cook cooks"', "mark*", "script", "-lt", "amp", "e"])).map(" ".join) | HOSTILE
)


def read(plain):
    """As a browser reads escaped text; entities that the text itself holds stay as they are."""
    kept = unescape(plain.replace("&lt;", "\ue000").replace("&amp;", "\ue001"))
    return kept.replace("\ue000", "<").replace("\ue001", "&")


@given(TYPED, HOSTILE)
def test_nothing_in_the_text_becomes_markup_and_nothing_of_it_is_lost(typed, text):
    marked = marks(typed).highlight(text)
    plain = re.sub(r"</?mark>", "", marked)
    assert "<" not in plain
    assert ">" not in plain
    assert read(plain) == text
    assert [*re.findall(r"</?mark>", marked)] == ["<mark>", "</mark>"] * marked.count("<mark>")


@given(TYPED, HOSTILE)
def test_an_extract_is_a_stretch_of_the_text_with_a_match_in_it(typed, text):
    text = strip_markdown(text)
    extract = marks(typed).extract(text, length=80)
    plain = re.sub(r"</?mark>", "", extract)
    assert "<" not in plain
    assert bool(extract) == ("<mark>" in marks(typed).highlight(text))
    assert read(plain).strip("…") in text


def test_an_extract_is_cut_between_words_around_the_match():
    text = "alpha " * 50 + "needle " + "omega " * 50
    extract = marks("needle").extract(text)
    assert re.fullmatch(r"…(alpha )+<mark>needle</mark>( omega)+…", extract)
    assert len(extract) < 250


def test_an_extract_shows_most_of_what_was_asked_for():
    text = "One cook here. " + "word " * 100 + "The cook and the baker. " + "word " * 300
    assert "<mark>cook</mark> and the <mark>baker</mark>" in marks("cook baker").extract(text)


@given(st.text(alphabet=st.characters(exclude_categories=["Cn", "Cs"]), max_size=40))
def test_words_are_found_as_the_index_parts_them(text):
    """Each word that the index holds of a text is marked in it."""
    for word in WORD_ANALYZER.analyze(text):
        assert "<mark>" in Highlighter.from_clauses([Clause((word,))]).highlight(text)
