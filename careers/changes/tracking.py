"""The base class of all models whose rows readers see. Each write takes a number and records the changed documents.

Writes through this module are recorded document by document. Any other statement on these tables is caught by sql_guard.py
and recorded as a change of the whole kind.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django.db import connections, models, router
from django.db.models.signals import class_prepared

from .log import MAX_KEYS, Documents, tracked_write, transaction_log


class PublicQuerySet(models.QuerySet):
    def update(self, **values):
        if self.query.is_sliced or self.query.combinator:
            return super().update(**values)  # which raises
        self._for_write = True
        with tracked_write(self.model, "UPDATE", using=self.db) as log:
            log.record(documents_of_queryset(self))
            log.record(documents_in_update(self.model, values))
            return super().update(**values)

    def bulk_create(self, objs, *args, **options):
        rows = list(objs)
        if not rows:
            return super().bulk_create(rows, *args, **options)
        self._for_write = True
        with tracked_write(self.model, "INSERT", using=self.db) as log:
            created = super().bulk_create(rows, *args, **options)
            log.record(documents_of_rows(self.model, created))
            if set(options.get("update_fields") or ()) & set(document_relations(self.model)):
                log.record(all_documents(self.model))  # the documents that had the rows before are not known any more
            return created


class LinkQuerySet(PublicQuerySet):
    """For the tables Django makes for many-to-many relations: their models cannot derive from `PublicModel`.

    add(), remove(), set() and clear() of a relation use bulk_create() and delete().
    """

    def delete(self):
        self._for_write = True
        with tracked_write(self.model, "DELETE", using=self.db) as log:
            log.record(documents_of_queryset(self))
            return super().delete()

    delete.queryset_only = True  # type: ignore[attr-defined]  # Django reads it from the method


class PublicModel(models.Model):
    """Content readers see. A row is a document, or a part of the documents that its `part_of` relations name."""

    part_of: tuple[str, ...] = ()

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args, using=None, **options):
        using = using or router.db_for_write(type(self), instance=self)
        with tracked_write(type(self), "INSERT", "UPDATE", using=using) as log:
            if self.part_of and self.pk is not None:
                log.record(documents_of_queryset(type(self)._base_manager.using(using).filter(pk=self.pk)))
            super().save_base(*args, using=using, **options)
            log.record(documents_of_rows(type(self), [self]))


def record_deletion(sender, instance, using, **kwargs) -> None:
    """Receiver of `pre_delete`, the only notice Django gives of rows deleted by cascade.

    For the rows of many-to-many tables that are deleted as well it gives none; they are looked up here.
    """
    log = transaction_log(connections[using])
    own = documents_of_rows(sender, [instance])
    log.announce_deletion(sender._meta.db_table, own)
    for key in link_keys(sender):
        is_owner = key.name in document_relations(key.model)
        links = key.model.objects.using(using).filter(**{key.name: instance})
        log.announce_deletion(key.model._meta.db_table, own if is_owner else documents_of_queryset(links))


def use_public_managers(sender, **kwargs) -> None:
    """Receiver of `class_prepared`. Django cascades and saves through the base manager, so it must be ours as well."""
    if issubclass(sender, PublicModel) and not sender._meta.abstract:
        sender._meta.base_manager_name = "objects"
    elif is_link(sender):
        sender._meta.local_managers.clear()
        sender.add_to_class("objects", LinkQuerySet.as_manager())
        sender._meta.base_manager_name = "objects"


class_prepared.connect(use_public_managers, dispatch_uid="changes.use_public_managers")


def is_link(model: type[models.Model]) -> bool:
    """Whether this is the table of a many-to-many relation of a public model. Its rows are parts of that model's rows."""
    owner = model._meta.auto_created
    return isinstance(owner, type) and issubclass(owner, PublicModel)


def is_public(model: type[models.Model]) -> bool:
    return issubclass(model, PublicModel) or is_link(model)


@cache
def link_keys(model: type[models.Model]) -> list[Any]:
    """The foreign keys of many-to-many tables that point at this model."""
    relations: Iterable[Any] = model._meta.get_fields(include_hidden=True)
    return [relation.field for relation in relations if relation.one_to_many and is_link(relation.related_model)]


@cache
def document_relations(model: type[Any]) -> tuple[str, ...]:
    """Names of the foreign keys to the documents a row belongs to; empty where the row is a document itself."""
    if not is_link(model):
        return model.part_of
    owner: Any = model._meta.auto_created
    field = next(field for field in owner._meta.local_many_to_many if field.remote_field.through is model)
    return (field.m2m_field_name(),)


@cache
def document_columns(model: type[models.Model]) -> list[tuple[str, str]]:
    """[(kind, attribute that holds the primary key of the document)]"""
    fields: list[Any] = [model._meta.get_field(name) for name in document_relations(model)]
    if not fields:
        return [(model._meta.label_lower, model._meta.pk.attname)]
    return [(field.related_model._meta.label_lower, field.attname) for field in fields]


def document_kinds(model: type[models.Model]) -> set[str]:
    return {kind for kind, _ in document_columns(model)}


def all_documents(model: type[models.Model]) -> Documents:
    return {kind: {None} for kind in document_kinds(model)}


def documents_of_rows(model: type[models.Model], rows: Iterable[models.Model]) -> Documents:
    """A document without a key yet (bulk_create with `ignore_conflicts`) could be any of its kind: its key stays None."""
    documents = {}
    for kind, attribute in document_columns(model):
        keys = {getattr(row, attribute) for row in rows}
        documents[kind] = keys - {None} if document_relations(model) else keys
    return documents


def documents_of_queryset(rows: models.QuerySet) -> Documents:
    """One query; the whole kind where there are more than MAX_KEYS documents."""
    model: type[models.Model] = rows.model
    columns = document_columns(model)
    keys = rows.order_by().select_for_update().values_list(*(attribute for _, attribute in columns))
    keys.query.select_for_update = (
        False  # PostgreSQL has no DISTINCT ... FOR UPDATE, also if the caller asked for a lock
    )
    found = list(keys.distinct()[: MAX_KEYS + 1])
    if len(found) > MAX_KEYS:
        return all_documents(model)
    by_column = zip(*found, strict=True) if found else [()] * len(columns)
    return {kind: set(column) - {None} for (kind, _), column in zip(columns, by_column, strict=True)}


def documents_in_update(model: type[models.Model], values: Mapping[str, object]) -> Documents:
    """The documents to which `update(**values)` moves its rows."""
    documents: Documents = {}
    for name in document_relations(model):
        field: Any = model._meta.get_field(name)
        for spelling in {field.name, field.attname} & set(values):
            value: Any = getattr(values[spelling], "pk", values[spelling])
            if value is not None:
                is_known = not hasattr(value, "resolve_expression")
                documents[field.related_model._meta.label_lower] = {value if is_known else None}
    return documents
