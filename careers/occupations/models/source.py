from django.db import models
from simple_history.models import HistoricalRecords

from careers.changes.tracking import PublicModel
from careers.core.models import Timestamped, WebAddressField


class Source(PublicModel, Timestamped):
    """Where a figure or text comes from. A source that is cited cannot be deleted."""

    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    release = models.CharField(
        max_length=100, blank=True, help_text="Edition or release, for example 29.3, May 2025 or 2024-34."
    )
    reference_period = models.CharField(
        max_length=100, blank=True, help_text="The period the figures cover, for example May 2025."
    )
    url = WebAddressField("address", max_length=500, blank=True)
    licence = models.CharField(max_length=200, blank=True)
    attribution = models.TextField(blank=True, help_text="The wording that the licence requires us to show.")
    retrieved_on = models.DateField(null=True, blank=True)

    history = HistoricalRecords()

    class Meta:
        ordering = ["publisher", "title", "release"]
        constraints = [
            models.UniqueConstraint(
                fields=["publisher", "title", "release"],
                name="source_once",
                violation_error_message="This release of this title by this publisher is already listed.",
            )
        ]

    def __str__(self):
        return ", ".join(part for part in (self.publisher, self.title, self.release) if part)
