"""Nothing stands in the style sheets or among the shared parts of pages that no page uses."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

TEMPLATES = {path: path.read_text() for path in (settings.BASE_DIR / "templates").rglob("*.html")}
SHEETS = sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))
FILTERS = [
    path.read_text() for path in (settings.BASE_DIR / "careers").glob("*/templatetags/*.py")
]  # some write markup
PARTS = sorted(path.name for path in (settings.BASE_DIR / "templates" / "components").glob("*.html"))
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")


def classes_in_templates():
    """(whole names, beginnings whose end a variable writes)"""
    names, beginnings = set(), set()
    for text in [*TEMPLATES.values(), *FILTERS]:
        for attribute in re.findall(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', text):
            beginnings |= set(re.findall(r"([\w-]+)\{\{", attribute))
            names |= set(TAG.sub(" ", attribute).split())
    return names, tuple(beginnings)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_of_a_style_sheet_is_used_by_a_page(sheet):
    rules = re.sub(r"/\*.*?\*/|\{[^{}]*\}", "", sheet.read_text(), flags=re.DOTALL)
    names, beginnings = classes_in_templates()
    styled = set(re.findall(r"\.([a-zA-Z][\w-]*)", rules))
    assert {name for name in styled - names if not name.startswith(beginnings)} == set()


def test_every_class_of_a_page_of_the_admin_is_styled():
    """The theme's style sheet holds the words its own pages use, and no others of their kind."""
    sheets = [
        Path(finders.find("unfold/css/styles.css")),
        *(settings.BASE_DIR / "static" / "admin" / "css").glob("*.css"),
    ]
    styled = "".join(sheet.read_text() for sheet in sheets).replace("\\", "")
    admin = settings.BASE_DIR / "templates" / "admin"
    attributes = [
        attribute
        for path, text in TEMPLATES.items()
        if path.is_relative_to(admin)
        for attribute in re.findall(r'class="((?:[^"{]|\{%.*?%\}|\{\{.*?\}\})*)"', text)
    ]
    names = {name for attribute in attributes for name in re.sub(r"\S*\{\{.*?\}\}|\{%.*?%\}", " ", attribute).split()}
    assert {name for name in names if f".{name}" not in styled} == set()


@pytest.mark.parametrize("part", PARTS)
def test_every_shared_part_is_included_somewhere(part):
    assert any(f"components/{part}" in text for text in TEMPLATES.values())


def test_pages_with_filters_have_their_style_their_script_and_the_list_they_close_to():
    pages = [text for text in TEMPLATES.values() if '"components/_filters.html"' in text]
    assert pages
    for text in pages:
        assert all(part in text for part in ("css/filters.css", "js/filters.js", 'id="results"'))


def test_text_that_may_not_be_edited_in_the_admin_keeps_its_lines():
    sheet = (settings.BASE_DIR / "static" / "admin" / "css" / "portal.css").read_text()
    assert re.search(r"\.readonly:not\(:has\(\*\)\) \{\s*white-space: pre-line;", sheet)
