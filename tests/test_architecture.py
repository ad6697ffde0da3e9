"""Floors: imports (import-linter, see pyproject.toml), relations of models and names in strings point down."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
LAYERS = next(contract["layers"] for contract in CONTRACTS if contract["id"] == "floors")
# {package: its floor}; floor 0 is the top.
FLOORS = {"portal": 0} | {
    package.strip(): floor for floor, layer in enumerate(LAYERS, start=1) for package in layer.split("|")
}
LABELS = {config.label for config in apps.get_app_configs() if config.name.split(".")[0] in ("careers", "portal")}


def may_use(own, target):
    return own == target or FLOORS[own] < FLOORS[target]


def package_of(module):
    """'careers.roles.models.role' -> 'roles'; None for other modules."""
    root, _, rest = module.partition(".")
    name = rest.partition(".")[0] if root == "careers" else root
    return name if name in FLOORS else None


# -- Imports

PLANTED_IMPORTS = [
    ("careers/core/money.py", "import careers.roles.models"),
    ("careers/changes/counter.py", "from careers.roles.models import Role"),
    ("careers/search/index.py", "from careers.page_cache import store"),
    ("careers/roles/views.py", "def late():\n    from careers.postings import models"),
    ("careers/postings/views/detail.py", "from careers.resources.models import Resource"),
    ("careers/resources/models.py", "import portal.settings"),
]


def test_lint_imports_finds_imports_that_point_up_or_sideways(tmp_path):
    for package in ("careers", "portal"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=lambda folder, names: {"__pycache__"} & {*names})
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for path, source in PLANTED_IMPORTS:
        with (tmp_path / path).open("a") as file:
            file.write(f"\n\n{source}\n")
    lint = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([lint, "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    output = " ".join(done.stdout.split())
    assert done.returncode == 1, done.stdout + done.stderr
    for found in (
        "careers.core.money -> careers.roles.models",
        "careers.changes.counter -> careers.roles.models",
        "careers.search.index -> careers.page_cache.store",
        "careers.roles.views -> careers.postings.models",
        "careers.postings.views.detail -> careers.resources.models",
        "careers.resources.models -> portal.settings",
    ):
        assert found in output


# -- Relations


def relation_faults(models):
    for model in models:
        own = package_of(model.__module__)
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or not field.related_model:
                continue
            target = package_of(field.related_model.__module__)
            if target and not may_use(own, target):
                yield f"{model.__name__}.{field.name} points at {target}"


def test_relations_point_down():
    ours = [model for model in apps.get_models() if package_of(model.__module__)]
    assert ours
    assert list(relation_faults(ours)) == []


def test_a_relation_that_points_up_is_found(monkeypatch):
    from careers.postings.models import Posting

    monkeypatch.setattr(Posting, "__module__", "careers.roles.models.planted")
    assert "Posting.employer points at postings" in list(relation_faults([Posting]))


# -- Strings

APP = rf"({'|'.join(sorted(LABELS))})"
NAMES_IN_STRINGS = [
    re.compile(rf"\badmin:{APP}_"),  # URL names of the admin
    re.compile(rf"\b{APP}\.(?:view|add|change|delete|publish)_"),  # permissions
    re.compile(rf"^{APP}\.[A-Z]?[A-Za-z]+$"),  # models: "postings.Posting"
    re.compile(rf"^careers\.{APP}\."),  # dotted paths
    re.compile(rf"^(?:admin/)?{APP}/[\w/]+\.html$"),  # templates
]


def reverse_names(package):
    """{name: package}: how relations of packages above are called from the models of this package."""
    names = {}
    for model in apps.get_models():
        if package_of(model.__module__) != package:
            continue
        for relation in model._meta.related_objects:
            source = package_of(relation.related_model.__module__)
            if source and not may_use(package, source) and relation.get_accessor_name():
                names |= dict.fromkeys((relation.get_accessor_name(), relation.name), source)
    return names


def strings_of(tree):
    """String constants except docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node) is not None
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def words_of(tree):
    """Attributes that are not called (a manager is not; dict.items() is), and the parts of lookups in keywords and strings."""
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and id(node) not in called:
            yield node.attr
        elif isinstance(node, ast.keyword) and node.arg and "__" in node.arg:
            yield from node.arg.split("__")
    for text in strings_of(tree):
        if re.fullmatch(r"-?\w+", text):
            yield from text.lstrip("-").split("__")


def string_faults(source, package, reverse):
    """Names of packages above, as strings or as reverse relations."""
    tree = ast.parse(source)
    found = {
        (match[0], match[1])
        for text in strings_of(tree)
        for pattern in NAMES_IN_STRINGS
        for match in pattern.finditer(text)
    }
    found |= {(word, reverse[word]) for word in words_of(tree) if word in reverse}
    return sorted(f"{name} is of {target}" for name, target in found if not may_use(package, target))


def test_names_in_strings_point_down():
    faults = []
    for package in FLOORS:
        folder = ROOT / package if package == "portal" else ROOT / "careers" / package
        reverse = reverse_names(package)
        for path in sorted(folder.rglob("*.py")):
            if "migrations" not in path.parts:
                found = string_faults(path.read_text(), package, reverse)
                faults += [f"{path.relative_to(ROOT)}: {fault}" for fault in found]
    assert faults == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("reverse('admin:postings_posting_change', args=[1])", "admin:postings_ is of postings"),
        ("user.has_perm('postings.publish_posting')", "postings.publish_ is of postings"),
        ("apps.get_model('resources.Resource')", "resources.Resource is of resources"),
        ("import_string('careers.guide_import.admin.View')", "careers.guide_import. is of guide_import"),
        ("render(request, 'admin/postings/posting/drift.html')", "admin/postings/posting/drift.html is of postings"),
        ("role.postings.count()", "postings is of postings"),
        ("Role.objects.filter(postings__title='a')", "postings is of postings"),
        ("Role.objects.prefetch_related('postings')", "postings is of postings"),
    ],
)
def test_a_name_that_points_up_is_found(source, fault):
    assert string_faults(source, "roles", reverse_names("roles")) == [fault]


def test_names_that_point_down_and_docstrings_are_fine():
    source = (
        "def act():\n    'See admin:postings_posting_change.'\n    return reverse('admin:occupations_source_change')"
    )
    assert string_faults(source, "roles", reverse_names("roles")) == []


# -- Templates

LIBRARIES = {
    path.stem: package_of(".".join(path.relative_to(ROOT).with_suffix("").parts))
    for path in (ROOT / "careers").rglob("templatetags/*.py")
    if path.stem != "__init__"
}


def template_package(name):
    """'admin/postings/posting/drift.html' -> 'postings'; frames and shared components belong to no package."""
    parts = [part for part in Path(name).parts if part != "admin"]
    return parts[0] if parts[0] in FLOORS else None


def template_faults(name, read):
    """Tag libraries and admin URL names of packages above, also in the shared components that the template includes."""
    package, seen, waiting, faults = template_package(name), set(), [name], set()
    while waiting:
        current = waiting.pop()
        seen.add(current)
        text = read(current)
        loaded = {library for tags in re.findall(r"\{%\s*load ([^%]+?)\s*%\}", text) for library in tags.split()}
        faults |= {f"{current} loads {each}" for each in loaded if not may_use(package, LIBRARIES.get(each, package))}
        faults |= {
            f"{current} names admin:{app}_" for app in re.findall(rf"admin:{APP}_", text) if not may_use(package, app)
        }
        included = set(re.findall(r"""\{%\s*(?:include|extends) ["']([^"']+)["']""", text))
        faults |= {
            f"{current} includes {each}"
            for each in included
            if template_package(each) and not may_use(package, template_package(each))
        }
        waiting += [each for each in included if each.startswith("components/") and each not in seen]
    return faults


def read_template(name):
    return (ROOT / "templates" / name).read_text()


def test_templates_use_tags_and_templates_below():
    names = [str(path.relative_to(ROOT / "templates")) for path in sorted((ROOT / "templates").rglob("*.html"))]
    faults = {fault for name in names if template_package(name) for fault in template_faults(name, read_template)}
    assert sorted(faults) == []


@pytest.mark.parametrize(
    "markup",
    [
        "{% load static postings %}",
        "{% url 'admin:postings_posting_change' 1 %}",
        "{% include 'postings/_card.html' %}",
        "{% include 'components/_cards.html' %}",
    ],
)
def test_a_template_that_uses_what_is_above_is_found(markup):
    templates = {"roles/role.html": markup, "components/_cards.html": "{% load postings %}"}
    assert template_faults("roles/role.html", templates.get)
