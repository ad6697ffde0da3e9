"""The daily task of postings, for the background worker."""

from django.core.management import call_command
from django_tasks import task


@task
def close_due() -> None:
    """A run that could not send every mail fails, and is tried again: no mail is sent twice."""
    call_command("close_due")
