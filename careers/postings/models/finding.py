from django.db import models

SEVERITIES = [("blocking", "Blocking"), ("advisory", "Advisory")]


class PostingFinding(models.Model):
    """What the checks said of a posting when they last ran: for lists and filters. Its own page asks anew."""

    posting = models.ForeignKey("postings.Posting", models.CASCADE, related_name="findings")
    rule = models.CharField(max_length=60, db_index=True)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    field = models.CharField(max_length=60)
    sentence = models.TextField()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return self.sentence
