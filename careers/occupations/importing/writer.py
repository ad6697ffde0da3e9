"""Writing what differs, in batches. Called within the transaction of a release."""

from django.utils import timezone

from careers.core.text import fold_text

BATCH = 500


def write(staged, release):
    """Bring one table to what the release says."""
    part = staged.part
    build = Builder(part, release)
    for rows in staged.added():
        part.model.objects.bulk_create([build.added(values) for values in rows], batch_size=BATCH)
    for rows in staged.changed():
        part.model.objects.bulk_update(
            [build.changed(pk, values) for pk, values in rows], build.changing, batch_size=BATCH
        )
    for pks in staged.gone():
        for batch in (pks[start : start + BATCH] for start in range(0, len(pks), BATCH)):
            remove(part, batch, release)
    if staged.report.moved:
        part.existing(release).current().exclude(release=release).update(release=release)


def remove(part, pks, release):
    rows = part.model.objects.filter(pk__in=pks)
    if part.withdraws:
        rows.update(withdrawn_in=release)
    else:
        rows.delete()


class Builder:
    """Makes rows of a model from the dicts of the staging area."""

    def __init__(self, part, release):
        names = {field.name for field in part.model._meta.concrete_fields}
        self._part = part
        self._now = timezone.now()
        self._stamped = "updated_at" in names
        self._always = {"release_id": release.pk}
        self.changing = [*dict.fromkeys(name.partition("__")[0] for name in part.values), "release"]
        if part.withdraws:
            self.changing.append("withdrawn_in")  # empty in a row that returns
        if "source" in names:
            self._always["source_id"] = release.source_id
            self.changing.append("source")
        if self._stamped:
            self.changing.append("updated_at")
        self._folds = "title_key" in names
        if self._folds:
            self._key_length = part.model._meta.get_field("title_key").max_length
            self.changing.append("title_key")
        self._known = {relation: self._keys_of(relation) for relation in part.references}

    def _keys_of(self, relation):
        """{what names a row of the other table: [primary keys]}"""
        keys = {}
        model = self._part.model._meta.get_field(relation).related_model
        for pk, *name in model.objects.order_by().values_list("pk", *self._part.references[relation]).iterator():
            keys.setdefault(tuple(name), []).append(pk)
        return keys

    def added(self, values):
        return self._part.model(**self._resolved(values), **self._part.fixed, **self._always)

    def changed(self, pk, values):
        row = self._part.model(pk=pk, **self._resolved(values), **self._always)
        if self._stamped:
            row.updated_at = self._now
        return row

    def _resolved(self, values):
        own = {name: value for name, value in values.items() if "__" not in name}
        if self._folds:
            own["title_key"] = fold_text(values["title"])[: self._key_length]
        for relation, lookups in self._part.references.items():
            own[f"{relation}_id"] = self._key_of(relation, tuple(values[f"{relation}__{name}"] for name in lookups))
        return own

    def _key_of(self, relation, name):
        if not any(part is not None for part in name):
            return None
        [pk] = self._known[relation][name]  # a name that is missing or not the only one is a fault of the importer
        return pk
