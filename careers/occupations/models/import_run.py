from django.db import models
from django.db.models import Q


class ImportRun(models.Model):
    """A run of an import that writes. Only one runs at a time; `report` is filled when it ends."""

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
