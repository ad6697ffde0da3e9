"""The tables of the checks: what an editor may get wrong is said with file and entry."""

import pytest
from django.core.checks import run_checks

from careers.postings.checks.system import blocking_rules_exist, tables_can_be_read
from careers.postings.checks.tables import OURS, READERS, TableError, read_laws, read_phrases, read_stems

LAW = """
[[law]]
place = "US-TX"
name = "Texas"
from = 2026-01-01
asks = ["range"]
remote = "no"
employers = "of every size"
source = "An act"
"""
PHRASES = """
[[class]]
rule = "noise"
label = "Noise"
advice = "Say it plainly."
source = "House style"
phrases = ["synerg*"]
"""


@pytest.mark.parametrize("name", READERS)
def test_our_own_tables_can_be_read(name):
    assert READERS[name](OURS / name)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("US-TX", "US-XX"), "pay_law.toml, law 1 (Texas): “US-XX” is not an ISO 3166 code"),
        (('["range"]', '["rang"]'), "law 1 (Texas): “asks” does not know rang"),
        (("2026-01-01", '"soon"'), "law 1 (Texas): “from” must be a day such as 2026-01-01"),
        (('name = "Texas"', ""), "law 1: “name” is missing"),
        (('"no"', '"perhaps"'), "“remote” must be one of"),
        (("source =", 'colour = "red"\nsource ='), "unknown key colour"),
        (("source =", "until = 2025-01-01\nsource ="), "it ends before it begins"),
        (("source =", "spread = { most = 5 }\nsource ="), "“spread” looks like"),
        (("[[law]]", "[law]"), "written [[law]], with two brackets"),
        (("[[law]]", "[[laws]]"), "unknown table laws"),
        (('"Texas"', "Texas"), "pay_law.toml: "),
    ],
    ids=lambda part: part[:30] if isinstance(part, str) else part[1][:20],
)
def test_a_fault_in_the_laws_names_file_and_entry(tmp_path, change, fault):
    path = tmp_path / "pay_law.toml"
    path.write_text(LAW.replace(*change))
    with pytest.raises(TableError) as refused:
        read_laws(path)
    assert fault in str(refused.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (PHRASES.replace('"noise"', '"no noise"'), "one word of letters"),
        (PHRASES + PHRASES, "class 2 (noise): the rule is there already"),
        (PHRASES.replace('["synerg*"]', '[""]'), "“phrases” must be a list of texts"),
        (PHRASES + 'places = ["TEXAS"]', "“TEXAS” is not an ISO 3166 code"),
    ],
)
def test_a_fault_in_the_phrases_names_file_and_entry(tmp_path, text, fault):
    path = tmp_path / "phrases.toml"
    path.write_text(text)
    with pytest.raises(TableError) as refused:
        read_phrases(path)
    assert fault in str(refused.value)


def test_a_file_that_is_not_utf_8_is_named(tmp_path):
    path = tmp_path / "gender.toml"
    path.write_bytes(b"\xff")
    with pytest.raises(TableError, match=r"gender\.toml: not UTF-8"):
        read_stems(path)


def test_a_folder_of_ones_own_stands_in_for_ours(tmp_path, settings):
    from .subjects import rules_of, subject

    (tmp_path / "phrases.toml").write_text(PHRASES)
    settings.POSTING_CHECKS_DIR = str(tmp_path)
    assert "noise" in rules_of(subject("We find synergies."))
    assert "culture_noise" not in rules_of(subject("A ninja."))


def test_the_system_check_tells_of_a_bad_table(tmp_path, settings):
    (tmp_path / "pay_law.toml").write_text(LAW.replace("US-TX", "US-XX"))
    settings.POSTING_CHECKS_DIR = str(tmp_path)
    [error] = tables_can_be_read(None)
    assert "pay_law.toml, law 1 (Texas)" in error.msg


def test_the_system_check_tells_of_a_rule_that_does_not_exist(settings):
    settings.POSTING_BLOCKING_RULES = ["title_capitals", "title_captials"]
    [error] = blocking_rules_exist(None)
    assert "title_captials" in error.msg
    assert "title_capitals" in error.hint
    assert error in run_checks(tags=["postings"])


def test_the_defaults_are_in_order():
    assert run_checks(tags=["postings"]) == []
