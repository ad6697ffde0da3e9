"""The net under all writes: every statement on a public table that Django sends takes a number, whoever wrote it."""

import re
from functools import cache

from django.apps import apps

from .log import ensure_transaction, transaction_log
from .tracking import document_kinds, is_public

READS = ("SELECT", "select")
WRITE = re.compile(
    r'(INSERT|REPLACE|UPDATE|DELETE)\b(?:\s+(?:OR\s+\w+|INTO|FROM|ONLY))*\s+"?(?:\w+"?\s*\.\s*"?)?(\w+)', re.IGNORECASE
)
BACK = re.compile(r"\s*ROLLBACK\s+TO\b", re.IGNORECASE)
LEADING = re.compile(r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)


def install(connection, **kwargs):
    """For `connection_created`, which comes again when a connection is opened again."""
    if guard_statement not in connection.execute_wrappers:
        connection.execute_wrappers.append(guard_statement)


def guard_statement(execute, sql, params, many, context):
    if not isinstance(sql, str) or sql.startswith(READS):
        return execute(sql, params, many, context)
    connection = context["connection"]
    if BACK.match(sql):
        transaction_log(connection).forget()
    writes = [(verb, table) for verb, table in find_writes(sql) if table in public_tables()]
    if not writes:
        return execute(sql, params, many, context)
    with ensure_transaction(connection):
        for verb, table in writes:
            transaction_log(connection).meet(verb, table, public_tables()[table], 0 if many else len(params or ()))
        return execute(sql, params, many, context)


def find_writes(sql):
    """[(verb, table)] of a statement: one, or those within a WITH."""
    start = LEADING.match(sql).end()
    found = (
        WRITE.finditer(sql, start)
        if sql[start : start + 4].upper() == "WITH"
        else filter(None, [WRITE.match(sql, start)])
    )
    return [(match[1].upper(), match[2]) for match in found]


@cache
def public_tables():
    """{table: kinds of the documents its rows belong to}"""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: document_kinds(model) for model in models if is_public(model)}
