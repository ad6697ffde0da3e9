"""Checks every SQL statement Django sends: a write to a public table takes a number, also one that bypasses the models."""

import re
from functools import cache
from typing import cast

from django.apps import apps

from .log import ensure_transaction, transaction_log
from .tracking import document_kinds, is_public

READS = ("SELECT", "select")
WRITE = re.compile(
    r'(INSERT|REPLACE|UPDATE|DELETE)\b(?:\s+(?:OR\s+\w+|INTO|FROM|ONLY))*\s+"?(?:\w+"?\s*\.\s*"?)?(\w+)', re.IGNORECASE
)
SAVEPOINT_ROLLBACK = re.compile(r"\s*ROLLBACK\s+TO\b", re.IGNORECASE)
SPACE_AND_COMMENTS = re.compile(r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)


def install(connection, **kwargs) -> None:
    """Receiver of `connection_created`, which is sent again when a connection is reopened."""
    if guard_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard_statement)


def guard_statement(execute, sql, params, many, context):
    if not isinstance(sql, str) or sql.startswith(READS):
        return execute(sql, params, many, context)
    connection = context["connection"]
    if SAVEPOINT_ROLLBACK.match(sql):
        transaction_log(connection).reset()
    writes = [(verb, table) for verb, table in find_writes(sql) if table in public_tables()]
    if not writes:
        return execute(sql, params, many, context)
    with ensure_transaction(connection):
        for verb, table in writes:
            parameters = 0 if many else len(params or ())
            transaction_log(connection).before_statement(verb, table, public_tables()[table], parameters)
        return execute(sql, params, many, context)


def find_writes(sql: str) -> list[tuple[str, str]]:
    """[(verb, table)] of a statement: one, or those within a WITH."""
    start = cast(re.Match, SPACE_AND_COMMENTS.match(sql)).end()  # it matches the empty text as well
    is_compound = sql[start : start + 4].upper() == "WITH"
    found = WRITE.finditer(sql, start) if is_compound else filter(None, [WRITE.match(sql, start)])
    return [(match[1].upper(), match[2]) for match in found]


@cache
def public_tables() -> dict[str, set[str]]:
    """{table: kinds of the documents its rows belong to}"""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: document_kinds(model) for model in models if is_public(model)}
