"""Imports and relations point down: portal > postings, resources > roles > search > changes > core. Siblings never meet."""

import ast
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent

# Each room and the rooms it may use. `portal` may use everything below it.
BELOW = {
    "careers.core": set(),
    "careers.changes": {"careers.core"},
    "careers.search": {"careers.core", "careers.changes"},
    "careers.roles": {"careers.core", "careers.changes", "careers.search"},
    "careers.postings": {"careers.core", "careers.changes", "careers.search", "careers.roles"},
    "careers.resources": {"careers.core", "careers.changes", "careers.search", "careers.roles"},
}
BELOW["portal"] = set(BELOW)


def room_of(module):
    """'careers.roles.models.role' -> 'careers.roles'; None for what is not ours."""
    return next((room for room in BELOW if module == room or module.startswith(room + ".")), None)


def imported_modules(source, module, is_package=False):
    """Absolute names of what a module imports, inside functions too."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = module.split(".")[: len(module.split(".")) - node.level + is_package] if node.level else []
            base = ".".join([*package, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def import_faults(source, module, is_package=False):
    own = room_of(module)
    targets = {room_of(name) for name in imported_modules(source, module, is_package)} - {None, own}
    return sorted(f"{module} imports {target}" for target in targets if target not in BELOW[own])


def modules():
    for folder in ("careers", "portal"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            is_package = parts[-1] == "__init__"
            yield path, ".".join(parts[:-1] if is_package else parts), is_package


def test_imports_point_down():
    faults = [
        fault
        for path, module, is_package in modules()
        if room_of(module)
        for fault in import_faults(path.read_text(), module, is_package)
    ]
    assert faults == []


def test_every_app_has_a_floor():
    rooms = {f"careers.{path.name}" for path in (ROOT / "careers").iterdir() if (path / "__init__.py").exists()}
    assert rooms <= set(BELOW)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("careers.core.money", "import careers.roles.models"),
        ("careers.changes.counter", "from careers.roles.models import Role"),
        ("careers.search.index", "from careers.postings.models import Posting"),
        ("careers.roles.views", "from careers.postings.models import Posting"),
        ("careers.roles.views", "def late():\n    from careers import postings"),
        ("careers.roles.models.role", "from ...resources import models"),
        ("careers.postings.views.detail", "from careers.resources.models import Resource"),
        ("careers.resources.models", "import portal.settings"),
    ],
)
def test_an_import_that_points_up_or_sideways_is_found(module, source):
    assert import_faults(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("careers.postings.views.detail", "from careers.roles.models import Role\nfrom . import forms"),
        ("careers.roles.models.role", "from ..services import publish\nfrom careers.core import money"),
        ("portal.views.home", "from careers.postings.models import Posting"),
    ],
)
def test_an_import_that_points_down_is_fine(module, source):
    assert import_faults(source, module) == []


def relation_faults(models):
    for model in models:
        own = room_of(model.__module__)
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            target = room_of(field.related_model.__module__)
            if target and target != own and target not in BELOW[own]:
                yield f"{model.__name__}.{field.name} points at {target}"


def test_relations_point_down():
    ours = [model for model in apps.get_models() if room_of(model.__module__)]
    assert ours
    assert list(relation_faults(ours)) == []


def test_a_relation_that_points_up_is_found(monkeypatch):
    from careers.postings.models import Posting

    monkeypatch.setattr(Posting, "__module__", "careers.roles.models.planted")
    assert "Posting.employer points at careers.postings" in list(relation_faults([Posting]))
