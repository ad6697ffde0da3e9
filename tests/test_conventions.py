"""Habits that are easy to forget, kept by a test. Each finder is tried on a planted fault as well."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, Q, TextField, UniqueConstraint
from django.urls import URLPattern, get_resolver

from careers.core.models import ProseField

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


def test_there_is_something_to_look_at():
    """Each test below lists the offenders, and would find none in an empty list."""
    assert min(len(OURS), len(SOURCES), len(PUBLIC_TEMPLATES)) > 20


def mute(constraint):
    machine_made = {"templateversion_number_once", "posting_source_once"}
    return (
        isinstance(constraint, CheckConstraint | UniqueConstraint)
        and constraint.name not in machine_made
        and constraint.violation_error_message == constraint.default_violation_error_message
    )


def test_constraints_speak_to_people():
    """Every constraint a form can break says in a sentence what is wrong."""
    assert [constraint.name for model in OURS for constraint in model._meta.constraints if mute(constraint)] == []
    assert mute(CheckConstraint(condition=Q(pk=1), name="posting_planted"))


def test_constraint_names_start_with_their_model():
    misnamed = [
        constraint.name
        for model in OURS
        for constraint in model._meta.constraints
        if not constraint.name.startswith(model._meta.model_name + "_")
    ]
    assert misnamed == []


def test_relations_have_a_name_for_the_way_back():
    """The reverse name is a contract, or plainly switched off with '+'."""
    nameless = [
        f"{model.__name__}.{field.name}"
        for model in OURS
        if not model.__name__.startswith("Historical")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.concrete and not field.remote_field.related_name
    ]
    assert nameless == []


def too_long(text):
    """A file past 400 lines or a function past 45 is a question; here the answer is to split it."""
    lines = text.count("\n")
    long = [f"{lines} lines"] if lines > 400 else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef) and node.end_lineno - node.lineno >= 45:
            long.append(f"{node.name}: {node.end_lineno - node.lineno + 1} lines")
    return long


def test_files_and_functions_stay_small():
    found = {name_of(path): too_long(path.read_text()) for path in SOURCES}
    assert {name: long for name, long in found.items() if long} == {}


def test_what_is_too_long_is_found():
    assert too_long("\n" * 401) == ["401 lines"]
    assert too_long("def short():\n" + "    x\n" * 44) == []
    assert too_long("def long():\n" + "    x\n" * 45) == ["long: 46 lines"]


def test_no_file_of_odds_and_ends():
    assert [name_of(path) for path in SOURCES if path.stem in ("utils", "helpers", "misc", "common")] == []


def markup_faults(markup):
    """What the Content-Security-Policy would refuse, and what would mark a text safe outside core/prose.py."""
    faults = re.findall(r"""\sstyle=["'][^"']*|\son[a-z]+=["']|<style\b|\|\s*safe\b|\{%\s*autoescape off""", markup)
    scripts = re.findall(r"<script\b[^>]*>", markup)
    faults += [script for script in scripts if "src=" not in script and "application/ld+json" not in script]
    return faults + re.findall(r"""(?:src|href)=["'](?:https?:)?//[^"']*\.(?:js|css|png|svg|woff2?)""", markup)


def test_public_templates_hold_no_inline_code():
    """Mails are not asked: their programs read no stylesheet but the one inside."""
    pages = [path for path in PUBLIC_TEMPLATES if path.parent.name != "mail"]
    found = {name_of(path): markup_faults(path.read_text()) for path in pages}
    assert {name: faults for name, faults in found.items() if faults} == {}


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


COUNTS = re.compile(
    r"""(?<![=?&"-])\{\{\s*((?:[\w.]*(?:\bcount|_count|\.count|\.total|num_pages)|[\w.]+\|length))\s*\}\}""",
)


def test_counts_are_written_with_separators():
    """100,000 jobs, not 100000: by the filter `thousands`."""
    found = {name_of(path): COUNTS.findall(path.read_text()) for path in TEMPLATES}
    assert {name: counts for name, counts in found.items() if counts} == {}
    assert COUNTS.findall("{{ page.paginator.count }} jobs, {{ rows|length }}, {{ live_count }}") != []


def test_texts_that_people_paste_are_cleaned():
    """Not reasons, which pass through a form of their own, and what the checks write."""
    raw = {"pendingchange.reason", "postingfinding.sentence"}
    unclean = {
        f"{model._meta.model_name}.{field.name}"
        for model in OURS
        if not model.__name__.startswith("Historical") and model._meta.app_label != "occupations"
        for field in model._meta.get_fields()
        if isinstance(field, TextField) and field.editable and not isinstance(field, ProseField)
    }
    assert unclean - raw == set()
