"""Releases of imported data sets, and the abstract model of their rows."""

import re

from django.db import models
from django.db.models import Q

from careers.changes.tracking import PublicModel, PublicQuerySet
from careers.core.models import Timestamped


class Release(PublicModel, Timestamped):
    """One edition of a data set. Rows refer to their release; its source names the publisher."""

    class Dataset(models.TextChoices):
        ONET = "onet", "O*NET"
        OEWS = "oews", "Occupational Employment and Wage Statistics"
        PROJECTIONS = "projections", "Employment Projections"

    dataset = models.CharField(max_length=20, choices=Dataset)
    version = models.CharField(
        max_length=20, help_text="The publisher's number or year, for example 29.3, 2025 or 2024-34."
    )
    source = models.OneToOneField("occupations.Source", models.PROTECT, related_name="imported_release")
    is_current = models.BooleanField(default=False, help_text="The edition readers see first.")

    class Meta:
        ordering = ["dataset", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "version"],
                name="release_once",
                violation_error_message="This release of this data set is already listed.",
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(is_current=True),
                name="release_one_current",
                violation_error_message="A data set can have only one current release.",
            ),
        ]

    def __str__(self):
        return f"{self.get_dataset_display()} {self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """Sort key of the releases of one data set, oldest first: (29, 3) < (30, 2)."""
        return version_order(self.version)


def version_order(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", version))


class ImportedQuerySet(PublicQuerySet):
    def current(self):
        """Rows that no later release has withdrawn."""
        return self.filter(withdrawn_in__isnull=True)


class Imported(PublicModel):
    """A row of a release. If a later release lacks it, it is hidden but kept, since guides may refer to it."""

    release = models.ForeignKey(
        Release, models.PROTECT, related_name="+", help_text="The newest release that holds this row."
    )
    withdrawn_in = models.ForeignKey(
        Release,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The first release without this row.",
    )

    objects = ImportedQuerySet.as_manager()

    class Meta:
        abstract = True
