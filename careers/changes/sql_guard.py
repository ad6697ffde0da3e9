"""The net under all writes: every statement on a public table that Django sends takes a number, whoever wrote it."""

import re
from functools import cache

from django.apps import apps

from .log import journal_of, transaction_on
from .tracking import is_public, kinds_of

READS = ("SELECT", "select")
WRITE = re.compile(
    r'(INSERT|REPLACE|UPDATE|DELETE)\b(?:\s+(?:OR\s+\w+|INTO|FROM|ONLY))*\s+"?(?:\w+"?\s*\.\s*"?)?(\w+)', re.IGNORECASE
)
BACK = re.compile(r"\s*ROLLBACK\s+TO\b", re.IGNORECASE)
LEADING = re.compile(r"(?:\s+|--[^\n]*\n|/\*.*?\*/)*", re.DOTALL)


def watch(connection, **kwargs):
    """For `connection_created`, which comes again when a connection is opened again."""
    if net not in connection.execute_wrappers:
        connection.execute_wrappers.append(net)


def net(execute, sql, params, many, context):
    if not isinstance(sql, str) or sql.startswith(READS):
        return execute(sql, params, many, context)
    connection = context["connection"]
    if BACK.match(sql):
        journal_of(connection).forget()
    writes = [(verb, table) for verb, table in writes_in(sql) if table in public_tables()]
    if not writes:
        return execute(sql, params, many, context)
    with transaction_on(connection):
        for verb, table in writes:
            journal_of(connection).meet(verb, table, public_tables()[table], 0 if many else len(params or ()))
        return execute(sql, params, many, context)


def writes_in(sql):
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
    return {model._meta.db_table: kinds_of(model) for model in models if is_public(model)}
