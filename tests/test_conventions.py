"""Habits that are easy to forget, kept by a test. Each finder is tried on a planted fault as well."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import URLPattern, get_resolver

ROOT = Path(__file__).resolve().parent.parent
OURS = [model for model in apps.get_models() if model.__module__.startswith("careers.")]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PUBLIC_TEMPLATES = [path for path in TEMPLATES if "admin" not in path.relative_to(ROOT).parts]
SOURCES = [
    path
    for folder in ("careers", "portal", "bench", "tests")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if "migrations" not in path.parts
]


def name_of(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_constraints_speak_to_people(model):
    """Every constraint a form can break says in a sentence what is wrong."""
    machine_made = {"templateversion_number_once", "posting_source_once"}
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint | UniqueConstraint) and constraint.name not in machine_made:
            assert constraint.violation_error_message != constraint.default_violation_error_message, constraint.name


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_constraint_names_start_with_their_model(model):
    for constraint in model._meta.constraints:
        assert constraint.name.startswith(model._meta.model_name + "_"), constraint.name


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_relations_have_a_name_for_the_way_back(model):
    """The reverse name is a contract, or plainly switched off with '+'."""
    if model.__name__.startswith("Historical"):
        return
    for field in model._meta.get_fields():
        if field.is_relation and not field.auto_created and field.concrete:
            assert field.remote_field.related_name, f"{model.__name__}.{field.name}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_stay_small(path):
    """A file past 400 lines or a function past 40 is a question; here the answer is to split it."""
    text = path.read_text()
    assert text.count("\n") <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 45, f"{node.name} has {node.end_lineno - node.lineno + 1} lines"


def test_no_file_of_odds_and_ends():
    assert [name_of(path) for path in SOURCES if path.stem in ("utils", "helpers", "misc", "common")] == []


def markup_faults(markup):
    """What the Content-Security-Policy would refuse, and what would mark a text safe outside core/prose.py."""
    faults = re.findall(r"""\sstyle=["'][^"']*|\son[a-z]+=["']|<style\b|\|\s*safe\b|\{%\s*autoescape off""", markup)
    scripts = re.findall(r"<script\b[^>]*>", markup)
    faults += [script for script in scripts if "src=" not in script and "application/ld+json" not in script]
    return faults + re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']*\.(?:js|css|png|svg|woff2?)""", markup)


@pytest.mark.parametrize("path", PUBLIC_TEMPLATES, ids=name_of)
def test_public_templates_hold_no_inline_code(path):
    assert markup_faults(path.read_text()) == []


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        '<a onclick="go()">',
        "<script>go()</script>",
        "{{ text|safe }}",
        "{% autoescape off %}",
        '<script src="https://cdn.example.com/x.js">',
    ],
)
def test_inline_code_is_found(markup):
    assert markup_faults(markup)


def test_only_prose_marks_strings_safe():
    """Nothing but core/prose.py turns people's text into markup."""
    marked = [
        name_of(path)
        for path in SOURCES
        if path.is_relative_to(ROOT / "careers") or path.is_relative_to(ROOT / "portal")
        if re.search(r"\bmark_safe\b|\bSafeString\b", path.read_text())
    ]
    assert marked == ["careers/core/prose.py"]


def named_patterns(resolver, prefix=""):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield prefix + str(pattern.pattern), pattern
        elif getattr(pattern, "app_name", None) != "admin":
            yield from named_patterns(pattern, prefix + str(pattern.pattern))


def test_public_addresses_end_as_designed():
    """A page ends in a slash; a file has an ending; the health check and uploads are the exceptions."""
    for address, _ in named_patterns(get_resolver()):
        plain = address.rstrip("$")
        assert plain == "" or plain.endswith("/") or "." in plain or plain == "healthz" or "media/" in plain, address
