from django.db import models

from .posting import Posting


class DailyCountQuerySet(models.QuerySet):
    def of_kind(self, kind):
        return self.filter(kind=kind)

    def between(self, first, last):
        """Counts of the days from `first` to `last`, both included."""
        return self.filter(day__gte=first, day__lte=last)


class DailyCount(models.Model):
    """How often a posting was viewed, saved or applied to on one day from one referring site. Holds no data about visitors."""

    class Kind(models.TextChoices):
        VIEW = "view", "Views"
        APPLY = "apply", "Apply clicks"
        SAVE = "save", "Saves"

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="daily_counts")
    day = models.DateField(help_text="In the site's time zone.")
    kind = models.CharField(max_length=10, choices=Kind)
    host = models.CharField(
        max_length=100, blank=True, help_text="The site that linked to the posting. Empty if unknown."
    )
    number = models.PositiveIntegerField()

    objects = DailyCountQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "kind", "host"]
        indexes = [models.Index(fields=["day"], name="dailycount_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "day", "kind", "host"],
                name="dailycount_once",
                violation_error_message="This day is already counted for this posting.",
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} of posting {self.posting_id} on {self.day}: {self.number}"


class UnansweredSearch(models.Model):
    """Words that several visitors searched for on one day without finding anything. Holds no data about visitors."""

    words = models.CharField(max_length=40)
    day = models.DateField(help_text="In the site's time zone.")
    number = models.PositiveIntegerField(help_text="Visitors who searched for it.")

    class Meta:
        ordering = ["-day", "words"]
        verbose_name_plural = "unanswered searches"
        constraints = [
            models.UniqueConstraint(
                fields=["words", "day"],
                name="unansweredsearch_once",
                violation_error_message="These words are already counted for this day.",
            )
        ]

    def __str__(self):
        return f"“{self.words}” on {self.day}: {self.number}"
