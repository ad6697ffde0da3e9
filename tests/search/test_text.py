"""How text becomes words, alike for the index and for what is typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.search.text import (
    MAX_WORD_LENGTH,
    WORD,
    WORD_ANALYZER,
    other_spellings,
    regional_spellings,
    split_words,
    words_from,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Data-engineer, R&D", ["data", "engineer", "r", "d"]),
        ("C++ and C#, 5+ years", ["c++", "and", "c#", "5", "years"]),
        (".NET, ASP.NET", ["dotnet", "asp", "net"]),
        ("Développeur", ["developpeur"]),
        ("De\u0301veloppeur", ["developpeur"]),
        ("İstanbul ISTANBUL", ["istanbul", "istanbul"]),
        ("Straße Ærø", ["strasse", "aero"]),
        ("ｐｙｔｈｏｎ ﬁnance", ["python", "finance"]),
        ("soft\u00adware", ["software"]),
        ("Python™", ["python"]),
        ("ёлка йод", ["елка", "иод"]),
        ("مُهَنْدِس", ["مهندس"]),
        ("技術者", ["技術", "術者"]),
        ("AI技術", ["ai", "技術"]),
        ("ｴﾝｼﾞﾆｱ", ["エン", "ンジ", "ジニ", "ニア"]),
        ("語", ["語"]),
        ("개발자", ["개발", "발자"]),
        ("snake_case", ["snake", "case"]),
        ("😀 --- …", []),
    ],
)
def test_a_text_is_split_into_words(text, words):
    assert WORD_ANALYZER.analyze(text) == words


@pytest.mark.parametrize(
    "word", ["высококвалифицированных", "大規模分散処理基盤開発担当上級技術者募集中", "é" * MAX_WORD_LENGTH]
)
def test_a_word_is_measured_in_characters(word):
    assert split_words(word)


def test_a_sentence_without_spaces_has_all_its_words_however_long():
    assert len(split_words("機械学習" * 500)) == 1999


def test_a_run_too_long_for_a_word_is_none():
    assert split_words("x" * (MAX_WORD_LENGTH + 1)) == split_words("é" * (MAX_WORD_LENGTH + 1)) == []


@pytest.mark.parametrize(
    ("text", "spellings"),
    [
        ("A Front-End developer", ["frontend"]),
        ("Node.js, O'Brien, O’Brien", ["nodejs", "obrien"]),
        ("R&D, CI/CD", ["rd", "cicd"]),
        (".NET", ["dotnet", "net"]),
        ("ASP.NET", ["aspnet", "dotnet", "net"]),
        ("Müller", ["mueller"]),
        ("Mu\u0308ller", ["mueller"]),
        ("the company's, don't", []),
        ("3.5 on 2024-01-02", []),
        ("engineering/operations", []),
        ("one-two-three-four-five", []),
    ],
)
def test_other_spellings_are_known_beside_the_words(text, spellings):
    assert other_spellings(text) == spellings


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("labour", "labor"),
        ("colors", "colours"),
        ("organised", "organized"),
        ("analyze", "analyse"),
        ("traveler", "traveller"),
    ],
)
def test_british_and_american_spellings_are_known(word, spelling):
    assert spelling in regional_spellings(word)


def test_no_other_words_are_changed():
    assert regional_spellings("morning") == regional_spellings("nurse") == regional_spellings("engineering") == []


@given(st.text(max_size=60))
def test_a_decomposed_text_has_the_same_words(text):
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert WORD_ANALYZER.analyze(composed) == WORD_ANALYZER.analyze(decomposed)


@given(st.text(alphabet=st.characters(max_codepoint=127), max_size=80))
def test_plain_text_takes_a_faster_way_to_the_same_words(text):
    assert split_words(text) == split_words(f"{text} é")[:-1]


@given(st.text(max_size=60))
def test_words_with_their_places_are_the_words(text):
    first = WORD.search(text.replace("_", " "))
    placed = list(words_from(text, first)) if first else []
    assert [word.text for word in placed] == split_words(f"{text} é")[:-1]
    assert all(0 <= word.start < word.end <= len(text) for word in placed)
