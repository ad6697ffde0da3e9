"""The tests run on tables made from the models. These hold that the migrations make the same, and what else they leave."""

import re
from collections import defaultdict

import pytest
from django.apps import apps
from django.db import connection

from portal.groups import GROUPS
from tests.prepared import connection_to

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
COUNTED = re.compile(r"fk_|__unnamed_")  # how Django numbers what has no name in SQLite
HELD = """
    SELECT auth_group.name, django_content_type.app_label, auth_permission.codename
    FROM auth_group
    JOIN auth_group_permissions ON auth_group_permissions.group_id = auth_group.id
    JOIN auth_permission ON auth_permission.id = auth_group_permissions.permission_id
    JOIN django_content_type ON django_content_type.id = auth_permission.content_type_id
"""


@pytest.fixture
def migrated(migrated_site):
    """A connection to the database that the migrations made."""
    opened = connection_to(migrated_site)
    yield opened
    opened.close()


def schema(database):
    """The columns, constraints and indexes of our tables, but for the order of columns and names that nobody gave."""
    ours = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if is_ours(model)}
    with database.cursor() as cursor:
        assert ours <= set(database.introspection.table_names(cursor))
        return {
            (table, *described)
            for table in ours
            for described in [*columns(database, cursor, table), *constraints(database, cursor, table)]
        }


def is_ours(model):
    return model.__module__.startswith(("careers.", "portal."))


def columns(database, cursor, table):
    for column in database.introspection.get_table_description(cursor, table):
        yield column.name, column.type_code, column.display_size, column.null_ok, column.default


def constraints(database, cursor, table):
    for name, described in database.introspection.get_constraints(cursor, table).items():
        if described["check"] and database.vendor == "sqlite":
            continue  # Django reads on into the next constraint, and over some
        yield "" if COUNTED.match(name) else name, repr(sorted(described.items()))
    if database.vendor == "sqlite":
        cursor.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = %s", [table])
        for named in cursor.fetchone()[0].removesuffix(")").split(", CONSTRAINT ")[1:]:
            yield ("as written", named)


def test_the_migrations_make_the_tables_of_the_models(migrated):
    assert schema(migrated) == schema(connection)


def test_migrating_creates_the_three_groups_with_their_permissions(migrated):
    groups = defaultdict(set)
    with migrated.cursor() as cursor:
        cursor.execute(HELD)
        for name, app, codename in cursor.fetchall():
            groups[name].add(f"{app}.{codename}")
    assert groups == GROUPS
