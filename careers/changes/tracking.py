"""The base of all models whose rows readers see: whatever way they are written, the clock moves and the log says what changed.

What this module answers for is logged by document; any other statement on these tables is caught by the net below (net.py)
and logged as a change of the whole kind.
"""

from functools import cache

from django.db import connections, models, router
from django.db.models.signals import class_prepared

from .log import MAX_KEYS, tracked_write, transaction_log


class PublicQuerySet(models.QuerySet):
    def update(self, **values):
        if self.query.is_sliced or self.query.combinator:
            return super().update(**values)  # which refuses
        self._for_write = True
        with tracked_write(self.model, "UPDATE", using=self.db) as journal:
            journal.note(documents_of_queryset(self))
            journal.note(documents_in_update(self.model, values))
            return super().update(**values)

    def bulk_create(self, objs, *args, **options):
        rows = list(objs)
        if not rows:
            return super().bulk_create(rows, *args, **options)
        self._for_write = True
        with tracked_write(self.model, "INSERT", using=self.db) as journal:
            made = super().bulk_create(rows, *args, **options)
            journal.note(documents_of_rows(self.model, made))
            if set(options.get("update_fields") or ()) & set(document_relations(self.model)):
                journal.note(all_documents(self.model))  # who had the rows before is not known any more
            return made

    def _raw_delete(self, using):
        with tracked_write(self.model, "DELETE", using=using) as journal:
            journal.note(documents_of_queryset(self.using(using)))
            return super()._raw_delete(using)


class LinkQuerySet(PublicQuerySet):
    """Of the tables Django makes for many-to-many relations: their models cannot derive from `Public`."""

    def _insert(self, objs, *args, **options):
        using = options.get("using") or self.db
        with tracked_write(self.model, "INSERT", using=using) as journal:
            journal.note(documents_of_rows(self.model, objs))
            return super()._insert(objs, *args, **options)


class PublicModel(models.Model):
    """Content readers see. A row is a document, or a part of those its `part_of` relations name."""

    part_of = ()

    objects = PublicQuerySet.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args, using=None, **options):
        using = using or router.db_for_write(type(self), instance=self)
        with tracked_write(type(self), "INSERT", "UPDATE", using=using) as journal:
            if self.part_of and self.pk is not None:
                journal.note(documents_of_queryset(type(self)._base_manager.using(using).filter(pk=self.pk)))
            super().save_base(*args, using=using, **options)
            journal.note(documents_of_rows(type(self), [self]))


def note_deletion(sender, instance, using, **kwargs):
    """For `pre_delete`, the only word Django says about a row that goes with its parent."""
    transaction_log(connections[using]).announce(sender._meta.db_table, documents_of_rows(sender, [instance]))


def use_public_managers(sender, **kwargs):
    """For `class_prepared`. Django cascades and saves through the base manager: it must be ours as well.

    The table of a many-to-many relation is a part of the row that has the relation.
    """
    if issubclass(sender, PublicModel) and not sender._meta.abstract:
        sender._meta.base_manager_name = "objects"
    elif is_link(sender):
        sender._meta.local_managers.clear()
        sender.add_to_class("objects", LinkQuerySet.as_manager())
        sender._meta.base_manager_name = "objects"


class_prepared.connect(use_public_managers, dispatch_uid="changes.stand_under_every_manager")


def is_link(model):
    owner = model._meta.auto_created
    return isinstance(owner, type) and issubclass(owner, PublicModel)


def is_public(model):
    return issubclass(model, PublicModel) or is_link(model)


@cache
def document_relations(model):
    """Names of the foreign keys that lead to the documents a row belongs to; none where it is one itself."""
    if not is_link(model):
        return model.part_of
    owner = model._meta.auto_created
    field = next(field for field in owner._meta.local_many_to_many if field.remote_field.through is model)
    return (field.m2m_field_name(),)


@cache
def document_columns(model):
    """[(kind, attribute that holds the primary key of the document)]"""
    fields = [model._meta.get_field(name) for name in document_relations(model)]
    if not fields:
        return [(model._meta.label_lower, model._meta.pk.attname)]
    return [(field.related_model._meta.label_lower, field.attname) for field in fields]


def document_kinds(model):
    return {kind for kind, _ in document_columns(model)}


def all_documents(model):
    return {kind: {None} for kind in document_kinds(model)}


def documents_of_rows(model, rows):
    """{kind: primary keys}. A row without a key yet (of `ignore_conflicts`) leaves open which it is: the whole kind."""
    documents = {}
    for kind, attribute in document_columns(model):
        keys = {getattr(row, attribute) for row in rows}
        documents[kind] = keys - {None} if document_relations(model) else keys
    return documents


def documents_of_queryset(rows):
    """The documents of a queryset, by one query; the whole kind where they are too many to name."""
    columns = document_columns(rows.model)
    plain = rows.order_by().select_for_update().values_list(*(attribute for _, attribute in columns))
    plain.query.select_for_update = False  # which does not go with DISTINCT
    found = list(plain.distinct()[: MAX_KEYS + 1])
    if len(found) > MAX_KEYS:
        return all_documents(rows.model)
    keys = zip(*found, strict=True) if found else [()] * len(columns)
    return {kind: set(column) - {None} for (kind, _), column in zip(columns, keys, strict=True)}


def documents_in_update(model, values):
    """The documents to which `update(**values)` hands its rows."""
    documents = {}
    for name in document_relations(model):
        field = model._meta.get_field(name)
        for spelling in {field.name, field.attname} & set(values):
            value = getattr(values[spelling], "pk", values[spelling])
            if value is not None:
                is_known = not hasattr(value, "resolve_expression")
                documents[field.related_model._meta.label_lower] = {value if is_known else None}
    return documents
