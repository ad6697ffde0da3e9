"""Django system checks: the tables can be read, and POSTING_BLOCKING_RULES names existing rules."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core import checks

from .rules import all_rules
from .tables import READERS, TableError, path_of


@checks.register("postings")
def tables_can_be_read(app_configs, **kwargs):
    return [
        checks.Error(error, hint="docs/checks.md says what an entry looks like.", id="postings.E001")
        for name, reader in READERS.items()
        if (error := table_error(reader, path_of(name)))
    ]


def table_error(reader: Callable, path: Path) -> str:
    try:
        reader(path)
    except TableError as error:
        return str(error)
    return ""


@checks.register("postings")
def blocking_rules_exist(app_configs, **kwargs):
    if tables_can_be_read(None):
        return []  # the rules depend on the tables
    names = {rule.name for rule in all_rules()}
    if unknown := [name for name in settings.POSTING_BLOCKING_RULES if name not in names]:
        known = ", ".join(sorted(names))
        return [
            checks.Error(
                f"POSTING_BLOCKING_RULES names no rule: {', '.join(unknown)}.",
                hint=f"Rules: {known}.",
                id="postings.E002",
            )
        ]
    return []
