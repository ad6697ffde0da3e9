"""The release that an import brings: in which order releases may be imported, which is current, and their source."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from careers.occupations.models import Release, Source
from careers.occupations.models.release import version_order

from .report import RefusedError


@dataclass(frozen=True)
class IncomingRelease:
    """`replaces_previous`: its rows replace those of earlier releases, so an older release would undo newer data.

    Otherwise each release keeps its own rows, and the newest is the current one in whatever order they are imported.
    """

    dataset: str
    version: str
    source: Mapping = field(default_factory=dict)
    replaces_previous: bool = True

    def __str__(self) -> str:
        return f"{Release.Dataset(self.dataset).label} {self.version}"

    def check_order(self, *, allow_downgrade: bool) -> None:
        """Raises RefusedError if a newer release is current, unless an older one may come after it."""
        current = Release.objects.filter(dataset=self.dataset, is_current=True).first()
        if allow_downgrade or current is None or version_order(self.version) >= current.order:
            return
        if self.replaces_previous or self.find().pk is None:
            raise RefusedError(f"{self} is older than {current}, which is current. Add --allow-downgrade to import it.")

    def find(self) -> Release:
        """The row of the release; an unsaved one if it was never imported."""
        known = Release.objects.filter(dataset=self.dataset, version=self.version).select_related("source").first()
        return known or Release(dataset=self.dataset, version=self.version)

    def would_change(self, release: Release) -> bool:
        """Whether save() would change anything; `release` is what find() returns."""
        return release.pk is None or (self.becomes_current() and not release.is_current)

    def becomes_current(self) -> bool:
        if self.replaces_previous:
            return True
        others = Release.objects.filter(dataset=self.dataset).exclude(version=self.version)
        return all(version_order(self.version) > other.order for other in others)

    def save(self) -> Release:
        """Creates the release and its source if missing, and makes it current if it should be. Else writes nothing."""
        release = self.find()
        if release.pk is None:
            release.source = self._get_source()
            release.save()
        if self.becomes_current() and not release.is_current:
            now = timezone.now()
            Release.objects.filter(dataset=self.dataset, is_current=True).update(is_current=False, updated_at=now)
            release.is_current = True
            release.save(update_fields=["is_current", "updated_at"])
        return release

    def _get_source(self) -> Source:
        """The existing source with its empty fields filled in, or a new one."""
        details = dict(self.source)
        key = {name: details.pop(name) for name in ("publisher", "title", "release")}
        source, created = Source.objects.get_or_create(**key, defaults=details | {"retrieved_on": timezone.localdate()})
        missing = {name: value for name, value in details.items() if value and not getattr(source, name)}
        if missing and not created:
            for name, value in missing.items():
                setattr(source, name, value)
            source.save()
        return source
