"""Which release an import brings, in which order releases may come, and the source its figures rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from careers.occupations.models import Release, Source
from careers.occupations.models.release import version_order

from .report import RefusedError


@dataclass(frozen=True)
class Edition:
    """`replaces`: the rows of one release stand for the whole data set, so that an older one would put others back.

    Otherwise each release keeps rows of its own, and the newest is the current one whichever comes last.
    """

    dataset: str
    version: str
    source: Mapping = field(default_factory=dict)
    replaces: bool = True

    def __str__(self):
        return f"{Release.Dataset(self.dataset).label} {self.version}"

    def check_order(self, *, allow_downgrade):
        current = Release.objects.filter(dataset=self.dataset, is_current=True).first()
        if allow_downgrade or current is None or version_order(self.version) >= current.order:
            return
        if self.replaces or self.release().pk is None:
            raise RefusedError(f"{self} is older than {current}, which is current. Add --allow-downgrade to import it.")

    def release(self):
        """The release; not in the database where it is new."""
        known = Release.objects.filter(dataset=self.dataset, version=self.version).select_related("source").first()
        return known or Release(dataset=self.dataset, version=self.version)

    def is_newer(self, release):
        """Whether entering the release would change anything."""
        return release.pk is None or (self.becomes_current() and not release.is_current)

    def becomes_current(self):
        if self.replaces:
            return True
        others = Release.objects.filter(dataset=self.dataset).exclude(version=self.version)
        return all(version_order(self.version) > other.order for other in others)

    def enter(self):
        """The release with its source, current where it is due. Writes nothing where all is there."""
        release = self.release()
        if release.pk is None:
            release.source = self._source()
            release.save()
        if self.becomes_current() and not release.is_current:
            now = timezone.now()
            Release.objects.filter(dataset=self.dataset, is_current=True).update(is_current=False, updated_at=now)
            release.is_current = True
            release.save(update_fields=["is_current", "updated_at"])
        return release

    def _source(self):
        """A source that is there is used, and completed where it says nothing."""
        rest = dict(self.source)
        known = {name: rest.pop(name) for name in ("publisher", "title", "release")}
        source, is_new = Source.objects.get_or_create(**known, defaults=rest | {"retrieved_on": timezone.localdate()})
        missing = {name: value for name, value in rest.items() if value and not getattr(source, name)}
        if missing and not is_new:
            for name, value in missing.items():
                setattr(source, name, value)
            source.save()
        return source
