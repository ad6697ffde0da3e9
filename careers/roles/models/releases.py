"""Data sets of others, kept by release, and the runs that brought them in."""

import re

from django.db import models
from django.db.models import Q

from careers.changes.public import Public, PublicQuerySet
from careers.core.models import Timestamped


class Release(Public, Timestamped):
    """One edition of a data set. Its rows name it; its source says whose words and figures they are."""

    class Dataset(models.TextChoices):
        ONET = "onet", "O*NET"
        OEWS = "oews", "Occupational Employment and Wage Statistics"
        PROJECTIONS = "projections", "Employment Projections"

    dataset = models.CharField(max_length=20, choices=Dataset)
    version = models.CharField(max_length=20, help_text="As its publisher numbers it: 29.3, 2025, 2024-34.")
    source = models.OneToOneField("roles.Source", models.PROTECT, related_name="imported_release")
    is_current = models.BooleanField(default=False, help_text="The edition readers see first.")

    class Meta:
        ordering = ["dataset", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "version"],
                name="release_once",
                violation_error_message="This release of this data set is listed already.",
            ),
            models.UniqueConstraint(
                fields=["dataset"],
                condition=Q(is_current=True),
                name="release_one_current",
                violation_error_message="A data set has one current release.",
            ),
        ]

    def __str__(self):
        return f"{self.get_dataset_display()} {self.version}"

    @property
    def order(self):
        """Sorts releases of one data set by age: (29, 3) < (30, 2); (2024, 34)."""
        return version_order(self.version)


def version_order(version):
    return tuple(int(number) for number in re.findall(r"\d+", version))


class ImportedQuerySet(PublicQuerySet):
    def current(self):
        """Without what a later release withdrew."""
        return self.filter(withdrawn_in__isnull=True)


class Imported(Public):
    """A row of a release. What a later release leaves out is kept and hidden: guides may rest on it."""

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


class ImportRun(models.Model):
    """One writing import: who runs it while it runs, what it did afterwards. One runs at a time."""

    class State(models.TextChoices):
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed, nothing written"
        ABANDONED = "abandoned", "Ended without a word"

    command = models.CharField(max_length=300, help_text="What was asked for, with its files.")
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    host = models.CharField(max_length=200)
    process = models.PositiveIntegerField()
    user = models.CharField(max_length=100, blank=True, help_text="The account on that host.")
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    report = models.TextField(blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["state"],
                condition=Q(state="running"),
                name="importrun_one_at_a_time",
                violation_error_message="Another import is running.",
            )
        ]

    def __str__(self):
        return f"{self.command} ({self.get_state_display().lower()})"
