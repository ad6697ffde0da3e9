"""What an editor should look at before readers do.

`findings(posting, at)` answers live, from the posting as it stands in the database, in the order in which to look at them.
What blocks keeps the posting from being published; the rest is advice.
"""

from dataclasses import replace

from django.utils import timezone

from .duplicates import others_of
from .finding import Finding, Severity
from .rules import all_rules, read, rule_labels
from .subject import reading_of

__all__ = ["Finding", "Severity", "all_rules", "blocking", "findings", "rule_labels"]


def findings(posting, at=None) -> list[Finding]:
    at = at or timezone.now()
    reading = reading_of(posting, at)
    if posting.pk:
        reading = replace(reading, others=others_of(posting, at))
    return read(reading)


def blocking(posting, at=None) -> list[Finding]:
    """What keeps it from being published."""
    return [finding for finding in findings(posting, at) if finding.blocks]
