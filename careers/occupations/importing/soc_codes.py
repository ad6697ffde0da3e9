"""Adds the SOC occupations that a release of wages or projections names. No release withdraws an occupation of SOC."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from careers.core.text import fold_text
from careers.occupations.models import Occupation, Release
from careers.occupations.models.release import version_order

from .releases import IncomingRelease
from .staging import Staging
from .table_spec import TableSpec


@dataclass(frozen=True)
class SocTableSpec(TableSpec):
    """Compares only with the occupations of `updated_pks`: those that the release names and may rename."""

    updated_pks: set[int] = field(default_factory=set)

    def existing(self, release: Release) -> QuerySet:
        return super().existing(release).filter(pk__in=self.updated_pks)


class SocOccupations:
    """Stages the occupations of a release. Titles are those of OEWS, of the newest year that has the code."""

    def __init__(self, staging: Staging, incoming: IncomingRelease) -> None:
        self._incoming = incoming
        self._spec = SocTableSpec(
            "occupations",
            Occupation,
            key=("code", "level"),
            values=("title", "title_key", "soc_code"),
            constants={"scheme": Occupation.Scheme.SOC},
        )
        self._staged = staging.add_table(self._spec)
        known = Occupation.objects.filter(scheme=Occupation.Scheme.SOC).select_related("release")
        self._known = {(occupation.code, occupation.level): occupation for occupation in known}

    def add(self, code: str, level: str, title: str, where: str) -> None:
        """`where` is the file and row, for error messages."""
        occupation = self._known.get((code, level))
        if occupation and not self._may_rename(occupation.release):
            self._staged.skip("stays as a newer year or OEWS has it", code)
            return
        if occupation:
            self._spec.updated_pks.add(occupation.pk)
        values = {"title": title, "title_key": fold_text(title), "soc_code": code}
        self._staged.add({"code": code, "level": level, **values}, where)

    def _may_rename(self, release: Release) -> bool:
        """Whether the incoming release may change the title of an occupation that `release` has set."""
        if release.dataset != self._incoming.dataset:
            return self._incoming.dataset == Release.Dataset.OEWS
        return version_order(self._incoming.version) >= release.order
