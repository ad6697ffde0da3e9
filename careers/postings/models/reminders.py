from django.db import models


class ReminderSent(models.Model):
    """A reminder that was sent. The key identifies its occasion, so that no command sends it twice."""

    key = models.CharField(max_length=200, unique=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "reminders sent"
        ordering = ["-sent_at"]

    def __str__(self):
        return self.key
