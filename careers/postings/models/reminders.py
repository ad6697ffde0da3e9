from django.db import models


class ReminderSent(models.Model):
    """One reminder that went out. Its key says what it was about; a key is used once, however often a command runs."""

    key = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reminders sent"
        ordering = ["-sent_at"]

    def __str__(self):
        return self.key
