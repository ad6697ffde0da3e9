from django.db import models


class Clock(models.Model):
    """One row, which the first change makes. Its lock, held to commit, lets transactions take their numbers in turn."""

    number = models.BigIntegerField(help_text="Of the newest change.")
    pruned = models.BigIntegerField(help_text="Changes up to this number are no longer in the log.")
    epoch = models.CharField(max_length=32, help_text="Made with the row: numbers of another epoch mean nothing here.")

    def __str__(self):
        return str(self.number)


class Change(models.Model):
    """That a transaction changed a document: a row readers know, or one whose text others show."""

    number = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=100, help_text="Its model: postings.posting.")
    key = models.BigIntegerField(null=True, help_text="Its primary key. Empty if any row of the kind may have changed.")

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return f"{self.number}: {self.kind} {'all' if self.key is None else self.key}"
