"""The documents name files, settings, decisions and commands that exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
PATH = re.compile(r"(?<![\w./-])((?:careers|portal|templates|tests|static|starter|bench|docs)/[\w./-]*\w/?)")
LINK = re.compile(r"\]\(([^)#:]+)\)")
DECISION = re.compile(r"\bdecisions? (\d{4})")
COMMAND = re.compile(r"manage\.py (\w+)")
TARGET = re.compile(r"\bmake ([a-z][a-z-]*)\b(?=[`\n ]*(?:#|`|\n|$))")


def faults(document, text):
    """Paths, links, decisions and commands in the text that do not exist."""
    missing = [path for path in PATH.findall(text) if not (ROOT / path).exists()]
    missing += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    missing += [number for number in DECISION.findall(text) if not list((ROOT / "docs/decisions").glob(f"{number}-*"))]
    missing += [command for command in COMMAND.findall(text) if command not in get_commands()]
    return missing


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_documents_name_what_exists(document):
    assert faults(document, document.read_text()) == []


def test_what_does_not_exist_is_found():
    text = "`careers/nothing.py`, [page](nothing.md), decision 9999, `manage.py nothing`"
    assert faults(ROOT / "README.md", text) == ["careers/nothing.py", "nothing.md", "9999", "nothing"]


def test_the_makefile_has_the_targets_that_documents_name():
    makefile = (ROOT / "Makefile").read_text()
    named = {target for document in DOCUMENTS for target in TARGET.findall(document.read_text())}
    assert [target for target in sorted(named) if not re.search(rf"^{target}:", makefile, re.MULTILINE)] == []


def test_the_readme_is_short():
    assert (ROOT / "README.md").read_text().count("\n") <= 120


def test_decisions_have_one_number_each():
    numbers = [path.name[:4] for path in (ROOT / "docs/decisions").iterdir()]
    assert len(numbers) == len(set(numbers))
