"""Occupations of SOC. Wages and projections of any year name them, and none of these withdraws one."""

from dataclasses import dataclass, field

from careers.core.text import fold_text
from careers.occupations.models import Occupation, Release
from careers.occupations.models.release import version_order

from .columns import Part


@dataclass(frozen=True)
class NamedOccupations(Part):
    """Those that the release in hand names and may describe: `held` are their primary keys, as far as they exist."""

    held: set[int] = field(default_factory=set)

    def existing(self, release):
        return super().existing(release).filter(pk__in=self.held)


class Classification:
    """Adds the occupations a release names. The title is OEWS's, of the newest year that has the code."""

    def __init__(self, staging, edition):
        self._edition = edition
        self._part = NamedOccupations(
            "occupations",
            Occupation,
            key=("code", "level"),
            values=("title", "title_key", "soc_code"),
            fixed={"scheme": Occupation.Scheme.SOC},
        )
        self._staged = staging.part(self._part)
        known = Occupation.objects.filter(scheme=Occupation.Scheme.SOC).select_related("release")
        self._known = {(occupation.code, occupation.level): occupation for occupation in known}

    def add(self, code, level, title, where):
        occupation = self._known.get((code, level))
        if occupation and not self._describes(occupation.release):
            self._staged.skip("stays as a newer year or OEWS has it", code)
            return
        if occupation:
            self._part.held.add(occupation.pk)
        values = {"title": title, "title_key": fold_text(title), "soc_code": code}
        self._staged.add({"code": code, "level": level, **values}, where)

    def _describes(self, release):
        """Whether this edition may say what an occupation of that release is called."""
        if release.dataset != self._edition.dataset:
            return self._edition.dataset == Release.Dataset.OEWS
        return version_order(self._edition.version) >= release.order
