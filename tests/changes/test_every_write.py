"""Whatever way a row readers see is written, one number is taken and the log names the right document."""

import pytest
from django.db import connection

from careers.changes.tracking import is_public

from .write_paths import DOCUMENTS, MODELS, PART_OF, any_field, document_of, logged, row_of, taken_out

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def test_every_model_is_known_as_public_or_private():
    """A model derives from `PublicModel` and is listed in write_paths.py with its document; or is private, with the reason."""
    assert {model.__name__ for model in MODELS if is_public(model)} == DOCUMENTS | set(PART_OF)
    assert [model.__name__ for model in MODELS if not is_public(model)] == []


def rewritten(row):
    return {any_field(type(row)): getattr(row, any_field(type(row)))}


def by_create(row):
    taken_out(row)
    return row.save


def by_save(row):
    return row.save


def by_save_of_one_field(row):
    return lambda: row.save(update_fields=[any_field(type(row))])


def by_update(row):
    return lambda: type(row).objects.filter(pk=row.pk).update(**rewritten(row))


def by_bulk_create(row):
    taken_out(row)
    return lambda: type(row).objects.bulk_create([row])


def by_bulk_create_from_a_generator(row):
    taken_out(row)
    return lambda: type(row).objects.bulk_create(each for each in [row])


def by_bulk_create_that_updates(row):
    return lambda: type(row).objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["id"], update_fields=[any_field(type(row))]
    )


def by_bulk_update(row):
    return lambda: type(row).objects.bulk_update([row], [any_field(type(row))])


def by_update_or_create(row):
    return lambda: type(row).objects.update_or_create(pk=row.pk, defaults=rewritten(row))


def by_delete(row):
    return row.delete


def by_queryset_delete(row):
    return type(row).objects.filter(pk=row.pk).delete


WAYS = [way for name, way in globals().items() if name.startswith("by_")]
MAKING = {by_create, by_bulk_create, by_bulk_create_from_a_generator}
TAKING = {by_delete, by_queryset_delete}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_way_names_the_document(model):
    """One row goes all ways; whoever makes it gives it a key, and after it was deleted there is another."""
    row, found, named = row_of(model), {}, {}
    for way in WAYS:
        act, before = way(row), document_of(row)
        found[way.__name__] = logged(act, way.__name__)
        named[way.__name__] = {document_of(row) if way in MAKING else before}
        if way in TAKING:
            row = row_of(model)
    assert found == named


def test_an_insert_that_may_be_skipped_names_the_document_or_its_kind():
    """`ignore_conflicts` does not say which rows were new."""
    found, named = {}, {}
    for model in MODELS:
        row = taken_out(row_of(model))
        kind, key = document_of(row)
        found[model] = logged(lambda row=row: type(row).objects.bulk_create([row], ignore_conflicts=True), model)
        named[model] = {(kind, key if model.__name__ in PART_OF else None)}
    assert found == named


def test_a_statement_past_the_orm_marks_the_whole_kind():
    for model in MODELS:
        row = row_of(model)
        field = model._meta.get_field(any_field(model)).column
        statement = f'UPDATE "{model._meta.db_table}" SET "{field}" = "{field}" WHERE id = %s'
        with connection.cursor() as cursor:
            written = logged(lambda do=cursor.execute, sql=statement, pk=row.pk: do(sql, [pk]), model)
        assert (document_of(row)[0], None) in written, model
        assert {key for _, key in written} == {None}, model
