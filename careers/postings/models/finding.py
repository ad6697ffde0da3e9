from django.db import models

SEVERITIES = [("blocking", "Problem"), ("advisory", "Suggestion")]


class PostingFinding(models.Model):
    """A result of the last run of the checks, for lists and filters. The posting's own page runs the checks again."""

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60, db_index=True)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    field = models.CharField(max_length=60)
    sentence = models.TextField()

    class Meta:
        verbose_name = "check result"
        ordering = ["pk"]

    def __str__(self):
        return self.sentence
